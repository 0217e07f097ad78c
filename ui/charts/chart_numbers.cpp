// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_numbers.h"

#include "ui/look/sentence.h"

#include <QCoreApplication>
#include <QLocale>

#include <numeric>

namespace halfopen {

namespace {

struct ChartText {
    Q_DECLARE_TR_FUNCTIONS(Chart)
};

} // namespace

std::uint64_t sumOf(const ChartPoint& point) {
    return std::accumulate(point.values.begin(), point.values.end(), std::uint64_t{0});
}

std::uint64_t sumOf(const ChartNumbers& numbers) {
    std::uint64_t sum = 0;
    for (const ChartPoint& point : numbers.points)
        sum += sumOf(point);
    return sum;
}

QString sentenceOf(const ChartNumbers& numbers, std::size_t point) {
    const ChartPoint& chosen = numbers.points[point];
    QStringList parts;
    for (std::size_t i = 0; i < chosen.values.size(); ++i)
        if (chosen.values[i] > 0)
            parts.append(ChartText::tr("%1 %2", "how many, of what")
                             .arg(QLocale().toString(chosen.values[i]), numbers.series[i].name));
    return ChartText::tr("%1: %2", "point of a chart, its numbers")
        .arg(chosen.label, parts.isEmpty() ? ChartText::tr("none") : asList(parts));
}

} // namespace halfopen
