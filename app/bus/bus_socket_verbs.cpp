// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs on living sockets of BusOperations.
#include "app/bus/bus_operations.h"
#include "app/bus/bus_types.h"
#include "core/actions/socket_checks.h"

#include <QList>

#include <utility>

namespace halfopen {
namespace {

QList<qulonglong> toBus(const std::vector<std::uint64_t>& cookies) {
    return {cookies.begin(), cookies.end()};
}

template <class Answer, class Received>
Outcome<std::vector<Answer>> answersOf(const QDBusMessage& reply, const QString& signature,
                                       const std::vector<std::uint64_t>& cookies) {
    if (reply.signature() != signature)
        return otherVersion();
    return inOrderOf<Answer>(qdbus_cast<QList<Received>>(reply.arguments().constFirst()), cookies);
}

} // namespace

RequestToken BusOperations::inspect(std::uint64_t netns, std::vector<std::uint64_t> cookies, bool interactive,
                                    SocketOperations::Done<std::vector<SocketReading>> done) {
    BusCall call;
    call.method = QStringLiteral("InspectSockets");
    call.arguments = {QVariant::fromValue(toBus(cookies))};
    call.interactive = interactive && m_interactive;
    call.answered = [cookies = std::move(cookies), done = std::move(done)](const Outcome<QDBusMessage>& reply) {
        done(reply.and_then([&](const QDBusMessage& message) {
            return answersOf<SocketReading, BusReading>(message, QStringLiteral("a(tiiiiuiiua(us)s)"), cookies);
        }));
    };
    return enqueueIn(netns, std::move(call));
}

RequestToken BusOperations::setOptions(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                                       const OptionsChange& change,
                                       SocketOperations::Done<std::vector<SetResult>> done) {
    const int keepalive = change.enabled ? static_cast<int>(*change.enabled) : kLeave;
    BusCall call;
    call.method = QStringLiteral("SetSocketOptions");
    call.arguments = {QVariant::fromValue(toBus(cookies)), keepalive,
                      change.idleSeconds.value_or(kLeave), change.intervalSeconds.value_or(kLeave),
                      change.probes.value_or(kLeave),      change.userTimeoutMs.value_or(kLeave)};
    call.command = commandFor(cookies, change);
    call.interactive = m_interactive;
    // On the bus -1 leaves a value as it is, which here would be a value that is none.
    if (auto checked = checkChange(change); !checked)
        call.refused = checked.error();
    call.answered = [cookies = std::move(cookies), done = std::move(done)](const Outcome<QDBusMessage>& reply) {
        done(reply.and_then([&](const QDBusMessage& message) {
            return answersOf<SetResult, BusSetResult>(message, QStringLiteral("a(tiiiiuiius)"), cookies);
        }));
    };
    return enqueueIn(netns, std::move(call));
}

RequestToken BusOperations::close(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                                  SocketOperations::Done<std::vector<CloseResult>> done) {
    return close(netns, std::move(cookies), false, std::move(done));
}

RequestToken BusOperations::closeWhole(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                                       SocketOperations::Done<std::vector<CloseResult>> done) {
    return close(netns, std::move(cookies), true, std::move(done));
}

RequestToken BusOperations::close(std::uint64_t netns, std::vector<std::uint64_t> cookies, bool whole,
                                  SocketOperations::Done<std::vector<CloseResult>> done) {
    BusCall call;
    call.method = QStringLiteral("CloseConnections");
    call.arguments = {QVariant::fromValue(toBus(cookies)), whole};
    call.command = whole ? commandToCloseWhole(cookies) : commandToClose(cookies);
    call.interactive = m_interactive;
    call.answered = [cookies = std::move(cookies), done = std::move(done)](const Outcome<QDBusMessage>& reply) {
        done(reply.and_then([&](const QDBusMessage& message) {
            return answersOf<CloseResult, BusCloseResult>(message, QStringLiteral("a(ts)"), cookies);
        }));
    };
    return enqueueIn(netns, std::move(call));
}

} // namespace halfopen
