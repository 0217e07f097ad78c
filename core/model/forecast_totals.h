// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

namespace halfopen {

/// How the forecasts of this run have held so far. graded = kept + excused + broken. The errors are those of moments
/// that were told as a point and whose coming was seen to the ms, and of all that were broken.
struct ForecastTotals {
    std::uint64_t graded = 0;
    std::uint64_t kept = 0;
    std::uint64_t excused = 0;
    std::uint64_t broken = 0;
    std::optional<double> medianErrorMs; ///< nullopt: none was measured
    std::optional<double> worstErrorMs;

    bool operator==(const ForecastTotals&) const = default;
};

} // namespace halfopen
