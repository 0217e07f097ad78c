// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/privilege/socket_targets.h"

#include "core/diag/netlink_source.h"
#include "core/process/owner_scan.h"

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

Outcome<SocketTargets> SocketTargets::find(const std::vector<std::uint64_t>& cookies) {
    const auto source = NetlinkSource::open();
    if (!source)
        return tl::unexpected(toPrivilegeError(source.error()));
    SocketTargets targets;
    Sink sink(targets, cookies);
    if (auto sampled = (*source)->sample({.congestion = false}, sink); !sampled)
        return tl::unexpected(toPrivilegeError(sampled.error()));
    return targets;
}

Outcome<SocketTargets> SocketTargets::withHolders(const std::vector<std::uint64_t>& cookies, MonotonicTime until) {
    auto targets = find(cookies);
    if (!targets)
        return targets;
    if (auto found = targets->findHolders(until); !found)
        return tl::unexpected(found.error());
    return targets;
}

const Connection* SocketTargets::connection(std::uint64_t cookie) const {
    const auto found = m_connections.find(cookie);
    return found == m_connections.end() ? nullptr : &found->second;
}

Outcome<void> SocketTargets::findHolders(MonotonicTime until) {
    OwnerScan scan;
    std::vector<Connection> wanted;
    for (const auto& [cookie, connection] : m_connections) {
        wanted.push_back(connection);
        const auto* listener = connection.isNotAccepted() ? listenerOf(connection) : nullptr;
        if (listener != nullptr)
            wanted.back().inode = listener->inode;
    }
    scan.beginSample();
    for (const Connection& connection : wanted)
        scan.lookUp(connection);
    while (!scan.settled(MonotonicClock::now())) {
        if (MonotonicClock::now() >= until)
            return refusal(PrivilegeErrorKind::Busy, "Looking through the descriptors of all processes took too long; "
                                                     "try again when the machine has less to do.");
        scan.step(until);
    }
    m_owners = scan.owners();
    for (const Connection& connection : wanted)
        m_why[connection.inode] = scan.lookUp(connection);
    return {};
}

const std::vector<Owner>& SocketTargets::holders(std::uint32_t inode) const {
    static const std::vector<Owner> kNone;
    const auto found = m_owners ? m_owners->find(inode) : OwnerTable::const_iterator{};
    return m_owners && found != m_owners->end() ? found->second : kNone;
}

OwnerUnknown SocketTargets::whyNoHolder(const Connection& connection) const {
    if (connection.inode == 0)
        return connection.isNotAccepted() ? OwnerUnknown::NotAccepted : OwnerUnknown::NoDescriptor;
    const auto found = m_why.find(connection.inode);
    return found == m_why.end() ? OwnerUnknown::NotLookedUp : found->second;
}

} // namespace halfopen
