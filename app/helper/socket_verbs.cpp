// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs on living sockets of HelperService. Every socket is meant by its cookie and looked up by the helper itself;
// nothing that polkit or the log is told comes from the caller.
#include "app/bus/bus_types.h"
#include "app/helper/helper_service.h"
#include "core/actions/socket_checks.h"
#include "core/actions/socket_setting.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

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

template <class OnBus, class Answer>
QVariant toBusList(const std::vector<Answer>& answers) {
    QList<OnBus> list;
    for (const Answer& answer : answers)
        list.append(toBus(answer));
    return QVariant::fromValue(list);
}

std::string nameOf(const Connection& connection) {
    return fmt::format("{} - {}", connection.local.toString(), connection.remote.toString());
}

/// The first few, and how many more there are.
std::string namesOf(const std::vector<Connection>& connections) {
    std::string text;
    for (std::size_t i = 0; i < std::min(connections.size(), kNamedInQuestion); ++i)
        text += (i == 0 ? "" : ", ") + nameOf(connections[i]);
    if (connections.size() > kNamedInQuestion)
        text += fmt::format(" (+ {})", connections.size() - kNamedInQuestion);
    return text;
}

QMap<QString, QString> detailsOf(const std::vector<Connection>& connections) {
    return {{kChange, fromStd(namesOf(connections))}, {QStringLiteral("count"), QString::number(connections.size())}};
}

/// What is to be closed.
QMap<QString, QString> detailsOf(const std::vector<Connection>& connections, bool whole) {
    QMap<QString, QString> details = detailsOf(connections);
    const bool isMptcp =
        std::ranges::any_of(connections, [](const Connection& one) { return one.upperLayer == UpperLayer::Mptcp; });
    details.insert(QStringLiteral("whole"), whole ? QStringLiteral("true") : QStringLiteral("false"));
    if (whole && isMptcp)
        details[kChange] += QStringLiteral(", MPTCP as a whole");
    return details;
}

/// Only the new values: what is in effect belongs to another user and is nobody's to see before the answer. A rule that
/// asks for the addresses or the user of the socket is told where it is one, or where all are the same user's.
QMap<QString, QString> detailsOf(const std::vector<Connection>& connections, const OptionsChange& change) {
    QMap<QString, QString> details = detailsOf(connections);
    const Connection& first = connections.front();
    if (connections.size() == 1) {
        details.insert(QStringLiteral("local"), fromStd(first.local.toString()));
        details.insert(QStringLiteral("remote"), fromStd(first.remote.toString()));
    }
    if (std::ranges::all_of(connections, [&](const Connection& one) { return one.uid == first.uid; }))
        details.insert(QStringLiteral("uid"), QString::number(first.uid));
    std::string text = namesOf(connections);
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

/// @param netns  NetnsByCookie::nameOf()
QMap<QString, QString> withNetns(QMap<QString, QString> details, const std::string& netns) {
    if (netns.empty())
        return details;
    details.insert(QStringLiteral("namespace"), fromStd(netns));
    details[kChange] += QStringLiteral(" [%1]").arg(fromStd(netns));
    return details;
}

using Sockets = std::shared_ptr<const DirectSocketOperations>;

} // namespace

void HelperService::inspectSockets(quint64 netns, const QList<qulonglong>& named, const QDBusMessage& message) {
    const auto cookies = fromBus(named);
    Verb verb{kInspectSockets, [cookies] { return checkCookies(cookies); }, {}, {}};
    verb.check = [this, netns, cookies] {
        return m_netns.sockets(netns)
            .and_then([&](const Sockets& in) { return in->check(in->netns(), cookies); })
            .map([](const std::vector<Connection>& there) {
                return Details{{kChange, QString::number(there.size())}};
            });
    };
    verb.slowWork = [&all = m_netns, netns, cookies](const Caller&) {
        return Deed{all.sockets(netns)
                        .and_then([&](const Sockets& in) { return in->read(in->netns(), cookies); })
                        .map([](const std::vector<SocketReading>& readings) {
                            return QVariantList{toBusList<BusReading>(readings)};
                        })};
    };
    submit(message, std::move(verb));
}

void HelperService::setSocketOptions(quint64 netns, const QList<qulonglong>& named,
                                     const std::optional<OptionsChange>& wanted, const QDBusMessage& message) {
    const auto cookies = fromBus(named);
    const OptionsChange change = wanted.value_or(OptionsChange());
    Verb verb{kSetSocketOptions, {}, {}, {}};
    verb.checkAtSight = [cookies, wanted]() -> Outcome<void> {
        if (!wanted)
            return refusal(PrivilegeErrorKind::OutOfRange, Sentence::tr("keepalive takes 0, 1, or -1 to leave it."));
        return checkChange(*wanted).and_then([&] { return checkCookies(cookies); });
    };
    verb.check = [this, netns, cookies, change] {
        return m_netns.sockets(netns)
            .and_then([&](const Sockets& in) { return in->checkSet(in->netns(), cookies, change); })
            .map([&](const std::vector<Connection>& there) {
                return withNetns(detailsOf(there, change), m_netns.nameOf(netns));
            });
    };
    verb.slowWork = [&all = m_netns, netns, cookies, change](const Caller& caller) {
        const auto sets =
            all.sockets(netns).and_then([&](const Sockets& in) { return in->set(in->netns(), cookies, change); });
        if (!sets)
            return Deed{tl::unexpected(sets.error())};
        Deed deed{QVariantList{toBusList<BusSetResult>(resultsOf(*sets))}};
        std::unordered_set<std::uint64_t> logged;
        for (const OptionsSet& set : *sets)
            if (set.written && logged.insert(set.cookie).second)
                deed.lines.push_back(lineForOptions(caller, set));
        return deed;
    };
    submit(message, std::move(verb));
}

void HelperService::closeConnections(quint64 netns, const QList<qulonglong>& named, bool whole,
                                     const QDBusMessage& message) {
    const auto cookies = fromBus(named);
    Verb verb{kCloseConnection, [cookies] { return checkCookies(cookies); }, {}, {}};
    verb.check = [this, netns, cookies, whole] {
        return m_netns.sockets(netns)
            .and_then([&](const Sockets& in) { return in->checkClose(in->netns(), cookies); })
            .map([&](const std::vector<Connection>& there) {
                return withNetns(detailsOf(there, whole), m_netns.nameOf(netns));
            });
    };
    const auto mptcp = whole ? MptcpClose::Whole : MptcpClose::Subflow;
    verb.slowWork = [&all = m_netns, netns, cookies, mptcp](const Caller& caller) {
        const auto sockets = all.sockets(netns);
        if (!sockets)
            return Deed{tl::unexpected(sockets.error())};
        const DirectSocketOperations& in = **sockets;
        const auto there = in.checkClose(in.netns(), cookies); // the log names them, once they are gone
        if (!there)
            return Deed{tl::unexpected(there.error())};
        const auto results = in.end(in.netns(), cookies, mptcp);
        if (!results)
            return Deed{tl::unexpected(results.error())};
        Deed deed{QVariantList{toBusList<BusCloseResult>(*results)}};
        std::unordered_map<std::uint64_t, bool> closed;
        for (const CloseResult& result : *results)
            closed[result.cookie] = result.outcome.has_value();
        for (const Connection& connection : *there)
            if (closed[connection.cookie])
                deed.lines.push_back(lineForClosed(caller, connection));
        return deed;
    };
    submit(message, std::move(verb));
}

} // namespace halfopen
