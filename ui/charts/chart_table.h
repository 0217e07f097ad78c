// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_numbers.h"

#include <QAbstractTableModel>

namespace halfopen {

/// The numbers of a chart as a table: a line for each point, a column for each series.
class ChartTable final : public QAbstractTableModel {
    Q_OBJECT

public:
    /// @param pointName  what the points are: "Time", "Program"
    /// @param like       its series, and how its numbers are written
    ChartTable(QString pointName, const ChartNumbers& like, QObject* parent = nullptr);

    void show(const std::vector<ChartPoint>& points);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString m_pointName;
    ChartNumbers m_numbers;
};

} // namespace halfopen
