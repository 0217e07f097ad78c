// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/plot.h"

#include "ui/look/theme.h"

#include <QAreaSeries>
#include <QBarCategoryAxis>
#include <QBarSet>
#include <QCategoryAxis>
#include <QChart>
#include <QHorizontalStackedBarSeries>
#include <QLineSeries>
#include <QLocale>
#include <QStackedBarSeries>

#include <algorithm>
#include <cmath>

namespace halfopen {

namespace {

constexpr int kLongestLabel = 24; ///< characters; Qt Charts gives labels all the room they ask for

/// Of a stack at which height which series is; nullopt: above it.
std::optional<std::size_t> seriesAt(const ChartPoint& point, double value) {
    double sum = 0;
    for (std::size_t i = 0; i < point.values.size(); ++i) {
        sum += point.values[i];
        if (value >= 0 && value < sum)
            return i;
    }
    return std::nullopt;
}

/// A label at the very start of the axis is not drawn.
void setTicks(QCategoryAxis& axis, const ChartAxis& scale) {
    for (const QString& label : axis.categoriesLabels())
        axis.remove(label);
    axis.setStartValue(scale.from - 1);
    for (const auto& [at, label] : scale.ticks)
        axis.append(label, at);
    axis.setRange(scale.from, scale.to);
}

QCategoryAxis* newTicks(const ChartAxis& scale) {
    auto* axis = new QCategoryAxis;
    axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    setTicks(*axis, scale);
    return axis;
}

/// The axis of the numbers: its ends and its middle, each written as everywhere else.
void setNumbers(QCategoryAxis& axis, const ChartNumbers& numbers) {
    const std::uint64_t top = topOf(numbers);
    if (axis.count() > 0 && axis.max() == static_cast<double>(top))
        return;
    ChartAxis scale{0, static_cast<double>(top), {}};
    for (const std::uint64_t at : {std::uint64_t{0}, top / 2, top})
        scale.ticks.emplace_back(static_cast<double>(at), numberText(numbers, at));
    setTicks(axis, scale);
}

void setAxisColors(QChart& chart, const Theme& theme, const QFont& small) {
    for (QAbstractAxis* axis : chart.axes()) {
        axis->setLabelsColor(theme.dim);
        axis->setLabelsFont(small);
        axis->setLinePenColor(theme.rule);
        axis->setGridLineVisible(false);
    }
}

class AreaPlot final : public Plot {
public:
    AreaPlot(QChart& chart, std::size_t series, const ChartAxis& scale)
        : m_chart(chart)
        , m_ticks(newTicks(scale))
        , m_counts(newTicks({})) {
        chart.addAxis(m_ticks, Qt::AlignBottom);
        chart.addAxis(m_counts, Qt::AlignLeft);
        QLineSeries* lower = nullptr;
        for (std::size_t i = 0; i < series; ++i) {
            auto* upper = new QLineSeries;
            auto* area = new QAreaSeries(upper, lower);
            upper->setParent(area);
            chart.addSeries(area);
            area->attachAxis(m_ticks);
            area->attachAxis(m_counts);
            m_areas.push_back(area);
            lower = upper;
        }
    }

    void draw(const ChartNumbers& numbers) override {
        std::vector<double> sums(numbers.points.size(), 0);
        for (std::size_t i = 0; i < m_areas.size(); ++i) {
            QList<QPointF> line;
            line.reserve(static_cast<int>(sums.size()));
            bool any = false;
            for (std::size_t at = 0; at < sums.size(); ++at) {
                sums[at] += numbers.points[at].values[i];
                any = any || numbers.points[at].values[i] > 0;
                line.append({numbers.points[at].at, sums[at]});
            }
            if (line != m_areas[i]->upperSeries()->points()) // else nothing is painted again
                m_areas[i]->upperSeries()->replace(line);
            m_areas[i]->setVisible(any);
        }
        setNumbers(*m_counts, numbers);
    }
    void setAxis(const ChartAxis& axis) override { setTicks(*m_ticks, axis); }
    void setColors(const ChartNumbers& numbers, const Theme& theme, const QFont& small) override {
        for (std::size_t i = 0; i < m_areas.size(); ++i) {
            m_areas[i]->setColor(theme.of(numbers.series[i].accent));
            m_areas[i]->setBorderColor(theme.of(numbers.series[i].accent));
        }
        setAxisColors(m_chart, theme, small);
    }
    std::optional<Hit> hit(const ChartNumbers& numbers, const QPointF& at) const override {
        if (numbers.points.empty() || !m_chart.plotArea().contains(at))
            return std::nullopt;
        const QPointF value = m_chart.mapToValue(at, m_areas.front());
        const auto nearest = std::ranges::min_element(
            numbers.points, {}, [&](const ChartPoint& point) { return std::abs(point.at - value.x()); });
        return Hit{static_cast<std::size_t>(nearest - numbers.points.begin()), seriesAt(*nearest, value.y())};
    }
    QRectF placeOf(const ChartNumbers& numbers, std::size_t point) const override {
        const QRectF area = m_chart.plotArea();
        const double x = m_chart.mapToPosition({numbers.points[point].at, 0}, m_areas.front()).x();
        return {x - 1, area.top(), 2, area.height()};
    }

private:
    QChart& m_chart;
    QCategoryAxis* m_ticks;
    QCategoryAxis* m_counts;
    std::vector<QAreaSeries*> m_areas;
};

/// What upright and lying bars have in common.
class BarsOf : public Plot {
public:
    BarsOf(QChart& chart, QAbstractBarSeries* bars, std::size_t series)
        : m_chart(chart)
        , m_bars(bars)
        , m_counts(newTicks({})) {
        for (std::size_t i = 0; i < series; ++i)
            bars->append(new QBarSet(QString()));
        bars->setBarWidth(0.7);
        chart.addSeries(bars);
    }

