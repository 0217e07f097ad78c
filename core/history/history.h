// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/ended_connection.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <stop_token>
#include <vector>

namespace halfopen {

/// The last records, in memory. Thread-safe: the sampling thread adds, anybody reads, and a reader that comes
/// seldom misses none that is still kept.
class History {
public:
    /// How many records are kept.
    static constexpr std::size_t kLimit = 10'000;

    explicit History(std::size_t limit = kLimit)
        : m_limit(limit)
        , m_last(limit) {}

    /// What is new to a reader.
    struct News {
        std::vector<EndedConnectionPtr> records; ///< oldest first
        std::uint64_t first = 0;   ///< number of the oldest that is kept; 0: none. Smaller than before: read all again
        std::uint64_t last = 0;    ///< number of the newest; for the next after()
        std::uint64_t cleared = 0; ///< how many times it was cleared so far
        std::uint64_t eventsLost = 0; ///< how many times the kernel dropped events so far: endings may be missing
    };
    /// @param number  of the last record that the reader has; 0: all that are kept
    News after(std::uint64_t number) const;

    /// Numbers the records and keeps them; the oldest go where there are too many.
    /// @return the same, numbered, as they are kept
    std::vector<EndedConnectionPtr> add(std::vector<EndedConnection> records);
    void addLostEvents(std::uint64_t count);

    /// Puts records of earlier runs (oldest first) before everything, with numbers below all that were given: the
    /// numbers of this run begin after the limit. As many as there is room for; none once it was cleared.
    void restore(std::vector<EndedConnection> records);

    /// Forgets all that is kept, as a person asks for; whoever keeps them elsewhere sees it by News::cleared.
    void clear();

    /// Waits until something newer than `number` is there, or it was cleared once more, or the time is over, or it is
    /// time to stop.
    void waitAfter(std::uint64_t number, std::uint64_t cleared, const std::stop_token& stop,
                   std::chrono::milliseconds time) const;

private:
    mutable std::mutex m_mutex;
    mutable std::condition_variable_any m_news;
    std::deque<EndedConnectionPtr> m_kept;
    std::size_t m_limit;
    std::uint64_t m_last;
    std::uint64_t m_cleared = 0;
    std::uint64_t m_eventsLost = 0;
};
using HistoryPtr = std::shared_ptr<History>;

} // namespace halfopen
