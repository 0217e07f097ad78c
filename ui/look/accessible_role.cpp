// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/accessible_role.h"

#include <QAccessibleWidget>
#include <QLabel>
#include <QVariant>
#include <QWidget>

namespace halfopen {

namespace {

constexpr const char* kRole = "accessibleRole";

class WithRole final : public QAccessibleWidget {
public:
    using QAccessibleWidget::QAccessibleWidget;
    /// Of a label without a name it is what it shows.
    QString text(QAccessible::Text which) const override {
        const QString told = QAccessibleWidget::text(which);
        const auto* label = qobject_cast<const QLabel*>(widget());
        return told.isEmpty() && which == QAccessible::Name && label ? label->text() : told;
    }
};

QAccessibleInterface* withRole(const QString&, QObject* object) {
    auto* widget = qobject_cast<QWidget*>(object);
    const QVariant role = widget ? widget->property(kRole) : QVariant();
    return role.isValid() ? new WithRole(widget, static_cast<QAccessible::Role>(role.toInt())) : nullptr;
}

} // namespace

void setAccessibleRole(QWidget& widget, QAccessible::Role role) {
    QAccessible::installFactory(withRole); // the same one is there once
    widget.setProperty(kRole, static_cast<int>(role));
}

} // namespace halfopen
