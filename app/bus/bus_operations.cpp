// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bus/bus_operations.h"

#include "app/bus/bus_netns.h"
#include "app/bus/bus_types.h"
#include "app/contract/bus_errors.h"
#include "app/contract/bus_keepalive.h"
#include "core/kernel/netns/netns_access.h"
#include "core/kernel/netns/netns_id.h"
#include "core/model/keepalive_defaults.h"

#include <QDBusConnection>

#include <utility>

namespace halfopen {
namespace {

KeepaliveDefaults valuesOf(const QVariant& argument) {
    const auto triple = qdbus_cast<KeepaliveTriple>(argument);
    return {triple.time, triple.interval, triple.probes};
}

Outcome<KeepaliveDefaults> inEffectOf(const QDBusMessage& reply) {
    if (reply.signature() != QLatin1String("(iii)"))
        return otherVersion();
    return valuesOf(reply.arguments().constFirst());
}

Outcome<KeepaliveTrial> trialOf(const QDBusMessage& reply) {
    if (reply.signature() != QLatin1String("(iii)(iii)t"))
        return otherVersion();
    const QVariantList arguments = reply.arguments();
    return KeepaliveTrial{arguments.at(2).toULongLong(), valuesOf(arguments.at(0)), valuesOf(arguments.at(1))};
}

BusCall changeCall(const QString& method, const KeepaliveChange& change) {
    BusCall call;
    call.method = method;
    call.arguments = {change.values.time, change.values.interval, change.values.probes};
    call.command = commandFor(change);
    return call;
}

} // namespace

BusOperations::BusOperations(bool interactive, QObject* parent)
    : QObject(parent)
    , m_interactive(interactive) {
    registerBusTypes();
    registerBusNetnsTypes();
}

BusOperations::~BusOperations() {
    leaveTrial();
}

RequestToken BusOperations::setKeepaliveDefaults(const KeepaliveChange& change,
                                                 Operations::Done<KeepaliveDefaults> done) {
    BusCall call = changeCall(QStringLiteral("SetKeepaliveDefaults"), change);
    call.arguments << change.persist;
    call.interactive = m_interactive;
    call.answered = [change, done = std::move(done)](const Outcome<QDBusMessage>& reply) {
        if (reply)
            done(inEffectOf(*reply));
        else if (reply.error().kind == PrivilegeErrorKind::HelperGone)
            done(lookAgain(change, reply.error()));
        else
            done(tl::unexpected(reply.error()));
    };
    return enqueueIn(change.netns, std::move(call));
}

RequestToken BusOperations::forgetKeepaliveDefaults(std::uint64_t netns, Operations::Done<void> done) {
    BusCall call;
    call.method = QStringLiteral("ForgetKeepaliveDefaults");
    call.command = commandToForget();
    call.interactive = m_interactive;
    call.answered = [done = std::move(done)](const Outcome<QDBusMessage>& reply) {
        done(reply.map([](const QDBusMessage&) {}));
    };
    return enqueueIn(netns, std::move(call));
}

RequestToken BusOperations::tryKeepaliveDefaults(const KeepaliveChange& change, std::chrono::seconds length,
                                                 Operations::Done<KeepaliveTrial> done) {
    BusCall call = changeCall(QStringLiteral("TryKeepaliveDefaults"), change);
    call.arguments << QVariant::fromValue<uint>(static_cast<uint>(length.count()));
    call.interactive = m_interactive;
    call.answered = [this, done = std::move(done)](const Outcome<QDBusMessage>& reply) {
        auto trial = reply.and_then(trialOf);
        if (trial) { // other calls come and go over other connections; with this one the trial would end
            leaveTrial();
            m_trial = m_asking.takeConnection();
        }
        done(std::move(trial));
    };
    return enqueueIn(change.netns, std::move(call));
}

RequestToken BusOperations::endTrial(const QString& method, std::uint64_t trial,
                                     Operations::Done<KeepaliveDefaults> done) {
    BusCall call;
    call.method = method;
    call.arguments = {QVariant::fromValue<qulonglong>(trial)};
    call.answered = [this, done = std::move(done)](const Outcome<QDBusMessage>& reply) {
        if (reply || reply.error().kind == PrivilegeErrorKind::TrialOver)
            leaveTrial(); // it is over
        done(reply.and_then(inEffectOf));
    };
    return enqueue(std::move(call));
}

RequestToken BusOperations::keepTrial(std::uint64_t trial, Operations::Done<KeepaliveDefaults> done) {
    return endTrial(QStringLiteral("KeepTrial"), trial, std::move(done));
}

RequestToken BusOperations::takeBackTrial(std::uint64_t trial, Operations::Done<KeepaliveDefaults> done) {
    return endTrial(QStringLiteral("TakeBackTrial"), trial, std::move(done));
}

void BusOperations::leaveTrial() {
    if (!m_trial.isEmpty())
        QDBusConnection::disconnectFromBus(std::exchange(m_trial, QString()));
}

RequestToken BusOperations::enqueue(BusCall call) {
    const RequestToken token = ++m_last;
    call.token = token;
    (call.interactive ? m_asking : m_quiet).enqueue(std::move(call));
    return token;
}

/// A call about one network namespace, which core knows by its inode and the helper by its cookie alone.
RequestToken BusOperations::enqueueIn(NetnsId netns, BusCall call) {
    const auto opened = m_cookies.find(netns);
    std::uint64_t cookie = opened != m_cookies.end() ? opened->second : 0;
    if (netns == ownNetns())
        cookie = ownNetnsCookie();
    if (cookie == 0 && !call.refused)
        call.refused = netnsNotOpened(netns).value();
    call.arguments.prepend(QVariant::fromValue<qulonglong>(cookie));
    return enqueue(std::move(call));
}

void BusOperations::cancel(RequestToken request) {
    m_asking.cancel(request);
    m_quiet.cancel(request);
}

} // namespace halfopen
