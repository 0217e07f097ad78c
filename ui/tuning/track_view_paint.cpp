// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/steps.h"
#include "ui/look/theme.h"
#include "ui/tuning/track_lines.h"
#include "ui/tuning/track_paint.h"
#include "ui/tuning/track_view.h"
#include "ui/tuning/tuning_strings.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>

namespace halfopen {

namespace {

constexpr std::array<int, 6> kScale{1, 10, 60, 600, 3600, 86400};

QPainterPath grip(const QPointF& top) {
    QPainterPath path(top);
    path.lineTo(top + QPointF(6, 7));
    path.lineTo(top + QPointF(6, 15));
    path.lineTo(top + QPointF(-6, 15));
    path.lineTo(top + QPointF(-6, 7));
    path.closeSubpath();
    return path;
}

} // namespace

TrackView::Lines TrackView::lines() const {
    const double line = fontMetrics().height() * 1.2; // room for Chinese from another font
    Lines l{};
    l.line = line;
    l.captions = 8;
    l.crowdFoot = l.captions + line + 8 + kMarksHigh * kMarkStep;
    l.axis = l.crowdFoot + 13;
    l.scale = l.axis + kGripDrop + 12;
    l.boxes = l.scale + line + 9;
    l.boxNames = l.boxes + 6;
    l.legend = l.boxNames + line + 8;
    l.bottom = l.legend + line + 8;
    return l;
}

void TrackView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(kTrackMargin, 0);
    const auto geometry = geometryNow();
    paintCaptions(painter, geometry);
    paintScale(painter, geometry);
    paintAxis(painter, geometry);
    if (m_ghost && *m_ghost != m_values)
        paintGhost(painter, geometry);
    paintProbes(painter, geometry);
    paintCrowd(painter, geometry);
    paintMiddleboxes(painter, geometry);
    paintHandles(painter, geometry);
    paintLegend(painter);
}

void TrackView::paintCaptions(QPainter& painter, const TrackGeometry& geometry) const {
    const auto l = lines();
    QFont strong(font());
    strong.setBold(true);
    painter.setFont(strong);
    painter.setPen(themeOf(palette()).text);
    painter.drawText(QRectF(0, l.captions, geometry.idleEnd(), l.line), Qt::AlignLeft | Qt::TextSingleLine,
                     tr("idle %1").arg(secondsText(m_values.time)));
    painter.drawText(
        QRectF(geometry.probesBegin(), l.captions, geometry.width() - geometry.probesBegin(), l.line),
        Qt::AlignLeft | Qt::TextSingleLine,
        tr("interval %1 \u00d7 %n probe(s)", nullptr, m_values.probes).arg(secondsText(m_values.interval)));
    painter.setFont(font());
}

