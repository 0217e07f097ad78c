// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/socket_setting.h"

#include "core/actions/owner_pass.h"
#include "core/actions/setting_together.h"
#include "core/actions/socket_checks.h"
#include "core/kernel/bpf/exact_programs.h"
#include "core/kernel/sockets/socket_access.h"
#include "core/model/options_change.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace halfopen {
namespace {

using Kind = PrivilegeErrorKind;

/// What is to be done, where and by whom.
struct How {
    const OptionsChange& change;
    const NetnsAccessPtr& netns;
    const ChangeMany& changeMany;
};

/// What becomes of each cookie, in their order; one that is named twice is changed once.
class Sets {
public:
    explicit Sets(const std::vector<std::uint64_t>& cookies)
        : m_all(cookies.size()) {
        m_places.reserve(cookies.size());
        for (std::size_t at = 0; at < cookies.size(); ++at) {
            m_all[at].cookie = cookies[at];
            if (m_places.try_emplace(cookies[at], at).second)
                m_each.push_back(cookies[at]);
        }
    }
    const std::vector<std::uint64_t>& each() const { return m_each; } ///< once
    OptionsSet& operator[](std::uint64_t cookie) { return m_all[m_places.at(cookie)]; }

    std::vector<OptionsSet> take() {
        if (m_each.size() < m_all.size())
            for (std::size_t at = 0; at < m_all.size(); ++at)
                if (const std::size_t first = m_places.at(m_all[at].cookie); first != at)
                    m_all[at] = m_all[first];
        return std::move(m_all);
    }

private:
    std::vector<OptionsSet> m_all;
    std::unordered_map<std::uint64_t, std::size_t> m_places; ///< of the first of that name
    std::vector<std::uint64_t> m_each;
};

Sentence notTaken(const OptionsWriting& writing) {
    const auto refused = Sentence::tr("The kernel did not take {0}: {1}.", writing.refused, Errno{writing.error});
    const std::string stayed = differenceOf(writing.before, writing.after);
    if (stayed.empty())
        return refused + Sentence::tr("Every value is as it was before; one that was set in between is the "
                                      "connection's own from now on.");
    return refused + Sentence::tr("What was set before it could not be set back: {0}.", stayed);
}

void tell(const OptionsWriting& writing, OptionsSet& set) {
    set.written = true;
    set.before = writing.before;
    set.after = writing.after;
    if (writing.complete())
        set.outcome = writing.after;
    else
        set.outcome = refusal(Kind::WriteFailed, notTaken(writing));
}

/// A command with sudo helps where root may do what we may not.
PrivilegeError withCommand(PrivilegeError error, std::uint64_t cookie, const OptionsChange& change) {
    if (error.kind == Kind::NotAuthorized && ::geteuid() != 0)
        error.command = commandFor({cookie}, change);
    return error;
}

/// Whoever went on would wait for that lock as well.
PrivilegeError lockedElsewhere() {
    return {Kind::Busy,
            Sentence::tr("A socket of this machine is locked by its program, which waits in a system call, and the "
                         "kernel waited for it: this one was not changed."),
            {}};
}

/// Through what it can be changed so. The kernel takes no user timeout of an MPTCP connection (net/mptcp/sockopt.c).
Outcome<Reach> reachFor(const Connection& connection, const OptionsChange& change) {
    const bool mptcp =
        connection.upperLayer == UpperLayer::Mptcp || connection.upperLayer == UpperLayer::MptcpWithoutSubflow;
    if (mptcp && change.userTimeoutMs)
        return refusal(
            Kind::NotSupported,
            Sentence::tr("An MPTCP connection takes no user timeout (TCP_USER_TIMEOUT); nothing was changed."));
    return reachForChange(connection);
}

/// What a pass over all sockets has done. @return whether that is all that is to be said of this one
bool tellTogether(const SetTogether& together, std::uint64_t cookie, OptionsSet& set) {
    const auto done = together.done.find(cookie);
    if (done != together.done.end())
        tell(done->second, set);
    return done != together.done.end();
}

/// Those that no process has a descriptor of, as far as the kernel reaches them without one.
void setTheRest(const SocketTargets& targets, const How& how, Sets& sets, const std::vector<std::uint64_t>& rest) {
    const SetTogether together = setTogether(targets, rest, how.change, *how.netns, how.changeMany);
    for (const std::uint64_t cookie : rest) {
        OptionsSet& set = sets[cookie];
        if (tellTogether(together, cookie, set))
            continue;
        if (together.stopped)
            set.outcome = tl::unexpected(lockedElsewhere());
        else if (together.mayNot && ::geteuid() != 0 && canBeSetTogether(set.connection) && ExactPrograms::check())
            set.outcome = tl::unexpected(
                withCommand({Kind::NotAuthorized,
                             set.outcome.error().sentence +
                                 Sentence::tr("An administrator can have the kernel change it without one."),
                             {}},
                            cookie, how.change));
    }
}

/// How the sockets of one look are to be changed.
struct Aim {
    std::vector<Reach> reaches;      ///< through a process that holds it
    std::vector<std::uint64_t> rest; ///< there is none
};

/// Many at once first; what that has not done is left.
Aim aimAt(const SocketTargets& targets, const std::vector<std::uint64_t>& cookies, const How& how, Sets& sets) {
    const SetTogether together = cookies.size() >= kTogether
                                     ? setTogether(targets, cookies, how.change, *how.netns, how.changeMany)
                                     : SetTogether();
    Aim aim;
    for (const std::uint64_t cookie : cookies) {
        OptionsSet& set = sets[cookie];
        const Connection* connection = targets.connection(cookie);
        const auto reach = connection ? reachFor(*connection, how.change) : tl::unexpected(noSuchConnection(cookie));
        if (connection != nullptr)
            set.connection = *connection;
        if (tellTogether(together, cookie, set))
            continue;
        if (together.stopped && connection != nullptr) {
            set.outcome = tl::unexpected(lockedElsewhere());
            continue;
        }
        if (reach)
            aim.reaches.push_back(*reach);
        else
            set.outcome = tl::unexpected(reach.error());
        if (!reach && connection != nullptr)
            aim.rest.push_back(cookie);
    }
    return aim;
}

/// @param open  the cookies to change; left in it: those for which another look may help
Outcome<void> setOnce(const How& how, MonotonicTime until, std::vector<std::uint64_t>& open, Sets& sets) {
    const auto targets = SocketTargets::find(open, how.netns);
    if (!targets)
        return tl::unexpected(targets.error());
    auto [reaches, rest] = aimAt(*targets, std::exchange(open, {}), how, sets);
    OwnerPass pass(reaches);
    SocketAccess options;
    const auto all = reachAll<OptionsWriting>(pass, reaches.size(), Owners::First, until,
                                              [&](const Reach& reach, const Owner& owner) {
                                                  return options.write(owner.pid, owner.fd, reach.meant(), how.change);
                                              });
    for (std::size_t at = 0; at < all.size(); ++at) {
        const std::uint64_t cookie = reaches[at].cookie;
        OptionsSet& set = sets[cookie];
        if (all[at].done) {
            tell(*all[at].done, set);
            continue;
        }
        auto why = all[at].refusal ? refusedBy(*all[at].refusal) : pass.whyNobody(at);
        set.outcome = tl::unexpected(withCommand(std::move(why), cookie, how.change));
        if (all[at].isStale())
            open.push_back(cookie);
        else if (!pass.isBusy())
            rest.push_back(cookie);
    }
    setTheRest(*targets, how, sets, rest);
    return {};
}

} // namespace

