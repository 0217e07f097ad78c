// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/unit_cgroups.h"

#include <sys/stat.h>

#include <algorithm>
#include <climits>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

namespace halfopen {

namespace {

namespace fs = std::filesystem;

constexpr int kMostDepth = 32; // nobody nests deeper; the tree is others' to make
constexpr int kOutside = INT_MAX;
constexpr std::size_t kMostGroups = 100'000;

/// Processes of this group, without those of groups below it.
std::size_t processesOf(const fs::path& directory) {
    std::ifstream lines(directory / "cgroup.procs");
    return static_cast<std::size_t>(
        std::count(std::istreambuf_iterator<char>(lines), std::istreambuf_iterator<char>(), '\n'));
}

void add(const fs::path& directory, UnitCgroups& to) {
    struct stat status {};
    if (stat(directory.c_str(), &status) != 0)
        return;
    to.ids.insert(status.st_ino); // the id of a control group is the inode of its directory
    to.processes += processesOf(directory);
}

/// Shows every control group below the mount; what is gone meanwhile is no more.
/// @param visit  called with the path and the depth of its directory; false: that is enough
template <class Visit>
void eachGroup(const std::string& mount, Visit visit) {
    std::error_code error;
    std::size_t seen = 0;
    for (auto at = fs::recursive_directory_iterator(mount, error);
         !error && at != fs::recursive_directory_iterator() && seen < kMostGroups; at.increment(error)) {
        if (!at->is_directory(error) || at->is_symlink(error)) {
            error.clear();
            continue;
        }
        ++seen;
        if (at.depth() >= kMostDepth)
            at.disable_recursion_pending();
        if (!visit(at->path(), at.depth()))
            return;
    }
}

} // namespace

UnitCgroups findUnitCgroups(const std::string& mount, std::string_view name) {
    UnitCgroups found;
    if (mount.empty())
        return found;
    int within = kOutside; // depth of the directory of its name that this is below
    if (name.empty()) {
        within = -1;
        add(mount, found);
    }
    eachGroup(mount, [&](const fs::path& path, int depth) {
        if (depth <= within) {
            const bool its = path.filename() == name;
            within = its ? depth : kOutside;
            if (its)
                found.paths.push_back(path.string().substr(mount.size()));
        }
        if (within != kOutside)
            add(path, found);
        return true;
    });
    return found;
}

std::unordered_map<std::uint64_t, std::string> cgroupPaths(const std::string& mount,
                                                           const std::vector<std::uint64_t>& ids) {
    std::unordered_map<std::uint64_t, std::string> paths;
    if (mount.empty() || ids.empty())
        return paths;
    eachGroup(mount, [&](const fs::path& path, int) {
        struct stat status {};
        if (stat(path.c_str(), &status) == 0 && std::find(ids.begin(), ids.end(), status.st_ino) != ids.end())
            paths.emplace(status.st_ino, path.string().substr(mount.size()));
        return paths.size() < ids.size();
    });
    return paths;
}

} // namespace halfopen
