// SPDX-License-Identifier: GPL-3.0-or-later
// What the table does with groups: their keys, their mouse, and their members where something is done to them.
#include "ui/table/cell_delegate.h"
#include "ui/table/connection_model.h"
#include "ui/table/connection_view.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMimeData>
#include <QMouseEvent>

#include <numeric>

namespace halfopen {

void ConnectionView::askToExpand(int row, bool on) {
    const Group* group = m_connections->groupAt(row);
    if (group && group->expanded != on)
        Q_EMIT expansionAsked(group->key, on);
}

void ConnectionView::goTo(int row) {
    if (row >= 0 && row < m_connections->rowCount())
        selectionModel()->setCurrentIndex(m_connections->index(row, std::max(0, m_layout.firstShown())),
                                          QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void ConnectionView::collapseAround(int row) {
    const int head = m_connections->groupRowOf(row);
    if (head < 0)
        return;
    goTo(head); // what is chosen stays on the screen
    askToExpand(head, false);
}

/// From a group: collapses it; from a member: to its group. @return false where there is neither
bool ConnectionView::goOut(int row) {
    const int head = m_connections->groupRowOf(row);
    if (head == row)
        askToExpand(row, false);
    else
        goTo(head);
    return head >= 0;
}

/// As in a tree. @return false where the key has no such meaning
bool ConnectionView::expandByKey(const QKeyEvent& event) {
    const int row = currentIndex().row();
    const Group* group = m_connections->groupAt(row);
    const bool plain = (event.modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) == Qt::NoModifier;
    if (!plain || !m_connections->isGrouped())
        return false;
    switch (event.key()) {
    case Qt::Key_Asterisk:
        Q_EMIT allExpansionAsked(true);
        return true;
    case Qt::Key_Plus:
        askToExpand(row, true);
        return true;
    case Qt::Key_Minus:
        collapseAround(row);
        return true;
    case Qt::Key_Right:
        if (group && group->expanded)
            goTo(row + 1);
        else
            askToExpand(row, true);
        return group != nullptr;
    case Qt::Key_Left:
        return currentIndex().column() == m_layout.firstShown() && goOut(row);
    default:
        return false;
    }
}

/// What the page does with a key. @return false where it is the table's own
bool ConnectionView::tellKey(const QKeyEvent& event) {
    if ((event.modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) != Qt::NoModifier)
        return false;
    const QString text = event.text();
    if (event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter) {
        if (!selectionModel()->hasSelection() && currentIndex().isValid())
            selectRow(currentIndex().row());
        Q_EMIT detailsAsked();
    } else if (event.key() == Qt::Key_Escape)
        Q_EMIT clearAsked();
    else if (!text.isEmpty() && text.front().isPrint())
        Q_EMIT typed(text);
    else
        return false;
    return true;
}

void ConnectionView::keyPressEvent(QKeyEvent* event) {
    if (!expandByKey(*event) && !tellKey(*event))
        QTableView::keyPressEvent(event);
}

void ConnectionView::mousePressEvent(QMouseEvent* event) {
    QTableView::mousePressEvent(event);
    const QModelIndex index = indexAt(event->pos());
    const Group* group = index.isValid() ? m_connections->groupAt(index.row()) : nullptr;
    if (!group || event->button() != Qt::LeftButton)
        return;
    const QModelIndex first = index.siblingAtColumn(m_layout.firstShown());
    if (CellDelegate::triangleIn(visualRect(first), fontMetrics()).contains(event->pos()))
        askToExpand(index.row(), !group->expanded);
}

void ConnectionView::mouseDoubleClickEvent(QMouseEvent* event) {
    const QModelIndex index = indexAt(event->pos());
    if (const Group* group = index.isValid() ? m_connections->groupAt(index.row()) : nullptr)
        askToExpand(index.row(), !group->expanded);
    else if (index.isValid() && event->button() == Qt::LeftButton)
        Q_EMIT detailsAsked();
}

SocketKey ConnectionView::onlyMemberOf(int row) const {
    std::vector<std::uint32_t> members;
    m_connections->appendMembers(row, members);
    const FramePtr& frame = m_connections->orderFrame();
    return members.size() == 1 ? frame->keyOf(frame->rows[members.front()]) : SocketKey{};
}

/// A group stands for its members, each of which counts once.
std::vector<std::uint32_t> ConnectionView::selectedMembers() const {
    std::vector<std::uint32_t> members;
    int until = -1; ///< the last line of a chosen group
    for (const int row : selectedPart().rows) {
        const Group* group = m_connections->groupAt(row);
        if (group || row > until)
            m_connections->appendMembers(row, members);
        if (group)
            until = row + (group->expanded ? static_cast<int>(group->members()) : 0);
    }
    return members;
}

std::vector<SocketKey> ConnectionView::shownSelectedKeys() const {
    std::vector<SocketKey> keys;
    for (const std::uint32_t row : selectedMembers())
        keys.push_back(m_connections->orderFrame()->keyOf(m_connections->orderFrame()->rows[row]));
    return keys;
}

void ConnectionView::copySelection() const {
    const TablePart part = selectedPart();
    if (!m_connections->isGrouped())
        return halfopen::copySelection(*this);
    if (part.rows.empty())
        return;
    ConnectionModel members(nullptr, [now = m_connections->now()] { return now; });
    members.setPrograms(m_connections->programs());
    members.setFrame(m_connections->orderFrame());
    members.rearrange({.shown = selectedMembers(), .groups = {}, .lines = {}});
    members.setLocked(true); // as on the screen: places of one frame, values of the newest
    members.setFrame(m_connections->frame());
    TablePart all{std::vector<int>(static_cast<std::size_t>(members.rowCount())), part.columns};
    std::iota(all.rows.begin(), all.rows.end(), 0);
    QGuiApplication::clipboard()->setMimeData(toMimeData(members, all).release());
}

} // namespace halfopen
