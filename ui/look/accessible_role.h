// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessible>

class QWidget;

namespace halfopen {

/// What a screen reader is told that a widget is, where Qt has no word of its own for it. For the widget's constructor.
void setAccessibleRole(QWidget& widget, QAccessible::Role role);

} // namespace halfopen
