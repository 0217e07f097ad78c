// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace halfopen {

/// What was forecast, as errors are told apart.
enum class GradedEvent : std::uint8_t {
    KeepaliveProbe,
    Retransmission, ///< of data, SYN or SYN-ACK, and probes of a closed window
    GiveUp,
};
inline constexpr std::size_t kGradedEvents = 3;

/// How far forecasts of one kind were off that came due: 0 for what came within its band.
struct ForecastErrors {
    /// Upper bounds in seconds; one more count is for what is beyond.
    static constexpr std::array kBounds{.001, .004, .01, .05, .1, .25, .5, 1., 2., 5., 10., 60., 300.};
    std::array<std::uint64_t, kBounds.size() + 1> counts{};
    double sumSeconds = 0;
    std::uint64_t outsideBand = 0; ///< broken

    bool operator==(const ForecastErrors&) const = default;
};

/// How the forecasts of this run have held so far. graded = kept + excused + broken. The errors are those of moments
/// that were told as a point and whose coming was seen to the ms, and of all that were broken.
struct ForecastTotals {
    std::uint64_t graded = 0;
    std::uint64_t kept = 0;
    std::uint64_t excused = 0;
    std::uint64_t broken = 0;
    std::optional<double> medianErrorMs; ///< nullopt: none was measured
    std::optional<double> worstErrorMs;
    std::array<ForecastErrors, kGradedEvents> errors{}; ///< by GradedEvent

    bool operator==(const ForecastTotals&) const = default;
};

} // namespace halfopen
