// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metric.h"
#include "core/metrics/place_counts.h"
#include "core/model/boot_configuration.h"
#include "core/model/frame.h"
#include "core/model/machine_readings.h"
#include "core/tuning/middlebox.h"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// The number of the contract: it changes with names, types, helps, labels or buckets.
inline constexpr std::string_view kMetricsSchema = "1";

/// What is told, beside a frame, and of what.
struct MetricsInput {
    std::string_view version; ///< of Halfopen
    MachineReadings machine;
    BootConfiguration boot;
    std::vector<Middlebox> middleboxes;
    std::vector<std::string> onPath; ///< ids of middleboxes that an administrator says are there
    PlaceOptions places;
    std::chrono::system_clock::time_point now; ///< of the frame
};

/// All that one look tells, of the rows in view. O(rows). Pure. Where the look failed, only that it did.
std::vector<MetricFamily> frameMetrics(const Frame& frame, const MetricsInput& input);

} // namespace halfopen
