// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/direct_socket_operations.h"

#include "core/actions/direct_operations.h"
#include "core/actions/owner_pass.h"
#include "core/actions/socket_checks.h"
#include "core/actions/socket_setting.h"
#include "core/actions/socket_targets.h"
#include "core/kernel/bpf/exact_programs.h"
#include "core/kernel/netns/netns_id.h"
#include "core/kernel/sockets/socket_access.h"
#include "core/model/options_change.h"

#include <fmt/format.h>

#include <unordered_set>
#include <utility>

namespace halfopen {
namespace {

using Kind = PrivilegeErrorKind;
using Cookies = std::vector<std::uint64_t>;

/// Through a process that holds it, or by the kernel itself.
bool mayBeSet(const Connection& connection) {
    return connection.inode != 0 || (canBeSetTogether(connection) && ExactPrograms::check());
}

/// Reads the sockets of `open` (indexes into `readings`), leaving in it those for which another look may help.
Outcome<void> readOnce(const Cookies& cookies, MonotonicTime until, const NetnsAccessPtr& netns,
                       std::vector<std::size_t>& open, std::vector<SocketReading>& readings) {
    const auto targets = SocketTargets::find(cookies, netns);
    if (!targets)
        return tl::unexpected(targets.error());
    std::vector<Reach> reaches;
    std::vector<std::size_t> reached; // for each of them, whose reading it is
    for (const std::size_t index : std::exchange(open, {})) {
        SocketReading& reading = readings[index];
        reading = {cookies[index], KeepaliveOptions(), {}};
        const Connection* connection = targets->connection(reading.cookie);
        auto reach =
            connection ? reachForReading(*targets, *connection) : tl::unexpected(noSuchConnection(reading.cookie));
        if (reach) {
            reaches.push_back(*reach);
            reached.push_back(index);
        } else {
            reading.options = tl::unexpected(reach.error());
        }
    }
    OwnerPass pass(std::move(reaches));
    SocketAccess options;
    const auto all = reachAll<KeepaliveOptions>(
        pass, reached.size(), Owners::All, until,
        [&](const Reach& reach, const Owner& owner) { return options.read(owner.pid, owner.fd, reach.meant()); });
    if (pass.isBusy())
        return tl::unexpected(tookTooLong());
    for (std::size_t at = 0; at < reached.size(); ++at) {
        const auto& one = all[at];
        SocketReading& reading = readings[reached[at]];
        if (one.done)
            reading.options = *one.done;
        else
            reading.options = tl::unexpected(one.refusal ? refusedBy(*one.refusal) : pass.whyNobody(at));
        if (pass[at].cookie == reading.cookie) // else its listener's program, which does not hold it
            reading.owners = one.owners;
        if (one.isStale())
            open.push_back(reached[at]);
    }
    return {};
}

} // namespace

RequestToken DirectSocketOperations::inspect(std::uint64_t netns, Cookies cookies, bool,
                                             Done<std::vector<SocketReading>> done) {
    done(read(netns, cookies));
    return 0;
}

RequestToken DirectSocketOperations::setOptions(std::uint64_t netns, Cookies cookies, const OptionsChange& change,
                                                Done<std::vector<SetResult>> done) {
    done(set(netns, cookies, change).map(resultsOf));
    return 0;
}

RequestToken DirectSocketOperations::close(std::uint64_t netns, Cookies cookies, Done<std::vector<CloseResult>> done) {
    done(end(netns, cookies));
    return 0;
}

RequestToken DirectSocketOperations::closeWhole(std::uint64_t netns, Cookies cookies,
                                                Done<std::vector<CloseResult>> done) {
    done(end(netns, cookies, MptcpClose::Whole));
    return 0;
}

Outcome<std::vector<SocketReading>> DirectSocketOperations::read(std::uint64_t netns, const Cookies& cookies) const {
    if (auto checked = checkHere(netns, cookies); !checked)
        return tl::unexpected(checked.error());
    const MonotonicTime until = MonotonicClock::now() + m_timeLimit;
    std::vector<SocketReading> readings(cookies.size());
    std::vector<std::size_t> open;
    for (std::size_t index = 0; index < cookies.size(); ++index)
        open.push_back(index);
    for (int look = 0; !open.empty() && look < kLooks; ++look)
        if (auto done = readOnce(cookies, until, m_netns, open, readings); !done)
            return tl::unexpected(done.error());
    return readings;
}

Outcome<std::vector<OptionsSet>> DirectSocketOperations::set(std::uint64_t netns, const Cookies& cookies,
                                                             const OptionsChange& change) const {
    const auto checked =
        checkChange(change).and_then([&] { return checkNamed(cookies); }).and_then([&] { return checkIn(netns); });
    if (!checked)
        return tl::unexpected(checked.error());
    return setSockets(cookies, change, MonotonicClock::now() + m_timeLimit, m_netns, m_changeMany);
}

Outcome<std::vector<CloseResult>> DirectSocketOperations::end(std::uint64_t netns, const Cookies& cookies,
                                                              MptcpClose mptcp) const {
    if (auto checked = checkHere(netns, cookies); !checked)
        return tl::unexpected(checked.error());
    return closeSockets(cookies, MonotonicClock::now() + m_timeLimit, m_netns, mptcp);
}

Outcome<void> DirectSocketOperations::checkHere(std::uint64_t netns, const Cookies& cookies) const {
    return checkCookies(cookies).and_then([&] { return checkIn(netns); });
}

Outcome<void> DirectSocketOperations::checkIn(std::uint64_t netns) const {
    const NetnsId own = m_netns->inode();
    if (own != 0 && netns == own)
        return {};
    return refusal(
        Kind::WrongNamespace,
        Sentence::tr("The connections are of network namespace {0}, but they would be looked for in {1}.", netns, own));
}

Outcome<std::vector<Connection>> DirectSocketOperations::check(std::uint64_t netns, const Cookies& cookies) const {
    if (auto checked = checkHere(netns, cookies); !checked)
        return tl::unexpected(checked.error());
    const auto targets = SocketTargets::find(cookies, m_netns);
    if (!targets)
        return tl::unexpected(targets.error());
    std::vector<Connection> there;
    std::unordered_set<std::uint64_t> seen;
    for (const std::uint64_t cookie : cookies)
        if (const Connection* connection = targets->connection(cookie); connection && seen.insert(cookie).second)
            there.push_back(*connection);
    if (there.empty())
        return tl::unexpected(noSuchConnection(cookies.front()));
    return there;
}

Outcome<std::vector<Connection>> DirectSocketOperations::checkSet(std::uint64_t netns, const Cookies& cookies,
                                                                  const OptionsChange& change) const {
    if (auto checked = checkChange(change); !checked)
        return tl::unexpected(checked.error());
    auto there = check(netns, cookies);
    if (!there)
        return there;
    const Connection first = there->front();
    std::erase_if(*there, [](const Connection& connection) { return !mayBeSet(connection); });
    if (there->empty())
        return tl::unexpected(withoutDescriptor(first));
    return there;
}

Outcome<std::vector<Connection>> DirectSocketOperations::checkClose(std::uint64_t netns, const Cookies& cookies) const {
    auto there = check(netns, cookies);
    if (!there)
        return there;
    auto why = whyNotClosable(there->front());
    std::erase_if(*there, [](const Connection& connection) { return whyNotClosable(connection).has_value(); });
    if (there->empty())
        return tl::unexpected(std::move(*why));
    return there;
}

} // namespace halfopen
