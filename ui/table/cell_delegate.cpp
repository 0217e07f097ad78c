// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/cell_delegate.h"

#include "ui/look/diagnosis_icon.h"
#include "ui/look/theme.h"
#include "ui/programs/desktop_programs.h"
#include "ui/table/connection_model.h"
#include "ui/table/group_text.h"

#include <QAbstractItemView>
#include <QHeaderView>
#include <QHelpEvent>
#include <QPainter>
#include <QPainterPath>
#include <QTableView>
#include <QToolTip>

namespace halfopen {

namespace {

constexpr int kMargin = 6;
constexpr int kBar = 3;
constexpr int kRing = 2; ///< around the current row; WCAG 2.2, 2.4.13

/// For the mark of a change; always there, so that nothing moves when a mark appears.
int gutter(const QFontMetrics& metrics) {
    return iconSizeFor(metrics);
}

bool isSelected(const QStyleOptionViewItem& option) {
    return option.state.testFlag(QStyle::State_Selected);
}

bool hasKeys(const QStyleOptionViewItem& option) {
    return option.widget && option.widget->hasFocus();
}

/// A selection is strong where the keys act on it.
QPalette::ColorGroup groupOf(const QStyleOptionViewItem& option) {
    return hasKeys(option) ? QPalette::Active : QPalette::Inactive;
}

/// An address keeps both its ends, the port being the last of it; so does a program, whose pid is.
Qt::TextElideMode elisionOf(const Column& column) {
    const bool ends =
        column.sort == SortKey::Local || column.sort == SortKey::Remote || column.sort == SortKey::Process;
    return ends ? Qt::ElideMiddle : Qt::ElideRight;
}

/// Plus for new, a lozenge for changed, a cross for closed: three shapes, so that the colour is not needed.
void drawGlyph(QPainter& painter, Change change, QPointF c, double r) {
    switch (change) {
    case Change::New:
        painter.drawLine(QPointF(c.x() - r, c.y()), QPointF(c.x() + r, c.y()));
        painter.drawLine(QPointF(c.x(), c.y() - r), QPointF(c.x(), c.y() + r));
        break;
    case Change::Changed: {
        const QPointF points[] = {{c.x(), c.y() - r}, {c.x() + r, c.y()}, {c.x(), c.y() + r}, {c.x() - r, c.y()}};
        painter.drawPolygon(points, 4);
        break;
    }
    case Change::Closed:
        painter.drawLine(QPointF(c.x() - r, c.y() - r), QPointF(c.x() + r, c.y() + r));
        painter.drawLine(QPointF(c.x() - r, c.y() + r), QPointF(c.x() + r, c.y() - r));
        break;
    case Change::None:
        break;
    }
}

/// Of what is watched, in the place where the mark of a change stands for a few seconds.
void drawBell(QPainter& painter, const QRectF& place, const QColor& color) {
    const auto at = [&](double x, double y) {
        return QPointF(place.left() + x * place.width(), place.top() + y * place.height());
    };
    QPainterPath bell(at(0.08, 0.72));
    bell.cubicTo(at(0.3, 0.6), at(0.14, 0.2), at(0.5, 0.2));
    bell.cubicTo(at(0.86, 0.2), at(0.7, 0.6), at(0.92, 0.72));
    bell.closeSubpath();
    bell.addEllipse(at(0.5, 0.82), place.width() * 0.12, place.height() * 0.07);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillPath(bell, color);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

/// One stretch of text in one colour, by its base line: much cheaper than a rectangle with flags. Returns where the
/// next begins.
QRect drawRun(QPainter& painter, QRect room, Qt::Alignment alignment, Qt::TextElideMode elision, const QString& text) {
    const auto metrics = painter.fontMetrics();
    const int advance = metrics.horizontalAdvance(text);
    const bool fits = advance <= room.width();
    const int left = fits && alignment.testFlag(Qt::AlignRight) ? room.right() + 1 - advance : room.left();
    const int baseline = room.top() + (room.height() + metrics.ascent() - metrics.descent()) / 2;
    painter.drawText(QPoint(left, baseline), fits ? text : metrics.elidedText(text, elision, room.width()));
    return room.adjusted(advance, 0, 0, 0);
}

/// The font of the view unless something is different: a font that was touched is looked up anew.
QFont fontOf(const QFont& base, bool italic, bool struckOut) {
    QFont font(base);
    if (italic)
        font.setItalic(true);
    if (struckOut)
        font.setStrikeOut(true);
    return font;
}

} // namespace

CellDelegate::CellDelegate(const ConnectionModel& model, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_model(model) {}

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    paintGround(*painter, option, index);
    if (m_model.groupAt(index.row()))
        return paintGroup(*painter, option, index);
    auto room = option.rect.adjusted(kMargin, 0, -kMargin, 0);
    if (index.column() == m_firstColumn)
        room = paintMark(*painter, option, index, room.adjusted(-kMargin, 0, 0, 0))
                   .adjusted(m_model.isMember(index.row()) ? iconSizeFor(option.fontMetrics) : 0, 0, 0, 0);
    if (columns()[static_cast<std::size_t>(index.column())].sort == SortKey::Diagnosis)
        room = paintIcon(*painter, option, index, room);
    if (showsProgram(index))
        room = paintProgram(*painter, option, index, room);
    paintText(*painter, option, index, room);
    paintFocus(*painter, option, index);
}

QRect CellDelegate::triangleIn(const QRect& cell, const QFontMetrics& metrics) {
    return {cell.left(), cell.top(), kMargin + gutter(metrics) + 4, cell.height()};
}

/// From the leftmost column as far as the next ones have nothing to say of a group.
QRect CellDelegate::titleRoom(const QStyleOptionViewItem& option) const {
    const auto* view = qobject_cast<const QTableView*>(option.widget);
    if (!view)
        return option.rect;
    const QHeaderView& header = *view->horizontalHeader();
    QRect room(header.sectionViewportPosition(m_firstColumn), option.rect.top(), header.sectionSize(m_firstColumn),
               option.rect.height());
    for (int visual = header.visualIndex(m_firstColumn) + 1; visual < header.count(); ++visual) {
        const int logical = header.logicalIndex(visual);
        const Column& column = columns()[static_cast<std::size_t>(logical)];
        if (column.groupCell || column.speaker)
            break;
        room.setWidth(room.width() + header.sectionSize(logical));
    }
    return room;
}

/// The title goes on over several columns: each cell paints its part of it.
void CellDelegate::paintTitle(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Group& group = *m_model.groupAt(index.row());
    const QRect room = titleRoom(option);
    const int icon = iconSizeFor(option.fontMetrics), marks = gutter(option.fontMetrics);
    painter.setClipRect(option.rect);
    QStyleOption sign;
    sign.palette = option.palette;
    sign.rect = QRect(room.left() + kBar, room.top(), marks, room.height());
    sign.state = QStyle::State_Enabled | QStyle::State_Children;
    if (group.expanded)
        sign.state |= QStyle::State_Open;
    const auto color = colorOf(option, index, Cell{{}, Tone::Plain});
    sign.palette.setColor(QPalette::WindowText, color);
    sign.palette.setColor(QPalette::Text, color);
    option.widget->style()->drawPrimitive(QStyle::PE_IndicatorBranch, &sign, &painter, option.widget);
    const Diagnosis worst = m_model.orderFrame()->rows[group.worst].diagnosis;
    const auto accent = isSelected(option) ? color : themeOf(option.palette).of(worst);
    const QPoint at(room.left() + kMargin + marks, room.top() + (room.height() - icon) / 2);
    painter.drawPixmap(at, diagnosisPixmap(worst, accent, icon, painter.device()->devicePixelRatioF()));
    painter.setPen(color);
    const QString name = groupName(*m_model.orderFrame(), group);
    QFont bold(option.font);
    bold.setBold(true);
    painter.setFont(bold);
    const QRect rest = drawRun(painter, room.adjusted(kMargin + marks + icon + kMargin, 0, -kMargin, 0), Qt::AlignLeft,
                               Qt::ElideRight, name);
    painter.setFont(option.font);
    if (rest.width() > 0)
        drawRun(painter, rest, Qt::AlignLeft, Qt::ElideRight, m_model.groupTitle(index.row()).mid(name.size()));
}

void CellDelegate::paintGroup(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    if (titleRoom(option).contains(option.rect.center())) {
        painter.save();
        paintTitle(painter, option, index);
        painter.restore();
    } else {
        paintText(painter, option, index, option.rect.adjusted(kMargin, 0, -kMargin, 0));
    }
    paintFocus(painter, option, index);
}

/// The row that the keys act on has a line of two pixels around it.
void CellDelegate::paintFocus(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    if (!hasKeys(option) || !view || view->currentIndex().row() != index.row())
        return;
    const auto color =
        option.palette.color(QPalette::Active, isSelected(option) ? QPalette::HighlightedText : QPalette::Highlight);
    const QRect& cell = option.rect;
    painter.fillRect(QRect(cell.left(), cell.top(), cell.width(), kRing), color);
    painter.fillRect(QRect(cell.left(), cell.bottom() + 1 - kRing, cell.width(), kRing), color);
    if (index.column() == m_firstColumn)
        painter.fillRect(QRect(cell.left(), cell.top(), kRing, cell.height()), color);
    if (index.column() == m_lastColumn)
        painter.fillRect(QRect(cell.right() + 1 - kRing, cell.top(), kRing, cell.height()), color);
}

/// What is cut off stands in front of what there is to say about it.
bool CellDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                             const QModelIndex& index) {
    if (event->type() != QEvent::ToolTip || !index.isValid() || m_model.groupAt(index.row()) ||
        sizeHint(option, index).width() <= option.rect.width())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const auto tip = index.data(Qt::ToolTipRole).toString();
    const auto text = m_model.cell(index).text;
    QToolTip::showText(event->globalPos(), tip.isEmpty() ? text : QString(text + QLatin1Char('\n') + tip), view);
    return true;
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    if (m_model.groupAt(index.row()) && index.column() == m_firstColumn)
        return {0, option.fontMetrics.height() + kMargin}; // goes on over the columns beside it
    const int icon = iconSizeFor(option.fontMetrics);
    int width = option.fontMetrics.horizontalAdvance(m_model.cell(index).text) + 2 * kMargin + 2;
    if (index.column() == m_firstColumn)
        width += gutter(option.fontMetrics) + (m_model.isMember(index.row()) ? icon : 0);
    if (columns()[static_cast<std::size_t>(index.column())].sort == SortKey::Diagnosis)
        width += icon + kMargin;
    if (showsProgram(index))
        width += icon + kMargin;
    return {width, option.fontMetrics.height() + kMargin};
}

void CellDelegate::paintGround(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    if (isSelected(option)) {
        painter.fillRect(option.rect, option.palette.color(groupOf(option), QPalette::Highlight));
        return;
    }
    if (m_model.groupAt(index.row())) {
        painter.fillRect(option.rect, option.palette.color(QPalette::Button));
        return;
    }
    const auto tint = themeOf(option.palette).tintOf(m_model.changeAt(index.row()));
    if (tint.isValid())
        painter.fillRect(option.rect, tint);
    else if (option.features.testFlag(QStyleOptionViewItem::Alternate))
        painter.fillRect(option.rect, option.palette.color(QPalette::AlternateBase));
}

QRect CellDelegate::paintMark(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index,
                              QRect room) const {
    const auto change = m_model.changeAt(index.row());
    const int marks = gutter(option.fontMetrics);
    if (change != Change::None) {
        const auto color = isSelected(option) ? option.palette.color(groupOf(option), QPalette::HighlightedText)
                                              : themeOf(option.palette).markOf(change);
        painter.fillRect(QRect(room.left(), room.top(), kBar, room.height()), color);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(color, marks * 0.115, Qt::SolidLine, Qt::RoundCap));
        drawGlyph(painter, change, {room.left() + kBar + marks * 0.46, room.top() + room.height() / 2.0}, marks / 4.0);
        painter.setRenderHint(QPainter::Antialiasing, false);
    } else if (m_model.isWatchedAt(index.row())) {
        const auto color = colorOf(option, index, Cell{{}, Tone::Plain});
        const QRectF place(room.left() + kBar, room.top() + (room.height() - marks) / 2.0, marks - kBar, marks);
        drawBell(painter, place, color);
    }
    return room.adjusted(marks, 0, 0, 0);
}

