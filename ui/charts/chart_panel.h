// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QStackedLayout;
class QTableView;
class QToolButton;

namespace halfopen {

class ChartTable;
class StackedChart;

/// A chart with its title, the words for the point that is looked at, and the same numbers as a table (T).
class ChartPanel final : public QWidget {
    Q_OBJECT

public:
    /// @param title      also the chart's name
    /// @param pointName  see ChartTable
    /// @param chart      becomes part of this
    ChartPanel(const QString& title, const QString& pointName, StackedChart* chart);

    /// Takes the chart's numbers over into the table and the words.
    /// @param instead  why there is nothing to draw; "": there is
    void refresh(const QString& instead = {});
    void setTitle(const QString& title);
    /// Puts something beside the title: a choice of what is shown.
    void addToHead(QWidget* widget);
    StackedChart& chart() { return *m_chart; }

private:
    void showPart();

    QLabel* m_title;
    QHBoxLayout* m_head;
    QToolButton* m_toggle;
    StackedChart* m_chart;
    ChartTable* m_numbers;
    QTableView* m_view;
    QLabel* m_instead;
    QLabel* m_words; ///< below the chart
    QStackedLayout* m_stack;
};

} // namespace halfopen
