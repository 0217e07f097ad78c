// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/netns/netns_id.h"

#include <fmt/format.h>

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

} // namespace halfopen
