// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tuning/when.h"

#include <QWidget>

class QBarSet;
class QChart;
class QChartView;
class QBarCategoryAxis;
class QValueAxis;

namespace halfopen {

/// A histogram of when armed timers fire. Its words stand in the accessible name.
class WhenChart final : public QWidget {
    Q_OBJECT

public:
    explicit WhenChart(QWidget* parent = nullptr);

    void show(const WhenHistogram& when);

protected:
    void changeEvent(QEvent* event) override;

private:
    void setUpAxes();
    void paintWithPalette();

    WhenHistogram m_when{};
    QChart* m_chart;
    QBarSet* m_bars;
    QBarCategoryAxis* m_classes;
    QValueAxis* m_counts;
    QChartView* m_view;
};

} // namespace halfopen
