// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/helper_service.h"

#include "app/bus/bus_names.h"
#include "app/bus/bus_netns.h"
#include "app/bus/bus_types.h"
#include "app/contract/bus_sentence.h"
#include "core/actions/owner_pass.h"

#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QTimer>

#include <algorithm>
#include <ctime>
#include <utility>
#include <vector>

namespace halfopen {
namespace {

using namespace std::chrono_literals;

// An answer of polkit that takes longer is a person's.
constexpr auto kAtOnce = 1s;
// The looks through /proc take 3 s at most (run.cpp); what takes longer is held up by a lock.
constexpr auto kHeldUpAfter = 6s;

/// That this thread has had of a processor: what others have meanwhile is not the caller's fault.
std::chrono::nanoseconds ownTime() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

} // namespace

HelperService::HelperService(const QDBusConnection& bus, const DirectOperations& operations,
                             const DirectSocketOperations& sockets, const Opener& opener, const Loader& loader,
                             const AdmissionLimits& limits)
    : m_bus(bus)
    , m_operations(operations)
    , m_loader(loader)
    , m_netns(opener, sockets)
    , m_authority(bus)
    , m_admission(limits)
    , m_trial(m_log) {
    registerBusTypes();
    registerBusNetnsTypes();
    connect(&m_trial, &TrialHolder::ended, this, &HelperService::needChanged);
    // One match for all: one for every caller would run into the bus's limit of rules for a connection.
    m_bus.connect(kDBusService, kDBusPath, kDBusInterface, QStringLiteral("NameOwnerChanged"), this,
                  SLOT(onNameOwnerChanged(QString, QString, QString)));
}

void HelperService::submit(const QDBusMessage& message, Verb verb) {
    message.setDelayedReply(true);
    const auto id = m_admission.enter(message.service().toStdString());
    if (!id)
        return refuse(message, {PrivilegeErrorKind::Busy,
                                Sentence::tr("Too many requests wait for their answer already; try again later."),
                                {}});
    m_requests.emplace(*id, Request{message, {message.service(), 0}, std::move(verb)});
    askWhoCalls(*id);
}

void HelperService::askWhoCalls(quint64 id) {
    QDBusMessage call = QDBusMessage::createMethodCall(kDBusService, kDBusPath, kDBusInterface,
                                                       QStringLiteral("GetConnectionUnixUser"));
    call << m_requests.at(id).caller.name;
    auto* watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, id](QDBusPendingCallWatcher* done) {
        done->deleteLater();
        const QDBusPendingReply<uint> uid = *done;
        if (!m_requests.contains(id))
            return;        // the caller has left
        if (uid.isError()) // it left before the bus could tell
            return onNameOwnerChanged(QString(m_requests.at(id).caller.name), m_requests.at(id).caller.name, QString());
        onUser(id, uid.value());
    });
}

void HelperService::onUser(quint64 id, uint uid) {
    Request& request = m_requests.at(id);
    request.caller.uid = uid;
    if (!m_admission.assignUser(id, uid)) {
        const QDBusMessage message = request.message;
        forget(id);
        refuse(message,
               {PrivilegeErrorKind::Busy,
                Sentence::tr("Too many requests of this user wait already, or were refused of late; try again later."),
                {}});
        Q_EMIT requestFinished();
        return;
    }
    if (const auto checked = request.verb.checkAtSight ? request.verb.checkAtSight() : Outcome<void>{}; !checked)
        return finish(id, checked);
    if (mayWithoutQuestion(request))
        return finish(id, {});
    askPolkit(id);
}

bool HelperService::mayWithoutQuestion(const Request& request) const {
    const auto theirs = m_opened.constFind(request.caller.uid);
    const bool letIn = !request.verb.reads.isEmpty() && theirs != m_opened.constEnd() &&
                       std::ranges::all_of(request.verb.reads, [&](qulonglong one) { return theirs->contains(one); });
    return letIn || request.verb.action.isEmpty();
}

