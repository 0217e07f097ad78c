// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/history.h"

#include <algorithm>

namespace halfopen {

History::News History::after(std::uint64_t number) const {
    const std::lock_guard lock(m_mutex);
    const auto first = std::ranges::upper_bound(m_kept, number, {}, [](const auto& kept) { return kept->number; });
    return {.records = {first, m_kept.end()},
            .first = m_kept.empty() ? 0 : m_kept.front()->number,
            .last = m_last,
            .cleared = m_cleared,
            .eventsLost = m_eventsLost};
}

std::vector<EndedConnectionPtr> History::add(std::vector<EndedConnection> records) {
    std::vector<EndedConnectionPtr> added;
    if (records.empty())
        return added;
    added.reserve(records.size());
    const std::lock_guard lock(m_mutex);
    for (EndedConnection& record : records) {
        record.number = ++m_last;
        added.push_back(std::make_shared<const EndedConnection>(std::move(record)));
        m_kept.push_back(added.back());
        if (m_kept.size() > m_limit)
            m_kept.pop_front();
    }
    m_news.notify_all();
    return added;
}

void History::addLostEvents(std::uint64_t count) {
    const std::lock_guard lock(m_mutex);
    m_eventsLost += count;
}

void History::restore(std::vector<EndedConnection> records) {
    const std::lock_guard lock(m_mutex);
    while (m_cleared == 0 && !records.empty() && m_kept.size() < m_limit) {
        const std::uint64_t next = m_kept.empty() ? m_last + 1 : m_kept.front()->number;
        if (next <= 1)
            break;
        records.back().number = next - 1;
        m_kept.push_front(std::make_shared<const EndedConnection>(std::move(records.back())));
        records.pop_back();
    }
}

void History::clear() {
    const std::lock_guard lock(m_mutex);
    m_kept.clear();
    ++m_cleared;
    m_news.notify_all();
}

void History::waitAfter(std::uint64_t number, std::uint64_t cleared, const std::stop_token& stop,
                        std::chrono::milliseconds time) const {
    std::unique_lock lock(m_mutex);
    m_news.wait_for(lock, stop, time, [&] { return m_last > number || m_cleared != cleared; });
}

} // namespace halfopen
