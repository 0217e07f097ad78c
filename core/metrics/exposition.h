// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/metric.h"

#include <span>
#include <string>
#include <string_view>

namespace halfopen {

/// How families are written.
enum class Exposition : std::uint8_t {
    Text,        ///< Prometheus' text format 0.0.4, which node_exporter reads
    OpenMetrics, ///< OpenMetrics 1.0
};

/// The Content-Type that goes with it.
std::string_view contentType(Exposition exposition);

/// One exposition, complete. Pure. Bounds are written as OpenMetrics' canonical floats ("300.0") in both, so that a
/// query finds a bucket whichever way it came.
std::string exposed(std::span<const MetricFamily> families, Exposition exposition);

} // namespace halfopen
