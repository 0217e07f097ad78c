// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/contract/bus_netns.h"

#include "core/model/settings.h"

namespace halfopen {
namespace {

// Both in one file of the kernel's.
constexpr char kLowestPort[] = "ip_local_port_range.low";
constexpr char kHighestPort[] = "ip_local_port_range.high";

} // namespace

BusSysctls toBus(const TcpSysctls& sysctls) {
    BusSysctls values;
    for (const SettingInfo& info : allSettings())
        if (isThere(sysctls, info.id) && !isUnread(sysctls, info.id))
            values.emplace(info.name, sysctls.*info.field);
    if (sysctls.localPortLow <= sysctls.localPortHigh) {
        values.emplace(kLowestPort, sysctls.localPortLow);
        values.emplace(kHighestPort, sysctls.localPortHigh);
    }
    return values;
}

TcpSysctls sysctlsFrom(const BusSysctls& values) {
    TcpSysctls sysctls;
    for (const SettingInfo& info : allSettings()) {
        const auto found = values.find(std::string(info.name));
        const bool known = found != values.end();
        if (known)
            sysctls.*info.field = found->second;
        if (info.optional)
            setThere(sysctls, info.id, known);
        else if (!known)
            sysctls.unread |= static_cast<std::uint16_t>(1U << static_cast<unsigned>(info.id));
    }
    const auto lowest = values.find(kLowestPort);
    const auto highest = values.find(kHighestPort);
    if (lowest != values.end() && highest != values.end()) {
        sysctls.localPortLow = static_cast<std::uint16_t>(lowest->second);
        sysctls.localPortHigh = static_cast<std::uint16_t>(highest->second);
    }
    return sysctls;
}

} // namespace halfopen
