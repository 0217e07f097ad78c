// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/helper_service.h"

#include "app/bus/bus_names.h"
#include "app/bus/bus_sockets.h"
#include "core/sysctl/drop_in.h"

#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

#include <fmt/format.h>

#include <utility>
#include <vector>

namespace halfopen {
namespace {

const QString kSetKeepaliveDefaults = QStringLiteral("org.halfopen.helper.set-keepalive-defaults");

QString number(qint64 value) {
    return QString::number(value);
}

/// Names and numbers alone, so that the policy's translations need no more than one $(change).
QString describeChange(const KeepaliveDefaults& now, const KeepaliveChange& change) {
    std::string text = fmt::format(
        "tcp_keepalive_time {} -> {} s, tcp_keepalive_intvl {} -> {} s, tcp_keepalive_probes {} -> {}", now.time,
        change.values.time, now.interval, change.values.interval, now.probes, change.values.probes);
    if (change.persist)
        text += fmt::format(" (+ {})", kDropInPath);
    return fromStd(text);
}

QMap<QString, QString> detailsOf(const KeepaliveDefaults& now, const KeepaliveChange& change) {
    return {{QStringLiteral("change"), describeChange(now, change)},
            {QStringLiteral("time"), number(change.values.time)},
            {QStringLiteral("interval"), number(change.values.interval)},
            {QStringLiteral("probes"), number(change.values.probes)},
            {QStringLiteral("persist"), change.persist ? QStringLiteral("yes") : QStringLiteral("no")}};
}

} // namespace

HelperService::HelperService(const QDBusConnection& bus, const DirectOperations& operations,
                             const DirectSocketOperations& sockets, QObject* parent)
    : QObject(parent)
    , m_bus(bus)
    , m_operations(operations)
    , m_sockets(sockets)
    , m_authority(bus) {
    qDBusRegisterMetaType<KeepaliveTriple>();
    registerBusSocketTypes();
    // One match for all: one for every caller would run into the bus's limit of rules for a connection.
    m_bus.connect(kDBusService, kDBusPath, kDBusInterface, QStringLiteral("NameOwnerChanged"), this,
                  SLOT(onNameOwnerChanged(QString, QString, QString)));
}

void HelperService::setKeepaliveDefaults(const KeepaliveChange& change, const QDBusMessage& message) {
    const Check check = [this, change]() -> Outcome<Details> {
        const auto now = m_operations.inEffect();
        if (!now)
            return tl::unexpected(now.error());
        return m_operations.check(change).map([&] { return detailsOf(*now, change); });
    };
    Work work = [this, change](const Caller& caller) -> Outcome<QVariantList> {
        // Of this moment: the dialog may have been open for minutes.
        const auto old = m_operations.inEffect();
        const auto applied = m_operations.apply(change);
        if (!applied)
            return tl::unexpected(applied.error());
        m_log.write(SystemLog::Level::Notice,
                    lineForKeepaliveChange(caller, old.value_or(*applied), *applied, change.persist));
        return QVariantList{QVariant::fromValue(KeepaliveTriple{applied->time, applied->interval, applied->probes})};
    };
    submit(message, kSetKeepaliveDefaults, check, std::move(work));
}

void HelperService::forgetKeepaliveDefaults(quint64 netns, const QDBusMessage& message) {
    const Check check = [this, netns] {
        return m_operations.checkForget(netns).map([] {
            return Details{{QStringLiteral("change"), QStringLiteral("rm ") + fromStd(kDropInPath)}};
        });
    };
    Work work = [this, netns](const Caller& caller) -> Outcome<QVariantList> {
        const auto removed = m_operations.forget(netns);
        if (!removed)
            return tl::unexpected(removed.error());
        if (*removed)
            m_log.write(SystemLog::Level::Notice, lineForForgotten(caller));
        return QVariantList{};
    };
    submit(message, kSetKeepaliveDefaults, check, std::move(work));
}

void HelperService::submit(const QDBusMessage& message, const QString& action, const Check& check, Work work) {
    message.setDelayedReply(true);
    m_callers.insert(message.service());
    Q_EMIT callersChanged();
    const auto details = check();
    if (!details)
        return refuse(message, details.error());
    const auto id = m_admission.enter(message.service().toStdString());
    if (!id)
        return refuse(
            message,
            {PrivilegeErrorKind::Busy, "Too many requests wait for their answer already; try again later.", {}});
    const Question question{message.service(), action, *details, message.isInteractiveAuthorizationAllowed()};
    m_requests.emplace(*id, Request{message, question, {message.service(), 0}, std::move(work)});
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
        const auto found = m_requests.find(id);
        if (found == m_requests.end())
            return;        // the caller has left
        if (uid.isError()) // it left before the bus could tell
            return onNameOwnerChanged(QString(found->second.caller.name), found->second.caller.name, QString());
        found->second.caller.uid = uid.value();
        if (!m_admission.assignUser(id, uid.value()))
            return finish(
                id, refusal(PrivilegeErrorKind::Busy, "Too many requests of this user wait already; try again later."));
        askPolkit(id);
    });
}

void HelperService::askPolkit(quint64 id) {
    m_authority.ask(id, m_requests.at(id).question, [this, id](const Outcome<void>& permission) {
        if (m_requests.count(id) != 0)
            finish(id, permission);
    });
}

void HelperService::finish(quint64 id, const Outcome<void>& permission) {
    const Request request = m_requests.at(id);
    forget(id);
    if (permission)
        answer(request);
    else
        refuse(request.message, permission.error());
    Q_EMIT requestFinished();
}

void HelperService::answer(const Request& request) {
    const auto result = request.work(request.caller);
    if (result)
        m_bus.send(request.message.createReply(*result));
    else
        refuse(request.message, result.error());
}

void HelperService::forget(quint64 id) {
    m_requests.erase(id);
    m_admission.leave(id);
}

void HelperService::refuse(const QDBusMessage& message, const PrivilegeError& error) {
    const std::string_view name = busName(error.kind);
    m_bus.send(message.createErrorReply(QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size())),
                                        fromStd(error.message)));
}

void HelperService::withdrawAll() {
    for (const auto& [id, request] : m_requests)
        m_authority.withdraw(id);
}

void HelperService::onNameOwnerChanged(const QString& name, const QString&, const QString& newOwner) {
    if (!newOwner.isEmpty() || !m_callers.remove(name))
        return;
    std::vector<quint64> theirs;
    for (const auto& [id, request] : m_requests)
        if (request.caller.name == name)
            theirs.push_back(id);
    for (const quint64 id : theirs) {
        m_authority.withdraw(id);
        forget(id);
    }
    Q_EMIT callersChanged();
    if (!theirs.empty())
        Q_EMIT requestFinished();
}

} // namespace halfopen
