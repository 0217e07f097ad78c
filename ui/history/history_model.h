// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history/history.h"
#include "ui/history/ended_filter.h"

#include <QAbstractTableModel>

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <unordered_set>
#include <vector>

namespace halfopen {

/// Ended connections, filtered and sorted. Rows are known by their number, so a selection stays with its connection
/// when others come and go; there is never a model reset.
class HistoryModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    using List = std::vector<EndedConnectionPtr>;

    explicit HistoryModel(QObject* parent = nullptr);

    /// New ones, oldest first. Of more than History::kLimit the oldest go.
    void add(const std::vector<EndedConnectionPtr>& records);
    /// All of them anew, oldest first: earlier ones have been found.
    void replace(const std::vector<EndedConnectionPtr>& records);
    /// @return what is wrong with it, which then changes nothing; "": nothing
    QString setFilter(const QString& words);
    /// Those whose programs still hold them (Frame::dead): they are marked, and those found dead, which no History has,
    /// become rows of their own.
    /// @return whether they are others than before
    bool setDead(const std::vector<EndedConnectionPtr>& dead);
    /// Shows only those that are held.
    void setOnlyDead(bool only);
    /// @param kinds  bits 1 << EndingKind; 0: all
    void setKinds(std::uint32_t kinds);
    /// Shows those too of which nothing but their TIME-WAIT was seen.
    void setOnlyTimeWaitShown(bool shown);
    /// What comes from now on waits until it is no longer held.
    void hold(bool held);

    /// What the filter lets through, whatever kinds are chosen.
    struct Counts {
        std::array<std::size_t, kEndingKindCount> kinds{}; ///< by EndingKind; those of a TIME-WAIT alone where shown
        std::size_t onlyTimeWait = 0;                      ///< shown or not
        std::size_t heldBack = 0;                          ///< since it is held; the filter does not matter
    };
    const Counts& counts() const { return m_counts; }
    /// How many others of the same kind and remote address ended within an hour before it.
    std::size_t alike(const EndedConnection& record) const;

    bool isDead(const EndedConnection& record) const { return m_deadNumbers.contains(record.number); }
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    const List& shown() const { return m_shown; } ///< in the order of the rows
    EndedConnectionPtr at(int row) const;         ///< null where there is no such row
    int rowOfSocket(const SocketKey& key) const;  ///< -1 where it is not shown; the newest of that socket
    /// The newest record of a socket, shown or not; null where there is none.
    EndedConnectionPtr find(const SocketKey& key) const;
    List all() const; ///< shown or not; oldest first, those found dead after the others
    std::size_t total() const { return m_all.size() + m_found.size(); } ///< shown or not

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void aboutToAdd();
    void added();

private:
    bool isShown(const EndedConnection& record);
    bool passes(const EndedConnection& record);
    QString endingAndDead(const EndedConnection& record) const;
    bool before(const EndedConnectionPtr& one, const EndedConnectionPtr& other) const;
    void arrange();
    void adopt(List next);
    QModelIndexList mapped(const QModelIndexList& from, const std::vector<std::uint64_t>& numbers) const;

    std::deque<EndedConnectionPtr> m_all; ///< oldest first
    List m_dead;                          ///< as told last
    List m_found;                         ///< of these, the ones found dead
    std::unordered_set<std::uint64_t> m_deadNumbers;
    bool m_onlyDead = false;
    bool m_onlyTimeWaitShown = false;
    std::uint32_t m_kinds = 0;
    std::optional<std::uint64_t> m_heldAfter; ///< a number; nullopt: not held
    Counts m_counts;
    List m_shown;
    int m_rowCount = 0;
    EndedFilter m_filter;
    int m_column = 0;
    Qt::SortOrder m_order = Qt::DescendingOrder;
};

} // namespace halfopen
