// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/halfopenctl/source_options.h"
#include "core/metrics/frame_metrics.h"

#include <CLI/CLI.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace halfopen::ctl {

/// The words for what is counted, of every program that tells metrics.
struct MetricsOptions : SourceOptions {
    std::string interval = "15s"; ///< between two looks
    std::string by;               ///< "", or "process"
    std::vector<std::string> middleboxes;
    std::vector<std::uint16_t> ports;
    std::size_t destinations = 0;

    CLI::Option* addInterval(CLI::App& command);
    /// --by, --ports, --middlebox, --destinations, --netns and --source.
    void addCounts(CLI::App& command);

    /// @return Usage where it is not between 1 s and 1 h
    Result<std::chrono::milliseconds> parsedInterval() const;
    /// What is told beside the frames. @return Usage where --middlebox names nothing
    Result<MetricsInput> input() const;
};

} // namespace halfopen::ctl