void TrackView::paintAxis(QPainter& painter, const TrackGeometry& geometry) const {
    const auto& theme = themeOf(palette());
    const double y = lines().axis;
    const double time = geometry.xOf(TrackHandle::Time, m_values);
    painter.setPen(QPen(theme.rule, 2, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(QPointF(0, y), QPointF(geometry.width(), y));
    QColor bar = theme.of(Diagnosis::Guarded);
    painter.fillRect(QRectF(0, y - 3.5, time, 7), bar);
    painter.setPen(QPen(theme.dim, 1.5));
    drawBreak(painter, (geometry.idleEnd() + geometry.probesBegin()) / 2, y, palette().color(QPalette::Base));
}

void TrackView::paintScale(QPainter& painter, const TrackGeometry& geometry) const {
    const auto& theme = themeOf(palette());
    const auto l = lines();
    for (const int mark : kScale) {
        const double x = geometry.xOfIdle(mark);
        painter.setPen(QPen(theme.rule, 1));
        painter.drawLine(QPointF(x, l.axis + 3), QPointF(x, l.axis + 8));
        painter.setPen(theme.dim);
        painter.drawText(QRectF(x - 40, l.scale, 80, l.line), Qt::AlignHCenter | Qt::TextSingleLine, secondsText(mark));
    }
}

/// Every probe is a tick; where they would run into each other only as many as can be told apart.
void TrackView::paintProbes(QPainter& painter, const TrackGeometry& geometry) const {
    const auto& theme = themeOf(palette());
    const auto l = lines();
    const QColor color = theme.of(Diagnosis::Guarded);
    painter.setPen(QPen(color, 2));
    double last = -10;
    for (int probe = 0; probe < m_values.probes; ++probe) {
        const double at = static_cast<double>(probe) * m_values.interval;
        const double x = geometry.xOfProbe(at);
        if (geometry.isBeyond(at) || x - last < 3)
            continue;
        last = x;
        painter.drawLine(QPointF(x, l.axis - 7), QPointF(x, l.axis + 7));
    }
    const double total = static_cast<double>(m_values.interval) * m_values.probes;
    painter.setPen(theme.dim);
    const double begin = geometry.probesBegin();
    const double end = geometry.xOfProbe(total);
    painter.drawText(QRectF(begin - 60, l.scale, 120, l.line), Qt::AlignHCenter | Qt::TextSingleLine, tr("1st probe"));
    const QString text = geometry.isBeyond(total)
                             ? tr("given up +%1, beyond").arg(secondsText(static_cast<std::int64_t>(total)))
                             : tr("given up +%1").arg(secondsText(static_cast<std::int64_t>(total)));
    const double width = fontMetrics().horizontalAdvance(text) + 4;
    const double left = std::min(std::max(end - width / 2, begin + 44), geometry.width() + kTrackMargin - 2 - width);
    painter.drawText(QRectF(left, l.scale, width, l.line), Qt::AlignHCenter | Qt::TextSingleLine, text);
}

/// What is in effect, while something else is being edited: hollow and dashed.
void TrackView::paintGhost(QPainter& painter, const TrackGeometry& geometry) const {
    const auto& theme = themeOf(palette());
    const double y = lines().axis;
    QPen pen(theme.dim, 1.4, Qt::DotLine);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    if (m_ghost->time != m_values.time && m_ghost->time > 0)
        painter.drawRect(QRectF(0, y - 6, geometry.xOfIdle(m_ghost->time), 12));
    if (m_ghost->interval == m_values.interval && m_ghost->probes == m_values.probes)
        return;
    double last = -10;
    for (int probe = 1; probe < std::min(m_ghost->probes, 255); ++probe) {
        const double at = static_cast<double>(probe) * m_ghost->interval;
        const double x = geometry.xOfProbe(at);
        if (at <= 0 || geometry.isBeyond(at) || x - last < 4)
            continue;
        last = x;
        painter.drawLine(QPointF(x, y - 12), QPointF(x, y + 4));
    }
    const double total = static_cast<double>(m_ghost->interval) * m_ghost->probes;
    painter.setPen(QPen(theme.dim, 1.4));
    if (total > 0 && !geometry.isBeyond(total))
        drawEnd(painter, {geometry.xOfProbe(total), y}, 4);
}

void TrackView::paintCrowd(QPainter& painter, const TrackGeometry& geometry) const {
    const auto& theme = themeOf(palette());
    const double foot = lines().crowdFoot;
    const auto each = perMark();
    for (std::size_t i = 0; i < m_idle.size(); ++i) {
        const double middle = (static_cast<double>(i) + 0.5) / static_cast<double>(m_idle.size());
        drawCrowd(painter, m_idle[i], {middle * geometry.idleEnd(), foot}, each, theme);
    }
    for (std::size_t n = 1; n < m_probing.size(); ++n) {
        const auto tick = std::min<double>(static_cast<double>(n) - 1, m_values.probes);
        drawCrowd(painter, m_probing[n], {geometry.xOfProbe(tick * m_values.interval), foot}, each, theme);
    }
}

std::uint32_t TrackView::perMark() const {
    std::uint32_t highest = 0;
    for (const auto& crowd : m_idle)
        highest = std::max(highest, crowd.total());
    for (const auto& crowd : m_probing)
        highest = std::max(highest, crowd.total());
    return connectionsPerMark(highest, kMarksHigh - (kCrowdKinds - 1)); // each kind rounds up on its own
}

void TrackView::paintLegend(QPainter& painter) const {
    const auto& theme = themeOf(palette());
    const auto l = lines();
    QStringList words{tr("open connection that follows"), tr("has its own values"), tr("keepalive off"),
                      tr("not known")};
    if (perMark() > 1)
        words << tr("1 mark: up to %1 connections").arg(perMark());
    constexpr double kMark = 8; // with the room beside it
    constexpr double kGap = 22;
    constexpr double kLeastGap = 8;
    double taken = kMark * kCrowdKinds + 4;
    for (const QString& word : words)
        taken += fontMetrics().horizontalAdvance(word) + 2;
    const double gap =
        std::clamp((width() - 2 * kTrackMargin - taken) / static_cast<double>(words.size() - 1), kLeastGap, kGap);
    double x = 4;
    for (int i = 0; i < words.size(); ++i) {
        if (i < kCrowdKinds) {
            drawCrowdMark(painter, static_cast<CrowdKind>(i), {x, l.legend + l.line / 2}, theme);
            x += kMark;
        }
        painter.setPen(theme.dim);
        const double room = fontMetrics().horizontalAdvance(words[i]) + 2;
        painter.drawText(QRectF(x, l.legend, room, l.line), Qt::AlignLeft | Qt::TextSingleLine, words[i]);
        x += room + gap;
    }
}

/// All marks; names only where they have room, those that are forgotten first.
void TrackView::paintMiddleboxes(QPainter& painter, const TrackGeometry& geometry) const {
    const auto& theme = themeOf(palette());
    const auto l = lines();
    std::vector<const Middlebox*> order;
    for (const auto& box : m_boxes) {
        if (box.layer != 4)
            continue;
        drawSurvivalMark(painter, survival(box, m_values), {geometry.xOfIdle(box.idleTimeout), l.boxes}, theme);
        order.push_back(&box);
    }
    std::ranges::stable_sort(order, [&](const Middlebox* one, const Middlebox* other) {
        return survival(*one, m_values) > survival(*other, m_values);
    });
    std::vector<QRectF> taken;
    for (const auto* box : order) {
        const QString name = shortName(*box);
        const double width = fontMetrics().horizontalAdvance(name) + 10;
        const double x = std::max(geometry.xOfIdle(box->idleTimeout) - width / 2, -kTrackMargin + 2);
        const QRectF room(x, l.boxNames, width, l.line);
        if (std::ranges::any_of(taken, [&](const QRectF& other) { return other.intersects(room); }))
            continue;
        taken.push_back(room);
        painter.setPen(survivalColor(survival(*box, m_values), theme));
        painter.drawText(room, Qt::AlignHCenter | Qt::TextSingleLine, name);
    }
}

void TrackView::paintHandles(QPainter& painter, const TrackGeometry& geometry) const {
    const auto& theme = themeOf(palette());
    const double y = lines().axis;
    const auto strong = [&](TrackHandle handle) { return hasFocus() && m_handle == handle; };
    const auto pen = [&](TrackHandle handle) {
        return QPen(strong(handle) ? palette().color(QPalette::Highlight) : theme.text, strong(handle) ? 3 : 1.6);
    };
    painter.setBrush(m_editable ? palette().color(QPalette::Button) : palette().color(QPalette::Base));
    painter.setPen(pen(TrackHandle::Time));
    const double time = geometry.xOf(TrackHandle::Time, m_values);
    painter.drawRoundedRect(QRectF(time - 6, y - 10, 12, 20), 3, 3);
    painter.setPen(pen(TrackHandle::Interval));
    painter.drawPath(grip({geometry.xOf(TrackHandle::Interval, m_values), y + 5}));
    QPen end(strong(TrackHandle::Probes) ? palette().color(QPalette::Highlight) : theme.of(Diagnosis::Suspect),
             strong(TrackHandle::Probes) ? 4 : 3, Qt::SolidLine, Qt::RoundCap);
    painter.setPen(end);
    drawEnd(painter, {geometry.xOf(TrackHandle::Probes, m_values), y}, 7);
}

} // namespace halfopen
