// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/connection_view.h"

#include "ui/look/accessible_role.h"
#include "ui/parts/staying_menu.h"
#include "ui/parts/table_look.h"
#include "ui/table/cell_delegate.h"
#include "ui/table/connection_model.h"
#include "ui/table/countdown_tick.h"
#include "ui/table/edge_marker.h"
#include "ui/table/header_menu.h"
#include "ui/table/row_lock.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QScrollBar>
#include <QSignalBlocker>

#include <algorithm>
#include <utility>

namespace halfopen {

ConnectionView::ConnectionView(QWidget* parent)
    : QTableView(parent)
    , m_connections(new ConnectionModel(this))
    , m_delegate(new CellDelegate(*m_connections, this))
    , m_tick(new CountdownTick(*this, *m_connections))
    , m_rowLock(new RowLock(viewport()))
    , m_edge(new EdgeMarker(*this, *m_connections))
    , m_layout(*horizontalHeader()) {
    setModel(m_connections);
    setItemDelegate(m_delegate);
    setObjectName(QStringLiteral("connections"));
    setAccessibleName(tr("Connections"));
    setUpTableLook(*this);
    setUpHeader();
    m_layout.reset();
    columnsChanged();
    connect(m_rowLock, &RowLock::lockedChanged, this, &ConnectionView::setLocked);
}

void ConnectionView::setUpHeader() {
    auto* header = horizontalHeader();
    setAccessibleRole(*header, QAccessible::Grouping);
    header->setAccessibleName(tr("Columns"));
    header->setSectionsClickable(true);
    header->setSortIndicatorShown(true);
    header->setSortIndicatorClearable(true);
    header->setMinimumSectionSize(24);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QHeaderView::sortIndicatorChanged, this, [this] {
        columnsChanged(); // the one that sorts is shown
        Q_EMIT sortChanged();
    });
    connect(header, &QHeaderView::sectionResized, this, [this] { m_layout.noteResized(); });
    connect(header, &QHeaderView::sectionMoved, this, &ConnectionView::columnsChanged);
    header->installEventFilter(this); // its font
    connect(header, &QHeaderView::customContextMenuRequested, this, &ConnectionView::showHeaderMenu);
    connect(m_delegate, &CellDelegate::iconsBegin, viewport(), qOverload<>(&QWidget::update));
}

void ConnectionView::restore(const QSettings& settings) {
    m_layout.restore(settings);
    columnsChanged();
}

void ConnectionView::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    columnsChanged(); // as many as fit
    m_edge->count();  // it stands in the middle
}

bool ConnectionView::eventFilter(QObject* watched, QEvent* event) {
    if (watched == horizontalHeader() && event->type() == QEvent::FontChange) {
        m_layout.followFont(viewport()->width());
        columnsChanged();
    }
    return QTableView::eventFilter(watched, event);
}

void ConnectionView::columnsChanged() {
    m_layout.fill(viewport()->width());
    m_delegate->setEnds(m_layout.firstShown(), m_layout.lastShown());
    m_connections->setSpokenColumn(m_layout.firstShown());
    viewport()->update();
}

void ConnectionView::showHeaderMenu(QPoint at) {
    auto* menu = newHeaderMenu(m_layout, *horizontalHeader(), horizontalHeader()->logicalIndexAt(at), this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu, &QMenu::triggered, this, &ConnectionView::columnsChanged);
    menu->popup(horizontalHeader()->mapToGlobal(at));
}

QList<QMenu*> ConnectionView::columnMenus(QWidget* parent) {
    auto* shown = new QMenu(tr("&Columns"), parent);
    keepOpenWhileTicked(*shown);
    connect(shown, &QMenu::aboutToShow, this, [this, shown] {
        shown->clear();
        fillHeaderMenu(*shown, m_layout, *horizontalHeader());
    });
    connect(shown, &QMenu::triggered, this, &ConnectionView::columnsChanged);
    auto* sort = new QMenu(tr("&Sort By"), parent);
    connect(sort, &QMenu::aboutToShow, this, [this, sort] {
        sort->clear();
        fillSortMenu(*sort, m_layout, *horizontalHeader());
    });
    return {shown, sort};
}

void ConnectionView::copyCell() const {
    if (currentIndex().isValid())
        QGuiApplication::clipboard()->setText(m_connections->cell(currentIndex()).text);
}

void ConnectionView::showFrame(const FramePtr& frame) {
    keepingPlace([&] { m_connections->setFrame(frame); });
    m_tick->restart();
}

void ConnectionView::rearrange(Arrangement arrangement) {
    keepingPlace([&] { m_connections->rearrange(std::move(arrangement)); });
}

void ConnectionView::freeze(std::optional<MonotonicTime> at) {
    m_connections->freeze(at);
    viewport()->update();
}

void ConnectionView::setLocked(bool locked) {
    keepingPlace([&] { m_connections->setLocked(locked); });
}

