// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/sockets/own_rights.h"

#include <unistd.h>

#include <linux/capability.h>
#include <sys/syscall.h>

#include <array>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

namespace halfopen {
namespace {

bool hasEffective(int capability) {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, 2> data{};
    if (syscall(SYS_capget, &header, data.data()) != 0)
        return geteuid() == 0;
    return (data[static_cast<std::size_t>(capability) / 32].effective >> (capability % 32) & 1U) != 0;
}

std::uint32_t overflowUid() {
    std::uint32_t uid = 65534;
    std::ifstream("/proc/sys/kernel/overflowuid") >> uid;
    return uid;
}

} // namespace

bool mapsUser(const char* uidMap, std::uint32_t uid) {
    std::istringstream lines(uidMap);
    for (std::uint64_t first = 0, outside = 0, count = 0; lines >> first >> outside >> count;)
        if (uid >= first && uid - first < count)
            return true;
    return false;
}

OwnRights ownRights() {
    OwnRights rights{geteuid(), hasEffective(CAP_SYS_PTRACE), std::nullopt};
    std::ifstream file("/proc/self/uid_map");
    const std::string map{std::istreambuf_iterator<char>(file), {}};
    if (const std::uint32_t overflow = overflowUid(); !map.empty() && !mapsUser(map.c_str(), overflow))
        rights.unmappedUid = overflow;
    return rights;
}

} // namespace halfopen
