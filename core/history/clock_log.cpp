// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/clock_log.h"

#include <algorithm>

namespace halfopen {

void ClockLog::note(MonotonicTime monotonic, std::chrono::system_clock::time_point wall) {
    constexpr std::chrono::milliseconds kTolerated{100};
    constexpr std::size_t kMost = 1000;
    const std::chrono::nanoseconds offset = wall.time_since_epoch() - monotonic.time_since_epoch();
    if (!m_entries.empty() && std::chrono::abs(offset - m_entries.back().offset) <= kTolerated)
        return;
    if (m_entries.size() == kMost) // a clock that never stands still: the oldest moments follow the next offset
        m_entries.erase(m_entries.begin());
    m_entries.push_back({monotonic, offset});
}

Instant ClockLog::instant(MonotonicTime moment) const {
    Instant both{.monotonic = moment};
    if (m_entries.empty())
        return both;
    auto entry = std::ranges::upper_bound(m_entries, moment, {}, &Entry::from);
    if (entry != m_entries.begin())
        --entry;
    both.wall = WallTime(std::chrono::floor<std::chrono::milliseconds>(moment.time_since_epoch() + entry->offset));
    return both;
}

} // namespace halfopen