QRect CellDelegate::paintIcon(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index,
                              QRect room) const {
    const Row* row = m_model.rowAt(index.row());
    if (!row)
        return room;
    const auto color = colorOf(option, index, Cell{{}, Tone::Accent});
    const int icon = iconSizeFor(option.fontMetrics);
    const auto pixmap = diagnosisPixmap(row->diagnosis, color, icon, painter.device()->devicePixelRatioF());
    painter.drawPixmap(QPoint(room.left(), room.top() + (room.height() - icon) / 2), pixmap);
    return room.adjusted(icon + kMargin, 0, 0, 0);
}

/// Once an application with an icon has been seen every row leaves the room for one, so that the names stand below each
/// other.
bool CellDelegate::showsProgram(const QModelIndex& index) const {
    if (columns()[static_cast<std::size_t>(index.column())].sort != SortKey::Process || !m_model.hasProgramIcons())
        return false;
    if (!m_iconSeen) {
        const auto* program = m_model.programAt(index.row());
        m_iconSeen = program && !program->icon.isNull();
        if (m_iconSeen)
            Q_EMIT iconsBegin();
    }
    return m_iconSeen;
}

QRect CellDelegate::paintProgram(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index,
                                 QRect room) const {
    const int icon = iconSizeFor(option.fontMetrics);
    if (const auto* program = m_model.programAt(index.row()); program && !program->icon.isNull())
        program->icon.paint(&painter, QRect(room.left(), room.top() + (room.height() - icon) / 2, icon, icon));
    return room.adjusted(icon + kMargin, 0, 0, 0);
}

