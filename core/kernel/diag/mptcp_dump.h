// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/source.h"
#include "core/kernel/netns/uid_map.h"

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#include <cstdint>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

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

/// Cookies that more than one MPTCP socket has: an accepted one has that of its listener, where anybody had asked for
/// it before (net/core/sock.c, sk_clone_lock() copies it, and mptcp_sk_clone_init() leaves it). To be kept from one
/// dump to the next: a listener that is gone has left its cookie to what it accepted.
using SharedCookies = std::unordered_set<std::uint64_t>;

/// Of the MPTCP sockets those that no dump of TCP sockets shows, because they have lost their last subflow: from then
/// on a timer of their own runs for net.mptcp.close_timeout. Source: net/mptcp/protocol.c, mptcp_set_close_tout().
///
/// One whose cookie is not its own gets a key that stands in for it (isStandIn()): it would be taken for another one.
class WithoutSubflow : public ConnectionSink {
public:
    /// @param netns  of all that comes
    WithoutSubflow(ConnectionSink& sink, const UidMap& users, SharedCookies& shared, NetnsId netns)
        : m_sink(sink)
        , m_users(users)
        , m_shared(shared)
        , m_netns(netns) {}

    void restart() override {}
    void add(const Connection& connection) override;
    /// Hands on what was added: before it has all come nobody knows which cookies are shared.
    void finish();
    /// Whether there was one.
    bool some() const { return !m_wholes.empty(); }
    /// Of all MPTCP sockets, also of those with subflows: what a subflow has too.
    std::unordered_set<std::uint32_t> takeInodes() { return std::move(m_inodes); }

private:
    ConnectionSink& m_sink;
    const UidMap& m_users;
    SharedCookies& m_shared;
    NetnsId m_netns;
    std::vector<Connection> m_wholes;
    std::unordered_map<std::uint64_t, std::uint32_t> m_inodeOf; ///< by cookie
    std::unordered_set<std::uint32_t> m_inodes;
};

} // namespace halfopen
