// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/surroundings_of.h"

#include "core/model/tcp_sysctls.h"
#include "core/monitor/facts.h"

#include <algorithm>

namespace halfopen {

const FlightPast* FlightMemory::recall(std::uint64_t cookie) const {
    if (m_before.empty())
        return nullptr;
    const auto found = m_before.find(cookie);
    return found == m_before.end() ? nullptr : &found->second;
}

const FlightPast* FlightMemory::keep(std::uint64_t cookie, const FlightPast& past) {
    return &m_now.insert_or_assign(cookie, past).first->second;
}

void FlightMemory::advance() {
    m_before.swap(m_now);
    m_now.clear();
}

bool isWorthAPath(const Connection& connection, const KeepaliveOptions& options) {
    constexpr Millis kUnanswered{
        10}; // most flights are acknowledged by then, and after two round trips all but the lost
    const auto& info = connection.info;
    if (connection.remote.address.isLoopback() || connection.remote.address == connection.local.address)
        return false;
    switch (connection.timer.kind()) {
    case TimerKind::Retransmit:
        return connection.state == State::SynSent || connection.state == State::SynRecv || info.retransmits > 0 ||
               info.lastDataSent > std::max(kUnanswered, Millis(2 * info.rttUs / 1000));
    case TimerKind::WindowProbe:
        return info.hasSendWindow() && info.sendWindow > 0;
    case TimerKind::Keepalive:
        return connection.timer.retransmits > 0 ||
               info.keepaliveTimeElapsed() > std::chrono::seconds(options.idleSeconds);
    default:
        return false;
    }
}

void Requests::clear() {
    m_listeners.clear();
    m_rows.clear();
    m_exact.clear();
    m_listenerRows.clear();
    m_waiting.clear();
    m_facts.clear();
}

void Requests::addListener(const Row& row, std::uint32_t index) {
    m_listeners.add(row.connection);
    m_listenerRows.push_back(index);
}

const ExactFacts* Requests::exactOf(std::uint32_t index) const {
    const auto found = m_exact.find(index);
    return found == m_exact.end() ? nullptr : &found->second;
}

void Requests::add(const Row&, std::uint32_t index, const ExactFacts* facts) {
    m_rows.push_back(index);
    if (facts)
        m_exact.insert_or_assign(index, *facts);
}

namespace {

ListenerFacts factsOf(const Row& listener, const TcpSysctls& sysctls) {
    ListenerFacts facts;
    facts.backlog = listener.connection.sendQueue;
    const KeepaliveOptions& options = listener.options;
    facts.read = options.userTimeoutFrom == Provenance::Exact;
    if (!facts.read)
        return facts;
    facts.deferAcceptRounds = options.deferAccept;
    // getsockopt(TCP_SYNCNT) of a socket that has none tells tcp_syn_retries.
    if (options.synCount > 0 && options.synCount != sysctls.synRetries)
        facts.synCount = options.synCount;
    return facts;
}

} // namespace

namespace {

/// What a program does to either changes it alone; also a rule of the guard, and an administrator.
bool isAlike(const KeepaliveOptions& one, const KeepaliveOptions& other) {
    return one.enabled == other.enabled && one.idleSeconds == other.idleSeconds &&
           one.intervalSeconds == other.intervalSeconds && one.probes == other.probes &&
           one.userTimeout == other.userTimeout && one.followed == other.followed;
}

} // namespace

void Requests::markChangedListeners(std::vector<Row>& rows) const {
    std::unordered_map<std::uint64_t, const KeepaliveOptions*> listening;
    if (!m_waiting.empty())
        for (const std::uint32_t index : m_listenerRows)
            if (rows[index].options.exact())
                listening.emplace(rows[index].connection.cookie, &rows[index].options);
    for (const std::uint32_t index : m_waiting) {
        const auto* listener = m_listeners.of(rows[index].connection);
        const auto its = listener ? listening.find(listener->cookie) : listening.end();
        if (its != listening.end() && !isAlike(*its->second, rows[index].options))
            rows[index].forecast.conditions.add(Condition::ListenerChanged);
    }
}

void Requests::count(const std::vector<Row>& rows, const TcpSysctls& sysctls) {
    if (m_rows.empty())
        return;
    for (const std::uint32_t index : m_listenerRows)
        m_facts.emplace(rows[index].connection.cookie, factsOf(rows[index], sysctls));
    for (const std::uint32_t index : m_rows) {
        const Connection& request = rows[index].connection;
        const auto* listener = m_listeners.of(request);
        if (listener == nullptr)
            continue;
        ListenerFacts& facts = m_facts[listener->cookie];
        ++facts.requests;
        facts.young += request.timer.retransmits == 0;
    }
}

const ListenerFacts* Requests::of(const Connection& request) const {
    const auto* listener = m_listeners.of(request);
    if (listener == nullptr)
        return nullptr;
    const auto found = m_facts.find(listener->cookie);
    return found == m_facts.end() ? nullptr : &found->second;
}

} // namespace halfopen
