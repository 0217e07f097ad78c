// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/staying_menu.h"

#include <QAction>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>

#include <algorithm>

namespace halfopen {

namespace {

class StayingMenu final : public QObject {
public:
    explicit StayingMenu(QMenu& menu)
        : QObject(&menu)
        , m_menu(menu) {
        menu.installEventFilter(this);
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        QAction* action = pressed(*event);
        if (!action || !action->isCheckable() || !action->isEnabled())
            return QObject::eventFilter(watched, event);
        event->accept();
        if (event->type() == QEvent::ShortcutOverride) // Space is a shortcut of the window's
            return true;
        action->trigger();
        keepOne();
        return true;
    }

private:
    QAction* pressed(const QEvent& event) const {
        if (event.type() == QEvent::MouseButtonRelease)
            return m_menu.actionAt(static_cast<const QMouseEvent&>(event).position().toPoint());
        if (event.type() != QEvent::KeyPress && event.type() != QEvent::ShortcutOverride)
            return nullptr;
        const int key = static_cast<const QKeyEvent&>(event).key();
        const bool ticks = key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space;
        return ticks ? m_menu.activeAction() : nullptr;
    }
    void keepOne() const {
        const auto actions = m_menu.actions();
        const auto ticked = std::ranges::count_if(actions, [](QAction* one) { return one->isChecked(); });
        for (QAction* one : actions)
            if (one->isCheckable())
                one->setEnabled(!one->isChecked() || ticked > 1);
    }

    QMenu& m_menu;
};

} // namespace

void keepOpenWhileTicked(QMenu& menu) {
    new StayingMenu(menu); // the menu's
}

} // namespace halfopen
