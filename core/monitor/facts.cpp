// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/facts.h"

#include <algorithm>

namespace halfopen {

namespace {

constexpr std::size_t kProcessesInASample = 64;

/// rcv_nxt counts the peer's FIN, too (net/ipv4/tcp_diag.c, tcp_diag_get_info()).
bool hasFin(State state) {
    return state == State::CloseWait || state == State::LastAck || state == State::Closing;
}

bool dataWaits(const Connection& connection) {
    const std::uint32_t fin = hasFin(connection.state) ? 1 : 0;
    return connection.state != State::Listen && connection.receiveQueue > fin;
}

bool wasRead(const Connection& before, const Connection& now) {
    if (!before.info.hasBytes() || !now.info.hasBytes())
        return now.receiveQueue < before.receiveQueue;
    const auto read = [](const Connection& c) { return c.info.bytesReceived - c.receiveQueue; };
    return read(now) != read(before);
}

void addGoneInterfaces(Frame& frame) {
    const bool anyGone = std::ranges::any_of(frame.namespaces, [](const NetnsContextPtr& netns) {
        return std::ranges::any_of(netns->interfaces, [](const auto& name) { return isGoneInterface(name.second); });
    });
    if (!anyGone)
        return;
    for (Row& row : frame.rows)
        if (row.change != Change::Closed && row.connection.interface != 0 && isGoneInterface(frame.interfaceOf(row)))
            row.forecast.conditions.add(Condition::InterfaceGone);
}

void addStoppedOwners(Frame& frame, const auto& isStopped) {
    for (Row& row : frame.rows) {
        if (row.change == Change::Closed)
            continue;
        const auto& owners = frame.ownersOf(row);
        const bool stopped =
            !owners.empty() && std::ranges::all_of(owners, [&](const Owner& owner) { return isStopped(owner.pid); });
        if (stopped)
            row.forecast.conditions.add(Condition::OwnerStopped);
    }
}

} // namespace

std::optional<MonotonicTime> unreadSince(const Connection& now, const Connection* before,
                                         std::optional<MonotonicTime> sinceBefore) {
    if (!dataWaits(now))
        return std::nullopt;
    if (before == nullptr || !sinceBefore)
        return now.sampled - now.receivedAge().value_or(Millis(0));
    return wasRead(*before, now) ? now.sampled : *sinceBefore;
}

Conditions factsOf(const Connection& connection, std::optional<MonotonicTime> unread) {
    Conditions facts;
    // include/net/sock.h, sk_acceptq_is_full(): one more than the backlog fits.
    if (connection.state == State::Listen && connection.receiveQueue > connection.sendQueue)
        facts.add(Condition::AcceptQueueFull);
    if (unread && connection.sampled - *unread >= kUnreadFor)
        facts.add(Condition::NobodyReads);
    return facts;
}

void OutsideFacts::addTo(Frame& frame, Look look) {
    addGoneInterfaces(frame);
    m_processes.follow(frame.owners);
    m_processes.lookOn(look == Look::All ? m_processes.size() : kProcessesInASample);
    if (const Row* selected = frame.query.selected ? frame.find(frame.query.selected) : nullptr)
        m_processes.look(frame.ownersOf(*selected));
    if (m_processes.any())
        addStoppedOwners(frame, [this](std::int32_t pid) { return m_processes.isStopped(pid); });
}

void OutsideFacts::addTo(Frame& frame, const std::unordered_set<std::int32_t>& stopped) {
    addGoneInterfaces(frame);
    if (!stopped.empty())
        addStoppedOwners(frame, [&](std::int32_t pid) { return stopped.contains(pid); });
}

} // namespace halfopen
