// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/all_netns.h"

#include "core/kernel/diag/netlink_source.h"
#include "core/kernel/diag/proc_net_source.h"
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

Result<WatchedNetns> openInside(const FoundNetns& netns, const std::string& name) {
    UniqueFd file = openNetnsFile(netns);
    if (!file)
        return tl::unexpected(netnsRefused(name, EACCES));
    auto access = enterNetns(std::move(file), name, netns.processes.empty() ? 0 : netns.processes.front());
    if (!access)
        return tl::unexpected(access.error());
    auto source = NetlinkSource::open(*access);
    if (!source)
        return tl::unexpected(source.error());
    WatchedNetns watched{.source = std::move(*source),
                         .access = *access,
                         .cookie = netns.cookie,
                         .tier = (*access)->tier(),
                         .name = name};
    const std::uint64_t entered = netnsCookieOf((*access)->socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG).get());
    if (watched.cookie != 0 && entered != watched.cookie) // its inode has been given to another one meanwhile
        return failure(ErrorCode::NotFound, Sentence::tr("The network namespace {0} is gone.", name));
    watched.cookie = entered; // kernels before 6.18 tell it of a socket only
    return watched;
}

Result<WatchedNetns> openFromOutside(const FoundNetns& netns, const std::string& name, const Error& refused) {
    auto source = ProcNetSource::open(netns.processes, netns.procInode);
    if (!source)
        return tl::unexpected(refused);
    return WatchedNetns{.source = std::move(*source), .cookie = netns.cookie, .tier = NetnsTier::Public, .name = name};
}

} // namespace

Result<WatchedNetns> openNetns(const FoundNetns& netns, const std::string& name) {
    auto inside = openInside(netns, name);
    if (inside || inside.error().code != ErrorCode::NotPermitted)
        return inside;
    return openFromOutside(netns, name, inside.error());
}

AllNetns::Identity AllNetns::identityOf(const FoundNetns& netns) {
    return netns.cookie != 0 ? Identity(netns.cookie, 0, 0) : Identity(0, netns.inode, netns.procInode);
}

void AllNetns::look(MonotonicTime now, NetnsFinder::Depth depth) {
    if (now < m_next)
        return;
    m_next = now + kLookEvery;
    if (!m_finder.look(now, depth) && !m_known.empty())
        return;
    std::map<Identity, Known> known;
    for (const FoundNetns& netns : m_finder.namespaces()) {
        const Identity identity = identityOf(netns);
        if (netns.own) {
            if (m_known.empty())
                m_monitor.nameFirst(labelOf(netns).name);
            continue;
        }
        if (auto before = m_known.extract(identity)) {
            known.insert(std::move(before));
            continue;
        }
        Known one{.name = labelOf(netns).name};
        auto opened = openNetns(netns, one.name);
        if (opened)
            one.place = m_monitor.watch(std::move(*opened));
        else
            one.error = opened.error();
        known.emplace(identity, std::move(one));
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