/// What a person has selected is no business of a change of rows: the key stays chosen even while its row is away.
template <class Change>
void ConnectionView::keepingPlace(Change change) {
    const auto place = anchor();
    const int before = currentIndex().row();
    m_swapping = true;
    const auto many = letGoOfMany();
    change();
    chooseAgain(many, place ? m_connections->rowOf(place->line) : rowAt(0));
    m_swapping = false;
    if (m_line && !selectionModel()->hasSelection())
        goTo(m_connections->rowOf(m_line));
    if (place)
        moveTo(*place);
    m_edge->count();
    tellCurrent(before);
    if (const int row = m_line.group != 0 ? m_connections->rowOf(m_line) : -1; row >= 0)
        tellSelected(onlyMemberOf(row)); // a chosen group may have come down to one, or got more
}

/// Once rows have moved, a screen reader has lost the one it stood on: it is told where it is now.
void ConnectionView::tellCurrent(int rowBefore) {
    if (!QAccessible::isActive() || !hasFocus() || !currentIndex().isValid() || currentIndex().row() == rowBefore)
        return;
    QAccessibleEvent focus(this, QAccessible::Focus);
    const int perRow = m_connections->columnCount() + 1; // a header on either side, seen or not
    focus.setChild((currentIndex().row() + 1) * perRow + currentIndex().column() + 1);
    QAccessible::updateAccessibility(&focus);
}

/// For a change of layout Qt makes a persistent index of every selected row, sorts them and makes ranges of them again.
/// Many are marked instead. @return what chooseAgain() is to choose; empty where Qt does it
HeldLines ConnectionView::letGoOfMany() {
    constexpr std::size_t kMany = 64;
    if (m_connections->isLocked()) // the rows stay
        return {};
    const auto rows = selectedPart().rows;
    if (rows.size() < kMany)
        return {};
    HeldLines lines = m_connections->hold(rows);
    const QSignalBlocker unseen(selectionModel()); // nobody has chosen anything else
    selectionModel()->select(QItemSelection(), QItemSelectionModel::Clear);
    return lines;
}

/// @param near  about where the rows are that will be seen. Qt looks for the range of each cell that it paints, one
/// after
///              the other: theirs come first
void ConnectionView::chooseAgain(const HeldLines& lines, int near) {
    constexpr int kAround = 100;
    if (lines.empty())
        return;
    const auto rows = m_connections->rowsOf(lines);
    std::vector<std::pair<int, int>> ranges;
    for (const int row : rows) {
        if (ranges.empty() || ranges.back().second + 1 != row)
            ranges.emplace_back(row, row);
        else
            ranges.back().second = row;
    }
    const auto first = std::ranges::lower_bound(ranges, near - kAround, {}, &std::pair<int, int>::second);
    std::rotate(ranges.begin(), first, ranges.end());
    const int lastColumn = m_connections->columnCount() - 1;
    QItemSelection selection;
    selection.reserve(static_cast<qsizetype>(ranges.size()));
    for (const auto& [top, bottom] : ranges)
        selection.append(QItemSelectionRange(m_connections->index(top, 0), m_connections->index(bottom, lastColumn)));
    const QSignalBlocker unseen(selectionModel());
    selectionModel()->select(selection, QItemSelectionModel::Select);
}

std::optional<ConnectionView::Anchor> ConnectionView::anchor() const {
    const int row = m_connections->rowOf(m_line);
    if (row < 0)
        return std::nullopt;
    const int y = rowViewportPosition(row);
    const bool visible = y + rowHeight(row) > 0 && y < viewport()->height();
    return visible ? std::optional(Anchor{m_line, y}) : std::nullopt;
}

void ConnectionView::moveTo(const Anchor& anchor) {
    const int row = m_connections->rowOf(anchor.line);
    if (row < 0)
        return;
    executeDelayedItemsLayout();
    const int drift = rowViewportPosition(row) - anchor.y;
    if (drift != 0)
        verticalScrollBar()->setValue(verticalScrollBar()->value() + drift);
}

/// A member of a group that is collapsed is chosen once it is there.
void ConnectionView::select(const SocketKey& key) {
    const int row = m_connections->rowOf(key);
    const Group* group = row < 0 ? m_connections->groupOf(key) : nullptr;
    if (!group)
        return goTo(row);
    clearSelection();
    m_line = {key, 0};
    Q_EMIT expansionAsked(group->key, true);
}

void ConnectionView::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTableView::currentChanged(current, previous);
    takeSelection();
}

void ConnectionView::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) {
    QTableView::selectionChanged(selected, deselected);
    takeSelection();
    if (!m_swapping)
        Q_EMIT selectionExtended();
}

/// The current row counts once it is selected: a view that merely gets the keys makes its first row current.
void ConnectionView::takeSelection() {
    if (m_swapping)
        return;
    const bool selected = selectionModel()->isRowSelected(currentIndex().row());
    if (!selected && selectionModel()->hasSelection())
        return;
    const int row = selected ? currentIndex().row() : -1;
    m_line = m_connections->lineAt(row);
    tellSelected(m_connections->groupAt(row) ? onlyMemberOf(row) : m_line.socket);
}

void ConnectionView::tellSelected(const SocketKey& key) {
    if (key == m_selected)
        return;
    m_selected = key;
    Q_EMIT selectedChanged(key);
}

TablePart ConnectionView::selectedPart() const {
    return halfopen::selectedPart(*this);
}

} // namespace halfopen
