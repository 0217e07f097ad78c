// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/socket_targets.h"

#include "core/kernel/diag/netlink_source.h"

#include <unordered_set>

namespace halfopen {

/// Keeps what was asked for, and the listeners.
class SocketTargets::Sink : public ConnectionSink {
public:
    Sink(SocketTargets& targets, const std::vector<std::uint64_t>& cookies)
        : m_targets(targets)
        , m_cookies(cookies.begin(), cookies.end()) {}

    void restart() override {
        m_targets.m_connections.clear();
        m_targets.m_listeners.clear();
    }
    void add(const Connection& connection) override {
        if (connection.state == State::Listen)
            m_targets.m_listeners.add(connection);
        if (m_cookies.contains(connection.cookie))
            m_targets.m_connections.insert_or_assign(connection.cookie, connection);
    }

private:
    SocketTargets& m_targets;
    std::unordered_set<std::uint64_t> m_cookies;
};

Outcome<SocketTargets> SocketTargets::find(const std::vector<std::uint64_t>& cookies, const NetnsAccessPtr& netns) {
    const auto source = NetlinkSource::open(netns);
    if (!source)
        return tl::unexpected(toPrivilegeError(source.error()));
    SocketTargets targets;
    Sink sink(targets, cookies);
    if (auto sampled = (*source)->sample({.congestion = false, .info = false}, sink); !sampled)
        return tl::unexpected(toPrivilegeError(sampled.error()));
    for (auto& [cookie, connection] : targets.m_connections)
        if (connection.upperLayer == UpperLayer::None && (*source)->isMptcp(connection.inode))
            connection.upperLayer = UpperLayer::Mptcp;
    return targets;
}

const Connection* SocketTargets::connection(std::uint64_t cookie) const {
    const auto found = m_connections.find(cookie);
    return found == m_connections.end() ? nullptr : &found->second;
}

} // namespace halfopen
