// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/changes/change_log.h"

#include "ui/changes/change_lines.h"

#include <utility>

namespace halfopen {

void ChangeLog::add(LoggedChange change) {
    if (m_lines.size() == kMost) {
        beginRemoveRows({}, rowCount() - 1, rowCount() - 1);
        m_lines.pop_back();
        endRemoveRows();
    }
    beginInsertRows({}, 0, 0);
    m_lines.push_front(std::move(change));
    endInsertRows();
}

void ChangeLog::setState(int line, const QString& state) {
    m_lines[static_cast<std::size_t>(line)].state = state;
    Q_EMIT dataChanged(index(line, Now), index(line, Now));
}

int ChangeLog::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int ChangeLog::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ChangeLog::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const LoggedChange& change = at(index.row());
    if (role == Qt::AccessibleTextRole && index.column() == 0)
        return tr("%1: %2. %3. By %4, %5", "when, of what, which values, by whom, what has become of it")
            .arg(text(change, When), change.of, change.values, change.by, change.state);
    const bool isText = role == Qt::DisplayRole || role == Qt::ToolTipRole || role == Qt::AccessibleTextRole;
    return isText ? text(change, index.column()) : QVariant();
}

QVariant ChangeLog::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case When:
        return tr("When");
    case Of:
        return tr("Of");
    case Values:
        return tr("Before → After");
    case By:
        return tr("By");
    default:
        return tr("Now");
    }
}

QString ChangeLog::text(const LoggedChange& change, int column) {
    switch (column) {
    case When:
        return timeText(change.when);
    case Of:
        return change.of;
    case Values:
        return change.values;
    case By:
        return change.by;
    default:
        return change.state;
    }
}

} // namespace halfopen
