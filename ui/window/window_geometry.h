// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QByteArray;
class QWidget;

namespace halfopen {

/// Puts a window where QWidget::saveGeometry() left it, onto a screen that may be smaller now; where there is none to
/// restore, all of it is on the screen, with some room around it.
void placeWindow(QWidget& window, const QByteArray& geometry);

} // namespace halfopen
