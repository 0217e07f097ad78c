// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/track_paint.h"

#include "ui/look/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>

namespace halfopen {

namespace {

constexpr double kRadius = 2.4;

} // namespace

QColor survivalColor(Survival survival, const Theme& theme) {
    switch (survival) {
    case Survival::Survives:
        return theme.of(Diagnosis::Guarded);
    case Survival::Barely:
        return theme.of(Diagnosis::Unguarded);
    case Survival::Forgotten:
        return theme.of(Diagnosis::Suspect);
    case Survival::NoHelp:
        break;
    }
    return theme.dim;
}

std::uint32_t countOf(CrowdKind kind, const Crowd& crowd) {
    const std::array counts{crowd.follow, crowd.own, crowd.off, crowd.unknown};
    return counts[static_cast<std::size_t>(kind)];
}

std::uint32_t connectionsPerMark(std::uint32_t highest, std::uint32_t most) {
    std::uint32_t each = 1;
    // 1, 2, 5, 10, 20, ...: a number that can be read off.
    for (std::uint32_t factor = 0; (highest + each - 1) / each > most; ++factor)
        each = factor % 3 == 1 ? each / 2 * 5 : each * 2;
    return each;
}

void drawCrowdMark(QPainter& painter, CrowdKind kind, const QPointF& c, const Theme& theme) {
    constexpr double r = kRadius;
    const QRectF square(c.x() - r, c.y() - r, 2 * r, 2 * r);
    painter.setBrush(Qt::NoBrush);
    switch (kind) {
    case CrowdKind::Follow:
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.of(Diagnosis::Guarded));
        painter.drawEllipse(square);
        break;
    case CrowdKind::Own:
        painter.setPen(QPen(theme.of(Diagnosis::Active), 1.4));
        painter.drawEllipse(square.adjusted(0.5, 0.5, -0.5, -0.5));
        break;
    case CrowdKind::Off:
        painter.fillRect(square.adjusted(0.3, 0.3, -0.3, -0.3), theme.of(Diagnosis::Unguarded));
        break;
    case CrowdKind::Unknown:
        painter.setPen(QPen(theme.guess, 1.2));
        painter.drawRect(square.adjusted(0.5, 0.5, -0.5, -0.5));
        break;
    }
}

void drawCrowd(QPainter& painter, const Crowd& crowd, const QPointF& foot, std::uint32_t perMark, const Theme& theme) {
    QPointF at = foot;
    for (int i = 0; i < kCrowdKinds; ++i) {
        const auto kind = static_cast<CrowdKind>(i);
        const auto marks = (countOf(kind, crowd) + perMark - 1) / perMark;
        for (std::uint32_t mark = 0; mark < marks; ++mark) {
            drawCrowdMark(painter, kind, at, theme);
            at.ry() -= kMarkStep;
        }
    }
}

void drawSurvivalMark(QPainter& painter, Survival survival, const QPointF& c, const Theme& theme) {
    constexpr double r = 3.4;
    const QColor color = survivalColor(survival, theme);
    painter.setBrush(color);
    painter.setPen(QPen(color, 1.8));
    switch (survival) {
    case Survival::Survives:
        painter.drawEllipse(c, r - 0.8, r - 0.8);
        break;
    case Survival::Barely: {
        QPainterPath triangle(c + QPointF(0, -r));
        triangle.lineTo(c + QPointF(r, r - 0.6));
        triangle.lineTo(c + QPointF(-r, r - 0.6));
        triangle.closeSubpath();
        painter.fillPath(triangle, color);
        break;
    }
    case Survival::Forgotten:
        painter.drawLine(c + QPointF(-r, -r), c + QPointF(r, r));
        painter.drawLine(c + QPointF(-r, r), c + QPointF(r, -r));
        break;
    case Survival::NoHelp:
        painter.drawLine(c + QPointF(-r, 0), c + QPointF(r, 0));
        break;
    }
}

void drawBreak(QPainter& painter, double x, double y, const QColor& ground) {
    painter.fillRect(QRectF(x - 4, y - 6, 8, 12), ground);
    painter.drawLine(QPointF(x - 6, y + 6), QPointF(x - 1, y - 6));
    painter.drawLine(QPointF(x + 1, y + 6), QPointF(x + 6, y - 6));
}

void drawEnd(QPainter& painter, const QPointF& c, double r) {
    painter.drawLine(c + QPointF(-r, -r), c + QPointF(r, r));
    painter.drawLine(c + QPointF(-r, r), c + QPointF(r, -r));
}

} // namespace halfopen
