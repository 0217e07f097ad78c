// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/netns/netns_id.h"

#include <fmt/format.h>
#include <unistd.h>

#include <sys/stat.h>

namespace halfopen {

namespace {

NetnsId inodeOf(const char* path) {
    struct stat status {};
    return ::stat(path, &status) == 0 ? status.st_ino : 0;
}

} // namespace

NetnsId ownNetns() {
    return inodeOf("/proc/thread-self/ns/net");
}

NetnsId netnsOfProcess(std::int32_t pid) {
    return inodeOf(fmt::format("/proc/{}/ns/net", pid).c_str());
}

bool isFirstNetns(const std::string& root) {
    return ::access((root + "/proc/sys/net/ipv4/tcp_max_orphans").c_str(), F_OK) == 0;
}

} // namespace halfopen
