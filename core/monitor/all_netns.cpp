// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/all_netns.h"

#include "core/kernel/bpf/exact_source.h"
#include "core/kernel/diag/proc_net_source.h"
#include "core/kernel/netns/nsfs_mounts.h"
#include "core/monitor/monitor.h"

#include <fmt/format.h>

#include <linux/netlink.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <chrono>

namespace halfopen {

namespace {

constexpr std::chrono::seconds kLookEvery{1};

/// Its only way in is a mount that lies beneath another one, as that of a tmpfs on /run/netns.
std::optional<Error> hiddenMount(const FoundNetns& netns, const std::string& name) {
    if (!netns.processes.empty() || netns.mounts.empty())
        return std::nullopt;
    const auto mounts = NsfsMounts("/proc/thread-self/mountinfo").read();
    if (std::ranges::find(mounts, netns.inode, &NsfsMount::first) == mounts.end())
        return std::nullopt;
    return Error{ErrorCode::NotSupported,
                 Sentence::tr("The network namespace {0} cannot be entered: its mount {1} lies beneath another one.",
                              name, netns.mounts.front())};
}

/// Why its file could not be opened. @param error  errno
Error unopened(const FoundNetns& netns, const std::string& name, int error) {
    const Error refused = netnsRefused(name, error);
    return refused.code == ErrorCode::NotFound ? hiddenMount(netns, name).value_or(refused) : refused;
}

Result<WatchedNetns> openInside(const FoundNetns& netns, const NetnsLabel& label, const ExactProgramsPtr& exact,
                                const DumpReaderPtr& reader) {
    const std::string& name = label.name;
    UniqueFd file = openNetnsFile(netns);
    if (!file)
        return tl::unexpected(unopened(netns, name, errno));
    auto access = enterNetns(std::move(file), name, netns.processes.empty() ? 0 : netns.processes.front());
    if (!access)
        return tl::unexpected(access.error());
    auto source = openLiveSource(exact, *access, reader);
    if (!source)
        return tl::unexpected(source.error());
    WatchedNetns watched{.source = std::move(*source),
                         .access = *access,
                         .cookie = netns.cookie,
                         .tier = (*access)->tier(),
                         .name = name,
                         .inside = insideOf(netns, label)};
    const std::uint64_t entered = netnsCookieOf((*access)->socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG).get());
    if (watched.cookie != 0 && entered != watched.cookie) // its inode has been given to another one meanwhile
        return tl::unexpected(netnsGone(name));
    watched.cookie = entered; // kernels before 6.18 tell it of a socket only
    return watched;
}

Result<WatchedNetns> openFromOutside(const FoundNetns& netns, const NetnsLabel& label, const Error& refused) {
    if (netns.processes.empty())
        return failure(refused.code, refused.sentence +
                                         Sentence::tr("Which processes live there is told to an administrator alone. "
                                                      "Of one that is known, --netns PID shows what anybody may see."));
    auto source = ProcNetSource::open(netns.processes, netns.procInode);
    if (!source)
        return tl::unexpected(source.error().code == ErrorCode::NotFound ? netnsGone(label.name) : refused);
    return WatchedNetns{.source = std::move(*source),
                        .cookie = netns.cookie,
                        .tier = NetnsTier::Public,
                        .name = label.name,
                        .inside = insideOf(netns, label)};
}

} // namespace

Result<WatchedNetns> openNetns(const FoundNetns& netns, const NetnsLabel& label, const ExactProgramsPtr& exact,
                               const DumpReaderPtr& reader) {
    auto inside = openInside(netns, label, exact, reader);
    if (inside || inside.error().code != ErrorCode::NotPermitted)
        return inside;
    return openFromOutside(netns, label, inside.error());
}

AllNetns::Identity AllNetns::identityOf(const FoundNetns& netns) {
    return netns.cookie != 0 ? Identity(netns.cookie, 0, 0) : Identity(0, netns.inode, netns.procInode);
}

/// One that has come. @return nullopt: it has ended again meanwhile
std::optional<AllNetns::Known> AllNetns::meet(const FoundNetns& netns) {
    const NetnsLabel label = labelOf(netns);
    Known one;
    one.name = label.name;
    one.inside = insideOf(netns, label);
    auto opened = openNetns(netns, label, m_monitor.exactPrograms(), m_reader);
    if (!opened && opened.error().code == ErrorCode::NotFound)
        return std::nullopt;
    if (opened) {
        one.isOutside = opened->tier == NetnsTier::Public;
        one.place = m_monitor.watch(std::move(*opened));
    } else {
        one.error = opened.error();
    }
    return one;
}

/// Others may live there by now. Its name stays for as long as who gave it.
void AllNetns::follow(Known& known, const FoundNetns& netns) {
    if (netns.processes.size() == known.inside.processes &&
        (known.inside.oldest == 0 || std::ranges::binary_search(netns.processes, known.inside.oldest)))
        return;
    const NetnsLabel label = labelOf(netns);
    known.name = label.name;
    known.inside = insideOf(netns, label);
    if (known.place != 0)
        m_monitor.nameNetns(known.place, known.name, known.inside);
}

void AllNetns::open(const NetnsOpened& opened) {
    const auto found = std::ranges::find_if(m_known, [&](const auto& entry) {
        const Known& known = entry.second;
        return known.place != 0 && known.isOutside && known.inside.procInode == opened.procInode;
    });
    if (found == m_known.end())
        return;
    Known& known = found->second;
    auto source = openLiveSource(nullptr, opened.access, m_reader);
    if (!source)
        return;
    known.place = m_monitor.watchAnew(known.place, {.source = std::move(*source),
                                                    .access = opened.access,
                                                    .cookie = opened.cookie,
                                                    .tier = opened.access->tier(),
                                                    .name = known.name,
                                                    .inside = known.inside,
                                                    .settings = opened.settings});
    known.isOutside = false;
}

void AllNetns::look(MonotonicTime now, std::chrono::nanoseconds budget, NetnsFinder::Depth depth) {
    const bool again = now >= m_next;
    if (!again && !m_leftOver)
        return;
    if (again) {
        m_next = now + kLookEvery;
        if (!m_finder.look(now, depth) && !m_leftOver)
            return;
    }
    const MonotonicTime begun = MonotonicClock::now();
    m_leftOver = false;
    m_leftOut = 0;
    std::map<Identity, Known> known;
    for (const FoundNetns& netns : m_finder.namespaces()) {
        if (netns.own) {
            const NetnsLabel label = labelOf(netns);
            m_monitor.nameNetns(0, label.name, insideOf(netns, label));
            continue;
        }
        const Identity identity = identityOf(netns);
        if (auto before = m_known.extract(identity)) {
            follow(before.mapped(), netns);
            known.insert(std::move(before));
        } else if (known.size() >= m_most) {
            ++m_leftOut;
        } else {
            const bool late = MonotonicClock::now() - begun > budget;
            auto met = late ? std::nullopt : meet(netns);
            if (met)
                known.emplace(identity, std::move(*met));
            else
                m_leftOver = true; // it is looked for again, since it may live on with other processes
        }
    }
    for (const auto& [identity, gone] : m_known)
        if (gone.place != 0)
            m_monitor.unwatch(gone.place);
    m_known = std::move(known);
}

std::vector<std::pair<std::string, Error>> AllNetns::refused() const {
    std::vector<std::pair<std::string, Error>> all;
    for (const auto& [identity, one] : m_known)
        if (one.place == 0)
            all.emplace_back(one.name, one.error);
    std::ranges::sort(all, {}, &std::pair<std::string, Error>::first);
    return all;
}

} // namespace halfopen
