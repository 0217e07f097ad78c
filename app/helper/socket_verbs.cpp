// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs on living sockets of HelperService. Every socket is meant by its cookie and looked up by the helper itself;
// nothing that polkit or the log is told comes from the caller.
#include "app/helper/helper_service.h"
#include "core/actions/socket_checks.h"
#include "core/actions/socket_setting.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace halfopen {
namespace {

constexpr char kInspectSockets[] = "org.halfopen.helper.inspect-sockets";
constexpr char kSetSocketOptions[] = "org.halfopen.helper.set-socket-options";
constexpr char kCloseConnection[] = "org.halfopen.helper.close-connection";
constexpr char kChange[] = "change";

constexpr std::size_t kNamedInQuestion = 3;

template <class OnBus, class Result>
std::vector<OnBus> toBusList(const std::vector<Result>& results) {
    std::vector<OnBus> list;
    for (const Result& result : results)
        list.push_back(toBus(result));
    return list;
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

Details detailsOf(const std::vector<Connection>& connections) {
    return {{kChange, namesOf(connections)}, {"count", std::to_string(connections.size())}};
}

/// What is to be closed.
Details detailsOf(const std::vector<Connection>& connections, bool whole) {
    Details details = detailsOf(connections);
    const bool isMptcp =
        std::ranges::any_of(connections, [](const Connection& one) { return one.upperLayer == UpperLayer::Mptcp; });
    details["whole"] = whole ? "true" : "false";
    if (whole && isMptcp)
        details[kChange] += ", MPTCP as a whole";
    return details;
}

/// Only the new values: what is in effect belongs to another user and is nobody's to see before the answer. A rule that
/// asks for the addresses or the user of the socket is told where it is one, or where all are the same user's.
Details detailsOf(const std::vector<Connection>& connections, const OptionsChange& change) {
    Details details = detailsOf(connections);
    const Connection& first = connections.front();
    if (connections.size() == 1) {
        details["local"] = first.local.toString();
        details["remote"] = first.remote.toString();
    }
    if (std::ranges::all_of(connections, [&](const Connection& one) { return one.uid == first.uid; }))
        details["uid"] = std::to_string(first.uid);
    std::string text = namesOf(connections);
    const auto tell = [&](const char* key, const char* name, const std::optional<std::int32_t>& value,
                          const char* unit) {
        if (!value)
            return;
        details[key] = std::to_string(*value);
        text += fmt::format(", {} {}{}", name, *value, unit);
    };
    if (change.enabled) {
        details["keepalive"] = *change.enabled ? "on" : "off";
        text += *change.enabled ? ", SO_KEEPALIVE on" : ", SO_KEEPALIVE off";
    }
    tell("idle", "TCP_KEEPIDLE", change.idleSeconds, " s");
    tell("interval", "TCP_KEEPINTVL", change.intervalSeconds, " s");
    tell("probes", "TCP_KEEPCNT", change.probes, "");
    tell("user_timeout", "TCP_USER_TIMEOUT", change.userTimeoutMs, " ms");
    details[kChange] = text;
    return details;
}

/// @param netns  NetnsByCookie::nameOf()
Details withNetns(Details details, const std::string& netns) {
    if (netns.empty())
        return details;
    details["namespace"] = netns;
    details[kChange] += fmt::format(" [{}]", netns);
    return details;
}

using Sockets = std::shared_ptr<const DirectSocketOperations>;

} // namespace

void HelperService::inspectSockets(Call call, std::uint64_t netns, const Cookies& cookies) {
    Verb verb{kInspectSockets, [cookies] { return checkCookies(cookies); }, {}, {}};
    verb.check = [this, netns, cookies] {
        return m_netns.sockets(netns)
            .and_then([&](const Sockets& in) { return in->check(in->netns(), cookies); })
            .map([](const std::vector<Connection>& there) {
                return Details{{kChange, std::to_string(there.size())}};
            });
    };
    verb.slowWork = [&all = m_netns, netns, cookies](const Caller&) {
        return Deed{all.sockets(netns)
                        .and_then([&](const Sockets& in) { return in->read(in->netns(), cookies); })
                        .map([](const std::vector<SocketReading>& readings) {
                            return Answer{toBusList<BusReading>(readings)};
                        })};
    };
    submit(std::move(call), std::move(verb));
}

void HelperService::setSocketOptions(Call call, std::uint64_t netns, const Cookies& cookies,
                                     const std::optional<OptionsChange>& wanted) {
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
        Deed deed{Answer{toBusList<BusSetResult>(resultsOf(*sets))}};
        std::unordered_set<std::uint64_t> logged;
        for (const OptionsSet& set : *sets)
            if (set.written && logged.insert(set.cookie).second)
                deed.lines.push_back(lineForOptions(caller, set));
        return deed;
    };
    submit(std::move(call), std::move(verb));
}

void HelperService::closeConnections(Call call, std::uint64_t netns, const Cookies& cookies, bool whole) {
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
        Deed deed{Answer{toBusList<BusCloseResult>(*results)}};
        std::unordered_map<std::uint64_t, bool> closed;
        for (const CloseResult& result : *results)
            closed[result.cookie] = result.outcome.has_value();
        for (const Connection& connection : *there)
            if (closed[connection.cookie])
                deed.lines.push_back(lineForClosed(caller, connection));
        return deed;
    };
    submit(std::move(call), std::move(verb));
}

} // namespace halfopen
