// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/announce.h"

#include "ui/look/accessible_role.h"

#include <QAccessible>
#include <QTimer>
#include <QWidget>

#include <chrono>
#include <utility>

namespace halfopen {

using namespace std::chrono_literals;

namespace {

/// Qt 6.4 passes no alert on to AT-SPI; there an alert is what shows up (Orca, scripts/default.py, onShowingChanged()).
/// What is not shown yet is about to be, and told then.
void tell(QWidget& widget) {
    QAccessibleEvent alert(&widget, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
    QAccessibleEvent shown(&widget, QAccessible::ObjectShow);
    if (widget.isVisible())
        QAccessible::updateAccessibility(&shown);
}

/// What came too soon after the last news of a widget, and is told a little later.
class Pause final : public QTimer {
public:
    explicit Pause(QWidget& widget)
        : QTimer(&widget) {
        setSingleShot(true);
        setInterval(1s);
        connect(this, &QTimer::timeout, this, [this, &widget] {
            if (std::exchange(m_waiting, false)) {
                tell(widget);
                start();
            }
        });
    }
    void wait() { m_waiting = true; }

private:
    bool m_waiting = false;
};

Pause& pauseOf(QWidget& widget) {
    for (auto* one : widget.findChildren<QTimer*>(QString(), Qt::FindDirectChildrenOnly))
        if (auto* pause = dynamic_cast<Pause*>(one))
            return *pause;
    return *new Pause(widget);
}

} // namespace

bool announce(QWidget& widget) {
    Pause& pause = pauseOf(widget);
    if (pause.isActive()) {
        pause.wait();
        return false;
    }
    tell(widget);
    pause.start();
    return true;
}

void setNewsRole(QWidget& widget) {
    setAccessibleRole(widget, QAccessible::AlertMessage);
}

void answerKey(QWidget& widget) {
    tell(widget);
}

} // namespace halfopen
