// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/grades/error_counts.h"

#include <algorithm>
#include <cmath>

namespace halfopen {

namespace {

constexpr double kFineMs = 0.1;
constexpr double kFineEnd = 20;

} // namespace

std::size_t ErrorCounts::bucketOf(double ms) {
    if (ms < kFineEnd)
        return static_cast<std::size_t>(ms / kFineMs);
    const auto step = static_cast<std::size_t>(std::log2(ms / kFineEnd) * kOctave);
    return kFine + std::min(step, kOctave * kOctaves - 1);
}

double ErrorCounts::middleOf(std::size_t bucket) {
    if (bucket < kFine)
        return static_cast<double>(bucket) * kFineMs;
    return kFineEnd * std::exp2((static_cast<double>(bucket - kFine) + 0.5) / kOctave);
}

void ErrorCounts::add(std::chrono::nanoseconds error) {
    const double ms = std::chrono::duration<double, std::milli>(std::chrono::abs(error)).count();
    ++m_counts[bucketOf(ms)];
    ++m_total;
    m_worst = std::max(m_worst, ms);
}

std::optional<double> ErrorCounts::medianMs() const {
    if (m_total == 0)
        return std::nullopt;
    std::uint64_t below = 0;
    std::size_t bucket = 0;
    while ((below += m_counts[bucket]) * 2 < m_total)
        ++bucket;
    return std::min(middleOf(bucket), m_worst);
}

std::optional<double> ErrorCounts::worstMs() const {
    return m_total == 0 ? std::nullopt : std::optional(m_worst);
}

} // namespace halfopen
