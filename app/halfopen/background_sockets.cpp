// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopen/background_sockets.h"

#include "app/bus/bus_operations.h"
#include "core/actions/direct_first.h"
#include "core/actions/owner_pass.h"
#include "core/actions/socket_setting.h"
#include "core/kernel/netns/netns_id.h"
#include "core/monitor/netns_entry.h"

#include <QTimer>

#include <chrono>
#include <utility>

namespace halfopen {

namespace {

using namespace std::chrono_literals;

// The looks through /proc take 5 s at most; what takes longer is held up by a lock.
constexpr std::chrono::milliseconds kHeldUpAfter = 8s;

PrivilegeError doneLater(PrivilegeError error) {
    error.sentence = error.sentence + Sentence::tr("It is done when that program goes on.");
    return error;
}

bool needsMore(const PrivilegeError& error) {
    return error.kind == PrivilegeErrorKind::NotAuthorized;
}

template <class T>
void dismiss(Outcome<T>& outcome) {
    if (!outcome && needsMore(outcome.error()))
        outcome = refusal(PrivilegeErrorKind::Dismissed, Sentence::tr("It was called off."));
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

using Direct = std::shared_ptr<const DirectSocketOperations>;

/// For sockets of another namespace a way into it is opened first.
Outcome<Direct> operationsIn(std::uint64_t netns, const Direct& own) {
    if (netns == ownNetns())
        return own;
    return enterOtherNetns(netns).map([](const NetnsAccessPtr& access) -> Direct {
        return std::make_shared<const DirectSocketOperations>(std::chrono::seconds(5), access);
    });
}

} // namespace

BackgroundSockets::BackgroundSockets(QObject* parent)
    : QObject(parent) {}

template <class Work, class Answer>
RequestToken BackgroundSockets::inBackground(Work work, Answer done) {
    const RequestToken request = ++m_last;
    const quint64 piece = m_background.run([this, request, done, work = std::move(work)] {
        return Background::Result([this, request, done, result = work()]() mutable {
            const bool calledOff = m_calledOff.erase(request) > 0;
            if (m_open.erase(request) == 0)
                return; // it was told that it takes long
            if (calledOff)
                dismissAll(result);
            done(std::move(result));
        });
    });
    m_open.emplace(request, Open{piece, [done](const PrivilegeError& error) { done(tl::unexpected(error)); }});
    QTimer::singleShot(kHeldUpAfter, this, [this, request] { onHeldUp(request); });
    return request;
}

void BackgroundSockets::onHeldUp(RequestToken request) {
    m_calledOff.erase(request);
    if (const auto open = m_open.extract(request))
        open.mapped().refuse(m_background.withdraw(open.mapped().piece) ? tookTooLong() : doneLater(heldUp()));
}

void BackgroundSockets::cancel(RequestToken request) {
    if (m_open.contains(request))
        m_calledOff.insert(request);
}

RequestToken BackgroundSockets::inspect(std::uint64_t netns, std::vector<std::uint64_t> cookies, bool,
                                        Done<std::vector<SocketReading>> done) {
    return inBackground(
        [own = m_direct, netns, cookies = std::move(cookies)] {
            return operationsIn(netns, own).and_then([&](const Direct& direct) {
                return direct->read(netns, cookies);
            });
        },
        std::move(done));
}

RequestToken BackgroundSockets::setOptions(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                                           const OptionsChange& change, Done<std::vector<SetResult>> done) {
    return inBackground(
        [own = m_direct, netns, cookies = std::move(cookies), change] {
            return operationsIn(netns, own).and_then([&](const Direct& direct) {
                return direct->set(netns, cookies, change).map(resultsOf);
            });
        },
        std::move(done));
}

RequestToken BackgroundSockets::close(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                                      Done<std::vector<CloseResult>> done) {
    return end(netns, std::move(cookies), MptcpClose::Subflow, std::move(done));
}

RequestToken BackgroundSockets::closeWhole(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                                           Done<std::vector<CloseResult>> done) {
    return end(netns, std::move(cookies), MptcpClose::Whole, std::move(done));
}

RequestToken BackgroundSockets::end(std::uint64_t netns, std::vector<std::uint64_t> cookies, MptcpClose mptcp,
                                    Done<std::vector<CloseResult>> done) {
    return inBackground(
        [own = m_direct, netns, cookies = std::move(cookies), mptcp] {
            return operationsIn(netns, own).and_then([&](const Direct& direct) {
                return direct->end(netns, cookies, mptcp);
            });
        },
        std::move(done));
}

std::unique_ptr<SocketOperations> openSocketBackend(const std::shared_ptr<BusOperations>& helper) {
    auto local = std::make_unique<BackgroundSockets>();
    if (!helper)
        return local;
    return std::make_unique<DirectFirst>(std::move(local), helper);
}

} // namespace halfopen