    void draw(const ChartNumbers& numbers) override {
        const auto count = numbers.points.size();
        for (int i = 0; i < m_bars->count(); ++i) {
            QBarSet& set = *m_bars->barSets().at(i);
            if (set.count() > static_cast<int>(count))
                set.remove(static_cast<int>(count), set.count() - static_cast<int>(count));
            for (std::size_t at = 0; at < count; ++at) {
                const double value = numbers.points[indexOf(at, count)].values[static_cast<std::size_t>(i)];
                if (static_cast<int>(at) >= set.count())
                    set.append(value);
                else if (set.at(static_cast<int>(at)) != value)
                    set.replace(static_cast<int>(at), value);
            }
        }
        setNumbers(*m_counts, numbers);
    }
    void setColors(const ChartNumbers& numbers, const Theme& theme, const QFont& small) override {
        for (int i = 0; i < m_bars->count(); ++i) {
            const QColor& color = theme.of(numbers.series[static_cast<std::size_t>(i)].accent);
            m_bars->barSets().at(i)->setColor(color);
            m_bars->barSets().at(i)->setBorderColor(color);
        }
        setAxisColors(m_chart, theme, small);
    }
    std::optional<Hit> hit(const ChartNumbers& numbers, const QPointF& at) const override {
        if (!m_chart.plotArea().contains(at))
            return std::nullopt;
        QPointF value = m_chart.mapToValue(at, m_bars);
        if (lying())
            value = value.transposed();
        const auto count = numbers.points.size();
        const double place = std::round(value.x());
        if (place < 0 || place >= static_cast<double>(count))
            return std::nullopt;
        const std::size_t point = indexOf(static_cast<std::size_t>(place), count);
        return Hit{point, seriesAt(numbers.points[point], value.y())};
    }
    QRectF placeOf(const ChartNumbers& numbers, std::size_t point) const override {
        const auto place = static_cast<double>(indexOf(point, numbers.points.size()));
        const QRectF area = m_chart.plotArea();
        const auto edge = [&](double at) {
            return m_chart.mapToPosition(lying() ? QPointF(0, at) : QPointF(at, 0), m_bars);
        };
        if (lying())
            return QRectF(QPointF(area.left(), edge(place + 0.5).y()), QPointF(area.right(), edge(place - 0.5).y()));
        return QRectF(QPointF(edge(place - 0.5).x(), area.top()), QPointF(edge(place + 0.5).x(), area.bottom()));
    }

protected:
    virtual bool lying() const = 0;
    /// The first of lying bars is to be on top, where Qt Charts has its last.
    std::size_t indexOf(std::size_t place, std::size_t count) const { return lying() ? count - 1 - place : place; }

    QChart& m_chart;
    QAbstractBarSeries* m_bars;
    QCategoryAxis* m_counts;
};

class ColumnPlot final : public BarsOf {
public:
    ColumnPlot(QChart& chart, std::size_t series, const ChartAxis& scale)
        : BarsOf(chart, new QStackedBarSeries, series) {
        auto* ticks = newTicks(scale);
        chart.addAxis(ticks, Qt::AlignBottom);
        chart.addAxis(m_counts, Qt::AlignLeft);
        m_bars->attachAxis(ticks);
        m_bars->attachAxis(m_counts);
    }

protected:
    bool lying() const override { return false; }
};

class BarPlot final : public BarsOf {
public:
    BarPlot(QChart& chart, std::size_t series)
        : BarsOf(chart, new QHorizontalStackedBarSeries, series)
        , m_labels(new QBarCategoryAxis) {
        m_labels->setTruncateLabels(false);
        chart.addAxis(m_labels, Qt::AlignLeft);
        chart.addAxis(m_counts, Qt::AlignBottom);
        m_bars->attachAxis(m_labels);
        m_bars->attachAxis(m_counts);
    }

    void draw(const ChartNumbers& numbers) override {
        BarsOf::draw(numbers);
        QStringList labels;
        for (std::size_t at = numbers.points.size(); at-- > 0;)
            labels.append(labelOf(numbers.points[at], labels));
        if (labels != m_labels->categories())
            m_labels->setCategories(labels);
    }

protected:
    bool lying() const override { return true; }

private:
    /// Categories have to differ; Qt Charts reads a "<" as markup.
    static QString labelOf(const ChartPoint& point, const QStringList& taken) {
        QString name = point.label;
        if (name.size() > kLongestLabel)
            name = name.left(kLongestLabel - 1) + QChar(0x2026);
        QString label = QStringLiteral("%1  %2").arg(name.toHtmlEscaped(), QLocale().toString(sumOf(point)));
        while (taken.contains(label))
            label.append(QLatin1Char(' '));
        return label;
    }

    QBarCategoryAxis* m_labels;
};

} // namespace

std::unique_ptr<Plot> newAreaPlot(QChart& chart, std::size_t series, const ChartAxis& axis) {
    return std::make_unique<AreaPlot>(chart, series, axis);
}

std::unique_ptr<Plot> newColumnPlot(QChart& chart, std::size_t series, const ChartAxis& axis) {
    return std::make_unique<ColumnPlot>(chart, series, axis);
}

std::unique_ptr<Plot> newBarPlot(QChart& chart, std::size_t series) {
    return std::make_unique<BarPlot>(chart, series);
}

} // namespace halfopen
