// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/route_socket.h"
#include "core/kernel/netns/netns_access.h"
#include "core/model/connection.h"
#include "core/model/tracked_flow.h"

#include <optional>
#include <string_view>

namespace halfopen {

/// Asks the connection tracking of one network namespace for single flows: ctnetlink, for which the kernel wants
/// CAP_NET_ADMIN over the namespace, else the file nf_conntrack of /proc/net. A flow is found by the tuple of what this
/// end sends, as an answer too: so it is behind NAT, whichever side opened it. Source: net/netfilter/
/// nf_conntrack_netlink.c, ctnetlink_get_conntrack(). One thread.
class TrackedFlowReader {
public:
    explicit TrackedFlowReader(NetnsAccessPtr netns)
        : m_netns(netns)
        , m_socket(std::move(netns), NETLINK_NETFILTER) {}

    /// Some 20 us. @return netnsIndex is not set
    TrackedFlow read(const Connection& connection);

private:
    TrackedFlow readFile(const Connection& connection) const;

    NetnsAccessPtr m_netns;
    RouteSocket m_socket;
};

/// The request for the flow that has this tuple in one of its directions.
RouteRequest trackedFlowRequest(const Connection& connection);
/// What an answer to it says. @param payload  behind the netlink header. nullopt: it is cut short, or no TCP flow
std::optional<TrackedFlow> decodeTrackedFlow(ByteView payload);
/// The same of one line of /proc/net/nf_conntrack. nullopt: it is another flow
std::optional<TrackedFlow> trackedFlowIn(std::string_view line, const Connection& connection);

} // namespace halfopen
