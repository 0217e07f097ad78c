// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/context_maker.h"

#include "core/model/frame.h"

#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace halfopen {

/// A copy that may be changed until it is published: whoever has the one before keeps it.
HostContext& HostContextMaker::changed() {
    auto copy = std::make_shared<HostContext>(*m_current);
    HostContext& mine = *copy;
    m_current = std::move(copy);
    return mine;
}

HostContextPtr HostContextMaker::begin(const TickClock& clock, const MachineFacts* recorded) {
    if (m_current->clock != clock)
        changed().clock = clock;
    if (recorded && (m_current->host != recorded->host || m_current->clockOffset != recorded->clockOffset ||
                     m_current->name != recorded->name || m_current->kernel != recorded->kernel)) {
        HostContext& context = changed();
        context.host = recorded->host;
        context.name = recorded->name;
        context.kernel = recorded->kernel;
        context.clockOffset = recorded->clockOffset;
    }
    return m_current;
}

HostContextPtr HostContextMaker::finish(std::span<const std::uint32_t> users, const MachineFacts* recorded) {
    if (recorded) {
        if (m_current->users != recorded->users)
            changed().users = recorded->users;
        return m_current;
    }
    const auto isKnown = [this](std::uint32_t uid) { return m_current->users.contains(uid); };
    const auto isMissing = [&](std::uint32_t uid) { return !isKnown(uid) && m_userNames.find(uid) == nullptr; };
    if (std::ranges::count_if(users, isMissing) > 0) // all are asked for
        m_userNames.wait(std::exchange(m_timeLimit, {}));
    for (const std::uint32_t uid : users) {
        if (isKnown(uid))
            continue;
        if (const auto* name = m_userNames.find(uid))
            changed().users[uid] = name->value_or("");
    }
    return m_current;
}

NetnsContextMaker::NetnsContextMaker(NetnsContext first, NetnsAccessPtr access)
    : m_access(std::move(access))
    , m_current(std::make_shared<const NetnsContext>(std::move(first))) {}

void NetnsContextMaker::setName(const std::string& name, const NetnsInside& inside) {
    if (m_current->name == name && m_current->inside == inside)
        return;
    NetnsContext& context = changed();
    context.name = name;
    context.inside = inside;
}

void NetnsContextMaker::setRecorded(std::uint64_t cookie, const std::string& name) {
    NetnsContext& context = changed();
    context.cookie = cookie;
    context.name = name;
}

NetnsContext& NetnsContextMaker::changed() {
    auto copy = std::make_shared<NetnsContext>(*m_current);
    NetnsContext& mine = *copy;
    m_current = std::move(copy);
    return mine;
}

NetnsContextPtr NetnsContextMaker::begin(const HostContextPtr& host, const TcpSysctls& sysctls) {
    if (m_current->host != host)
        changed().host = host;
    if (m_current->sysctls != sysctls)
        changed().sysctls = sysctls;
    return m_current;
}

/// "if12 (gone)" or the last name with that where the kernel knows it no longer; the last name where nobody can ask.
std::string NetnsContextMaker::nameOf(std::uint32_t index, std::string_view last) {
    if (m_access && !m_socket)
        m_socket = m_access->socket(AF_INET, SOCK_DGRAM, 0);
    if (!m_socket)
        return std::string(last);
    ifreq request{};
    request.ifr_ifindex = static_cast<int>(index);
    if (::ioctl(m_socket.get(), SIOCGIFNAME, &request) == 0)
        return request.ifr_name;
    return errno == ENODEV || errno == ENXIO ? goneInterface(last, index) : std::string(last);
}

NetnsContextPtr NetnsContextMaker::finish(const NetnsContextPtr& sampled, const HostContextPtr& host,
                                          std::span<const std::uint32_t> interfaces, const MachineFacts* recorded) {
    m_current = sampled;
    if (m_current->host != host)
        changed().host = host;
    const auto ask = [&](std::uint32_t index, std::string_view last) {
        if (!recorded)
            return nameOf(index, last);
        const auto found = recorded->interfaces.find(index);
        return found == recorded->interfaces.end() ? goneInterface(last, index) : found->second;
    };
    for (const std::uint32_t index : interfaces) {
        const auto& known = m_current->interfaces;
        const auto found = known.find(index);
        const std::string_view last = found == known.end() ? std::string_view() : std::string_view(found->second);
        if (std::string now = ask(index, last); found == known.end() || now != last)
            changed().interfaces[index] = std::move(now);
    }
    return m_current;
}

} // namespace halfopen
