// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/endpoint.h"

#include <cstdint>

namespace halfopen {

/// How many of the ports that the kernel chooses from (net.ipv4.ip_local_port_range) connections to one destination
/// have: each such port can be used once for the same two addresses and the same remote port, TIME-WAIT included.
/// Source: net/ipv4/inet_hashtables.c, __inet_hash_connect().
struct PortPressure {
    IpAddress local;
    Endpoint remote;
    std::uint16_t netnsIndex = 0; ///< into Frame::namespaces
    std::uint32_t used = 0;
    std::uint32_t timeWait = 0;  ///< of `used`
    std::uint32_t available = 0; ///< ports of the range, those that are reserved included

    double share() const { return available == 0 ? 0 : static_cast<double>(used) / available; }
    bool operator==(const PortPressure&) const = default;
};

} // namespace halfopen
