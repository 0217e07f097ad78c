// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/row_lock.h"

#include <QAccessible>
#include <QApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>

#include <chrono>

namespace halfopen {

namespace {

constexpr std::chrono::seconds kReadOut{5};

} // namespace

RowLock::RowLock(QWidget* viewport)
    : QObject(viewport)
    , m_viewport(viewport) {
    qApp->installEventFilter(this);
    m_read.setSingleShot(true);
    m_read.setInterval(kReadOut);
    connect(&m_read, &QTimer::timeout, this, [this] {
        if (!isLocked())
            Q_EMIT lockedChanged(false);
    });
}

bool RowLock::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonRelease:
    case QEvent::KeyPress:
    case QEvent::KeyRelease:
    case QEvent::ApplicationDeactivate:
    case QEvent::Show:
    case QEvent::Hide:
        break;
    default:
        return false;
    }
    const bool before = isLocked();
    if (watched == m_viewport)
        watchViewport(*event);
    watchKeys(*event);
    watchMenus(*watched, *event);
    tell(before);
    return false;
}

void RowLock::watchViewport(const QEvent& event) {
    if (event.type() == QEvent::MouseButtonPress)
        m_buttonDown = true;
    else if (event.type() == QEvent::MouseButtonRelease)
        m_buttonDown = static_cast<const QMouseEvent&>(event).buttons() != Qt::NoButton;
}

void RowLock::watchKeys(QEvent& event) {
    if (event.type() == QEvent::ApplicationDeactivate) {
        m_ctrlDown = false; // its release would go to another program
        m_buttonDown = false;
    } else if (event.type() == QEvent::KeyPress || event.type() == QEvent::KeyRelease) {
        const auto* table = m_viewport->parentWidget();
        if (event.type() == QEvent::KeyPress && QAccessible::isActive() && table && table->hasFocus())
            m_read.start();
        if (static_cast<QKeyEvent&>(event).key() == Qt::Key_Control)
            m_ctrlDown = event.type() == QEvent::KeyPress;
    }
}

void RowLock::watchMenus(const QObject& watched, const QEvent& event) {
    if (event.type() == QEvent::Show && qobject_cast<const QMenu*>(&watched))
        m_menus.insert(&watched);
    else if (event.type() == QEvent::Hide)
        m_menus.remove(&watched);
}

void RowLock::tell(bool before) {
    if (isLocked() != before)
        Q_EMIT lockedChanged(isLocked());
}

} // namespace halfopen
