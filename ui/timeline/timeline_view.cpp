// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timeline_view.h"

#include "ui/look/accessible_role.h"
#include "ui/look/announce.h"
#include "ui/look/sentence.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

namespace halfopen {

namespace {

constexpr int kMargin = 12;
constexpr int kAxisRoom = 15;
constexpr int kAboveBreaks = 8; ///< what stands above the axis does not touch the strokes of a break
constexpr double kDot = 4.5;

using Kind = TimelineStop::Kind;
using Line = TimelineLayout::Line;

void drawBreak(QPainter& painter, double x, double y, const QColor& ground) {
    painter.fillRect(QRectF(x - 3, y - 4, 6, 8), ground);
    painter.drawLine(QPointF(x - 5, y + 5), QPointF(x - 1, y - 5));
    painter.drawLine(QPointF(x + 1, y + 5), QPointF(x + 5, y - 5));
}

void drawCross(QPainter& painter, QPointF c) {
    constexpr double r = 5;
    painter.drawLine(c + QPointF(-r, -r), c + QPointF(r, r));
    painter.drawLine(c + QPointF(-r, r), c + QPointF(r, -r));
}

} // namespace

struct TimelineView::Rows {
    double names;
    double axis;
    double times;
    double timer;
    double line; ///< height of one line of text

    double of(Line which) const {
        switch (which) {
        case Line::Names:
            return names;
        case Line::Gaps:
            return axis - line - kAboveBreaks;
        case Line::Times:
            return times;
        case Line::Timer:
            return timer;
        }
        return names;
    }
};

TimelineView::TimelineView(QWidget* parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("timeline"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleRole(*this, QAccessible::Chart);
    setFocusPolicy(Qt::TabFocus);
    m_naming.setSingleShot(true);
    m_naming.setInterval(std::chrono::seconds(1));
    connect(&m_naming, &QTimer::timeout, this, &TimelineView::nameItself);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
}

void TimelineView::show(Timeline timeline, const QColor& accent) {
    m_timeline = std::move(timeline);
    m_accent = accent;
    nameItself();
    update();
}

void TimelineView::nameItself() {
    const QString spoken = withoutTenths(spokenText());
    if (m_naming.isActive() || spoken == accessibleName())
        return;
    setAccessibleName(spoken);
    m_naming.start();
}

/// The line for those who cannot see it: every stop with its time.
QString TimelineView::spokenText() const {
    QStringList parts;
    for (const auto& stop : m_timeline.stops)
        parts.append(stop.when.isEmpty() ? stop.name : asPair(stop.name, stop.when));
    parts.append(m_timeline.timerText);
    parts.append(m_timeline.open);
    parts.removeAll(QString());
    return asSentence(parts);
}

QString TimelineView::stopText(std::size_t stop) const {
    const auto& one = m_timeline.stops[stop];
    return withoutTenths(one.name + QLatin1Char(' ') + one.when);
}

void TimelineView::goTo(std::size_t stop) {
    m_stop = stop;
    setAccessibleDescription(stopText(stop));
    answerKey(*this);
    update();
}

void TimelineView::keyPressEvent(QKeyEvent* event) {
    const std::size_t count = m_timeline.stops.size();
    if (count == 0)
        return QWidget::keyPressEvent(event);
    const std::size_t at = std::min(m_stop, count - 1);
    switch (event->key()) {
    case Qt::Key_Right:
        return goTo(std::min(at + 1, count - 1));
    case Qt::Key_Left:
        return goTo(at == 0 ? 0 : at - 1);
    case Qt::Key_Home:
        return goTo(0);
    case Qt::Key_End:
        return goTo(count - 1);
    default:
        QWidget::keyPressEvent(event);
    }
}

void TimelineView::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    update();
}

void TimelineView::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    update();
}

TimelineView::Rows TimelineView::rows() const {
    // Of the taller one of the fonts that a line may be written in.
    const double line = fontMetrics().size(Qt::TextSingleLine, QStringLiteral("Ag\u56fd")).height();
    const double axis = 6 + line + line + kAboveBreaks;
    return {6, axis, axis + kAxisRoom, axis + kAxisRoom + line, line};
}

QSize TimelineView::sizeHint() const {
    const auto r = rows();
    return {400, static_cast<int>(std::ceil(r.timer + r.line + 4))};
}

QSize TimelineView::minimumSizeHint() const {
    return {120, sizeHint().height()};
}

