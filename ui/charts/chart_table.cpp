// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_table.h"

#include <QLocale>

#include <utility>

namespace halfopen {

ChartTable::ChartTable(QString pointName, QObject* parent)
    : QAbstractTableModel(parent)
    , m_pointName(std::move(pointName)) {}

void ChartTable::show(const ChartNumbers& numbers) {
    if (numbers == m_numbers)
        return;
    if (numbers.series != m_numbers.series || numbers.points.size() != m_numbers.points.size()) {
        beginResetModel();
        m_numbers = numbers;
        return endResetModel();
    }
    m_numbers = numbers;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

int ChartTable::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_numbers.points.size());
}

int ChartTable::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_numbers.series.size()) + 1;
}

QVariant ChartTable::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    if (role == Qt::TextAlignmentRole && index.column() > 0)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const ChartPoint& point = m_numbers.points[static_cast<std::size_t>(index.row())];
    return index.column() == 0 ? point.label
                               : QLocale().toString(point.values[static_cast<std::size_t>(index.column() - 1)]);
}

QVariant ChartTable::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == 0 ? m_pointName : m_numbers.series[static_cast<std::size_t>(section - 1)].name;
}

} // namespace halfopen
