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

/// What is measured has a unit, which changes with its size, and an axis that ends with a number one can read.
struct Measure {
    QString (*text)(std::uint64_t value);
    std::uint64_t (*top)(std::uint64_t most); ///< not less than `most`, and even
};

/// What a chart shows, what its table shows, and what is read aloud of it.
struct ChartNumbers {
    std::vector<ChartSeries> series;
    std::vector<ChartPoint> points;
    const Measure* measure = nullptr; ///< nullptr: they are counts

    bool operator==(const ChartNumbers&) const = default;
};

std::uint64_t sumOf(const ChartPoint& point);
std::uint64_t sumOf(const ChartNumbers& numbers);
/// One of the numbers as it is written: "1,024", "4.21 ms".
QString numberText(const ChartNumbers& numbers, std::uint64_t value);
/// The end of the axis of numbers; even, so that the middle is a whole number.
std::uint64_t topOf(const ChartNumbers& numbers);
/// "14:03: 40 guarded, 3 unguarded": what is not zero; of what is measured all of it: "14:03:07: sent 1.2 kB/s,
/// received 0 B/s". @param point  one of `numbers`
QString sentenceOf(const ChartNumbers& numbers, std::size_t point);

} // namespace halfopen
