// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/context_maker.h"

#include "core/model/frame.h"

#include <net/if.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <string_view>
#include <utility>

namespace halfopen {

/// A copy that may be changed until it is published: whoever has the one before keeps it.
NetnsContext& ContextMaker::netns() {
    auto copy = std::make_shared<NetnsContext>(*m_current);
    NetnsContext& mine = *copy;
    m_current = std::move(copy);
    return mine;
}

HostContext& ContextMaker::host() {
    auto copy = std::make_shared<HostContext>(*m_current->host);
    HostContext& mine = *copy;
    netns().host = std::move(copy);
    return mine;
}

NetnsContextPtr ContextMaker::begin(const TcpSysctls& sysctls, const TickClock& clock) {
    if (m_current->sysctls != sysctls)
        netns().sysctls = sysctls;
    if (m_current->host->clock != clock)
        host().clock = clock;
    return m_current;
}

NetnsContextPtr ContextMaker::finish(const NetnsContextPtr& sampled, std::span<const std::uint32_t> users,
                                     std::span<const std::uint32_t> interfaces, const MachineFacts* told) {
    m_current = sampled;
    findUsers(users, told);
    findInterfaces(interfaces, told);
    return m_current;
}

void ContextMaker::findUsers(std::span<const std::uint32_t> users, const MachineFacts* told) {
    if (told) {
        if (m_current->host->users != told->users)
            host().users = told->users;
        return;
    }
    const auto isKnown = [this](std::uint32_t uid) { return m_current->host->users.contains(uid); };
    const auto isMissing = [&](std::uint32_t uid) { return !isKnown(uid) && m_userNames.find(uid) == nullptr; };
    if (std::ranges::count_if(users, isMissing) > 0) // all are asked for
        m_userNames.wait(std::exchange(m_timeLimit, {}));
    for (const std::uint32_t uid : users) {
        if (isKnown(uid))
            continue;
        if (const auto* name = m_userNames.find(uid))
            host().users[uid] = name->value_or("");
    }
}

void ContextMaker::findInterfaces(std::span<const std::uint32_t> interfaces, const MachineFacts* told) {
    const auto ask = [told](std::uint32_t index, std::string_view last) -> std::string {
        if (told) {
            const auto found = told->interfaces.find(index);
            return found == told->interfaces.end() ? goneInterface(last, index) : found->second;
        }
        char name[IF_NAMESIZE] = "";
        if (if_indextoname(index, name) != nullptr)
            return name;
        return errno == ENXIO ? goneInterface(last, index) : std::string(last);
    };
    for (const std::uint32_t index : interfaces) {
        const auto& known = m_current->interfaces;
        const auto found = known.find(index);
        const std::string_view last = found == known.end() ? std::string_view() : std::string_view(found->second);
        if (std::string now = ask(index, last); found == known.end() || now != last)
            netns().interfaces[index] = std::move(now);
    }
}

} // namespace halfopen
