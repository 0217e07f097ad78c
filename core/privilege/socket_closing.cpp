// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/privilege/socket_closing.h"

#include "core/diag/destroy.h"
#include "core/privilege/held_socket.h"
#include "core/privilege/socket_checks.h"
#include "core/privilege/socket_targets.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace halfopen {
namespace {

using Kind = PrivilegeErrorKind;
using Outcomes = std::map<std::uint64_t, Outcome<void>>; ///< by cookie, so that one named twice is closed once

Outcome<void> destroyOne(SocketDestroyer& destroyer, const SocketTargets& targets, std::uint64_t cookie) {
    const Connection* connection = targets.connection(cookie);
    if (connection == nullptr)
        return tl::unexpected(noSuchConnection(cookie));
    if (connection->state == State::Listen)
        return tl::unexpected(isListener(*connection));
    return destroyer.destroy(*connection).map_error([&](const Error& error) {
        return error.code == ErrorCode::NotFound ? PrivilegeError{Kind::NoSuchConnection, error.message, {}}
                                                 : toPrivilegeError(error);
    });
}

/// No right to SOCK_DESTROY, or a kernel without it.
bool mayGoTheOtherWay(const Outcome<void>& outcome) {
    return !outcome && (outcome.error().kind == Kind::NotAuthorized || outcome.error().kind == Kind::NotSupported);
}

/// @param refused  by SOCK_DESTROY; stands where this way is barred too, with the reason of both
Outcome<void> closeThroughHolders(const SocketTargets& targets, const Connection& connection,
                                  const PrivilegeError& refused) {
    const auto barred = [&](const std::string& why) {
        const bool right = refused.kind == Kind::NotAuthorized;
        return refusal(refused.kind, refused.message + " " + why,
                       right ? commandToClose({connection.cookie}) : std::string());
    };
    const auto held = holdersForChange(targets, connection);
    if (!held)
        return barred(held.error().message);
    SocketOptions options;
    using Closed = tl::expected<void, ReadRefusal>;
    const Closed closed = held->through([&](std::int32_t pid, std::int32_t fd) -> Closed {
        if (const auto why = options.close(pid, fd, connection.cookie))
            return tl::unexpected(*why);
        return {};
    });
    if (closed)
        return {};
    if (isStale(closed.error()))
        return tl::unexpected(refusedBy(closed.error())); // told apart below: it may have gone with its descriptor
    return barred(std::string(toString(closed.error())));
}

Outcome<void> goTheOtherWay(SocketTargets& targets, Outcomes& outcomes, MonotonicTime until) {
    if (std::ranges::none_of(outcomes, [](const auto& entry) { return mayGoTheOtherWay(entry.second); }))
        return {};
    if (auto found = targets.findHolders(until); !found)
        return found;
    for (auto& [cookie, outcome] : outcomes)
        if (mayGoTheOtherWay(outcome))
            outcome = closeThroughHolders(targets, *targets.connection(cookie), outcome.error());
    return {};
}

/// Both ends of a connection can be on this machine and in this call: with one the other has ended too.
void forgiveOtherEnds(const SocketTargets& targets, Outcomes& outcomes) {
    std::set<std::pair<Endpoint, Endpoint>> ended;
    for (const auto& [cookie, outcome] : outcomes)
        if (const Connection* connection = targets.connection(cookie); connection != nullptr && outcome)
            ended.emplace(connection->remote, connection->local);
    for (auto& [cookie, outcome] : outcomes) {
        const Connection* connection = targets.connection(cookie);
        if (connection != nullptr && !outcome && outcome.error().kind == Kind::NoSuchConnection &&
            ended.contains({connection->local, connection->remote}))
            outcome = {};
    }
}

/// What the next dump says counts, whatever was answered before.
Outcome<void> verified(const SocketTargets& after, std::uint64_t cookie, const Outcome<void>& outcome) {
    const bool there = after.connection(cookie) != nullptr;
    if (outcome && there)
        return refusal(Kind::WriteFailed, "The kernel took the request, but the connection is still there.");
    if (!outcome && !there && outcome.error().kind == Kind::WriteFailed)
        return tl::unexpected(noSuchConnection(cookie));
    return outcome;
}

} // namespace

Outcome<std::vector<CloseResult>> closeSockets(const std::vector<std::uint64_t>& cookies, MonotonicTime until) {
    auto targets = SocketTargets::find(cookies);
    if (!targets)
        return tl::unexpected(targets.error());
    auto destroyer = SocketDestroyer::open();
    if (!destroyer)
        return tl::unexpected(toPrivilegeError(destroyer.error()));
    Outcomes outcomes;
    for (const std::uint64_t cookie : cookies)
        if (!outcomes.contains(cookie))
            outcomes.emplace(cookie, destroyOne(*destroyer, *targets, cookie));
    if (auto done = goTheOtherWay(*targets, outcomes, until); !done)
        return tl::unexpected(done.error());
    forgiveOtherEnds(*targets, outcomes);
    const auto after = SocketTargets::find(cookies);
    if (!after)
        return tl::unexpected(after.error());
    std::vector<CloseResult> results;
    results.reserve(cookies.size());
    for (const std::uint64_t cookie : cookies)
        results.push_back({cookie, verified(*after, cookie, outcomes.at(cookie))});
    return results;
}

} // namespace halfopen