void CellDelegate::paintText(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index,
                             QRect room) const {
    auto cell = m_model.cell(index);
    if (cell.text.isEmpty())
        return;
    const Column& column = columns()[static_cast<std::size_t>(index.column())];
    const auto alignment = column.alignment;
    const bool closed = m_model.changeAt(index.row()) == Change::Closed;
    const auto plain = cell.guessFrom < 0 ? cell.text : cell.text.left(cell.guessFrom);
    painter.setFont(fontOf(option.font, cell.tone == Tone::Guess, closed));
    painter.setPen(colorOf(option, index, cell));
    const auto rest = drawRun(painter, room, alignment, elisionOf(column), plain);
    if (cell.guessFrom < 0)
        return;
    const auto guess = cell.text.mid(cell.guessFrom);
    cell.tone = Tone::Guess;
    painter.setFont(fontOf(option.font, true, closed));
    painter.setPen(colorOf(option, index, cell));
    drawRun(painter, rest, alignment, elisionOf(column), guess);
}

QColor CellDelegate::colorOf(const QStyleOptionViewItem& option, const QModelIndex& index, const Cell& cell) const {
    if (isSelected(option))
        return option.palette.color(groupOf(option), QPalette::HighlightedText);
    const auto& theme = themeOf(option.palette);
    if (const auto& frame = m_model.frame(); frame && frame->error) // what stands here is old
        return theme.dim;
    const Group* group = m_model.groupAt(index.row());
    const Row* row = group ? &m_model.orderFrame()->rows[group->worst] : m_model.rowAt(index.row());
    switch (cell.tone) {
    case Tone::Dim:
        return theme.dim;
    case Tone::Guess:
        return theme.guess;
    case Tone::Accent:
        return row ? theme.of(row->diagnosis) : theme.text;
    case Tone::Plain:
        break;
    }
    return theme.text;
}

} // namespace halfopen
