// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_table.h"

#include <algorithm>
#include <utility>

namespace halfopen {

ChartTable::ChartTable(QString pointName, const ChartNumbers& like, QObject* parent)
    : QAbstractTableModel(parent)
    , m_pointName(std::move(pointName))
    , m_numbers{like.series, {}, like.measure} {}

/// Never reset: a table keeps its place and its selection.
void ChartTable::show(const std::vector<ChartPoint>& points) {
    if (points == m_numbers.points)
        return;
    const int before = rowCount();
    const int now = static_cast<int>(points.size());
    if (now > before)
        beginInsertRows({}, before, now - 1);
    else if (now < before)
        beginRemoveRows({}, now, before - 1);
    m_numbers.points = points;
    if (now > before)
        endInsertRows();
    else if (now < before)
        endRemoveRows();
    if (now > 0 && before > 0)
        Q_EMIT dataChanged(index(0, 0), index(std::min(before, now) - 1, columnCount() - 1));
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
                               : numberText(m_numbers, point.values[static_cast<std::size_t>(index.column() - 1)]);
}

QVariant ChartTable::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == 0 ? m_pointName : m_numbers.series[static_cast<std::size_t>(section - 1)].name;
}

} // namespace halfopen
