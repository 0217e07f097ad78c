// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/endpoint.h"

#include <cstdint>
#include <vector>

namespace halfopen {

/// What IPVS does in a network namespace: connections to a virtual service go through it to one of its servers.
/// Source: Documentation/networking/ipvs-sysctl.rst; net/netfilter/ipvs/ip_vs_proto_tcp.c.
struct VirtualServices {
    std::int32_t tcpTimeout = 0; ///< s after which a silent connection through it is forgotten
    std::vector<Endpoint> tcp;   ///< rising; a port of 0 stands for all

    bool serves(const Endpoint& destination) const;
    bool operator==(const VirtualServices&) const = default;
};

} // namespace halfopen
