// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bus/background.h"

#include <QMetaObject>

namespace halfopen {

Background::Background(QObject* parent)
    : QObject(parent)
    , m_threads([this](std::function<void()> call) {
        QMetaObject::invokeMethod(this, std::move(call), Qt::QueuedConnection);
    }) {}

} // namespace halfopen
