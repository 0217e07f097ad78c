// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/host_lookup.h"

#include "core/kernel/process/hosts.h"

#include <memory>
#include <mutex>
#include <thread>
#include <utility>

namespace halfopen {

namespace {

/// Who waits for an answer; gone: nobody.
struct Asker {
    std::mutex mutex;
    QObject* context = nullptr;
};

} // namespace

void lookUpHost(const std::string& host, QObject* context, std::function<void(const std::vector<IpAddress>&)> then) {
    // Nobody waits for the thread, not even the program when it ends.
    auto asker = std::make_shared<Asker>();
    asker->context = context;
    QObject::connect(context, &QObject::destroyed, context, [asker] {
        const std::lock_guard lock(asker->mutex);
        asker->context = nullptr;
    });
    std::thread([host, asker, then = std::move(then)] {
        auto addresses = addressesOf(host);
        const std::lock_guard lock(asker->mutex);
        if (asker->context)
            QMetaObject::invokeMethod(
                asker->context, [then, addresses = std::move(addresses)] { then(addresses); }, Qt::QueuedConnection);
    }).detach();
}

} // namespace halfopen
