// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/field_keys.h"

#include <QKeyEvent>
#include <QLineEdit>

#include <utility>

namespace halfopen {

namespace {

bool isOfTheWindow(const QKeyEvent& event) {
    return event.modifiers() == Qt::ControlModifier &&
           (event.key() == Qt::Key_D || event.key() == Qt::Key_E || event.key() == Qt::Key_K);
}

class FieldKeys final : public QObject {
public:
    FieldKeys(QLineEdit& field, std::function<void()> leave, std::function<void()> escape)
        : QObject(&field)
        , m_leave(std::move(leave))
        , m_escape(std::move(escape)) {
        field.installEventFilter(this);
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        const bool asks = event->type() == QEvent::ShortcutOverride;
        if (!asks && event->type() != QEvent::KeyPress)
            return QObject::eventFilter(watched, event);
        const auto& key = *static_cast<QKeyEvent*>(event);
        if (asks && isOfTheWindow(key)) {
            event->ignore();
            return true;
        }
        if (!asks && key.key() == Qt::Key_Escape)
            m_escape();
        else if (!asks && key.key() == Qt::Key_Down)
            m_leave();
        else
            return QObject::eventFilter(watched, event);
        return true;
    }

private:
    std::function<void()> m_leave;
    std::function<void()> m_escape;
};

} // namespace

void setUpFieldKeys(QLineEdit& field, std::function<void()> leave, std::function<void()> escape) {
    if (!escape)
        escape = [&field] { field.clear(); };
    new FieldKeys(field, std::move(leave), std::move(escape)); // the field's
}

} // namespace halfopen
