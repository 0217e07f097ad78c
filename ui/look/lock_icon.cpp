// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/lock_icon.h"

#include <QColor>
#include <QPainter>
#include <QPainterPath>
#include <QPixmap>

namespace halfopen {

QIcon lockIcon(const QColor& color) {
    constexpr int kSize = 32; // scaled down to what is needed
    QPixmap pixmap(kSize, kSize);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 3));
    painter.drawArc(QRectF(10, 4, 12, 16), 0, 180 * 16);
    painter.drawLine(QPointF(10, 12), QPointF(10, 16));
    painter.drawLine(QPointF(22, 12), QPointF(22, 16));
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawRoundedRect(QRectF(6, 15, 20, 14), 2, 2);
    return QIcon(pixmap);
}

} // namespace halfopen
