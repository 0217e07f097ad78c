// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/connection_model.h"

#include "ui/look/strings.h"
#include "ui/programs/desktop_programs.h"
#include "ui/table/line_positions.h"
#include "ui/table/spoken_row.h"

#include <algorithm>
#include <utility>

namespace halfopen {

namespace {

const Column& modelColumn(int column) {
    return columns()[static_cast<std::size_t>(column)];
}

} // namespace

ConnectionModel::ConnectionModel(QObject* parent, Clock clock)
    : QAbstractTableModel(parent)
    , m_clock(std::move(clock)) {}

void ConnectionModel::setFrame(FramePtr frame) {
    m_values = std::move(frame);
    m_valuesShown = Shown(m_values, m_values.get());
    if (!m_locked || !m_order)
        adoptOrder();
    else if (m_rowCount > 0)
        Q_EMIT dataChanged(index(0, 0), index(m_rowCount - 1, columnCount() - 1));
}

void ConnectionModel::rearrange(Arrangement arrangement) {
    if (!m_values)
        return;
    m_valuesShown = std::make_shared<const Arrangement>(std::move(arrangement));
    if (!m_locked)
        adoptOrder();
}

void ConnectionModel::setLocked(bool locked) {
    m_locked = locked;
    if (!locked && m_orderShown != m_valuesShown)
        adoptOrder();
}

void ConnectionModel::freeze(std::optional<MonotonicTime> at) {
    m_frozen = at;
}

/// The countdowns of a recording stand where its samples left them.
CellInput ConnectionModel::input(const Row& row) const {
    return {*m_values, row, m_values->presentOf(row, now()), m_programs};
}

bool ConnectionModel::isWatchedAt(int row) const {
    const Row* shown = rowAt(row);
    return shown && m_watches && m_watches(*m_values, *shown);
}

bool ConnectionModel::hasProgramIcons() const {
    return m_programs && m_programs->haveIcons();
}

const DesktopProgram* ConnectionModel::programAt(int row) const {
    const Row* found = m_programs ? rowAt(row) : nullptr;
    if (!found || m_values->ownersOf(*found).empty())
        return nullptr;
    return m_programs->of(m_values->ownersOf(*found).front());
}

/// Rows come and go at the tail, between them everything is one change of layout. Persistent indexes of connections
/// that are gone have become invalid by the time the tail is cut off, so cutting it off takes nobody else's with it.
void ConnectionModel::adoptOrder() {
    const int count = static_cast<int>(m_valuesShown->table().size());
    if (!m_order) {
        m_order = m_values;
        m_orderShown = m_valuesShown;
    }
    if (count > m_rowCount) {
        beginInsertRows({}, m_rowCount, count - 1);
        m_rowCount = count;
        endInsertRows();
    }
    swapOrder();
    if (count < m_rowCount) {
        beginRemoveRows({}, count, m_rowCount - 1);
        m_rowCount = count;
        endRemoveRows();
    }
}

/// Every row that is there before and after stands where it stood. Of many rows only a frame whose dump was in the same
/// order is looked through: that is as quick as memory.
bool ConnectionModel::keepsOrder() const {
    constexpr std::size_t kFew = 5000;
    const auto& before = m_orderShown->table();
    const auto& after = m_valuesShown->table();
    const std::size_t common = std::min(before.size(), after.size());
    if (common > kFew &&
        !std::equal(after.begin(), after.begin() + static_cast<std::ptrdiff_t>(common), before.begin()))
        return false;
    for (std::size_t i = 0; i < common; ++i) {
        if (keyOf(*m_order, *m_orderShown, before[i]) != keyOf(*m_values, *m_valuesShown, after[i]))
            return false;
    }
    return true;
}

void ConnectionModel::swapOrder() {
    if (m_orderShown == m_valuesShown)
        return;
    if (keepsOrder()) {
        const auto common = static_cast<int>(std::min(m_orderShown->table().size(), m_valuesShown->table().size()));
        m_order = m_values;
        m_orderShown = m_valuesShown;
        if (common > 0)
            Q_EMIT dataChanged(index(0, 0), index(common - 1, columnCount() - 1));
        return;
    }
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const auto before = persistentIndexList();
    std::vector<LineKey> keys;
    keys.reserve(static_cast<std::size_t>(before.size()));
    for (const auto& persistent : before)
        keys.push_back(lineAt(persistent.row()));
    m_order = m_values;
    m_orderShown = m_valuesShown;
    changePersistentIndexList(before, mapped(before, keys));
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

QModelIndexList ConnectionModel::mapped(const QModelIndexList& from, const std::vector<LineKey>& keys) const {
    const LinePositions positions(*m_order, *m_orderShown, keys.size());
    QModelIndexList to;
    to.reserve(from.size());
    for (qsizetype i = 0; i < from.size(); ++i) {
        const int row = positions.of(keys[static_cast<std::size_t>(i)]);
        to.append(row < 0 ? QModelIndex() : index(row, from[i].column()));
    }
    return to;
}

std::optional<std::uint32_t> ConnectionModel::lineIndex(int row) const {
    if (!m_order || row < 0 || static_cast<std::size_t>(row) >= m_orderShown->table().size())
        return std::nullopt;
    return m_orderShown->table()[static_cast<std::size_t>(row)];
}

const Row* ConnectionModel::orderedRow(int row) const {
    const auto line = lineIndex(row);
    return line && !Arrangement::isGroup(*line) ? &m_order->rows[*line] : nullptr;
}

LineKey ConnectionModel::keyOf(const Frame& frame, const Arrangement& shown, std::uint32_t line) {
    if (const Group* group = shown.groupOf(line))
        return {{}, group->key};
    return {frame.keyOf(frame.rows[line])};
}

LineKey ConnectionModel::lineAt(int row) const {
    const auto line = lineIndex(row);
    return line ? keyOf(*m_order, *m_orderShown, *line) : LineKey{};
}

const Row* ConnectionModel::rowAt(int row) const {
    const Row* ordered = orderedRow(row);
    if (!ordered || m_order == m_values)
        return ordered;
    const Row* newest = m_values->find(m_order->keyOf(*ordered));
    return newest ? newest : ordered;
}

Change ConnectionModel::changeAt(int row) const {
    const Row* ordered = orderedRow(row);
    if (!ordered)
        return Change::None;
    if (m_order == m_values)
        return ordered->change;
    const Row* newest = m_values->find(m_order->keyOf(*ordered));
    return newest ? newest->change : Change::Closed;
}

int ConnectionModel::rowOf(const LineKey& line) const {
    return m_order ? LinePositions(*m_order, *m_orderShown, 1).of(line) : -1;
}

std::vector<int> ConnectionModel::rowsOf(const HeldLines& lines) const {
    return lines.empty() ? std::vector<int>() : lines.in(*m_order, *m_orderShown);
}

Cell ConnectionModel::cell(const QModelIndex& index) const {
    if (const Group* group = groupAt(index.row()))
        return groupCell(*group, index);
    const Row* row = rowAt(index.row());
    return row ? modelColumn(index.column()).cell(input(*row)) : Cell{};
}

std::optional<std::chrono::nanoseconds> ConnectionModel::left(const QModelIndex& index) const {
    const auto& column = modelColumn(index.column());
    const Row* row = countedAt(index);
    if (!row || !column.deadline || m_frozen || !m_values->live)
        return std::nullopt;
    const auto at = column.deadline(*row);
    if (at == MonotonicTime::max())
        return std::nullopt;
    return at - m_values->presentOf(*row, now());
}

int ConnectionModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : m_rowCount;
}

int ConnectionModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(columns().size());
}

