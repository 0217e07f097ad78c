// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/destroy_event.h"
#include "core/model/ending.h"

#include <cstdint>

namespace halfopen {

/// Why the kernel has ended a connection, as its error, its state until then and its counts tell.
enum class EndReason : std::uint8_t {
    Unknown,          ///< they fit more than one reason, or the error may not be known here
    TimedOut,         ///< something stayed unanswered (tcp_write_err())
    ResetByPeer,      ///< an RST came (tcp_reset())
    Refused,          ///< an RST answered its SYN, or ICMP did (tcp_reset(), tcp_v4_err())
    Aborted,          ///< an administrator closed it (tcp_abort(): SOCK_DESTROY)
    ThrownAway,       ///< its own program closed it without a FIN (tcp_close(), tcp_disconnect())
    LastAcknowledged, ///< in order, the peer first: its FIN was acknowledged (tcp_rcv_state_process())
};

/// @param event  of What::Ended. Pure. Sources: net/ipv4/tcp_timer.c, net/ipv4/tcp_input.c, net/ipv4/tcp.c
EndReason reasonOf(const DestroyEvent& event);

/// What ran out of a connection that has timed out, by its state and its counts.
/// @param limited  it had a TCP_USER_TIMEOUT, which decides alone; Pure
Ending timedOutBy(const DestroyEvent& event, bool limited);

} // namespace halfopen
