// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/model/units.h"

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace halfopen {

/// Where cgroup2 is mounted, as /proc/PID/mountinfo tells (proc_pid_mountinfo(5)); "": nowhere.
std::string cgroupMount(const std::string& mountinfo = "/proc/self/mountinfo");

/// What the control groups are that sockets were made in, whosever they are: the kernel tells the id of each, which is
/// the inode of its directory in the cgroup2 file system that everybody may list (cgroups(7); fs/kernfs/mount.c). A
/// walk of the tree takes some 20 us for each group, and is made only for ids that are new. One thread.
class CgroupNames {
public:
    /// @param mountinfo  tells where cgroup2 is mounted; @param root  stands for "/". Only tests give others
    explicit CgroupNames(const std::string& mountinfo = "/proc/self/mountinfo", const std::string& root = {});

    /// @param groups  values of Connection::cgroup
    /// @return        the units and containers of those and of others before; one and the same until there is more
    CgroupUnitsPtr find(std::span<const std::uint32_t> groups, MonotonicTime now);

private:
    void walk();
    void walk(const std::string& path, int depth);

    std::string m_mount;                                    ///< "": there is none
    std::unordered_map<std::uint64_t, std::string> m_paths; ///< of the last walk, by id, from the mount
    std::unordered_set<std::uint32_t> m_known;              ///< groups that were looked for
    CgroupUnitsPtr m_units;
    MonotonicTime m_next{};
};

} // namespace halfopen
