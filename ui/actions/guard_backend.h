// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/guard_operations.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace halfopen {

/// The control groups of one name now.
struct GuardedGroups {
    std::unordered_set<std::uint64_t> ids; ///< with all below them; empty: there is none
    std::size_t processes = 0;             ///< in them
};
/// Paths of control groups by their id, from the root of cgroup2: "/system.slice/a.service". Whatever is not there
/// (any more) is missing.
using GroupPaths = std::unordered_map<std::uint64_t, std::string>;

/// All that the window does about rules of the guard. Every verb returns at once and answers from the event loop of the
/// GUI thread, exactly once, unless this object is gone before.
class GuardBackend : public GuardOperations {
public:
    /// @param ids  cgroupId() of sockets
    virtual void findPaths(std::vector<std::uint64_t> ids, std::function<void(GroupPaths)> done) = 0;
    /// @param name  of the groups' directories; "": all of them
    virtual void findGroups(std::string name, std::function<void(GuardedGroups)> done) = 0;
};

} // namespace halfopen
