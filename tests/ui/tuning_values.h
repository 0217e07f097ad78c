// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/keepalive_defaults.h"
#include "tests/ui/child.h"
#include "ui/tuning/value_editor.h"

#include <QRegularExpression>
#include <QSpinBox>

namespace halfopen::test {

/// The three values in the fields of the Tuning page.
inline KeepaliveDefaults edited(const QWidget& page) {
    return child<ValueEditor>(page).values();
}

/// The three values that the Tuning page calls in effect.
inline KeepaliveDefaults inEffect(const QWidget& page) {
    const auto shown = [&](const char* name) {
        static const QRegularExpression kNumber(QStringLiteral("^in effect: (-?\\d+)"));
        return kNumber.match(child<QLabel>(page, name).text()).captured(1).toInt();
    };
    return {shown("inEffect_tcp_keepalive_time"), shown("inEffect_tcp_keepalive_intvl"),
            shown("inEffect_tcp_keepalive_probes")};
}

inline QSpinBox& idleBox(const QWidget& page) {
    return child<QSpinBox>(page, "tcp_keepalive_time");
}

} // namespace halfopen::test
