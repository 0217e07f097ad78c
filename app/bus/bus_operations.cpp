// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bus/bus_operations.h"

#include "app/bus/bus_names.h"
#include "app/bus/bus_sockets.h"
#include "core/privilege/direct_first.h"
#include "core/privilege/direct_operations.h"
#include "core/privilege/direct_socket_operations.h"

#include <QCoreApplication>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QTimer>

#include <unistd.h>

#include <limits>
#include <utility>

namespace halfopen {
namespace {

constexpr int kNoTimeout = std::numeric_limits<int>::max(); // dbus-1: DBUS_TIMEOUT_INFINITE

QDBusMessage busCall(const QString& method) {
    return QDBusMessage::createMethodCall(kDBusService, kDBusPath, kDBusInterface, method);
}

Outcome<KeepaliveDefaults> inEffectOf(const QDBusMessage& reply) {
    if (reply.signature() != QLatin1String("(iii)"))
        return refusal(PrivilegeErrorKind::NotSupported, "The helper is of another version than this program.");
    const auto triple = qdbus_cast<KeepaliveTriple>(reply.arguments().constFirst());
    return KeepaliveDefaults{triple.time, triple.interval, triple.probes};
}

/// The helper ended before it answered, perhaps after it had written: only the kernel knows.
Outcome<KeepaliveDefaults> lookAgain(const KeepaliveChange& change, const PrivilegeError& error) {
    const auto now = readKeepaliveDefaults();
    if (now && *now == change.values && !change.persist)
        return *now;
    return tl::unexpected(error);
}

} // namespace

BusOperations::BusOperations(bool interactive, QObject* parent)
    : QObject(parent)
    , m_interactive(interactive) {
    qDBusRegisterMetaType<KeepaliveTriple>();
    registerBusSocketTypes();
}

BusOperations::~BusOperations() {
    leaveBus();
}

void BusOperations::setKeepaliveDefaults(const KeepaliveChange& change, Operations::Done<KeepaliveDefaults> done) {
    Call call;
    call.method = QStringLiteral("SetKeepaliveDefaults");
    call.arguments = {QVariant::fromValue<qulonglong>(change.netns), change.values.time, change.values.interval,
                      change.values.probes, change.persist};
    call.command = commandFor(change);
    call.interactive = m_interactive;
    call.answered = [change, done = std::move(done)](const Outcome<QDBusMessage>& reply) {
        if (reply)
            done(inEffectOf(*reply));
        else if (reply.error().kind == PrivilegeErrorKind::HelperGone)
            done(lookAgain(change, reply.error()));
        else
            done(tl::unexpected(reply.error()));
    };
    enqueue(std::move(call));
}

void BusOperations::forgetKeepaliveDefaults(std::uint64_t netns, Operations::Done<void> done) {
    Call call;
    call.method = QStringLiteral("ForgetKeepaliveDefaults");
    call.arguments = {QVariant::fromValue<qulonglong>(netns)};
    call.command = commandToForget();
    call.interactive = m_interactive;
    call.answered = [done = std::move(done)](const Outcome<QDBusMessage>& reply) {
        done(reply.map([](const QDBusMessage&) {}));
    };
    enqueue(std::move(call));
}

void BusOperations::enqueue(Call call) {
    m_calls.push_back(std::move(call));
    // From the event loop, also where it fails at once: an answer never comes before the verb has returned.
    QTimer::singleShot(0, this, &BusOperations::startNext);
}

void BusOperations::refuseLater(Call call, PrivilegeError error) {
    call.refused = std::move(error);
    enqueue(std::move(call));
}

void BusOperations::startNext() {
    if (m_watcher != nullptr || m_calls.empty())
        return;
    const Call& call = m_calls.front();
    if (call.refused)
        return answerFirst(tl::unexpected(*call.refused));
    if (!connectBus())
        return answerFirst(tl::unexpected(explain(HelperPresence::NoBus, situation(call))));
    QDBusMessage message = QDBusMessage::createMethodCall(kHelperService, kHelperPath, kHelperInterface, call.method);
    message.setArguments(call.arguments);
    message.setInteractiveAuthorizationAllowed(call.interactive);
    m_watcher = new QDBusPendingCallWatcher(QDBusConnection(m_connectionName).asyncCall(message, kNoTimeout), this);
    connect(m_watcher, &QDBusPendingCallWatcher::finished, this, &BusOperations::onFinished);
}

void BusOperations::onFinished(QDBusPendingCallWatcher* watcher) {
    watcher->deleteLater();
    m_watcher = nullptr;
    Call& call = m_calls.front();
    if (!watcher->isError())
        return answerFirst(watcher->reply());
    const QDBusError error = watcher->error();
    const QString unknownObject = QStringLiteral("org.freedesktop.DBus.Error.UnknownObject");
    if (error.name() == unknownObject && !std::exchange(call.retried, true))
        return startNext(); // it was just leaving and has done nothing; the bus starts a new one
    answerFirst(tl::unexpected(explain(error.name(), error.message(), situation(call))));
}

void BusOperations::answerFirst(const Outcome<QDBusMessage>& outcome) {
    const Call call = std::move(m_calls.front());
    m_calls.pop_front();
    if (outcome ? false : outcome.error().kind == PrivilegeErrorKind::NoBus)
        leaveBus(); // a connection that has died does not come back; the next call makes a new one
    QTimer::singleShot(0, this, &BusOperations::startNext);
    call.answered(outcome);
}

void BusOperations::cancel() {
    leaveBus();
    const std::deque<Call> calls = std::exchange(m_calls, {});
    for (const Call& call : calls)
        call.answered(refusal(PrivilegeErrorKind::Dismissed, "Withdrawn."));
}

bool BusOperations::connectBus() {
    if (!m_connectionName.isEmpty())
        return QDBusConnection(m_connectionName).isConnected();
    // A connection of its own: leaving it is how a call is withdrawn, and must not take anything else along.
    const QString name =
        QStringLiteral("halfopen-%1-%2").arg(reinterpret_cast<quintptr>(this), 0, 16).arg(++m_connections);
    const bool connected = QDBusConnection::connectToBus(QDBusConnection::SystemBus, name).isConnected();
    m_connectionName = name;
    if (!connected)
        leaveBus();
    return connected;
}

void BusOperations::leaveBus() {
    delete std::exchange(m_watcher, nullptr);
    if (!m_connectionName.isEmpty())
        QDBusConnection::disconnectFromBus(std::exchange(m_connectionName, QString()));
}

void BusOperations::probe(std::function<void(HelperPresence)> done) {
    if (!connectBus()) {
        QTimer::singleShot(0, this, [done = std::move(done)] { done(HelperPresence::NoBus); });
        return;
    }
    const auto answer = [this](const QString& method, auto use) {
        auto* watcher = new QDBusPendingCallWatcher(QDBusConnection(m_connectionName).asyncCall(busCall(method)), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this, [use](QDBusPendingCallWatcher* finished) {
            finished->deleteLater();
            use(QDBusPendingReply<QStringList>(*finished).value());
        });
    };
    answer(QStringLiteral("ListActivatableNames"), [answer, done = std::move(done)](const QStringList& activatable) {
        answer(QStringLiteral("ListNames"), [activatable, done](const QStringList& running) {
            const QStringList names = activatable + running;
            done(!names.contains(kHelperService)   ? HelperPresence::NotInstalled
                 : !names.contains(kPolkitService) ? HelperPresence::NoPolkit
                                                   : HelperPresence::Ready);
        });
    });
}

ClientSituation BusOperations::situation(const Call& call) const {
    return {call.command, QCoreApplication::applicationPid(), call.interactive,
            qEnvironmentVariableIsSet("SSH_CONNECTION")};
}

std::unique_ptr<Operations> chooseOperations() {
    if (::geteuid() == 0)
        return std::make_unique<DirectOperations>();
    return std::make_unique<BusOperations>();
}

std::unique_ptr<SocketOperations> chooseSocketOperations() {
    auto direct = std::make_unique<DirectSocketOperations>();
    if (::geteuid() == 0)
        return direct;
    return std::make_unique<DirectFirst>(std::move(direct), std::make_unique<BusOperations>());
}

} // namespace halfopen
