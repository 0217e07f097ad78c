// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace halfopen {

/// TCP states with the numbers of the kernel (include/net/tcp_states.h). Any other number is kept as it came.
enum class State : std::uint8_t {
    Established = 1,
    SynSent = 2,
    SynRecv = 3,
    FinWait1 = 4,
    FinWait2 = 5,
    TimeWait = 6,
    Close = 7,
    CloseWait = 8,
    LastAck = 9,
    Listen = 10,
    Closing = 11,
    Bound = 13, ///< bound, neither listening nor connected (TCP_BOUND_INACTIVE, 6.8+); the kernel tells it as Close
};

/// ESTABLISHED, SYN-SENT, ... as ss names them; "UNKNOWN" for any other number.
std::string_view toString(State state);

/// The inverse of toString, any case; also takes ss's ESTAB, SYN-SENT, UNCONN, and '_' for '-'. nullopt where nothing
/// fits.
std::optional<State> parseState(std::string_view word);

/// The kinds of idiag_timer. A value this program does not know is kept in Timer::raw and treated as None.
enum class TimerKind : std::uint8_t {
    None = 0,
    Retransmit = 1, ///< retransmission, reordering or tail loss probe; a request socket's SYN-ACK timer
    Keepalive = 2,  ///< keepalive, or an orphan in FIN-WAIT-2
    TimeWait = 3,
    WindowProbe = 4, ///< also "probe0", the persist timer
    DelayedAck = 5,  ///< 7.x kernels only; says nothing about the peer
};

/// none, retransmit, keepalive, time-wait, window-probe; DelayedAck and unknown numbers are "none".
std::string_view toString(TimerKind kind);

} // namespace halfopen
