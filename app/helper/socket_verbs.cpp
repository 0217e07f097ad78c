// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs on living sockets of HelperService. Every socket is meant by its cookie and looked up by the helper itself;
// nothing that polkit or the log is told comes from the caller.
#include "app/bus/bus_sockets.h"
#include "app/helper/helper_service.h"
#include "core/privilege/socket_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace halfopen {
namespace {

const QString kInspectSockets = QStringLiteral("org.halfopen.helper.inspect-sockets");
const QString kSetSocketOptions = QStringLiteral("org.halfopen.helper.set-socket-options");
const QString kCloseConnection = QStringLiteral("org.halfopen.helper.close-connection");
const QString kChange = QStringLiteral("change");

constexpr std::size_t kNamedInQuestion = 3;

std::vector<std::uint64_t> fromBus(const QList<qulonglong>& cookies) {
    return {cookies.begin(), cookies.end()};
}

template <class Told, class Answer>
QVariant toBusList(const std::vector<Answer>& answers) {
    QList<Told> told;
    for (const Answer& answer : answers)
        told.append(toBus(answer));
    return QVariant::fromValue(told);
}

std::string nameOf(const Connection& connection) {
    return fmt::format("{} - {}", connection.local.toString(), connection.remote.toString());
}

/// Only the new values: what is in effect belongs to another user and is nobody's to see before the answer.
QMap<QString, QString> detailsOf(const Connection& connection, const OptionsChange& change) {
    QMap<QString, QString> details{{QStringLiteral("local"), fromStd(connection.local.toString())},
                                   {QStringLiteral("remote"), fromStd(connection.remote.toString())},
                                   {QStringLiteral("uid"), QString::number(connection.uid)}};
    std::string text = nameOf(connection);
    const auto tell = [&](const QString& key, const char* name, const std::optional<std::int32_t>& value,
                          const char* unit) {
        if (!value)
            return;
        details.insert(key, QString::number(*value));
        text += fmt::format(", {} {}{}", name, *value, unit);
    };
    if (change.enabled) {
        details.insert(QStringLiteral("keepalive"), *change.enabled ? QStringLiteral("on") : QStringLiteral("off"));
        text += *change.enabled ? ", SO_KEEPALIVE on" : ", SO_KEEPALIVE off";
    }
    tell(QStringLiteral("idle"), "TCP_KEEPIDLE", change.idleSeconds, " s");
    tell(QStringLiteral("interval"), "TCP_KEEPINTVL", change.intervalSeconds, " s");
    tell(QStringLiteral("probes"), "TCP_KEEPCNT", change.probes, "");
    tell(QStringLiteral("user_timeout"), "TCP_USER_TIMEOUT", change.userTimeoutMs, " ms");
    details.insert(kChange, fromStd(text));
    return details;
}

QMap<QString, QString> detailsOf(const std::vector<Connection>& connections) {
    std::string text;
    for (std::size_t i = 0; i < std::min(connections.size(), kNamedInQuestion); ++i)
        text += (i == 0 ? "" : ", ") + nameOf(connections[i]);
    if (connections.size() > kNamedInQuestion)
        text += fmt::format(" (+ {})", connections.size() - kNamedInQuestion);
    return {{kChange, fromStd(text)}, {QStringLiteral("count"), QString::number(connections.size())}};
}

} // namespace

void HelperService::inspectSockets(quint64 netns, const QList<qulonglong>& cookies, const QDBusMessage& message) {
    const Check check = [this, netns, cookies] {
        return m_sockets.check(netns, fromBus(cookies)).map([](const std::vector<Connection>& there) {
            return Details{{kChange, QString::number(there.size())}};
        });
    };
    Work work = [this, netns, cookies](const Caller&) {
        return m_sockets.read(netns, fromBus(cookies)).map([](const std::vector<SocketReading>& readings) {
            return QVariantList{toBusList<BusReading>(readings)};
        });
    };
    submit(message, kInspectSockets, check, std::move(work));
}

void HelperService::setSocketOptions(quint64 netns, quint64 cookie, const OptionsChange& change,
                                     const QDBusMessage& message) {
    const Check check = [this, netns, cookie, change] {
        return m_sockets.checkSet(netns, cookie, change).map([&](const Connection& connection) {
            return detailsOf(connection, change);
        });
    };
    Work work = [this, netns, cookie, change](const Caller& caller) {
        return m_sockets.set(netns, cookie, change).map([&](const OptionsSet& set) {
            m_log.write(SystemLog::Level::Notice, lineForOptions(caller, set));
            return QVariantList{QVariant::fromValue(toBus(set.after))};
        });
    };
    submit(message, kSetSocketOptions, check, std::move(work));
}

void HelperService::closeConnections(quint64 netns, const QList<qulonglong>& cookies, const QDBusMessage& message) {
    const Check check = [this, netns, cookies] {
        return m_sockets.checkClose(netns, fromBus(cookies)).map([](const std::vector<Connection>& there) {
            return detailsOf(there);
        });
    };
    Work work = [this, netns, cookies](const Caller& caller) -> Outcome<QVariantList> {
        const auto there = m_sockets.checkClose(netns, fromBus(cookies)); // the log names them, once they are gone
        if (!there)
            return tl::unexpected(there.error());
        const auto results = m_sockets.end(netns, fromBus(cookies));
        if (!results)
            return tl::unexpected(results.error());
        std::unordered_map<std::uint64_t, bool> closed;
        for (const CloseResult& result : *results)
            closed[result.cookie] = result.outcome.has_value();
        for (const Connection& connection : *there)
            if (closed[connection.cookie])
                m_log.write(SystemLog::Level::Notice, lineForClosed(caller, connection));
        return QVariantList{toBusList<BusCloseResult>(*results)};
    };
    submit(message, kCloseConnection, check, std::move(work));
}

} // namespace halfopen
