// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopen/background_sockets.h"

#include "app/bus/bus_operations.h"
#include "core/privilege/direct_first.h"
#include "core/privilege/socket_setting.h"

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

void dismissAll(Outcome<std::vector<SetResult>>& outcome) {
    dismiss(outcome);
    if (!outcome)
        return;
    for (auto& result : *outcome)
        dismiss(result.outcome);
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
RequestToken BackgroundSockets::inBackground(Work work, Answer done) {
    const RequestToken request = ++m_last;
    m_open.insert(request);
    QMetaObject::invokeMethod(&m_worker, [this, request, work = std::move(work), done = std::move(done)] {
        QMetaObject::invokeMethod(this, [this, request, done, result = work()]() mutable {
            if (m_open.erase(request) == 0)
                dismissAll(result);
            done(std::move(result));
        });
    });
    return request;
}

void BackgroundSockets::cancel(RequestToken request) {
    m_open.erase(request);
}

RequestToken BackgroundSockets::inspect(std::uint64_t netns, std::vector<std::uint64_t> cookies, bool,
                                        Done<std::vector<SocketReading>> done) {
    return inBackground([this, netns, cookies = std::move(cookies)] { return m_direct.read(netns, cookies); },
                        std::move(done));
}

RequestToken BackgroundSockets::setOptions(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                                           const OptionsChange& change, Done<std::vector<SetResult>> done) {
    return inBackground([this, netns, cookies = std::move(cookies),
                         change] { return m_direct.set(netns, cookies, change).map(resultsOf); },
                        std::move(done));
}

RequestToken BackgroundSockets::close(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                                      Done<std::vector<CloseResult>> done) {
    return inBackground([this, netns, cookies = std::move(cookies)] { return m_direct.end(netns, cookies); },
                        std::move(done));
}

std::unique_ptr<SocketOperations> openSocketDoor(const std::shared_ptr<BusOperations>& helper) {
    auto near = std::make_unique<BackgroundSockets>();
    if (!helper)
        return near;
    return std::make_unique<DirectFirst>(std::move(near), helper);
}

} // namespace halfopen
