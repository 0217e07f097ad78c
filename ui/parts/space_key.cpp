// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/space_key.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QWidget>

namespace halfopen {

namespace {

bool takesSpace(const QWidget* widget) {
    return qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QComboBox*>(widget) ||
           qobject_cast<const QAbstractSpinBox*>(widget) || qobject_cast<const QLineEdit*>(widget);
}

/// A shortcut is offered to whoever has the keys first, and then to what is around it.
class SpaceFirst final : public QObject {
public:
    using QObject::QObject;
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() != QEvent::ShortcutOverride || !takesSpace(QApplication::focusWidget()))
            return QObject::eventFilter(watched, event);
        auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() != Qt::Key_Space || key->modifiers() != Qt::NoModifier)
            return QObject::eventFilter(watched, event);
        key->accept();
        return true;
    }
};

} // namespace

void addSpaceVerb(QWidget& place, QAction& verb) {
    place.addAction(&verb);
    place.installEventFilter(new SpaceFirst(&place));
}

} // namespace halfopen
