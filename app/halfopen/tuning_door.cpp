// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopen/tuning_door.h"

#include "app/bus/bus_operations.h"
#include "core/privilege/direct_operations.h"

#include <unistd.h>

#include <utility>

namespace halfopen {

TuningDoor::TuningDoor(bool laboratory, QObject* parent)
    : QObject(parent)
    , m_laboratory(laboratory) {
    if (!laboratory && ::geteuid() != 0)
        m_bus = std::make_unique<BusOperations>();
    m_worker.moveToThread(&m_thread);
    m_thread.start();
}

TuningDoor::~TuningDoor() {
    m_thread.quit();
    m_thread.wait();
}

template <class Work, class Answer>
void TuningDoor::inBackground(Work work, Answer done) {
    QMetaObject::invokeMethod(&m_worker, [this, work = std::move(work), done = std::move(done)] {
        QMetaObject::invokeMethod(this, [done, result = work()] { done(result); });
    });
}

void TuningDoor::apply(const KeepaliveChange& change, Done<KeepaliveDefaults> done) {
    if (m_bus)
        return m_bus->setKeepaliveDefaults(change, std::move(done));
    inBackground([change] { return DirectOperations().apply(change); }, std::move(done));
}

void TuningDoor::forget(std::uint64_t netns, Done<void> done) {
    if (m_bus)
        return m_bus->forgetKeepaliveDefaults(netns, std::move(done));
    inBackground([netns] { return DirectOperations().forget(netns).map([](bool) {}); }, std::move(done));
}

void TuningDoor::cancel() {
    if (m_bus)
        m_bus->cancel();
}

void TuningDoor::look(std::function<void(TuningPlace)> done) {
    inBackground(
        [laboratory = m_laboratory] {
            return laboratory ? TuningPlace{{}, true} : TuningPlace{readBootConfiguration(), false};
        },
        std::move(done));
}

} // namespace halfopen
