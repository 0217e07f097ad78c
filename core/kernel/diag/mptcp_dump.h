// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/source.h"
#include "core/kernel/netns/uid_map.h"

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#include <cstdint>
#include <unordered_set>
#include <utility>

namespace halfopen {

/// Asks for the MPTCP sockets of one family. Source: net/mptcp/mptcp_diag.c; the protocol does not fit into the eight
/// bits of inet_diag_req_v2, an attribute has it (include/uapi/linux/inet_diag.h, INET_DIAG_REQ_PROTOCOL, since 5.9).
struct MptcpRequest {
    nlmsghdr head;
    inet_diag_req_v2 body;
    rtattr protocolHead;
    std::uint32_t protocol;
};

MptcpRequest mptcpRequest(std::uint8_t family, std::uint32_t states, std::uint32_t sequence, std::uint32_t port);

/// This kernel can be asked for MPTCP sockets, unless its module mptcp_diag is missing. Source: net/mptcp/ctrl.c.
bool hasMptcp();

/// Of the MPTCP sockets those that no dump of TCP sockets shows, because they have lost their last subflow: from then
/// on a timer of their own runs for net.mptcp.close_timeout. Source: net/mptcp/protocol.c, mptcp_set_close_tout().
class WithoutSubflow : public ConnectionSink {
public:
    WithoutSubflow(ConnectionSink& sink, const UidMap& users)
        : m_sink(sink)
        , m_users(users) {}

    void restart() override {}
    void add(const Connection& connection) override;
    /// Whether there was one.
    bool some() const { return m_some; }
    /// Of all MPTCP sockets, also of those with subflows: what a subflow has too.
    std::unordered_set<std::uint32_t> takeInodes() { return std::move(m_inodes); }

private:
    ConnectionSink& m_sink;
    const UidMap& m_users;
    bool m_some = false;
    std::unordered_set<std::uint32_t> m_inodes;
};

} // namespace halfopen
