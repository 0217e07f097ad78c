// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/cgroup_names.h"

#include "core/kernel/process/cgroup.h"

#include <dirent.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <memory>
#include <string_view>
#include <utility>

namespace halfopen {

namespace {

constexpr std::chrono::seconds kWalkEvery{2};
// Of its time a walk takes a fiftieth at most.
constexpr int kWalkPart = 50;
// Nobody nests deeper; the tree is others' to make.
constexpr int kMostDepth = 32;
constexpr std::size_t kMostGroups = 100'000;

} // namespace

/// A line is "36 35 98:0 /root /mount options - type source super". What is mounted on top comes last.
std::string cgroupMount(const std::string& mountinfo) {
    std::ifstream lines(mountinfo);
    std::string line;
    std::string found;
    while (std::getline(lines, line)) {
        const std::size_t dash = line.find(" - cgroup2 ");
        if (dash == std::string::npos)
            continue;
        std::string_view rest = line;
        constexpr int kMountAt = 4; // fields before it
        for (int field = 0; field < kMountAt && !rest.empty(); ++field)
            rest.remove_prefix(std::min(rest.find(' '), rest.size() - 1) + 1);
        found = rest.substr(0, rest.find(' '));
    }
    return found;
}

CgroupNames::CgroupNames(const std::string& mountinfo, const std::string& root)
    : m_mount(cgroupMount(mountinfo)) {
    if (!m_mount.empty())
        m_mount = root + m_mount;
}

void CgroupNames::walk(const std::string& path, int depth) {
    DIR* const directory = ::opendir((m_mount + path).c_str());
    if (directory == nullptr)
        return;
    while (const dirent* entry = ::readdir(directory)) {
        const std::string_view name = entry->d_name;
        if (entry->d_type != DT_DIR || name == "." || name == ".." || m_paths.size() >= kMostGroups)
            continue;
        const std::string below = fmt::format("{}/{}", path, name);
        m_paths.emplace(entry->d_ino, below);
        if (depth < kMostDepth)
            walk(below, depth + 1);
    }
    ::closedir(directory);
}

void CgroupNames::walk() {
    const MonotonicTime begun = MonotonicClock::now();
    m_paths.clear();
    walk({}, 0);
    const MonotonicTime ended = MonotonicClock::now();
    m_next = ended + std::max<std::chrono::nanoseconds>(kWalkEvery, (ended - begun) * kWalkPart);
}

CgroupUnitsPtr CgroupNames::find(std::span<const std::uint32_t> groups, MonotonicTime now) {
    if (m_mount.empty())
        return nullptr;
    const auto isNew = [this](std::uint32_t group) { return !m_known.contains(group); };
    if (now < m_next || std::ranges::none_of(groups, isNew))
        return m_units;
    walk();
    std::shared_ptr<CgroupUnits> more;
    for (const std::uint32_t group : groups) {
        if (!isNew(group))
            continue;
        const auto at = m_paths.find(cgroupId(group));
        m_known.insert(group);
        ProcessUnit unit = at == m_paths.end() ? ProcessUnit() : parseCgroupPath(at->second);
        if (unit.empty() || unit.unit == "init.scope") // systemd made it for a unit that it starts when somebody comes
            continue;
        if (!more)
            more = m_units ? std::make_shared<CgroupUnits>(*m_units) : std::make_shared<CgroupUnits>();
        more->emplace(group, std::make_shared<const ProcessUnit>(std::move(unit)));
    }
    m_paths = {};
    if (more)
        m_units = std::move(more);
    return m_units;
}

} // namespace halfopen
