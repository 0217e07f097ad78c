// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/lab/tcp_socket.h"
#include "core/model/forecast.h"

#include <cstdint>

namespace halfopen::promises {

/// What a forecast must not take for granted of a socket with these options: assume:: bits.
inline std::uint32_t setBy(const lab::SocketOptions& options) {
    std::uint32_t bits = options.idle ? assume::KeepaliveTime : 0U;
    bits |= options.interval ? assume::KeepaliveInterval : 0U;
    bits |= options.probes ? assume::KeepaliveProbes : 0U;
    bits |= options.userTimeout ? assume::UserTimeout : 0U;
    return bits | (options.synCount || options.linger2 || options.rtoMax ? assume::SocketDefaults : 0U);
}

} // namespace halfopen::promises
