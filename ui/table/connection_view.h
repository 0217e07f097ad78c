// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/model/row.h"
#include "ui/parts/table_copy.h"
#include "ui/table/column_layout.h"

#include <QTableView>

#include <optional>

class QMenu;
class QSettings;

namespace halfopen {

class CellDelegate;
class ConnectionModel;
class CountdownTick;
class RowLock;

/// The table of connections. It holds still: the selected row keeps its place in the viewport at every frame, and no
/// row moves while a mouse button is down in it, a menu is open or Ctrl is held.
class ConnectionView final : public QTableView {
    Q_OBJECT

public:
    explicit ConnectionView(QWidget* parent = nullptr);

    void showFrame(const FramePtr& frame);
    /// See ConnectionModel::rearrange().
    void rearrange(std::vector<std::uint32_t> shown);
    ConnectionModel& connections() { return *m_connections; }
    const ColumnLayout& layout() const { return m_layout; }
    ColumnLayout& layout() { return m_layout; }
    /// Stops the countdowns at a moment (pause), or lets them run (nullopt).
    void freeze(std::optional<MonotonicTime> at);

    void restore(const QSettings& settings);
    void save(QSettings& settings) const { m_layout.save(settings); }

    const SocketKey& selectedKey() const { return m_selected; } ///< none: no cookie
    void select(const SocketKey& key);                          ///< does nothing where it is not shown
    /// All selected rows, in the order on the screen; selectedKey() alone where its row is away.
    std::vector<SocketKey> selectedKeys() const;

    /// The same without one whose row is away.
    std::vector<SocketKey> shownSelectedKeys() const;

    /// The selected rows and the shown columns, both in the order on the screen.
    TablePart selectedPart() const;
    void copySelection() const;
    void copyCell() const; ///< of the current row and column

    /// "Columns" and "Sort By", for those who do not reach the header with a mouse.
    QList<QMenu*> columnMenus(QWidget* parent);

Q_SIGNALS:
    /// A person chose another row, or none. Not sent when the row of a connection merely moves or vanishes.
    void selectedChanged(const halfopen::SocketKey& key);
    /// A person has extended or reduced the selection.
    void selectionExtended();
    void sortChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;

private:
    struct Anchor {
        SocketKey key;
        int y; ///< of the row's top, in the viewport
    };

    void setUpHeader();
    void columnsChanged();
    void showHeaderMenu(QPoint at);
    void setLocked(bool locked);
    void takeSelection();
    std::vector<SocketKey> letGoOfMany();
    void chooseAgain(const std::vector<SocketKey>& keys);
    std::optional<Anchor> anchor() const;
    void moveTo(const Anchor& anchor);
    void tellCurrent(int rowBefore);
    template <class Change>
    void keepingPlace(Change change);

    ConnectionModel* m_connections;
    CellDelegate* m_delegate;
    CountdownTick* m_tick;
    RowLock* m_rowLock;
    ColumnLayout m_layout;
    SocketKey m_selected;
    bool m_swapping = false;
};

} // namespace halfopen
