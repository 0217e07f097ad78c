// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/diagnosis.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace halfopen {

/// One kind of what is counted; each point of a chart has a number for it.
struct ChartSeries {
    QString name;
    Diagnosis accent{}; ///< whose colour and shape it has

    bool operator==(const ChartSeries&) const = default;
};

struct ChartPoint {
    double at = 0;                     ///< on the axis; bars count their points themselves
    QString label;                     ///< "14:03", "firefox"
    std::vector<std::uint32_t> values; ///< for each series

    bool operator==(const ChartPoint&) const = default;
};

/// What a chart shows, what its table shows, and what is read aloud of it.
struct ChartNumbers {
    std::vector<ChartSeries> series;
    std::vector<ChartPoint> points;

    bool operator==(const ChartNumbers&) const = default;
};

std::uint64_t sumOf(const ChartPoint& point);
std::uint64_t sumOf(const ChartNumbers& numbers);
/// "14:03: 40 guarded, 3 unguarded": what is not zero. @param point  one of `numbers`
QString sentenceOf(const ChartNumbers& numbers, std::size_t point);

} // namespace halfopen
