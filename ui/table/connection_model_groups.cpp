// SPDX-License-Identifier: GPL-3.0-or-later
// The lines of groups in the model.
#include "ui/look/strings.h"
#include "ui/table/connection_model.h"
#include "ui/table/group_text.h"

#include <algorithm>

namespace halfopen {

const Group* ConnectionModel::groupAt(int row) const {
    const auto line = lineIndex(row);
    return line ? m_orderShown->groupOf(*line) : nullptr;
}

int ConnectionModel::groupRowOf(int row) const {
    while (row >= 0 && !groupAt(row))
        --row;
    return row;
}

const Group* ConnectionModel::groupOf(const SocketKey& key) const {
    const Row* row = m_order && isGrouped() ? m_order->find(key) : nullptr;
    if (!row)
        return nullptr;
    const auto& shown = m_orderShown->shown;
    const auto index = static_cast<std::uint32_t>(row - m_order->rows.data());
    const auto at = static_cast<std::uint32_t>(std::ranges::find(shown, index) - shown.begin());
    const auto holds = [at](const Group& group) { return at >= group.begin && at < group.end; };
    const auto found = std::ranges::find_if(m_orderShown->groups, holds);
    return found == m_orderShown->groups.end() ? nullptr : &*found;
}

bool ConnectionModel::isMember(int row) const {
    const auto line = lineIndex(row);
    return line && isGrouped() && !Arrangement::isGroup(*line) &&
           row > static_cast<int>(m_orderShown->groups.front().begin);
}

void ConnectionModel::appendMembers(int row, std::vector<std::uint32_t>& members) const {
    const auto line = lineIndex(row);
    const auto& shown = m_orderShown->shown;
    if (const Group* group = groupAt(row))
        members.insert(members.end(), shown.begin() + group->begin, shown.begin() + group->end);
    else if (line)
        members.push_back(*line);
}

GroupInput ConnectionModel::input(const Group& group) const {
    return {*m_order, group, now()};
}

QString ConnectionModel::groupTitle(int row) const {
    const Group* group = groupAt(row);
    if (!group)
        return {};
    const QString gap = QStringLiteral("   ");
    QString title = groupName(*m_order, *group) + gap + groupCount(*group);
    if (group->kind != Group::Kind::TimeWait && group->by != GroupBy::Diagnosis)
        title += gap + diagnosesText(group->counts);
    return title;
}

/// The leftmost column has the title, whatever else it has.
Cell ConnectionModel::groupCell(const Group& group, const QModelIndex& index) const {
    const Column& column = columns()[static_cast<std::size_t>(index.column())];
    if (index.column() == m_spokenColumn)
        return {groupTitle(index.row())};
    if (column.groupCell)
        return column.groupCell(input(group));
    if (!column.speaker || group.*column.speaker == Group::kNone)
        return {};
    const Row& speaker = m_order->rows[group.*column.speaker];
    return column.cell({*m_order, speaker, m_order->presentOf(speaker, now()), m_programs});
}

QString ConnectionModel::spokenGroupCell(const QModelIndex& index) const {
    return index.column() == m_spokenColumn ? spokenGroup(*m_order, *groupAt(index.row())) : cell(index).text;
}

/// The connection whose moment a cell tells: of a group the member that speaks for it.
const Row* ConnectionModel::countedAt(const QModelIndex& index) const {
    const Group* group = groupAt(index.row());
    if (!group)
        return rowAt(index.row());
    const auto speaker = columns()[static_cast<std::size_t>(index.column())].speaker;
    return speaker && group->*speaker != Group::kNone ? &m_order->rows[group->*speaker] : nullptr;
}

} // namespace halfopen
