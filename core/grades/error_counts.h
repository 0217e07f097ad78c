// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>

namespace halfopen {

/// Errors, counted by size: the median is exact to a tenth of a millisecond up to 20 ms, and to a tenth of itself
/// beyond. Constant memory, however many.
class ErrorCounts {
public:
    void add(std::chrono::nanoseconds error);
    /// nullopt where none was added.
    std::optional<double> medianMs() const;
    std::optional<double> worstMs() const;

private:
    static constexpr std::size_t kFine = 200;   ///< of 0.1 ms each
    static constexpr std::size_t kOctave = 8;   ///< steps from one power of two to the next, beyond
    static constexpr std::size_t kOctaves = 24; ///< up to 93 h
    static std::size_t bucketOf(double ms);
    static double middleOf(std::size_t bucket);

    std::array<std::uint32_t, kFine + kOctave * kOctaves> m_counts{};
    std::uint64_t m_total = 0;
    double m_worst = 0;
};

} // namespace halfopen
