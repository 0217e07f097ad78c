// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/followers.h"
#include "core/model/frame.h"
#include "core/model/row.h"
#include "core/model/tcp_sysctls.h"

#include <cstdint>
#include <vector>

namespace halfopen {

/// What a change of the three keepalive defaults means to one connection. None follows at once: the kernel reads them
/// only when a keepalive timer fires (net/ipv4/tcp_timer.c, tcp_keepalive_timer), and a timer that is armed stays
/// armed.
enum class Follows : std::uint8_t {
    NotConcerned,   ///< no keepalive in this state: LISTEN, CLOSE, SYN-SENT, SYN-RECV, TIME-WAIT, or no descriptor any
                    ///< more
    Never,          ///< keepalive is off; only its program can turn it on
    NotKnown,       ///< another timer hides whether keepalive is on
    OwnValues,      ///< the program set all three itself
    WhenTimerFires, ///< at least one of the three comes from the sysctl; it counts from the timer's next expiry on
    WhenSeenAgain,  ///< the same, but another timer hides when that is
};

/// A value that was read and equals the sysctl counts as following: the kernel does not tell whether it was set.
/// @param inEffect  of the connection's network namespace, at the time of the sample
/// Pure.
Follows followsOf(const Row& row, const TcpSysctls& inEffect);

/// Pure, O(rows): followsOf() of each row, counted.
Followers countFollowers(const Frame& frame);

} // namespace halfopen
