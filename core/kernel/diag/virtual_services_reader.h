// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/route_socket.h"
#include "core/kernel/netns/netns_access.h"
#include "core/model/virtual_services.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace halfopen {

/// Reads what IPVS does in one network namespace: the file ip_vs of /proc/net, which anybody may read, has the
/// services; generic netlink has the timeouts, for CAP_NET_ADMIN. Where there is no such file nobody is asked: the
/// kernel would load the module for the question. Source: net/netfilter/ipvs/ip_vs_ctl.c; net/netlink/genetlink.c. One
/// thread.
class VirtualServicesReader {
public:
    explicit VirtualServicesReader(NetnsAccessPtr netns)
        : m_netns(netns)
        , m_socket(std::move(netns), NETLINK_GENERIC) {}

    /// @return nullopt: there is no IPVS, it has no TCP service, or its timeouts are not told
    std::optional<VirtualServices> read();

private:
    NetnsAccessPtr m_netns;
    RouteSocket m_socket;
};

/// The TCP services of a text of /proc/net/ip_vs, rising.
std::vector<Endpoint> tcpServicesIn(std::string_view text);
/// From an answer to CTRL_CMD_GETFAMILY: the family's number. @param payload  behind the netlink header
std::optional<std::uint16_t> familyIn(ByteView payload);
/// From an answer to IPVS_CMD_GET_CONFIG: the timeout of TCP connections, in seconds.
std::optional<std::int32_t> tcpTimeoutIn(ByteView payload);

} // namespace halfopen
