// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/model/shown_summary.h"

#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace halfopen {

/// Sums up rows of a frame. O(rows), two hash look-ups for each whose program is asked. Pure.
/// @param shown  indexes into frame.rows
ShownSummary summarise(const Frame& frame, std::span<const std::uint32_t> shown);

/// Rows that a person has chosen, together.
struct ChosenSummary {
    /// A row that stands for all that have the same value, and how many they are.
    using Alike = std::pair<const Row*, std::uint32_t>;

    DiagnosisCounts counts{}; ///< by Diagnosis
    ProgramCounts programs;
    std::uint32_t never = 0;      ///< rows that nothing will end
    std::vector<const Row*> ends; ///< those that are given up next, at most ShownSummary::kMostEnds
    std::vector<Alike> switches;  ///< by KeepaliveOptions::enabled and where it is known from; most frequent first
    std::vector<Alike> options;   ///< likewise by idle time, interval and probes
};

/// O(rows). @param rows  into `frame`, which has to outlive the result
ChosenSummary summariseChosen(const Frame& frame, std::span<const Row* const> rows);

} // namespace halfopen
