// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/window_geometry.h"

#include <QByteArray>
#include <QScreen>
#include <QWidget>

#include <algorithm>

namespace halfopen {

namespace {

void fitOnScreen(QWidget& window) {
    if (window.isMaximized() || window.isFullScreen())
        return;
    const QRect available = window.screen()->availableGeometry();
    const QRect wanted = window.geometry();
    if (available.contains(wanted))
        return;
    const QSize size = wanted.size().boundedTo(available.size());
    const QPoint at(std::clamp(wanted.x(), available.left(), available.right() + 1 - size.width()),
                    std::clamp(wanted.y(), available.top(), available.bottom() + 1 - size.height()));
    window.setGeometry({at, size});
}

} // namespace

void placeWindow(QWidget& window, const QByteArray& geometry) {
    if (window.restoreGeometry(geometry))
        fitOnScreen(window);
    else
        window.resize(QSize(1320, 820).boundedTo(window.screen()->availableSize() * 0.9));
}

} // namespace halfopen
