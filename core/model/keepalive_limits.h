// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace halfopen {

// What setsockopt(2) takes for the keepalive options of a socket, from 1 on. Source: include/net/tcp.h,
// MAX_TCP_KEEPIDLE, MAX_TCP_KEEPINTVL, MAX_TCP_KEEPCNT.
inline constexpr std::int32_t kMaxKeepaliveIdle = 32767;     ///< TCP_KEEPIDLE, s
inline constexpr std::int32_t kMaxKeepaliveInterval = 32767; ///< TCP_KEEPINTVL, s
inline constexpr std::int32_t kMaxKeepaliveProbes = 127;     ///< TCP_KEEPCNT

} // namespace halfopen
