// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QAction;
class QWidget;

namespace halfopen {

/// Gives a widget a verb whose shortcut is Space, except where Space presses what has the keys: a button, a box, a
/// field.
void addSpaceVerb(QWidget& place, QAction& verb);

} // namespace halfopen
