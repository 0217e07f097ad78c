// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/diagnosis.h"
#include "core/model/ending.h"
#include "core/model/forecast_totals.h"
#include "core/model/units.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>

namespace halfopen {

/// What happened in one stretch of time.
struct Happened {
    std::uint64_t appeared = 0;
    std::uint64_t vanished = 0;
    std::array<std::uint64_t, kEndingCount> endings{}; ///< by Ending; where a history is kept
    std::uint64_t kept = 0;                            ///< forecasts, as in ForecastTotals
    std::uint64_t excused = 0;
    std::uint64_t broken = 0;

    bool operator==(const Happened&) const = default;
};

/// One minute of an Activity.
struct ActivityMinute {
    MonotonicTime begin{};
    Happened happened;
    DiagnosisCounts connections{}; ///< at its last sample

    bool operator==(const ActivityMinute&) const = default;
};

/// The connections at one moment.
struct ActivityPoint {
    MonotonicTime taken{};
    DiagnosisCounts connections{};

    bool operator==(const ActivityPoint&) const = default;
};

/// What adds up over all samples of a run, counted where they are taken: whoever sees only some of the frames misses
/// nothing of it. Immutable once published.
struct Activity {
    /// How many minutes are kept.
    static constexpr std::size_t kMinutes = 60;
    /// How many points there are, and what is between them at least.
    static constexpr std::size_t kPoints = 360;
    static constexpr std::chrono::seconds kPointEvery{5};

    MonotonicTime since{};         ///< when this run began to look
    DiagnosisCounts connections{}; ///< at the last sample
    Happened total;
    std::deque<ActivityMinute> minutes; ///< without gaps, the last one goes on; at most kMinutes
    std::deque<ActivityPoint> points;   ///< of the last half an hour; where nothing was sampled, there are none
    std::uint64_t eventsLost = 0;       ///< times that the kernel dropped destroy events

    bool operator==(const Activity&) const = default;
};
using ActivityPtr = std::shared_ptr<const Activity>;

} // namespace halfopen
