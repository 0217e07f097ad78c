// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/halfopenctl/interrupts.h"
#include "app/halfopenctl/metrics_options.h"
#include "core/metrics/metric.h"
#include "core/metrics/running_metrics.h"
#include "core/model/error.h"
#include "core/model/frame.h"
#include "core/monitor/monitor.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace halfopen::ctl {

/// All that one frame tells, with what the machine tells beside it now. @param input  is brought up to date
std::vector<MetricFamily> familiesOf(const Frame& frame, MetricsInput& input);

/// Looks again and again, and counts what happens from one look to the next. One thread, which is the only one that
/// looks: whoever asks for metrics is given what the last look told.
class MetricsWatch {
public:
    /// @param least  between two looks
    static Result<MetricsWatch> open(const MetricsOptions& options, MetricsInput input,
                                     std::chrono::milliseconds least);

    struct Look {
        std::vector<MetricFamily> families;
        std::optional<Error> error; ///< why it failed; then little is told
    };
    Look look();

    /// What else has to be done while nothing is looked at: as soon as the descriptor is readable.
    struct Chore {
        int descriptor = -1; ///< -1: never
        std::function<void()> run;
    };
    /// Waits until the next look is due, which is later where the last one took much CPU time, with what was made of it
    /// and looked up before it: a fiftieth of a processor is taken at most, chores aside. Looks for owners and dead
    /// sockets meanwhile, at their own pace, and takes the ends that the kernel tells.
    /// @return false when it is time to end
    bool waitForNext(const Interrupts& interrupts, std::span<const Chore> chores = {});

private:
    MetricsWatch(std::unique_ptr<Monitor> monitor, MetricsInput input, Query query, std::chrono::milliseconds least);

    std::chrono::nanoseconds cpuTime();
    bool waitOnce(MonotonicTime until, const Interrupts& interrupts, std::span<const Chore> chores);

    std::unique_ptr<Monitor> m_monitor;
    MetricsInput m_input;
    Query m_query;
    RunningMetrics m_running;
    std::chrono::system_clock::time_point m_started = std::chrono::system_clock::now();
    std::chrono::milliseconds m_least;
    std::chrono::nanoseconds m_interval;
    MonotonicTime m_begun{}; ///< the last look
    std::chrono::nanoseconds m_cpuTime{};
    std::chrono::nanoseconds m_cpuTimeBegun{}; ///< when the last look began
    std::chrono::nanoseconds m_lookUpCost{};   ///< CPU time since, for what looks left open
};

} // namespace halfopen::ctl
