// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopen/background_sockets.h"

#include "app/bus/bus_operations.h"
#include "core/privilege/direct_first.h"

#include <unistd.h>

#include <utility>

namespace halfopen {

namespace {

bool needsMore(const PrivilegeError& error) {
    return error.kind == PrivilegeErrorKind::NotAuthorized;
}

template <class T>
void dismiss(Outcome<T>& outcome) {
    if (!outcome && needsMore(outcome.error()))
        outcome = refusal(PrivilegeErrorKind::Dismissed, "It was called off.");
}

void dismissAll(Outcome<KeepaliveOptions>& outcome) {
    dismiss(outcome);
}
void dismissAll(Outcome<std::vector<SocketReading>>& outcome) {
    dismiss(outcome);
    if (!outcome)
        return;
    for (auto& reading : *outcome)
        dismiss(reading.options);
}
void dismissAll(Outcome<std::vector<CloseResult>>& outcome) {
    dismiss(outcome);
    if (!outcome)
        return;
    for (auto& result : *outcome)
        dismiss(result.outcome);
}

} // namespace

BackgroundSockets::BackgroundSockets(QObject* parent)
    : QObject(parent) {
    m_worker.moveToThread(&m_thread);
    m_thread.start();
}

BackgroundSockets::~BackgroundSockets() {
    m_thread.quit();
    m_thread.wait();
}

template <class Work, class Answer>
void BackgroundSockets::inBackground(Work work, Answer done) {
    QMetaObject::invokeMethod(&m_worker, [this, asked = m_cancels, work = std::move(work), done = std::move(done)] {
        QMetaObject::invokeMethod(this, [this, asked, done, result = work()]() mutable {
            if (m_cancels != asked)
                dismissAll(result);
            done(std::move(result));
        });
    });
}

void BackgroundSockets::inspect(std::uint64_t netns, std::vector<std::uint64_t> cookies, bool,
                                Done<std::vector<SocketReading>> done) {
    inBackground([this, netns, cookies = std::move(cookies)] { return m_direct.read(netns, cookies); },
                 std::move(done));
}

void BackgroundSockets::setOptions(std::uint64_t netns, std::uint64_t cookie, const OptionsChange& change,
                                   Done<KeepaliveOptions> done) {
    inBackground(
        [this, netns, cookie, change] {
            return m_direct.set(netns, cookie, change).map([](const OptionsSet& set) { return set.after; });
        },
        std::move(done));
}

void BackgroundSockets::close(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                              Done<std::vector<CloseResult>> done) {
    inBackground([this, netns, cookies = std::move(cookies)] { return m_direct.end(netns, cookies); }, std::move(done));
}

std::unique_ptr<SocketOperations> openSocketDoor(bool laboratory) {
    auto near = std::make_unique<BackgroundSockets>();
    if (laboratory || ::geteuid() == 0)
        return near;
    return std::make_unique<DirectFirst>(std::move(near), std::make_unique<BusOperations>());
}

} // namespace halfopen
