// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/in_background.h"

#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

namespace halfopen {

namespace {

class ContextAsker final : public Asker {
public:
    explicit ContextAsker(QObject* context)
        : m_context(context) {}

    void follow(QMetaObject::Connection gone) { m_gone = std::move(gone); }
    void answer(std::function<void()> then) override {
        const std::lock_guard lock(m_mutex);
        if (m_context)
            QMetaObject::invokeMethod(
                m_context,
                [then = std::move(then), gone = m_gone] {
                    QObject::disconnect(gone); // else each answer would leave one behind
                    then();
                },
                Qt::QueuedConnection);
    }
    void leave() {
        const std::lock_guard lock(m_mutex);
        m_context = nullptr;
    }

private:
    std::mutex m_mutex;
    QObject* m_context; ///< nullptr: gone
    QMetaObject::Connection m_gone;
};

} // namespace

std::shared_ptr<Asker> Asker::of(QObject* context) {
    auto asker = std::make_shared<ContextAsker>(context);
    asker->follow(QObject::connect(context, &QObject::destroyed, context, [asker] { asker->leave(); }));
    return asker;
}

void runDetached(std::function<void()> work) {
    try {
        std::thread(work).detach();
    } catch (const std::system_error&) {
        work();
    }
}

} // namespace halfopen
