// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/socket_closing.h"

#include "core/actions/owner_pass.h"
#include "core/actions/socket_checks.h"
#include "core/actions/socket_targets.h"
#include "core/kernel/diag/destroy.h"
#include "core/kernel/sockets/socket_access.h"

#include <unistd.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace halfopen {
namespace {

using Kind = PrivilegeErrorKind;
using Outcomes = std::map<std::uint64_t, Outcome<void>>; ///< by cookie, so that one named twice is closed once

/// Only its own program could end it.
bool isForTheProgram(const Connection& connection, MptcpClose mptcp) {
    return connection.upperLayer == UpperLayer::MptcpWithoutSubflow ||
           (connection.upperLayer == UpperLayer::Mptcp && mptcp == MptcpClose::Whole);
}

Outcome<void> destroyOne(SocketDestroyer& destroyer, const SocketTargets& targets, std::uint64_t cookie,
                         MptcpClose mptcp) {
    const Connection* connection = targets.connection(cookie);
    if (connection == nullptr)
        return tl::unexpected(noSuchConnection(cookie));
    if (auto why = whyNotClosable(*connection))
        return tl::unexpected(std::move(*why));
    if (isForTheProgram(*connection, mptcp))
        return refusal(Kind::NotSupported,
                       Sentence::tr("{0} to {1} belongs to an MPTCP connection, which only its program's descriptor "
                                    "ends as a whole.",
                                    connection->local.toString(), connection->remote.toString()));
    return destroyer.destroy(*connection).map_error([&](const Error& error) {
        return error.code == ErrorCode::NotFound ? PrivilegeError{Kind::NoSuchConnection, error.sentence, {}}
                                                 : toPrivilegeError(error);
    });
}

/// No right to SOCK_DESTROY, or a kernel without it.
bool mayGoTheOtherWay(const Outcome<void>& outcome) {
    return !outcome && (outcome.error().kind == Kind::NotAuthorized || outcome.error().kind == Kind::NotSupported);
}

/// Where this way is barred too, the refusal of SOCK_DESTROY stands, with the reason of both.
PrivilegeError barred(const PrivilegeError& refused, const Sentence& why, std::uint64_t cookie) {
    const bool right = refused.kind == Kind::NotAuthorized && ::geteuid() != 0; // root needs no sudo
    return {refused.kind, refused.sentence + why, right ? commandToClose({cookie}) : std::string()};
}

/// As their own programs could. @return those that were closed so
std::set<std::uint64_t> goTheOtherWay(const SocketTargets& targets, Outcomes& outcomes, MonotonicTime until) {
    std::vector<Reach> reaches;
    for (auto& [cookie, outcome] : outcomes) {
        if (!mayGoTheOtherWay(outcome))
            continue;
        if (const auto reach = reachForChange(*targets.connection(cookie)))
            reaches.push_back(*reach);
        else
            outcome = tl::unexpected(barred(outcome.error(), reach.error().sentence, cookie));
    }
    struct Closed {};
    OwnerPass pass(reaches);
    SocketAccess options;
    const auto all = reachAll<Closed>(pass, reaches.size(), Owners::First, until,
                                      [&](const Reach& reach, const Owner& owner) -> tl::expected<Closed, ReadRefusal> {
                                          if (const auto why = options.close(owner.pid, owner.fd, reach.meant()))
                                              return tl::unexpected(*why);
                                          return Closed{};
                                      });
    std::set<std::uint64_t> closed;
    for (std::size_t at = 0; at < all.size(); ++at) {
        Outcome<void>& outcome = outcomes.at(reaches[at].cookie);
        if (all[at].done) {
            outcome = {};
            closed.insert(reaches[at].cookie);
        } else if (all[at].isStale()) // told apart below: it may have gone with its descriptor
            outcome = tl::unexpected(refusedBy(*all[at].refusal));
        else if (const auto why = all[at].refusal ? refusedBy(*all[at].refusal) : pass.whyNobody(at);
                 why.kind == Kind::Busy)
            outcome = tl::unexpected(why);
        else
            outcome = tl::unexpected(barred(outcome.error(), why.sentence, reaches[at].cookie));
    }
    return closed;
}

/// Both ends of a connection can be on this machine and in this call: with one the other has ended too.
void forgiveOtherEnds(const SocketTargets& targets, Outcomes& outcomes, std::set<std::uint64_t>& reset) {
    std::set<std::pair<Endpoint, Endpoint>> ended;
    for (const auto& [cookie, outcome] : outcomes)
        if (const Connection* connection = targets.connection(cookie); connection != nullptr && outcome)
            ended.emplace(connection->remote, connection->local);
    for (auto& [cookie, outcome] : outcomes) {
        const Connection* connection = targets.connection(cookie);
        if (connection != nullptr && !outcome && outcome.error().kind == Kind::NoSuchConnection &&
            ended.contains({connection->local, connection->remote})) {
            outcome = {};
            reset.insert(cookie);
        }
    }
}

/// A socket that its program has bound to an address is listed also without a connection (state 13, since Linux 6.8).
bool isConnected(const Connection* connection) {
    return connection != nullptr && connection->state != State::Close && connection->state != State::Bound;
}

/// What the next dump says counts, whatever was answered before.
Outcome<void> verified(const SocketTargets& after, std::uint64_t cookie, const Outcome<void>& outcome) {
    const bool there = isConnected(after.connection(cookie));
    if (outcome && there)
        return refusal(Kind::WriteFailed,
                       Sentence::tr("The kernel took the request, but the connection is still there."));
    if (!outcome && !there && outcome.error().kind == Kind::WriteFailed)
        return tl::unexpected(noSuchConnection(cookie));
    return outcome;
}

} // namespace

Outcome<std::vector<CloseResult>> closeSockets(const std::vector<std::uint64_t>& cookies, MonotonicTime until,
                                               const NetnsAccessPtr& netns, MptcpClose mptcp) {
    auto targets = SocketTargets::find(cookies, netns);
    if (!targets)
        return tl::unexpected(targets.error());
    auto destroyer = SocketDestroyer::open(*netns);
    if (!destroyer)
        return tl::unexpected(toPrivilegeError(destroyer.error()));
    Outcomes outcomes;
    for (const std::uint64_t cookie : cookies)
        if (!outcomes.contains(cookie))
            outcomes.emplace(cookie, destroyOne(*destroyer, *targets, cookie, mptcp));
    auto reset = goTheOtherWay(*targets, outcomes, until);
    forgiveOtherEnds(*targets, outcomes, reset);
    const auto after = SocketTargets::find(cookies, netns);
    std::vector<CloseResult> results;
    results.reserve(cookies.size());
    for (const std::uint64_t cookie : cookies) {
        const Outcome<void>& outcome = outcomes.at(cookie); // which stands where there is no second dump to be had
        results.push_back({cookie, after ? verified(*after, cookie, outcome) : outcome, reset.contains(cookie)});
    }
    return results;
}

} // namespace halfopen
