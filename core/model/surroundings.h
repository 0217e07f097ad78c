// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/condition.h"
#include "core/model/connection.h"
#include "core/model/exact_facts.h"
#include "core/model/units.h"

#include <cstdint>
#include <optional>

namespace halfopen {

/// Where the kernel would send a segment of a connection now (RTM_GETROUTE with the connection's own source address).
enum class Route : std::uint8_t {
    Unknown,     ///< not looked up
    Local,       ///< to this machine itself
    OnLink,      ///< the destination is its own next hop
    Gateway,     ///< a gateway is
    None,        ///< ENETUNREACH: no route
    AddressGone, ///< this machine no longer has the source address
    Unreachable, ///< EHOSTUNREACH: an unreachable route
    Blackhole,   ///< EINVAL: a blackhole route
    Prohibited,  ///< EACCES: a prohibit route
};

/// Neighbour unreachability detection of the next hop (include/uapi/linux/neighbour.h, NUD_*).
enum class Neighbour : std::uint8_t {
    Unknown, ///< not looked up
    None,    ///< there is no entry
    NoArp,   ///< the device needs none, or the entry is permanent
    Incomplete,
    Reachable,
    Stale,
    Delay,
    Probe,
    Failed,
};

/// The way of one connection's segments out of this machine, as it was at `taken`. Plain value. All look-ups are
/// rtnetlink gets that change nothing and that any user may make; they cost some 10 us together.
struct Path {
    MonotonicTime taken{};
    Route route = Route::Unknown;
    Neighbour neighbour = Neighbour::Unknown;
    bool linkUp = true;               ///< IFF_UP and carrier of the outgoing interface
    bool dropped = false;             ///< its queueing discipline dropped packets since the look before
    std::uint8_t solicits = 3;        ///< mcast_solicit: requests before the entry fails
    std::uint8_t unicastSolicits = 3; ///< ucast_solicit
    std::uint32_t interface = 0;      ///< ifindex of the outgoing interface; 0: unknown
    IpAddress nextHop;                ///< unspecified where there is none
    Millis confirmed{0};              ///< age at `taken`: since the neighbour was last known to be there
    Millis updated{0};                ///< age at `taken`: since its state last changed
    Millis readBefore{0};             ///< at most so long before `taken` did the kernel tell these ages
    Millis retransTime{1000};         ///< between two requests
    Millis delayProbeTime{5000};      ///< spent in Delay before the first unicast request
    Millis reachableTime{30'000};     ///< as drawn by the kernel for this device

    /// Segments go to a neighbour that this machine has to ask for.
    bool hasNeighbour() const {
        return (route == Route::OnLink || route == Route::Gateway) && neighbour != Neighbour::NoArp;
    }
    /// The look-up's errno: nothing can be sent.
    bool refused() const { return route >= Route::None; }
};

/// What of a listener decides about the requests and connections in its queues.
struct ListenerFacts {
    std::uint32_t requests = 0;           ///< its SYN-RECV rows in this sample
    std::uint32_t young = 0;              ///< those of them whose SYN-ACK was never repeated
    std::uint32_t backlog = 0;            ///< idiag_wqueue of the LISTEN row
    std::optional<int> deferAcceptRounds; ///< TCP_DEFER_ACCEPT as the number of SYN-ACK timeouts; nullopt: not read
    bool read = false;                    ///< its options were read: what is not set is not there
    std::optional<int> synCount;          ///< TCP_SYNCNT where it was really set; nullopt: not set or not read
};

/// What of the whole machine moves forecasts.
struct MachineState {
    bool orphanPressure = false; ///< sockstat's orphans or memory are near their limits
    bool suspended = false;      ///< CLOCK_BOOTTIME ran ahead of CLOCK_MONOTONIC since the sample before
    bool ticksLate = false;      ///< this sample came late, or ticks were counted late
};

/// What earlier samples of a connection in trouble told and the newest one no longer does.
struct FlightPast {
    /// tp->retrans_stamp of the loss episode that goes on, or icsk_probes_tstamp while the window is closed and nothing
    /// is in flight, between two moments; epoch: not seen.
    MonotonicTime stampEarliest{};
    MonotonicTime stampLatest{};
    MonotonicTime closedFrom{}; ///< the first sample that showed backoff under a closed window; epoch: none
    /// tcpi_bytes_acked up to which tp->tlp_high_seq may stand: a tail loss probe is out, and no other one is sent; 0:
    /// none is.
    std::uint64_t probedUpTo = 0;
    std::uint32_t firstTimeoutUs = 0;     ///< before any backoff, of what is in flight; 0: not seen
    std::uint32_t retransmitsBefore = 0;  ///< tcpi_total_retrans when this flight began
    std::uint32_t timeoutsTimeBefore = 0; ///< tcpi_total_rto_time when this flight began, ms
    std::uint8_t timeouts = 0;            ///< SYN-RECV: timeouts of the request that were seen to have passed
    bool probed = false; ///< something was retransmitted between the samples that this flight began between
    bool begun = false;  ///< this flight was seen from its beginning: the two counts above are its own
};

/// Surroundings::armedLevel of a timer that was seen to be armed anew, but not how long for.
inline constexpr std::uint8_t kArmedAnew = 15;

/// What is known about one connection beside its own sample. All of it may be absent.
struct Surroundings {
    const Path* path = nullptr;
    const FlightPast* past = nullptr;
    const Connection* before = nullptr; ///< its sample before this one
    Conditions heldBefore;              ///< what held then
    /// 1 + the level of the timer wheel that the pending keepalive timer was filed under, where samples showed when it
    /// was armed; kArmedAnew; 0: not known.
    std::uint8_t armedLevel = 0;
    const ListenerFacts* listener = nullptr;
    bool listenerChanged = false; ///< the options that it waits with are not those that its listener has now
    MachineState machine;
    const ExactFacts* exact = nullptr; ///< what the kernel's own structures tell of it
};

} // namespace halfopen