Outcome<std::vector<OptionsSet>> setSockets(const std::vector<std::uint64_t>& cookies, const OptionsChange& change,
                                            MonotonicTime until, const NetnsAccessPtr& netns,
                                            const ChangeMany& changeMany) {
    const How how{change, netns, changeMany};
    Sets sets(cookies);
    std::vector<std::uint64_t> open = sets.each();
    for (int look = 0; !open.empty() && look < kLooks; ++look) {
        const auto left = open;
        if (auto done = setOnce(how, until, open, sets); !done) {
            if (look == 0)
                return tl::unexpected(done.error());
            for (const std::uint64_t cookie : left) // the others are changed already
                sets[cookie].outcome = tl::unexpected(done.error());
            open.clear();
        }
    }
    return sets.take();
}

std::vector<SetResult> resultsOf(const std::vector<OptionsSet>& sets) {
    std::vector<SetResult> results;
    results.reserve(sets.size());
    for (const OptionsSet& set : sets)
        results.push_back({set.cookie, set.outcome});
    return results;
}

std::string differenceOf(const KeepaliveOptions& before, const KeepaliveOptions& after) {
    std::string text;
    const auto tell = [&text](std::string_view name, auto was, auto is, std::string_view unit) {
        if (was != is)
            text += fmt::format("{}{} {} -> {}{}", text.empty() ? "" : ", ", name, was, is, unit);
    };
    const auto wordFor = [](Switch state) { return state == Switch::On ? "on" : "off"; };
    tell("keepalive", std::string_view(wordFor(before.enabled)), std::string_view(wordFor(after.enabled)), "");
    tell("idle", before.idleSeconds, after.idleSeconds, " s");
    tell("interval", before.intervalSeconds, after.intervalSeconds, " s");
    tell("probes", before.probes, after.probes, "");
    tell("user timeout", before.userTimeout.count(), after.userTimeout.count(), " ms");
    return text;
}

} // namespace halfopen
