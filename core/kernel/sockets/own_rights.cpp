// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/sockets/own_rights.h"

#include <fmt/format.h>
#include <unistd.h>

#include <linux/capability.h>
#include <sys/stat.h>
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

/// The real uid, which stays readable where the process hides all else.
std::optional<uid_t> realUid(std::int32_t pid) {
    std::ifstream status(fmt::format("/proc/{}/status", pid));
    for (std::string word; status >> word;) {
        uid_t uid = 0;
        if (word == "Uid:" && status >> uid)
            return uid;
    }
    return std::nullopt;
}

/// /proc/PID/fd belongs to root while the process is not dumpable; /proc/PID itself does not (fs/proc/base.c,
/// task_dump_owner()).
bool hidesFromItsUser(std::int32_t pid, uid_t uid) {
    struct stat directory {};
    return stat(fmt::format("/proc/{}/fd", pid).c_str(), &directory) == 0 && directory.st_uid != uid;
}

int yamaScope() {
    int scope = 0;
    std::ifstream("/proc/sys/kernel/yama/ptrace_scope") >> scope;
    return scope;
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

ReadRefusal whyNotPermitted(std::int32_t pid) {
    const auto uid = realUid(pid);
    if (!uid)
        return access(fmt::format("/proc/{}", pid).c_str(), F_OK) == 0 ? ReadRefusal::Denied : ReadRefusal::Gone;
    const OwnRights rights = ownRights();
    if (rights.unmappedUid == *uid)
        return ReadRefusal::UnmappedUser;
    if (geteuid() == 0)
        return rights.sysPtrace ? ReadRefusal::Denied : ReadRefusal::NoCapability;
    if (*uid != getuid())
        return ReadRefusal::OtherUser;
    if (hidesFromItsUser(pid, *uid))
        return ReadRefusal::NotDumpable;
    return yamaScope() > 0 ? ReadRefusal::Yama : ReadRefusal::Denied;
}

} // namespace halfopen
