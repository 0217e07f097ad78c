// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/background.h"

#include <QMetaObject>

#include <system_error>
#include <thread>
#include <utility>

namespace halfopen {

Background::Background(QObject* parent)
    : QObject(parent) {
    m_link->owner = this;
}

Background::~Background() {
    const std::lock_guard lock(m_link->mutex);
    m_link->owner = nullptr;
}

bool Background::run(std::function<Result()> work) {
    try {
        std::thread([link = m_link, work = std::move(work)] {
            Result result = work();
            const std::lock_guard lock(link->mutex);
            if (link->owner != nullptr)
                QMetaObject::invokeMethod(
                    link->owner, [owner = link->owner, result = std::move(result)] { owner->finished(result); },
                    Qt::QueuedConnection);
        }).detach();
    } catch (const std::system_error&) {
        return false;
    }
    ++m_running;
    return true;
}

void Background::finished(const Result& result) {
    --m_running;
    result();
}

} // namespace halfopen
