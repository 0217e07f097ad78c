// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bus/bus_lane.h"

#include "app/bus/bus_names.h"
#include "app/contract/bus_errors.h"
#include "app/contract/bus_sentence.h"

#include <QDBusConnection>
#include <QDBusPendingCallWatcher>
#include <QTimer>

#include <algorithm>
#include <limits>
#include <utility>

namespace halfopen {
namespace {

constexpr int kNoTimeout = std::numeric_limits<int>::max(); // dbus-1: DBUS_TIMEOUT_INFINITE

ClientSituation situationOf(const BusCall& call) {
    return situationHere(call.command, call.interactive);
}

} // namespace

BusLane::~BusLane() {
    leaveBus();
}

void BusLane::enqueue(BusCall call) {
    m_calls.push_back(std::move(call));
    QTimer::singleShot(0, this, &BusLane::startNext);
}

void BusLane::startNext() {
    if (m_watcher != nullptr || m_connecting || m_calls.empty())
        return;
    const BusCall& call = m_calls.front();
    if (call.refused)
        return answerFirst(tl::unexpected(*call.refused));
    if (m_connectionName.isEmpty())
        return connectInBackground();
    if (!QDBusConnection(m_connectionName).isConnected())
        return answerFirst(tl::unexpected(explainNoBus(situationOf(call))));
    QDBusMessage message = QDBusMessage::createMethodCall(kHelperService, kHelperPath, kHelperInterface, call.method);
    message.setArguments(call.arguments);
    message.setInteractiveAuthorizationAllowed(call.interactive);
    m_watcher = new QDBusPendingCallWatcher(QDBusConnection(m_connectionName).asyncCall(message, kNoTimeout), this);
    connect(m_watcher, &QDBusPendingCallWatcher::finished, this, &BusLane::onFinished);
}

void BusLane::onFinished(QDBusPendingCallWatcher* watcher) {
    watcher->deleteLater();
    m_watcher = nullptr;
    BusCall& call = m_calls.front();
    if (!watcher->isError())
        return answerFirst(watcher->reply());
    const QDBusError error = watcher->error();
    const QString parts = watcher->reply().arguments().value(1).toString(); // none from an older helper
    const std::string name = error.name().toStdString();
    if (name == kUnknownObject && !std::exchange(call.retried, true))
        return startNext(); // it was just leaving and has done nothing; the bus starts a new one
    const Sentence said = sentenceFrom(error.message().toStdString(), parts.toStdString());
    answerFirst(tl::unexpected(explain(name, said, situationOf(call))));
}

void BusLane::answerFirst(const Outcome<QDBusMessage>& outcome) {
    const BusCall call = std::move(m_calls.front());
    m_calls.pop_front();
    if (outcome ? false : outcome.error().kind == PrivilegeErrorKind::NoBus)
        leaveBus(); // a connection that has died does not come back; the next call makes a new one
    QTimer::singleShot(0, this, &BusLane::startNext);
    call.answered(outcome);
}

void BusLane::cancel(RequestToken token) {
    const auto found = std::ranges::find(m_calls, token, &BusCall::token);
    if (found == m_calls.end())
        return;
    if (found == m_calls.begin() && m_watcher != nullptr)
        leaveBus();
    const BusCall call = std::move(*found);
    m_calls.erase(found);
    QTimer::singleShot(0, this, &BusLane::startNext);
    call.answered(refusal(PrivilegeErrorKind::Dismissed, Sentence::tr("Withdrawn.")));
}

void BusLane::connectInBackground() {
    m_connecting = true;
    m_background.run([this, name = newName()] {
        const bool connected = QDBusConnection::connectToBus(QDBusConnection::SystemBus, name).isConnected();
        return Background::Result([this, name, connected] { onConnected(name, connected); });
    });
}

void BusLane::onConnected(const QString& name, bool connected) {
    m_connecting = false;
    if (m_connectionName.isEmpty() && connected)
        m_connectionName = name;
    else
        QDBusConnection::disconnectFromBus(name);
    if (connected || m_calls.empty())
        return startNext();
    answerFirst(tl::unexpected(explainNoBus(situationOf(m_calls.front()))));
}

QString BusLane::newName() {
    return QStringLiteral("halfopen-%1-%2").arg(reinterpret_cast<quintptr>(this), 0, 16).arg(++m_connections);
}

void BusLane::leaveBus() {
    delete std::exchange(m_watcher, nullptr);
    if (!m_connectionName.isEmpty())
        QDBusConnection::disconnectFromBus(std::exchange(m_connectionName, QString()));
}

QString BusLane::takeConnection() {
    return std::exchange(m_connectionName, QString());
}

} // namespace halfopen
