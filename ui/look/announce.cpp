// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/announce.h"

#include <QAccessible>
#include <QWidget>

namespace halfopen {

void announce(QWidget& widget) {
    QAccessibleEvent alert(&widget, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

} // namespace halfopen
