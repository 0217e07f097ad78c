// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/forecast/tick_clock.h"
#include "core/keepalive/options.h"
#include "core/sysctl/tcp_sysctls.h"
#include "core/tcp/connection.h"
#include "core/units.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// Which mechanism of the kernel has the connection now and will end it if the peer stays silent.
enum class Regime : std::uint8_t {
    None,
    Keepalive,
    Retransmission,
    WindowProbe,
    Syn,
    SynAck,
    FinWait2,
    TimeWait,
    Orphan,
};

/// What the kernel does when the timer fires next.
enum class NextEvent : std::uint8_t { None, KeepaliveProbe, Retransmission, WindowProbe, Syn, SynAck, GiveUp };

/// Which limit is reached when the kernel gives up: a count of tries, a time of the user's, or the timer of a state.
enum class GiveUpCause : std::uint8_t {
    None,
    Keepalive,
    KeepaliveUserTimeout,
    Retries,
    UserTimeout,
    OrphanRetries,
    WindowProbe,
    WindowProbeUserTimeout,
    SynRetries,
    SynAckRetries,
    FinWait2,
    TimeWait,
};

std::string_view toString(Regime regime); ///< the words of the JSON contract: "keepalive", "syn-ack", "fin-wait-2", ...
std::string_view toString(NextEvent event);   ///< "keepalive-probe", "give-up", ...; "none"
std::string_view toString(GiveUpCause cause); ///< "keepalive-user-timeout", ...; "none"

/// A moment as milliseconds from Connection::sampled: earliest <= expected <= latest; all equal where the phase is
/// known.
struct Moment {
    Millis expected{0};
    Millis earliest{0};
    Millis latest{0};

    bool exact() const { return earliest == latest; }
    bool operator==(const Moment&) const = default;
};

/// What a forecast took for granted, as bits; assumptions() names them. 0: everything was read from the socket.
namespace assume {
enum : std::uint16_t {
    KeepaliveTime = 1 << 0,       ///< tcp_keepalive_time from sysctl
    KeepaliveInterval = 1 << 1,   ///< tcp_keepalive_intvl from sysctl
    KeepaliveProbes = 1 << 2,     ///< tcp_keepalive_probes from sysctl
    UserTimeout = 1 << 3,         ///< no TCP_USER_TIMEOUT
    KeepaliveHidden = 1 << 4,     ///< another timer hides whether keepalive is on
    IdleInferred = 1 << 5,        ///< TCP_KEEPIDLE inferred from samples
    IntervalInferred = 1 << 6,    ///< TCP_KEEPINTVL inferred from samples
    PeerSilent = 1 << 7,          ///< the peer stays silent (window probes: a peer that answers lives for ever)
    FirstRetransmission = 1 << 8, ///< when the first retransmission went out was reconstructed
    SocketDefaults = 1 << 9,      ///< TCP_SYNCNT, TCP_LINGER2, TCP_RTO_MAX_MS not set
    ListenerIdle = 1 << 10,       ///< SYN queue at most half full, no repeated SYN
    TailLossProbe = 1 << 11,      ///< the next retransmission is a tail loss probe, so the timeouts begin one later
};
} // namespace assume

/// What the kernel will do to one connection if its peer stays silent.
struct Forecast {
    Moment next;               ///< meaningful unless nextEvent is None
    Moment givesUp;            ///< meaningful unless cause is None
    std::uint16_t assumes = 0; ///< assume:: bits
    std::uint16_t allowed = 0; ///< probes or retransmissions the kernel allows; meaningful with hasAllowed
    Regime regime = Regime::None;
    NextEvent nextEvent =
        NextEvent::None; ///< the next thing on the wire or to the connection, not the next timer interrupt
    GiveUpCause cause = GiveUpCause::None;
    std::uint8_t unanswered = 0; ///< probes, retransmissions, SYNs or SYN-ACKs sent since the last sign of life
    bool hasAllowed = false;     ///< false where a time and not a count decides
    bool never = false;          ///< no mechanism of the kernel is running that could end this connection
    bool exactPhase = false;     ///< the timer wheel's phase was known: expected = earliest = latest

    bool operator==(const Forecast&) const = default;
};

/// The forecast of one sample. Pure; dispatches to one regime (see walk() in core/forecast/walk.h).
/// @param connection  one decoded socket; times count from its `sampled`
/// @param options     what is known of its options, assumed values filled in from `sysctls`
/// @param sysctls     of the connection's network namespace
/// @param clock       HZ and, where known, the phase of the jiffies
Forecast forecast(const Connection& connection, const KeepaliveOptions& options, const TcpSysctls& sysctls,
                  const TickClock& clock);

/// One moment of the time line of a connection, for drawing: every event from the next one to the give-up.
struct TimelineEvent {
    NextEvent event = NextEvent::None;
    Moment at;
    std::uint16_t ordinal =
        0; ///< the how-manieth probe or retransmission (1-based, counts those already sent); 0: give-up
};

/// All that forecast() walks through, in order of time, at most `limit` events, the give-up always last where there is
/// one.
std::vector<TimelineEvent> timeline(const Connection& connection, const KeepaliveOptions& options,
                                    const TcpSysctls& sysctls, const TickClock& clock, std::size_t limit = 32);

/// The bits as the sentences of the JSON contract, e.g. "tcp_keepalive_time from sysctl".
std::vector<std::string> assumptions(std::uint16_t bits);

/// "What if the peer were gone right now?" in one word. Order and rules: design.md, "What a connection is told to be".
enum class Diagnosis : std::uint8_t {
    Listening,
    Opening,
    Abandoned,
    Closing,
    Suspect,
    Stalled,
    Active,
    Guarded,
    Unguarded,
};
inline constexpr std::size_t kDiagnosisCount = 9;

std::string_view toString(Diagnosis diagnosis); ///< "listening", ...

/// "Payload moved" is read from tcp_info's ages. CLOSE (bound, never connected) is told as Closing.
Diagnosis diagnose(const Connection& connection, const KeepaliveOptions& options, const Forecast& forecast);

} // namespace halfopen
