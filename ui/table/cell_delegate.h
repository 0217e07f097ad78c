// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace halfopen {

class ConnectionModel;
struct Cell;

/// Draws the cells of the connection table straight from the model's values: the ground with the tint of a change, the
/// mark of the change at the left edge, the icon of the diagnosis, and the text in its tone.
class CellDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    /// @param model  not owned; lives longer
    CellDelegate(const ConnectionModel& model, QObject* parent);

    /// The columns that stand leftmost and rightmost now; marks of changes are drawn in the first.
    void setEnds(int first, int last) {
        m_firstColumn = first;
        m_lastColumn = last;
    }

    /// Where the sign is that expands a group, within its first cell.
    static QRect triangleIn(const QRect& cell, const QFontMetrics& metrics);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

Q_SIGNALS:
    void iconsBegin() const; ///< names of programs stand further right from now on

private:
    void paintGroup(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    void paintTitle(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    QRect titleRoom(const QStyleOptionViewItem& option) const;
    void paintFocus(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    void paintGround(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    QRect paintMark(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index, QRect room) const;
    QRect paintIcon(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index, QRect room) const;
    bool showsProgram(const QModelIndex& index) const;
    QRect paintProgram(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index,
                       QRect room) const;
    void paintText(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index, QRect room) const;
    QColor colorOf(const QStyleOptionViewItem& option, const QModelIndex& index, const Cell& cell) const;

    const ConnectionModel& m_model;
    int m_firstColumn = 0;
    int m_lastColumn = 0;
    mutable bool m_iconSeen = false;
};

} // namespace halfopen
