// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/keepalive_options.h"

#include <cstdint>
#include <optional>

namespace halfopen {

/// When the handler of an armed timer runs: read from the slot of the timer wheel that it lies in, so that nothing has
/// to be known of how it was armed. Source: kernel/time/timer.c, calc_index().
struct TimerRun {
    std::int32_t at = 0;    ///< jiffies from the sample's; not positive: it is about to run
    std::uint8_t level = 0; ///< of the wheel, whose granule is 8^level jiffies
    bool operator==(const TimerRun&) const = default;
};

/// What icsk_pending says that the retransmission timer is armed for. Source: include/net/inet_connection_sock.h.
enum class PendingKind : std::uint8_t {
    None = 0,
    Retransmission = 1,
    WindowProbe = 3,
    TailLossProbe = 5,
    Reordering = 6,
};

/// What the kernel's own structures tell of one TCP socket beyond what a sock_diag message does (core/kernel/bpf).
/// Nothing in it is inferred.
struct ExactFacts {
    std::uint32_t jiffies = 0; ///< low 32 bits, at Connection::sampled
    /// Of the timer in Connection::timer; nullopt: none runs, or its handler runs just now, or first for nothing.
    std::optional<TimerRun> run;
    /// Of a keepalive timer that the one in Connection::timer hides.
    std::optional<TimerRun> hiddenKeepalive;
    PendingKind pending = PendingKind::None;
    /// The socket's own, all Exact, for others than timewait and request sockets. What `followed` names is the
    /// setting's and stands as 0 here; takeExact() fills it in.
    std::optional<KeepaliveOptions> options;
    std::int32_t error = 0;     ///< sk_err: what the program will be told, once; an errno
    std::int32_t softError = 0; ///< sk_err_soft: what it will get when the kernel gives up; an errno
    /// Since the first retransmission of the loss episode that goes on (retrans_stamp), in microseconds.
    std::optional<std::int64_t> sinceRetransmission;
    /// Since the first window probe (icsk_probes_tstamp), in jiffies.
    std::optional<std::int32_t> sinceFirstProbe;
    std::uint8_t requestTimeouts = 0;     ///< num_timeout: how often a request's timer has run
    bool requestAcked = false;            ///< its handshake is complete and TCP_DEFER_ACCEPT waits for data
    std::uint64_t listenerCookie = 0;     ///< of a request; 0: not told
    std::uint8_t listenerSynRetries = 0;  ///< likewise: TCP_SYNCNT of its listener, 0: not set
    std::uint8_t listenerDeferAccept = 0; ///< likewise: TCP_DEFER_ACCEPT in SYN-ACK timeouts
};

} // namespace halfopen
