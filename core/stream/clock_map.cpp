// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stream/clock_map.h"

#include <algorithm>

namespace halfopen::stream {

void ClockMap::add(MonotonicTime asked, MonotonicTime answered, std::chrono::nanoseconds theirs) {
    if (answered < asked)
        return;
    const std::chrono::nanoseconds half = (answered - asked + std::chrono::nanoseconds(1)) / 2;
    m_last.push_back({theirs - (asked.time_since_epoch() + half), half});
    if (m_last.size() > kKept)
        m_last.pop_front();
}

std::optional<ClockMap::Mapping> ClockMap::best() const {
    if (m_last.empty())
        return std::nullopt;
    return *std::ranges::min_element(m_last, {}, &Mapping::error);
}

} // namespace halfopen::stream
