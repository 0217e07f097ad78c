// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/model/row.h"
#include "ui/table/columns.h"
#include "ui/table/held_lines.h"
#include "ui/table/line_positions.h"

#include <QAbstractTableModel>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace halfopen {

class DesktopPrograms;
struct DesktopProgram;

/// The rows of a frame, and its groups, in the order in which the frame shows them. Frames are swapped whole; lines are
/// known by their key, so selections and other persistent indexes follow a connection wherever it moves. There is never
/// a model reset. A frame that leaves the rows in their places changes no layout, so that what others hold of a row (a
/// screen reader) lives on.
///
/// While the model is locked, the rows keep their places and only their values follow newer frames: a person who is
/// about to click never sees the row move away.
class ConnectionModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    using Clock = std::function<MonotonicTime()>;

    /// @param clock  what countdowns are measured against; the monotonic clock unless a test has its own
    explicit ConnectionModel(QObject* parent = nullptr, Clock clock = &MonotonicClock::now);

    /// Shows this frame: its order and values, or its values alone while locked.
    void setFrame(FramePtr frame);
    /// Shows other rows of the same frame, or in another order, until the next frame: a picture that stands still is
    /// searched.
    void rearrange(Arrangement arrangement);
    /// Keeps the order (true) or takes that of the newest frame at once (false).
    void setLocked(bool locked);
    bool isLocked() const { return m_locked; }

    /// The newest frame; null before the first.
    const FramePtr& frame() const { return m_values; }

    LineKey lineAt(int row) const;        ///< none where there is no such row
    int rowOf(const LineKey& line) const; ///< -1 where it is not shown
    int rowOf(const SocketKey& key) const { return rowOf(LineKey{key}); }
    /// Marks these lines, to be found again once the rows have changed. Precondition: all of them are shown.
    HeldLines hold(std::span<const int> rows) const { return {m_order, *m_orderShown, rows}; }
    /// Of those that are shown, in rising order.
    std::vector<int> rowsOf(const HeldLines& lines) const;

    bool isGrouped() const { return m_orderShown && !m_orderShown->groups.empty(); }
    /// The group whose line this is, as it was when it got its place; null for a connection.
    const Group* groupAt(int row) const;
    /// "firefox   41 connections   38 unguarded, 3 active": what stands in the first columns. "" for a connection
    QString groupTitle(int row) const;
    int groupRowOf(int row) const;                    ///< the line of the group that a connection is in; -1: none
    const Group* groupOf(const SocketKey& key) const; ///< that has it as a member, seen or not; null: none
    bool isMember(int row) const;                     ///< a connection below the line of its group
    /// The rows that a line stands for: indexes into those of orderFrame().
    void appendMembers(int row, std::vector<std::uint32_t>& members) const;
    const FramePtr& orderFrame() const { return m_order; } ///< that gives the lines their places

    /// What stands in the row: the newest values, or the last known ones of a connection that is gone while locked;
    /// null for a group.
    const Row* rowAt(int row) const;
    /// The application that holds the connection of a row; null where none is known. See setPrograms().
    const DesktopProgram* programAt(int row) const;
    /// @param programs  asked for the applications behind processes; outlives the model. May be null
    void setPrograms(const DesktopPrograms* programs) { m_programs = programs; }
    const DesktopPrograms* programs() const { return m_programs; }
    using Watches = std::function<bool(const Frame& frame, const Row& row)>;
    /// @param watches  whether somebody wants to be told of a connection; it has a bell then
    void setWatches(Watches watches) { m_watches = std::move(watches); }
    bool isWatchedAt(int row) const;
    /// The column whose cells speak for the whole row: the leftmost shown.
    void setSpokenColumn(int column) { m_spokenColumn = column; }
    /// Whether rows may have an application with an icon.
    bool hasProgramIcons() const;
    /// As rowAt(); Change::Closed for a connection that is gone while locked.
    Change changeAt(int row) const;
    /// The cell as it is right now. Precondition: the index belongs to this model.
    Cell cell(const QModelIndex& index) const;
    /// How long until a counting-down cell reaches its end; nullopt where nothing counts down.
    std::optional<std::chrono::nanoseconds> left(const QModelIndex& index) const;
    /// What countdowns are measured against: the clock, or the moment at which it was frozen.
    MonotonicTime now() const { return m_frozen ? *m_frozen : m_clock(); }
    /// Stops the countdowns at a moment (pause), or lets them run (nullopt). The view repaints by itself.
    void freeze(std::optional<MonotonicTime> at);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    CellInput input(const Row& row) const;
    GroupInput input(const Group& group) const;
    std::optional<std::uint32_t> lineIndex(int row) const;
    const Row* orderedRow(int row) const;
    static LineKey keyOf(const Frame& frame, const Arrangement& shown, std::uint32_t line);
    Cell groupCell(const Group& group, const QModelIndex& index) const;
    const Row* countedAt(const QModelIndex& index) const;
    void adoptOrder();
    void swapOrder();
    bool keepsOrder() const;
    QModelIndexList mapped(const QModelIndexList& from, const std::vector<LineKey>& keys) const;
    QString tip(const QModelIndex& index) const;
    QString spokenText(const QModelIndex& index) const;
    QString spokenGroupCell(const QModelIndex& index) const;

    Clock m_clock;
    std::optional<MonotonicTime> m_frozen;
    /// Which lines are shown, in their order; mostly the frame's own.
    using Shown = std::shared_ptr<const Arrangement>;

    FramePtr m_order;    ///< gives the rows their places
    Shown m_orderShown;  ///< of m_order
    FramePtr m_values;   ///< gives them their values; newer than m_order only while locked
    Shown m_valuesShown; ///< of m_values
    const DesktopPrograms* m_programs = nullptr;
    Watches m_watches;
    int m_rowCount = 0;
    int m_spokenColumn = 0;
    bool m_locked = false;
};

} // namespace halfopen
