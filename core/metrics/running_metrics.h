// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metric.h"
#include "core/metrics/socket_counts.h"
#include "core/model/frame.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <vector>

namespace halfopen {

/// What this process is itself, as metrics tell it.
struct ProcessReadings {
    double cpuSeconds = 0; ///< of user and system
    std::uint64_t residentBytes = 0;
    std::chrono::system_clock::time_point started;
};

/// What adds up while looking goes on. Once-only output has none of it: a counter that is always 0 would be a lie. One
/// thread.
class RunningMetrics {
public:
    RunningMetrics();

    /// Each frame once, in their order, also one whose look failed.
    void add(const FramePtr& frame);
    /// @param interval  between two looks
    std::vector<MetricFamily> families(std::chrono::duration<double> interval, const ProcessReadings& process) const;

private:
    void addUnanswered(const Frame& frame);
    void appendLooks(std::chrono::duration<double> interval, std::vector<MetricFamily>& families) const;
    void appendEndings(std::vector<MetricFamily>& families) const;
    void appendForecasts(std::vector<MetricFamily>& families) const;

    FramePtr m_last; ///< null: none yet
    std::array<std::uint64_t, 3> m_errors{};
    std::uint64_t m_incomplete = 0;
    std::array<std::uint64_t, kUnansweredKinds> m_unanswered{};
    Distribution m_noticed;
};

} // namespace halfopen
