// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_numbers.h"

#include <QPointF>
#include <QRectF>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

class QChart;
class QFont;

namespace halfopen {

struct Theme;

/// The axis of what the points are of, and the words below it.
struct ChartAxis {
    double from = 0;
    double to = 0;
    std::vector<std::pair<double, QString>> ticks;
};

/// How the numbers of a chart are drawn, each series on top of those before it.
class Plot {
public:
    /// What is under the pointer.
    struct Hit {
        std::size_t point;
        std::optional<std::size_t> series; ///< nullopt: beside what is drawn of the point
    };

    Plot() = default;
    Plot(const Plot&) = delete;
    Plot& operator=(const Plot&) = delete;
    virtual ~Plot() = default;

    virtual void draw(const ChartNumbers& numbers) = 0;
    /// Another stretch of the axis than at first, where there is one.
    virtual void setAxis(const ChartAxis&) {}
    virtual void setColors(const ChartNumbers& numbers, const Theme& theme, const QFont& small) = 0;
    /// @param at  in the chart's coordinates
    virtual std::optional<Hit> hit(const ChartNumbers& numbers, const QPointF& at) const = 0;
    /// Where a point is drawn, in the chart's coordinates.
    virtual QRectF placeOf(const ChartNumbers& numbers, std::size_t point) const = 0;
};

// All of them draw into a chart that outlives them.
std::unique_ptr<Plot> newAreaPlot(QChart& chart, std::size_t series, const ChartAxis& axis); ///< points rise in `at`
/// Upright bars at 0, 1, 2, ...
std::unique_ptr<Plot> newColumnPlot(QChart& chart, std::size_t series, const ChartAxis& axis);
/// Lying bars, each with its point's label and the sum of its numbers, the first on top.
std::unique_ptr<Plot> newBarPlot(QChart& chart, std::size_t series);

} // namespace halfopen