void TimelineView::paintEvent(QPaintEvent*) {
    if (m_timeline.stops.empty())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(kMargin, 0);
    QFont strong(font());
    strong.setBold(true);
    const QFontMetricsF metrics(strong);
    const auto layout = layOut(m_timeline, width() - 2.0 * kMargin, [&](const QString& text) {
        return text.isEmpty() ? 0 : metrics.horizontalAdvance(text);
    });
    const auto y = rows().axis;
    paintAxis(painter, layout, y);
    paintTimer(painter, layout, y);
    paintMarks(painter, layout, y);
    paintLabels(painter, layout);
    if (hasFocus())
        paintFocus(painter, layout, y);
}

/// A ring around all of it, and one around the stop that the keys are on; of a mark of several it is the mark.
void TimelineView::paintFocus(QPainter& painter, const TimelineLayout& layout, double y) const {
    painter.setPen(QPen(palette().color(QPalette::Active, QPalette::Highlight), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(rect()).translated(-kMargin, 0).adjusted(1, 1, -1, -1));
    if (layout.marks.empty())
        return;
    const auto& mark = layout.marks[std::min(m_stop, layout.marks.size() - 1)];
    painter.drawEllipse(QPointF((mark.from + mark.to) / 2, y), kDot + 4, kDot + 4);
}

void TimelineView::paintAxis(QPainter& painter, const TimelineLayout& layout, double y) const {
    const auto& theme = themeOf(palette());
    QPen pen(theme.rule, 2);
    pen.setCapStyle(Qt::FlatCap);
    painter.setPen(pen);
    for (const auto& gap : layout.gaps)
        painter.drawLine(QPointF(gap.from, y), QPointF(gap.to, y));
    painter.setPen(QPen(theme.dim, 1.4));
    for (const auto& gap : layout.gaps) {
        if (gap.broken)
            drawBreak(painter, (gap.from + gap.to) / 2, y, palette().color(QPalette::Base));
    }
    if (m_timeline.open.isEmpty())
        return;
    pen.setStyle(Qt::DotLine);
    painter.setPen(pen);
    painter.drawLine(QPointF(layout.marks.back().to, y), QPointF(layout.end - 8, y));
    painter.setPen(QPen(theme.dim, 1.6));
    painter.drawPolyline(
        std::array{QPointF(layout.end - 8, y - 4), QPointF(layout.end - 2, y), QPointF(layout.end - 8, y + 4)}.data(),
        3);
}

void TimelineView::paintMarks(QPainter& painter, const TimelineLayout& layout, double y) const {
    const auto& theme = themeOf(palette());
    bool next = true;
    for (const auto& mark : layout.marks) {
        const QPointF center((mark.from + mark.to) / 2, y);
        const auto color = mark.kind == Kind::LastSign || mark.kind == Kind::Now ? theme.text : m_accent;
        if (mark.from != mark.to) {
            auto faint = color;
            faint.setAlphaF(0.30F);
            painter.setPen(QPen(color, 1));
            painter.setBrush(faint);
            painter.drawRoundedRect(QRectF(mark.from, y - 6, mark.to - mark.from, 12), 3, 3);
        }
        painter.setPen(QPen(color, 2, Qt::SolidLine, Qt::RoundCap));
        switch (mark.kind) {
        case Kind::Now:
            painter.drawLine(QPointF(center.x(), y - 8), QPointF(center.x(), y + 8));
            break;
        case Kind::End:
            drawCross(painter, center);
            break;
        case Kind::LastSign:
        case Kind::Event:
            painter.setBrush(mark.kind == Kind::Event && next ? color : palette().color(QPalette::Base));
            next = next && mark.kind != Kind::Event;
            painter.drawEllipse(center, kDot, kDot);
            break;
        }
    }
}

/// A small pointer below the axis: the kernel's timer is not the probe, it often fires only to look at the clock.
void TimelineView::paintTimer(QPainter& painter, const TimelineLayout& layout, double y) const {
    if (!layout.timer)
        return;
    const double x = *layout.timer;
    QPainterPath pointer(QPointF(x, y + 7));
    pointer.lineTo(x - 4.5, y + 14);
    pointer.lineTo(x + 4.5, y + 14);
    pointer.closeSubpath();
    painter.fillPath(pointer, themeOf(palette()).dim);
}

void TimelineView::paintLabels(QPainter& painter, const TimelineLayout& layout) const {
    const auto& theme = themeOf(palette());
    const auto r = rows();
    for (const auto& label : layout.labels) {
        auto labelFont = font();
        labelFont.setBold(label.strong);
        labelFont.setItalic(label.guess);
        painter.setFont(labelFont);
        painter.setPen(label.line == Line::Names || label.strong ? theme.text : theme.dim);
        painter.drawText(QRectF(label.left, r.of(label.line), label.width, r.line),
                         Qt::AlignHCenter | Qt::AlignVCenter | Qt::TextSingleLine, label.text);
    }
}

} // namespace halfopen
