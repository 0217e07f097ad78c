// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/plain_text.h"

#include <QCoreApplication>
#include <QEvent>
#include <QLabel>

namespace halfopen {

PlainText::PlainText(QObject* parent)
    : QObject(parent) {
    QCoreApplication::instance()->installEventFilter(this);
}

/// A widget is polished once, before it is first seen; a tooltip's label when it is made.
bool PlainText::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::Polish)
        return false;
    if (auto* label = qobject_cast<QLabel*>(watched); label && label->textFormat() == Qt::AutoText)
        label->setTextFormat(Qt::PlainText);
    return false;
}

} // namespace halfopen
