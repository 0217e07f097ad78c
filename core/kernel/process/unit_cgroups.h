// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace halfopen {

/// The control groups of a unit now, with all below them: several where a user's manager has one of its name for each
/// user, none where it is not running.
struct UnitCgroups {
    std::vector<std::string> paths;        ///< of those of its name, from the mount: "/system.slice/a.service"
    std::unordered_set<std::uint64_t> ids; ///< of these and of all below
    std::size_t processes = 0;             ///< in them
};

/// Walks through the tree, some 20 us for each group.
/// @param mount  where cgroup2 is mounted, or a directory of it
/// @param name   of a directory, such as "postgresql.service"; "": `mount` itself
UnitCgroups findUnitCgroups(const std::string& mount, std::string_view name);

/// Paths of control groups, from the mount; whatever is not there (any more) is missing. Walks likewise.
std::unordered_map<std::uint64_t, std::string> cgroupPaths(const std::string& mount,
                                                           const std::vector<std::uint64_t>& ids);

} // namespace halfopen