void HelperService::askPolkit(quint64 id) {
    Request& request = m_requests.at(id);
    const std::chrono::nanoseconds begun = ownTime();
    const auto details = request.verb.check();
    request.cost = ownTime() - begun;
    request.asked = MonotonicClock::now();
    if (!details)
        return finish(id, tl::unexpected(details.error()));
    const Question question{request.caller.name, request.verb.action, *details,
                            request.message.isInteractiveAuthorizationAllowed()};
    m_authority.ask(id, question, [this, id](const Outcome<void>& permission) {
        if (m_requests.contains(id))
            finish(id, permission);
    });
}

void HelperService::finish(quint64 id, const Outcome<void>& permission) {
    if (permission) {
        const Request& request = m_requests.at(id);
        for (const qulonglong cookie : request.verb.opens)
            m_opened[request.caller.uid].insert(cookie);
        return request.verb.slowWork ? workInBackground(id) : work(id);
    }
    const Request request = m_requests.at(id);
    forget(id);
    m_admission.countRefused(request.caller.uid, request.cost);
    refuse(request.message, permission.error());
    Q_EMIT requestFinished();
}

void HelperService::work(quint64 id) {
    const Request& request = m_requests.at(id);
    answer(id, request.verb.work(request.caller));
}

void HelperService::workInBackground(quint64 id) {
    Request& request = m_requests.at(id);
    request.piece = m_background.run([this, id, work = request.verb.slowWork, caller = request.caller] {
        return Background::Result([this, id, deed = work(caller)] { onDeed(id, deed); });
    });
    QTimer::singleShot(kHeldUpAfter, this, [this, id] { onHeldUp(id); });
}

void HelperService::onDeed(quint64 id, const Deed& deed) {
    for (const std::string& line : deed.lines)
        m_log.write(SystemLog::Level::Notice, line);
    if (m_requests.contains(id)) // else the caller has left, or was told that it takes long
        answer(id, deed.answer);
    Q_EMIT needChanged();
}

void HelperService::onHeldUp(quint64 id) {
    const auto request = m_requests.find(id);
    if (request == m_requests.end())
        return;
    if (m_background.withdraw(request->second.piece))
        answer(id, refusal(PrivilegeErrorKind::Busy,
                           Sentence::tr("The kernel holds up what was asked for before this; try again later.")));
    else
        answer(id, tl::unexpected(heldUp()));
}

void HelperService::answer(quint64 id, const Outcome<QVariantList>& result) {
    const Request request = m_requests.at(id);
    forget(id);
    if (!request.verb.action.isEmpty()) { // keeping or taking back ends what somebody was served with
        m_served.insert(request.caller.name);
        Q_EMIT needChanged();
    }
    if (result)
        m_bus.send(request.message.createReply(*result));
    else
        refuse(request.message, result.error());
    Q_EMIT requestFinished();
}

void HelperService::forget(quint64 id) {
    m_requests.erase(id);
    m_admission.leave(id);
}

void HelperService::refuse(const QDBusMessage& message, const PrivilegeError& error) {
    const std::string_view name = busName(error.kind);
    QDBusMessage reply = message.createErrorReply(QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size())),
                                                  fromStd(inEnglish(error)));
    if (const std::string parts = partsOf(error.sentence); !parts.empty())
        reply << fromStd(parts);
    m_bus.send(reply);
}

bool HelperService::waitsForAPerson() const {
    const MonotonicTime now = MonotonicClock::now();
    return std::ranges::any_of(m_requests, [now](const auto& entry) {
        return entry.second.asked != MonotonicTime{} && now - entry.second.asked > kAtOnce;
    });
}

void HelperService::withdrawAll() {
    for (const auto& [id, request] : m_requests)
        m_authority.withdraw(id);
    m_trial.end();
}

void HelperService::onNameOwnerChanged(const QString& name, const QString&, const QString& newOwner) {
    if (!newOwner.isEmpty())
        return;
    m_trial.callerLeft(name);
    std::vector<quint64> theirs;
    for (const auto& [id, request] : m_requests)
        if (request.caller.name == name)
            theirs.push_back(id);
    for (const quint64 id : theirs) {
        m_authority.withdraw(id);
        forget(id);
    }
    if (m_served.remove(name))
        Q_EMIT needChanged();
    if (!theirs.empty())
        Q_EMIT requestFinished();
}

} // namespace halfopen
