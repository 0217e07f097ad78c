// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_numbers.h"
#include "ui/charts/plot.h"

#include <QWidget>

#include <functional>
#include <memory>
#include <optional>

class QChart;
class QChartView;
class QGraphicsRectItem;

namespace halfopen {

/// A chart that can be walked through by the arrow keys as with the pointer: each point is told in words, and what it
/// counts can be asked for.
class StackedChart final : public QWidget {
    Q_OBJECT

public:
    /// @param name    what the chart is of
    /// @param series  fixed
    /// @param draw    one of plot.h
    /// @param measure of the numbers; outlives this, nullptr: they are counts
    StackedChart(QString name, std::vector<ChartSeries> series, std::function<std::unique_ptr<Plot>(QChart&)> draw,
                 const Measure* measure = nullptr);
    ~StackedChart() override;

    /// @param points  with a value for each series
    void show(std::vector<ChartPoint> points);
    void setAxis(const ChartAxis& axis);
    const ChartNumbers& numbers() const { return m_numbers; }

Q_SIGNALS:
    /// @param sentence  of the current point; "": there is none
    void spoken(const QString& sentence);
    /// What a point counts is asked for. @param series  -1: all of them
    void activated(int point, int series);

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void make();
    void setColors();
    void goTo(std::optional<std::size_t> point);
    void mark();
    std::optional<Plot::Hit> hitAt(const QPointF& inView) const;

    QString m_name;
    ChartNumbers m_numbers;
    // Made when it is first shown: a start that shows none does without Qt Charts' work.
    std::function<std::unique_ptr<Plot>(QChart&)> m_draw;
    std::optional<ChartAxis> m_axis; ///< another than `m_draw` begins with
    QChart* m_chart = nullptr;
    QChartView* m_view = nullptr;
    std::unique_ptr<Plot> m_plot;
    QGraphicsRectItem* m_mark = nullptr;
    std::optional<std::size_t> m_current; ///< the point that the keys or the pointer are at
    bool m_pressed = false;               ///< the left button, in the chart
};

} // namespace halfopen
