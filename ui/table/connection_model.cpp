// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/connection_model.h"

#include "ui/look/strings.h"
#include "ui/programs/desktop_programs.h"
#include "ui/table/spoken_row.h"

#include <algorithm>
#include <utility>

namespace halfopen {

namespace {

const Column& columnAt(int column) {
    return columns()[static_cast<std::size_t>(column)];
}

/// Positions in `shown` by key: one scan for a few, an inverse table for many.
class Positions {
public:
    Positions(const Frame& frame, const std::vector<std::uint32_t>& shown, std::size_t wanted)
        : m_frame(frame)
        , m_shown(shown) {
        if (wanted > 8) {
            m_inverse.assign(frame.rows.size(), -1);
            for (std::size_t i = 0; i < shown.size(); ++i)
                m_inverse[shown[i]] = static_cast<int>(i);
        }
    }

    int of(const SocketKey& key) const {
        const Row* row = key ? m_frame.find(key) : nullptr;
        if (!row)
            return -1;
        const auto index = static_cast<std::uint32_t>(row - m_frame.rows.data());
        if (!m_inverse.empty())
            return m_inverse[index];
        const auto found = std::find(m_shown.begin(), m_shown.end(), index);
        return found == m_shown.end() ? -1 : static_cast<int>(found - m_shown.begin());
    }

private:
    const Frame& m_frame;
    const std::vector<std::uint32_t>& m_shown;
    std::vector<int> m_inverse;
};

} // namespace

ConnectionModel::ConnectionModel(QObject* parent, Clock clock)
    : QAbstractTableModel(parent)
    , m_clock(std::move(clock)) {}

void ConnectionModel::setFrame(FramePtr frame) {
    m_values = std::move(frame);
    m_valuesShown = Shown(m_values, &m_values->shown);
    if (!m_locked || !m_order)
        adoptOrder();
    else if (m_rowCount > 0)
        Q_EMIT dataChanged(index(0, 0), index(m_rowCount - 1, columnCount() - 1));
}

void ConnectionModel::rearrange(std::vector<std::uint32_t> shown) {
    if (!m_values)
        return;
    m_valuesShown = std::make_shared<const std::vector<std::uint32_t>>(std::move(shown));
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
    return {*m_values, row, m_values->live ? now() : row.connection.sampled, m_programs};
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
    const int count = static_cast<int>(m_valuesShown->size());
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
    const auto& before = *m_orderShown;
    const auto& after = *m_valuesShown;
    const std::size_t common = std::min(before.size(), after.size());
    if (common > kFew &&
        !std::equal(after.begin(), after.begin() + static_cast<std::ptrdiff_t>(common), before.begin()))
        return false;
    for (std::size_t i = 0; i < common; ++i) {
        if (m_order->keyOf(m_order->rows[before[i]]) != m_values->keyOf(m_values->rows[after[i]]))
            return false;
    }
    return true;
}

void ConnectionModel::swapOrder() {
    if (m_orderShown == m_valuesShown)
        return;
    if (keepsOrder()) {
        const auto common = static_cast<int>(std::min(m_orderShown->size(), m_valuesShown->size()));
        m_order = m_values;
        m_orderShown = m_valuesShown;
        if (common > 0)
            Q_EMIT dataChanged(index(0, 0), index(common - 1, columnCount() - 1));
        return;
    }
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const auto before = persistentIndexList();
    std::vector<SocketKey> keys;
    keys.reserve(static_cast<std::size_t>(before.size()));
    for (const auto& persistent : before)
        keys.push_back(keyAt(persistent.row()));
    m_order = m_values;
    m_orderShown = m_valuesShown;
    changePersistentIndexList(before, mapped(before, keys));
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

QModelIndexList ConnectionModel::mapped(const QModelIndexList& from, const std::vector<SocketKey>& keys) const {
    const Positions positions(*m_order, *m_orderShown, keys.size());
    QModelIndexList to;
    to.reserve(from.size());
    for (qsizetype i = 0; i < from.size(); ++i) {
        const int row = positions.of(keys[static_cast<std::size_t>(i)]);
        to.append(row < 0 ? QModelIndex() : index(row, from[i].column()));
    }
    return to;
}

const Row* ConnectionModel::orderedRow(int row) const {
    if (!m_order || row < 0 || static_cast<std::size_t>(row) >= m_orderShown->size())
        return nullptr;
    return &m_order->rows[(*m_orderShown)[static_cast<std::size_t>(row)]];
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

SocketKey ConnectionModel::keyAt(int row) const {
    const Row* ordered = orderedRow(row);
    return ordered ? m_order->keyOf(*ordered) : SocketKey{};
}

int ConnectionModel::rowOf(const SocketKey& key) const {
    return m_order ? Positions(*m_order, *m_orderShown, 1).of(key) : -1;
}

std::vector<int> ConnectionModel::rowsOf(const std::vector<SocketKey>& keys) const {
    std::vector<int> rows;
    if (!m_order)
        return rows;
    const Positions positions(*m_order, *m_orderShown, keys.size());
    for (const SocketKey& key : keys) {
        if (const int row = positions.of(key); row >= 0)
            rows.push_back(row);
    }
    std::ranges::sort(rows);
    return rows;
}

Cell ConnectionModel::cell(const QModelIndex& index) const {
    const Row* row = rowAt(index.row());
    return row ? columnAt(index.column()).cell(input(*row)) : Cell{};
}

std::optional<MonotonicTime> ConnectionModel::deadline(const QModelIndex& index) const {
    const auto& column = columnAt(index.column());
    const Row* row = rowAt(index.row());
    if (!row || !column.deadline || m_frozen || !m_values->live)
        return std::nullopt;
    const auto at = column.deadline(*row);
    return at == MonotonicTime::max() ? std::nullopt : std::optional(at);
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
        return columnAt(index.column()).alignment.toInt();
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
        return {};
    const auto& column = columnAt(index.column());
    return column.tip ? column.tip(input(*row)) : columns()[0].tip(input(*row));
}

/// What a screen reader says: on the first column the row in a sentence, because rows are wide. The names of columns it
/// says by itself.
QString ConnectionModel::spokenText(const QModelIndex& index) const {
    const Row* row = rowAt(index.row());
    return row && index.column() == m_spokenColumn ? spokenRow(input(*row), changeAt(index.row())) : cell(index).text;
}

QVariant ConnectionModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const auto& column = columnAt(section);
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
