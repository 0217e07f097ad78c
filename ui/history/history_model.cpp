// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/history/history_model.h"

#include "ui/history/history_columns.h"
#include "ui/look/ending_strings.h"
#include "ui/look/filter_texts.h"
#include "ui/look/sentence.h"

#include <QPalette>

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <utility>

namespace halfopen {

namespace {

int alignmentOf(const HistoryColumn& column) {
    return static_cast<int>((column.right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

} // namespace

HistoryModel::HistoryModel(QObject* parent)
    : QAbstractTableModel(parent) {}

void HistoryModel::add(const std::vector<EndedConnectionPtr>& records) {
    if (records.empty())
        return;
    m_all.insert(m_all.end(), records.begin(), records.end());
    while (m_all.size() > History::kLimit)
        m_all.pop_front();
    Q_EMIT aboutToAdd();
    arrange();
    Q_EMIT added();
}

void HistoryModel::replace(const std::vector<EndedConnectionPtr>& records) {
    m_all.clear();
    if (records.empty())
        arrange();
    add(records);
}

QString HistoryModel::setFilter(const QString& words) {
    EndedFilter filter(words);
    if (filter.error()) // the last one that was right stays in force
        return filterErrorText(*filter.error(), words);
    m_filter = std::move(filter);
    arrange();
    return {};
}

bool HistoryModel::setDead(const std::vector<EndedConnectionPtr>& dead) {
    if (dead == m_dead)
        return false;
    m_dead = dead;
    m_deadNumbers.clear();
    m_found.clear();
    for (const auto& record : m_dead) {
        m_deadNumbers.insert(record->number);
        if (record->foundDead)
            m_found.push_back(record);
    }
    arrange();
    if (m_rowCount > 0)
        Q_EMIT dataChanged(index(0, HistoryEnding), index(m_rowCount - 1, HistoryEnding), {Qt::DisplayRole});
    return true;
}

void HistoryModel::setOnlyDead(bool only) {
    m_onlyDead = only;
    arrange();
}

void HistoryModel::setKinds(std::uint32_t kinds) {
    m_kinds = kinds;
    arrange();
}

void HistoryModel::setOnlyTimeWaitShown(bool shown) {
    m_onlyTimeWaitShown = shown;
    arrange();
}

void HistoryModel::hold(bool held) {
    m_heldAfter = held ? std::optional(m_all.empty() ? std::uint64_t{0} : m_all.back()->number) : std::nullopt;
    arrange();
}

/// Counts it as well.
bool HistoryModel::isShown(const EndedConnection& record) {
    if (m_heldAfter && !record.foundDead && record.number > *m_heldAfter) {
        ++m_counts.heldBack;
        return false;
    }
    if (!passes(record))
        return false;
    const bool folded = record.isOnlyTimeWait() && !isDead(record);
    m_counts.onlyTimeWait += folded ? 1 : 0;
    if (folded && !m_onlyTimeWaitShown)
        return false;
    const auto kind = static_cast<std::size_t>(kindOf(record.ending));
    ++m_counts.kinds[kind];
    return m_kinds == 0 || (m_kinds >> kind & 1U) != 0;
}

bool HistoryModel::passes(const EndedConnection& record) {
    return (!m_onlyDead || isDead(record)) && m_filter.matches(record);
}

std::size_t HistoryModel::alike(const EndedConnection& record) const {
    const auto isAlike = [&](const EndedConnectionPtr& other) {
        const auto before = record.ended.wall - other->ended.wall;
        return other->number != record.number && !other->isOnlyTimeWait() &&
               kindOf(other->ending) == kindOf(record.ending) && other->remote.address == record.remote.address &&
               before >= std::chrono::hours(0) && before <= std::chrono::hours(1);
    };
    return static_cast<std::size_t>(std::ranges::count_if(m_all, isAlike));
}

void HistoryModel::sort(int column, Qt::SortOrder order) {
    if (column < 0) { // cleared: the newest first
        column = HistoryEnded;
        order = Qt::DescendingOrder;
    }
    m_column = column;
    m_order = order;
    arrange();
}

bool HistoryModel::before(const EndedConnectionPtr& one, const EndedConnectionPtr& other) const {
    const auto less = historyColumns()[static_cast<std::size_t>(m_column)].less;
    const bool rising = m_order == Qt::AscendingOrder;
    if (less(*one, *other))
        return rising;
    if (less(*other, *one))
        return !rising;
    return rising ? one->number < other->number : one->number > other->number;
}

void HistoryModel::arrange() {
    List next;
    next.reserve(total());
    m_counts = {};
    const auto shown = [this](const auto& record) { return isShown(*record); };
    std::ranges::copy_if(m_all, std::back_inserter(next), shown);
    std::ranges::copy_if(m_found, std::back_inserter(next), shown);
    std::ranges::sort(next, [this](const auto& one, const auto& other) { return before(one, other); });
    adopt(std::move(next));
}

/// As ConnectionModel does it: rows come and go at the tail, between them everything is one change of layout.
void HistoryModel::adopt(List next) {
    const int count = static_cast<int>(next.size());
    if (count > m_rowCount) {
        beginInsertRows({}, m_rowCount, count - 1);
        m_rowCount = count;
        endInsertRows();
    }
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const auto before = persistentIndexList();
    std::vector<std::uint64_t> numbers;
    numbers.reserve(static_cast<std::size_t>(before.size()));
    for (const auto& persistent : before) {
        const auto record = at(persistent.row());
        numbers.push_back(record ? record->number : 0);
    }
    m_shown = std::move(next);
    changePersistentIndexList(before, mapped(before, numbers));
    Q_EMIT layoutChanged({}, VerticalSortHint);
    if (count < m_rowCount) {
        beginRemoveRows({}, count, m_rowCount - 1);
        m_rowCount = count;
        endRemoveRows();
    }
}

QModelIndexList HistoryModel::mapped(const QModelIndexList& from, const std::vector<std::uint64_t>& numbers) const {
    QModelIndexList to;
    if (from.isEmpty())
        return to;
    std::unordered_map<std::uint64_t, int> rows;
    for (std::size_t i = 0; i < m_shown.size(); ++i)
        rows.emplace(m_shown[i]->number, static_cast<int>(i));
    for (qsizetype i = 0; i < from.size(); ++i) {
        const auto found = rows.find(numbers[static_cast<std::size_t>(i)]);
        to.append(found == rows.end() ? QModelIndex() : index(found->second, from[i].column()));
    }
    return to;
}

EndedConnectionPtr HistoryModel::at(int row) const {
    return row >= 0 && static_cast<std::size_t>(row) < m_shown.size() ? m_shown[static_cast<std::size_t>(row)]
                                                                      : nullptr;
}

int HistoryModel::rowOfSocket(const SocketKey& key) const {
    int best = -1;
    for (std::size_t i = 0; i < m_shown.size(); ++i) {
        if (m_shown[i]->key() == key && (best < 0 || m_shown[i]->number > at(best)->number))
            best = static_cast<int>(i);
    }
    return best;
}

HistoryModel::List HistoryModel::all() const {
    List all(m_all.begin(), m_all.end());
    all.insert(all.end(), m_found.begin(), m_found.end());
    return all;
}

EndedConnectionPtr HistoryModel::find(const SocketKey& key) const {
    const auto found =
        std::find_if(m_all.rbegin(), m_all.rend(), [&key](const auto& record) { return record->key() == key; });
    return found == m_all.rend() ? nullptr : *found;
}

int HistoryModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : m_rowCount;
}

int HistoryModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(historyColumns().size());
}

QString HistoryModel::endingAndDead(const EndedConnection& record) const {
    const auto ending = endingText(record);
    return isDead(record) ? tr("%1; still open").arg(ending) : ending;
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const {
    Q_ASSERT(checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid));
    const auto record = at(index.row());
    if (!record)
        return {};
    const auto& column = historyColumns()[static_cast<std::size_t>(index.column())];
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == HistoryEnding ? endingAndDead(*record) : column.text(*record);
    case Qt::ToolTipRole:
        return index.column() == HistoryEnding ? confidenceSentence(record->confidence) : column.text(*record);
    case Qt::TextAlignmentRole:
        return alignmentOf(column);
    case Qt::AccessibleTextRole:
        return asPair(historyTitle(column), column.text(*record));
    default:
        return {};
    }
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const auto& column = historyColumns()[static_cast<std::size_t>(section)];
    if (role == Qt::DisplayRole)
        return historyTitle(column);
    return role == Qt::TextAlignmentRole ? QVariant(alignmentOf(column)) : QVariant();
}

} // namespace halfopen
