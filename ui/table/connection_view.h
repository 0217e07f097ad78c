// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/model/row.h"
#include "ui/parts/table_copy.h"
#include "ui/table/column_layout.h"
#include "ui/table/connection_model.h"

#include <QTableView>

#include <optional>

class QMenu;
class QSettings;

namespace halfopen {

class CellDelegate;
class CountdownTick;
class EdgeMarker;
class RowLock;

/// The table of connections. It holds still: the selected row keeps its place in the viewport at every frame, and no
/// row moves while a mouse button is down in it, a menu is open or Ctrl is held.
class ConnectionView final : public QTableView {
    Q_OBJECT

public:
    explicit ConnectionView(QWidget* parent = nullptr);

    void showFrame(const FramePtr& frame);
    /// See ConnectionModel::rearrange().
    void rearrange(Arrangement arrangement);
    ConnectionModel& connections() { return *m_connections; }
    const ConnectionModel& connections() const { return *m_connections; }
    ColumnLayout& layout() { return m_layout; }
    /// Stops the countdowns at a moment (pause), or lets them run (nullopt).
    void freeze(std::optional<MonotonicTime> at);

    void restore(const QSettings& settings);
    void save(QSettings& settings) const { m_layout.save(settings); }

    const SocketKey& selectedKey() const { return m_selected; } ///< none: no cookie; of a group its only member
    void select(const SocketKey& key); ///< does nothing where it is not shown; expands its group
    /// All selected rows, in the order on the screen, and the members of selected groups; without one whose row is
    /// away.
    std::vector<SocketKey> shownSelectedKeys() const;
    /// The same as indexes into the rows of ConnectionModel::orderFrame().
    std::vector<std::uint32_t> selectedMembers() const;

    /// The selected lines and the shown columns, both in the order on the screen.
    TablePart selectedPart() const;
    void copySelection() const; ///< of groups their members
    void copyCell() const;      ///< of the current row and column

    /// "Columns" and "Sort By", for those who do not reach the header with a mouse.
    QList<QMenu*> columnMenus(QWidget* parent);

Q_SIGNALS:
    /// A person chose another row, or none; or selectedKey() is another one since the members of a chosen group are.
    /// Not sent when the row of a connection merely moves or vanishes.
    void selectedChanged(const halfopen::SocketKey& key);
    /// A person has extended or reduced the selection.
    void selectionExtended();
    void sortChanged();
    /// A person wants to see the members of a group (Group::key), or no longer.
    void expansionAsked(quint64 group, bool on);
    void allExpansionAsked(bool on);
    void detailsAsked();             ///< of what is chosen: Enter, or a double click
    void typed(const QString& text); ///< what a person types over the table, which looks for it
    void clearAsked();               ///< Escape: no filter any more

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;

private:
    struct Anchor {
        LineKey line;
        int y; ///< of the row's top, in the viewport
    };

    void setUpHeader();
    void columnsChanged();
    void showHeaderMenu(QPoint at);
    void setLocked(bool locked);
    void takeSelection();
    void tellSelected(const SocketKey& key);
    HeldLines letGoOfMany();
    void chooseAgain(const HeldLines& lines, int near);
    SocketKey onlyMemberOf(int row) const;
    void askToExpand(int row, bool on);
    void goTo(int row);
    void collapseAround(int row);
    bool goOut(int row);
    bool expandByKey(const QKeyEvent& event);
    bool tellKey(const QKeyEvent& event);
    std::optional<Anchor> anchor() const;
    void moveTo(const Anchor& anchor);
    void tellCurrent(int rowBefore);
    template <class Change>
    void keepingPlace(Change change);

    ConnectionModel* m_connections;
    CellDelegate* m_delegate;
    CountdownTick* m_tick;
    RowLock* m_rowLock;
    EdgeMarker* m_edge;
    ColumnLayout m_layout;
    SocketKey m_selected;
    LineKey m_line; ///< the line that was chosen: of m_selected, or of a group
    bool m_swapping = false;
};

} // namespace halfopen