QVariant ConnectionModel::data(const QModelIndex& index, int role) const {
    Q_ASSERT(checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid));
    switch (role) {
    case Qt::DisplayRole:
        return cell(index).text;
    case Qt::TextAlignmentRole:
        return modelColumn(index.column()).alignment.toInt();
    case Qt::ToolTipRole:
        return tip(index);
    case Qt::AccessibleTextRole:
        return spokenText(index);
    default:
        return {};
    }
}

QString ConnectionModel::tip(const QModelIndex& index) const {
    const Row* row = rowAt(index.row());
    if (!row)
        return groupTitle(index.row());
    const auto& column = modelColumn(index.column());
    return column.tip ? column.tip(input(*row)) : columns()[0].tip(input(*row));
}

/// What a screen reader says: on the first column the row in a sentence, because rows are wide. The names of columns it
/// says by itself.
QString ConnectionModel::spokenText(const QModelIndex& index) const {
    if (groupAt(index.row()))
        return spokenGroupCell(index);
    const Row* row = rowAt(index.row());
    return row && index.column() == m_spokenColumn
               ? spokenRow(input(*row), changeAt(index.row()), isWatchedAt(index.row()))
               : cell(index).text;
}

QVariant ConnectionModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const auto& column = modelColumn(section);
    switch (role) {
    case Qt::DisplayRole:
        return columnTitle(column);
    case Qt::ToolTipRole:
        return columnHint(column);
    case Qt::TextAlignmentRole:
        return column.alignment.toInt();
    default:
        return {};
    }
}

} // namespace halfopen
