// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/diagnosis_icon.h"

#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <algorithm>

namespace halfopen {

namespace {

QString fileOf(Diagnosis diagnosis) {
    const auto word = toString(diagnosis);
    return QStringLiteral(":/icons/diagnosis-%1.svg").arg(QLatin1String(word.data(), static_cast<int>(word.size())));
}

QPixmap render(Diagnosis diagnosis, const QColor& color, int size, qreal ratio) {
    QPixmap pixmap(QSize(size, size) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    QSvgRenderer(fileOf(diagnosis)).render(&painter, QRectF(0, 0, size, size));
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(QRect(0, 0, size, size), color);
    return pixmap;
}

} // namespace

int iconSizeFor(const QFontMetrics& metrics, int usual) {
    return std::max(10, metrics.height() * usual / 16);
}

QPixmap diagnosisPixmap(Diagnosis diagnosis, const QColor& color, int size, qreal ratio) {
    const auto key = QStringLiteral("diagnosis-%1-%2-%3-%4")
                         .arg(static_cast<int>(diagnosis))
                         .arg(color.rgba(), 0, 16)
                         .arg(size)
                         .arg(ratio);
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        pixmap = render(diagnosis, color, size, ratio);
        QPixmapCache::insert(key, pixmap);
    }
    return pixmap;
}

} // namespace halfopen
