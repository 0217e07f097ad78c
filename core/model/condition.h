// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace halfopen {

/// What holds of a connection, beyond a peer that is silent, at one sample: what moves its forecast, or tells why it
/// goes as it goes. Seen in the sample itself, or by a look at its surroundings (core/model/surroundings.h).
enum class Condition : std::uint8_t {
    // the path
    UnreachableNeighbour, ///< the next hop does not answer ARP or neighbour discovery
    IcmpRevert,           ///< ICMP errors take the backoff back (RFC 6069)
    NotLeaving,           ///< the last attempt has not left this machine
    LocalDrop,            ///< this machine's own queue drops what is sent
    LocalRefuse,          ///< this machine refuses to send: no route, own address gone, a firewall
    // the socket
    Held,              ///< Nagle or TCP_CORK holds data back; nothing was tried yet
    ThinLinear,        ///< a thin stream: timeouts that do not double at first
    RecoveryContinued, ///< this loss episode began before the last timeouts, so its limit is nearer
    ConnectDeferred,   ///< TCP_FASTOPEN_CONNECT: the SYN goes out with the first data
    ToldEarly,         ///< IP_RECVERR: the program hears of ICMP errors while the connection lives on
    NoProbes,          ///< tcp_keepalive_probes is 0: ended at the first expiry, peer or no peer
    OptionsChanged,    ///< the timer shows other options than those last known
    MptcpSubflow,      ///< a subflow of an MPTCP connection, whose end is not the program's
    MptcpClosing,      ///< an MPTCP connection without a subflow, ended by net.mptcp.close_timeout
    UpperLayer,        ///< kTLS or SMC is on top of this socket
    // the peer
    ClosedWindow, ///< data is in flight and the peer's window is zero
    // the listener
    DeferredAccept,   ///< TCP_DEFER_ACCEPT: waits for the client's data
    SynQueuePressure, ///< the SYN queue is more than half full: fewer SYN-ACKs
    FastOpenPending,  ///< a Fast Open connection whose handshake is not finished
    ListenerChanged,  ///< the listener's options are not those that this connection waits with
    // the machine
    OrphanPressure, ///< too many orphans, or too much memory in their queues: they are ended early
    HostSuspended,  ///< this machine has slept since the sample before
    TicksLate,      ///< the sample was not taken on time, or ticks were counted late
    // facts, which move no forecast
    AcceptQueueFull, ///< LISTEN: as many connections wait for accept() as may
    NobodyReads,     ///< data waits in the receive queue, and nothing of it is read
    OwnerStopped,    ///< every process that has the socket is stopped, or frozen
    InterfaceGone,   ///< the interface that the socket is bound to does not exist any more
    LockedByProgram, ///< its program waits in a system call and holds its lock: the kernel and others wait for it
};
inline constexpr std::size_t kConditionCount = 28;
inline constexpr std::size_t kFirstFact = static_cast<std::size_t>(Condition::AcceptQueueFull);

/// "unreachable-neighbour", "local-drop", ...: the words of the JSON contract and of filters.
std::string_view toString(Condition condition);
/// Whether it belongs to `facts` of the JSON contract and not to `conditions`.
constexpr bool isFact(Condition condition) {
    return static_cast<std::size_t>(condition) >= kFirstFact;
}

/// A set of conditions; 4 bytes.
struct Conditions {
    std::uint32_t bits = 0;

    static constexpr std::uint32_t bit(Condition c) { return 1U << static_cast<unsigned>(c); }
    constexpr bool has(Condition c) const { return (bits & bit(c)) != 0; }
    constexpr void add(Condition c) { bits |= bit(c); }
    constexpr void add(Conditions others) { bits |= others.bits; }
    constexpr void remove(Condition c) { bits &= ~bit(c); }
    constexpr bool empty() const { return bits == 0; }
    /// Without what holds of every connection of this machine alike: no single row is to be marked for that.
    constexpr Conditions own() const { return {bits & ~(bit(Condition::HostSuspended) | bit(Condition::TicksLate))}; }
    /// In the order of the enumeration.
    std::vector<Condition> list() const;

    constexpr bool operator==(const Conditions&) const = default;
};

} // namespace halfopen
