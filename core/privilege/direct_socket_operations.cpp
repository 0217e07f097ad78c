// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/privilege/direct_socket_operations.h"

#include "core/privilege/direct_operations.h"
#include "core/privilege/held_socket.h"
#include "core/privilege/socket_checks.h"
#include "core/privilege/socket_closing.h"
#include "core/privilege/socket_targets.h"

#include <fmt/format.h>

#include <unordered_set>
#include <utility>

namespace halfopen {
namespace {

using Kind = PrivilegeErrorKind;

Outcome<void> checkPlace(std::uint64_t netns, const std::vector<std::uint64_t>& cookies) {
    if (auto checked = checkCookies(cookies); !checked)
        return checked;
    const std::uint64_t own = ownNetnsInode();
    if (own != 0 && netns == own)
        return {};
    return refusal(
        Kind::WrongNamespace,
        fmt::format("The connections are of network namespace {}, but they would be looked for in {}.", netns, own));
}

SocketReading readOne(const SocketTargets& targets, std::uint64_t cookie, bool& stale) {
    const Connection* connection = targets.connection(cookie);
    if (connection == nullptr)
        return {cookie, tl::unexpected(noSuchConnection(cookie)), {}};
    SocketReading reading{cookie, KeepaliveOptions(), targets.holders(connection->inode)};
    const auto held = holdersForReading(targets, *connection);
    if (!held) {
        reading.options = tl::unexpected(held.error());
        return reading;
    }
    SocketOptions options;
    const auto read =
        held->through([&](std::int32_t pid, std::int32_t fd) { return options.read(pid, fd, held->cookie); });
    stale = !read && isStale(read.error());
    reading.options = read.map_error(refusedBy);
    return reading;
}

Outcome<OptionsSet> setOne(const SocketTargets& targets, std::uint64_t cookie, const OptionsChange& change,
                           bool& stale) {
    const Connection* connection = targets.connection(cookie);
    if (connection == nullptr)
        return tl::unexpected(noSuchConnection(cookie));
    const auto held = holdersForChange(targets, *connection);
    if (!held)
        return tl::unexpected(held.error());
    SocketOptions options;
    OptionsSet set{*connection, {}, {}};
    const auto changed = held->through([&](std::int32_t pid, std::int32_t fd) {
        return options.read(pid, fd, cookie).and_then([&](const KeepaliveOptions& before) {
            set.before = before;
            return options.write(pid, fd, cookie, change);
        });
    });
    stale = !changed && isStale(changed.error());
    if (!changed)
        return tl::unexpected(refusedBy(changed.error()));
    set.after = *changed;
    return set;
}

} // namespace

void DirectSocketOperations::inspect(std::uint64_t netns, std::vector<std::uint64_t> cookies, bool,
                                     Done<std::vector<SocketReading>> done) {
    done(read(netns, cookies));
}

void DirectSocketOperations::setOptions(std::uint64_t netns, std::uint64_t cookie, const OptionsChange& change,
                                        Done<KeepaliveOptions> done) {
    done(set(netns, cookie, change).map([](const OptionsSet& made) { return made.after; }));
}

void DirectSocketOperations::close(std::uint64_t netns, std::vector<std::uint64_t> cookies,
                                   Done<std::vector<CloseResult>> done) {
    done(end(netns, cookies));
}

Outcome<std::vector<SocketReading>> DirectSocketOperations::read(std::uint64_t netns,
                                                                 const std::vector<std::uint64_t>& cookies) const {
    if (auto checked = checkPlace(netns, cookies); !checked)
        return tl::unexpected(checked.error());
    const MonotonicTime until = MonotonicClock::now() + m_patience;
    std::vector<SocketReading> readings(cookies.size());
    std::vector<bool> open(cookies.size(), true);
    bool again = true;
    for (int look = 0; again && look < kLooks; ++look) {
        const auto targets = SocketTargets::withHolders(cookies, until);
        if (!targets)
            return tl::unexpected(targets.error());
        again = false;
        for (std::size_t i = 0; i < cookies.size(); ++i) {
            bool stale = false;
            if (open[i])
                readings[i] = readOne(*targets, cookies[i], stale);
            open[i] = stale;
            again = again || stale;
        }
    }
    return readings;
}

Outcome<OptionsSet> DirectSocketOperations::set(std::uint64_t netns, std::uint64_t cookie,
                                                const OptionsChange& change) const {
    if (auto checked = checkChange(change); !checked)
        return tl::unexpected(checked.error());
    if (auto checked = checkPlace(netns, {cookie}); !checked)
        return tl::unexpected(checked.error());
    const MonotonicTime until = MonotonicClock::now() + m_patience;
    Outcome<OptionsSet> made;
    bool stale = true;
    for (int look = 0; stale && look < kLooks; ++look) {
        const auto targets = SocketTargets::withHolders({cookie}, until);
        if (!targets)
            return tl::unexpected(targets.error());
        stale = false;
        made = setOne(*targets, cookie, change, stale);
    }
    if (!made && made.error().kind == Kind::NotAuthorized)
        made.error().command = commandFor(cookie, change);
    return made;
}

Outcome<std::vector<CloseResult>> DirectSocketOperations::end(std::uint64_t netns,
                                                              const std::vector<std::uint64_t>& cookies) const {
    if (auto checked = checkPlace(netns, cookies); !checked)
        return tl::unexpected(checked.error());
    return closeSockets(cookies, MonotonicClock::now() + m_patience);
}

Outcome<std::vector<Connection>> DirectSocketOperations::check(std::uint64_t netns,
                                                               const std::vector<std::uint64_t>& cookies) const {
    if (auto checked = checkPlace(netns, cookies); !checked)
        return tl::unexpected(checked.error());
    const auto targets = SocketTargets::find(cookies);
    if (!targets)
        return tl::unexpected(targets.error());
    std::vector<Connection> there;
    std::unordered_set<std::uint64_t> told;
    for (const std::uint64_t cookie : cookies)
        if (const Connection* connection = targets->connection(cookie); connection && told.insert(cookie).second)
            there.push_back(*connection);
    if (there.empty())
        return tl::unexpected(noSuchConnection(cookies.front()));
    return there;
}

Outcome<Connection> DirectSocketOperations::checkSet(std::uint64_t netns, std::uint64_t cookie,
                                                     const OptionsChange& change) const {
    if (auto checked = checkChange(change); !checked)
        return tl::unexpected(checked.error());
    auto there = check(netns, {cookie});
    if (!there)
        return tl::unexpected(there.error());
    if (there->front().inode == 0)
        return tl::unexpected(withoutDescriptor(there->front()));
    return there->front();
}

Outcome<std::vector<Connection>> DirectSocketOperations::checkClose(std::uint64_t netns,
                                                                    const std::vector<std::uint64_t>& cookies) const {
    auto there = check(netns, cookies);
    if (!there)
        return there;
    const Connection first = there->front();
    std::erase_if(*there, [](const Connection& connection) { return connection.state == State::Listen; });
    if (there->empty())
        return tl::unexpected(isListener(first));
    return there;
}

} // namespace halfopen
