// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/activity.h"
#include "core/model/ended_connection.h"

#include <cstdint>
#include <span>

namespace halfopen {

/// Adds up what each sample brings. One thread, the one that samples.
class ActivityLog {
public:
    explicit ActivityLog(MonotonicTime since) { m_activity.since = since; }

    /// What one sample told.
    struct Step {
        MonotonicTime taken{};
        std::uint32_t appeared = 0; ///< since the sample before
        std::uint32_t vanished = 0;
        DiagnosisCounts connections{};
        std::span<const EndedConnectionPtr> endings;
        ForecastTotals forecasts;     ///< since the start
        std::uint64_t eventsLost = 0; ///< likewise
    };
    /// @return another value each time
    ActivityPtr add(const Step& step);

private:
    void beginMinutes(MonotonicTime taken);
    void addPoint(const Step& step);

    Activity m_activity;
    ForecastTotals m_forecasts; ///< of the step before
};

} // namespace halfopen
