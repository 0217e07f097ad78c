// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/stopped_processes.h"

#include "core/kernel/unique_fd.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <string_view>
#include <utility>

namespace halfopen {

namespace {

constexpr std::uint8_t kGroupsEvery = 8; // looks; a process hardly ever moves to another group

/// The first 4 KiB; "" where it cannot be read.
std::string textOf(const std::string& path) {
    const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    std::array<char, 4096> text;
    const ssize_t size = file ? ::read(file.get(), text.data(), text.size()) : -1;
    return size <= 0 ? std::string() : std::string(text.data(), static_cast<std::size_t>(size));
}

/// "17 (name) T 1 ...": the name may hold anything.
bool isStoppedBy(std::string_view stat) {
    const auto name = stat.rfind(')');
    return name != std::string_view::npos && name + 2 < stat.size() && (stat[name + 2] == 'T' || stat[name + 2] == 't');
}

/// The path in a line "6:freezer:/a/b" of /proc/PID/cgroup; "" where the group is the root, which cannot be frozen, or
/// outside of what can be seen from here.
std::string_view groupIn(std::string_view line, std::string_view controllers) {
    const auto first = line.find(':');
    const auto second = first == std::string_view::npos ? first : line.find(':', first + 1);
    if (second == std::string_view::npos || line.substr(first + 1, second - first - 1) != controllers)
        return {};
    const std::string_view path = line.substr(second + 1);
    return path == "/" || path.find("/..") != std::string_view::npos ? std::string_view() : path;
}

} // namespace

void StoppedProcesses::follow(const OwnerTablePtr& owners) {
    if (owners == m_owners)
        return;
    m_owners = owners;
    std::vector<Process> now;
    std::unordered_map<std::int32_t, std::size_t> index;
    for (const auto& [inode, processes] : *owners)
        for (const Owner& owner : processes) {
            if (!index.try_emplace(owner.pid, now.size()).second)
                continue;
            const auto known = m_index.find(owner.pid);
            now.push_back(known == m_index.end() ? Process{owner.pid} : std::move(m_processes[known->second]));
        }
    m_processes = std::move(now);
    m_index = std::move(index);
    m_stopped = static_cast<std::size_t>(std::ranges::count_if(m_processes, &Process::stopped));
}

void StoppedProcesses::beginCall() {
    m_frozen.clear();
    ++m_calls;
}

void StoppedProcesses::look(std::span<const Owner> owners) {
    beginCall();
    for (const Owner& owner : owners)
        if (const auto known = m_index.find(owner.pid); known != m_index.end())
            lookAt(m_processes[known->second]);
}

void StoppedProcesses::lookOn(std::size_t atMost) {
    beginCall();
    const std::size_t count = std::min(atMost, m_processes.size());
    std::vector<std::uint32_t> order(m_processes.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto lastLook = [this](std::uint32_t at) { return m_processes[at].lastLook; };
    if (count < order.size())
        std::ranges::nth_element(order, order.begin() + static_cast<std::ptrdiff_t>(count), {}, lastLook);
    for (std::size_t i = 0; i < count; ++i)
        lookAt(m_processes[order[i]]);
}

bool StoppedProcesses::isStopped(std::int32_t pid) const {
    const auto known = m_index.find(pid);
    return known != m_index.end() && m_processes[known->second].stopped;
}

void StoppedProcesses::lookAt(Process& process) {
    if (process.looks++ % kGroupsEvery == 0)
        process.freezers = freezersOf(process.pid);
    const bool stopped = isStoppedBy(textOf(fmt::format("{}/proc/{}/stat", m_root, process.pid))) ||
                         std::ranges::any_of(process.freezers, [this](const auto& file) { return isFrozen(file); });
    process.lastLook = m_calls;
    m_stopped += stopped;
    m_stopped -= process.stopped;
    process.stopped = stopped;
}

bool StoppedProcesses::isFrozen(const std::string& freezer) {
    const auto known = m_frozen.find(freezer);
    if (known != m_frozen.end())
        return known->second;
    const std::string text = textOf(freezer);
    const bool frozen =
        text.starts_with("FROZEN") || text.starts_with("frozen 1") || text.find("\nfrozen 1") != std::string::npos;
    return m_frozen.emplace(freezer, frozen).first->second;
}

/// A group is frozen with any above it, and its own files say so.
std::vector<std::string> StoppedProcesses::freezersOf(std::int32_t pid) const {
    const std::string text = textOf(fmt::format("{}/proc/{}/cgroup", m_root, pid));
    const std::string mounted = m_root + "/sys/fs/cgroup";
    std::vector<std::string> freezers;
    const auto addIfThere = [&](std::string file) {
        if (::access(file.c_str(), R_OK) == 0)
            freezers.push_back(std::move(file));
    };
    for (std::string_view rest = text; !rest.empty();) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        if (const auto group = groupIn(line, ""); !group.empty())
            for (const char* hierarchy : {"", "/unified"}) // beside v1 it is mounted below
                addIfThere(fmt::format("{}{}{}/cgroup.events", mounted, hierarchy, group));
        if (const auto group = groupIn(line, "freezer"); !group.empty())
            addIfThere(fmt::format("{}/freezer{}/freezer.state", mounted, group));
    }
    return freezers;
}

} // namespace halfopen
