// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/ended_connection.h"

#include <vector>

namespace halfopen {

/// Translates moments of CLOCK_MONOTONIC into wall-clock time as it was then: the two drift apart in suspend and when
/// the clock is set.
class ClockLog {
public:
    /// To be called with every sample: notes a new offset where it has changed by more than a tenth of a second.
    void note(MonotonicTime monotonic, std::chrono::system_clock::time_point wall);
    /// By the last offset noted before the moment; the wall clock's epoch where none was noted at all.
    Instant instant(MonotonicTime moment) const;

private:
    struct Entry {
        MonotonicTime from{};
        std::chrono::nanoseconds offset{0};
    };
    std::vector<Entry> m_entries; ///< ordered by time
};

} // namespace halfopen
