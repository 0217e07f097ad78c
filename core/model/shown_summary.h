// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/diagnosis.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace halfopen {

/// The programs behind many rows. A row is its first owner's.
struct ProgramCounts {
    struct One {
        std::string name; ///< text of others; "": not known
        std::uint32_t count = 0;

        bool operator==(const One&) const = default;
    };
    static constexpr std::size_t kMost = 3;

    std::vector<One> most;    ///< at most kMost, the most frequent first
    std::uint32_t others = 0; ///< how many programs there are beside them

    bool operator==(const ProgramCounts&) const = default;
};

/// What is wrong with the rows that are shown, counted where they are arranged. Closed rows are not counted.
struct ShownSummary {
    static constexpr std::size_t kMostEnds = 2;

    DiagnosisCounts counts{}; ///< by Diagnosis
    ProgramCounts unguarded;
    ProgramCounts abandoned;
    std::vector<std::uint32_t>
        ends; ///< into Frame::rows: of the suspect those that are given up next; at most kMostEnds
    std::uint32_t needPermission = 0; ///< rows with Frame::canBeReadExactly()

    bool operator==(const ShownSummary&) const = default;
};
using ShownSummaryPtr = std::shared_ptr<const ShownSummary>;

} // namespace halfopen
