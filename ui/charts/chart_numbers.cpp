// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_numbers.h"

#include "ui/look/sentence.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
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

QString numberText(const ChartNumbers& numbers, std::uint64_t value) {
    return numbers.measure ? numbers.measure->text(value) : QLocale().toString(static_cast<qulonglong>(value));
}

std::uint64_t topOf(const ChartNumbers& numbers) {
    std::uint64_t most = 2;
    for (const ChartPoint& point : numbers.points)
        most = std::max(most, sumOf(point));
    return numbers.measure ? numbers.measure->top(most) : most + most % 2;
}

QString sentenceOf(const ChartNumbers& numbers, std::size_t point) {
    const ChartPoint& chosen = numbers.points[point];
    QStringList parts;
    for (std::size_t i = 0; i < chosen.values.size(); ++i) {
        const QString value = numberText(numbers, chosen.values[i]);
        if (numbers.measure)
            parts.append(ChartText::tr("%1 %2", "what is measured, how much it is").arg(numbers.series[i].name, value));
        else if (chosen.values[i] > 0)
            parts.append(ChartText::tr("%1 %2", "how many, of what").arg(value, numbers.series[i].name));
    }
    return ChartText::tr("%1: %2", "point of a chart, its numbers")
        .arg(chosen.label, parts.isEmpty() ? ChartText::tr("none") : asList(parts));
}

} // namespace halfopen
