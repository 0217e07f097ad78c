// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/netns_names.h"

#include "core/kernel/netns/netns_id.h"
#include "core/kernel/process/cgroup.h"
#include "core/kernel/unique_fd.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <optional>
#include <vector>

namespace halfopen {

namespace {

constexpr std::size_t kMostText = 64 * 1024;
constexpr std::size_t kMostName = 128;
// Of a namespace with thousands of processes the oldest is nearly always among those with the lowest numbers.
constexpr std::size_t kMostLooks = 64;
constexpr std::size_t kShortId = 12;

std::string readText(const std::string& path) {
    // O_NONBLOCK: whatever stands at a path of somebody else's must not make the reader wait.
    const UniqueFd file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC));
    std::string text;
    std::array<char, 4096> piece;
    while (file && text.size() < kMostText) {
        const ssize_t size = ::read(file.get(), piece.data(), piece.size());
        if (size <= 0)
            break;
        text.append(piece.data(), static_cast<std::size_t>(size));
    }
    return text;
}

/// A name, as long as names are.
std::string bounded(std::string_view name) {
    return std::string(name.substr(0, kMostName));
}

/// proc_pid_stat(5): name, parent and start.
struct Process {
    std::string name;
    std::int32_t parent = 0;
    std::uint64_t started = 0; ///< in clock ticks after boot
};

std::optional<Process> readProcess(const std::string& root, std::int32_t pid) {
    const std::string text = readText(fmt::format("{}/proc/{}/stat", root, pid));
    const std::size_t open = text.find('(');
    const std::size_t close = text.rfind(')');
    if (open == std::string::npos || close == std::string::npos || close < open)
        return std::nullopt;
    Process process{.name = text.substr(open + 1, close - open - 1)};
    std::string_view rest = std::string_view(text).substr(close + 1);
    constexpr int kParentAt = 2; // fields after the name: state, parent, ...
    constexpr int kStartAt = 20;
    for (int field = 1; field <= kStartAt && !rest.empty(); ++field) {
        rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
        const std::string_view word = rest.substr(0, rest.find(' '));
        rest.remove_prefix(word.size());
        if (field == kParentAt)
            std::from_chars(word.data(), word.data() + word.size(), process.parent);
        if (field == kStartAt)
            std::from_chars(word.data(), word.data() + word.size(), process.started);
    }
    return process;
}

struct Oldest {
    std::int32_t pid = 0;
    Process process;

    void take(std::int32_t other, const Process& its) {
        if (pid == 0 || its.started < process.started)
            *this = {other, its};
    }
};

/// What bubblewrap leaves as process 1 of a sandbox (flatpak's too), older than the program that it is for.
bool isSandboxInit(const Process& process) {
    return process.name == "bwrap";
}

/// @param except  this one and its children do not count; nullopt: all do
Oldest oldestOf(const std::vector<std::int32_t>& pids, std::optional<std::int32_t> except, const std::string& root) {
    Oldest oldest;
    Oldest init;
    for (std::size_t index = 0; index < std::min(pids.size(), kMostLooks); ++index) {
        auto process = readProcess(root, pids[index]);
        if (process && except && (pids[index] == *except || process->parent == *except))
            continue;
        if (process)
            (isSandboxInit(*process) ? init : oldest).take(pids[index], *process);
    }
    return oldest.pid != 0 ? oldest : init;
}

std::vector<std::string_view> wordsOf(std::string_view commandLine) {
    std::vector<std::string_view> words;
    while (!commandLine.empty()) {
        const std::size_t end = std::min(commandLine.find('\0'), commandLine.size());
        words.push_back(commandLine.substr(0, end));
        commandLine.remove_prefix(std::min(end + 1, commandLine.size()));
    }
    return words;
}

std::string_view wordAfter(const std::vector<std::string_view>& words, std::string_view option) {
    const auto at = std::ranges::find(words, option);
    return at == words.end() || at + 1 == words.end() ? std::string_view() : *(at + 1);
}

/// What engines take for a container's name.
bool isContainerName(std::string_view text) {
    constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";
    return text.find_first_not_of(kAllowed) == std::string_view::npos;
}

/// The string behind a key of a JSON text that an engine wrote; what it escapes is left as it is.
std::string jsonString(std::string_view text, std::string_view key) {
    const std::string quoted = fmt::format("\"{}\":\"", key);
    const std::size_t at = text.find(quoted);
    if (at == std::string_view::npos)
        return {};
    const std::string_view value = text.substr(at + quoted.size());
    return bounded(value.substr(0, value.find('"')));
}

/// "POD_NAMESPACE_CONTAINER-ID.log", as the kubelet links them.
std::string podOf(const std::string& root, std::string_view id) {
    DIR* const directory = ::opendir((root + "/var/log/containers").c_str());
    if (directory == nullptr)
        return {};
    std::string pod;
    const std::string ending = fmt::format("-{}.log", id);
    while (const dirent* entry = ::readdir(directory)) {
        const std::string_view name = entry->d_name;
        if (!name.ends_with(ending))
            continue;
        const std::size_t first = name.find('_');
        const std::size_t second = name.find('_', first == std::string_view::npos ? first : first + 1);
        if (second != std::string_view::npos)
            pod = fmt::format("{}/{}", name.substr(first + 1, second - first - 1), name.substr(0, first));
    }
    ::closedir(directory);
    return bounded(pod);
}

/// What its engine's files and monitor call it; "" where they tell nothing to this process.
std::string containerName(const Oldest& oldest, const ProcessUnit& unit, const std::string& root) {
    if (std::string name = nameInMonitor(readText(fmt::format("{}/proc/{}/cmdline", root, oldest.process.parent)));
        !name.empty())
        return name;
    if (!isContainerId(unit.container)) // an id in full is hexadecimal, and so no way out of the directory
        return {};
    if (std::string pod = podOf(root, unit.container); !pod.empty())
        return pod;
    const std::string file = fmt::format("{}/var/lib/docker/containers/{}/config.v2.json", root, unit.container);
    std::string name = jsonString(readText(file), "Name");
    return name.starts_with('/') ? name.substr(1) : name;
}

std::string shortId(const ProcessUnit& unit) {
    const bool isId = isContainerId(unit.container);
    return fmt::format("{} {}", unit.runtime, isId ? unit.container.substr(0, kShortId) : bounded(unit.container));
}

/// A session or a user's manager says nothing of who lives in a namespace of its own.
bool namesService(const ProcessUnit& unit) {
    return unit.unit.ends_with(".service") && !unit.unit.starts_with("user@");
}

/// A process of root's that waits for it, and not init, which takes in everybody's. Whose a process is its folder does
/// not tell: one that is not dumpable has root's (proc_pid(5)).
bool isOfRoot(std::int32_t monitor, const std::string& root) {
    const std::string text = readText(fmt::format("{}/proc/{}/status", root, monitor));
    return monitor > 1 && text.find("\nUid:\t0\t0\t") != std::string::npos;
}

NetnsLabel byProcess(const Oldest& oldest, const std::string& root) {
    NetnsLabel label{.program = oldest.process.name, .oldest = oldest.pid};
    const std::string cgroup = fmt::format("{}/proc/{}/cgroup", root, oldest.pid);
    if (const ProcessUnitPtr unit = readProcessUnit(AT_FDCWD, cgroup.c_str()))
        label.unit = *unit;
    const std::string monitored = containerName(oldest, label.unit, root);
    if (!label.unit.container.empty() || !monitored.empty()) {
        label.kind = NetnsKind::Container;
        label.name = monitored.empty() ? shortId(label.unit) : monitored;
    } else if (namesService(label.unit)) {
        label.kind = NetnsKind::Unit;
        label.name = bounded(label.unit.unit);
    } else {
        label.kind = NetnsKind::Program;
        label.name = fmt::format("{} {}", oldest.process.name, oldest.pid);
    }
    return label;
}

} // namespace

NetnsInside insideOf(const FoundNetns& netns, const NetnsLabel& label) {
    return {.kind = label.kind,
            .unit = label.unit,
            .program = label.program,
            .oldest = label.oldest,
            .processes = static_cast<std::uint32_t>(netns.processes.size()),
            .procInode = netns.procInode};
}

std::string nameOfMount(std::string_view path) {
    for (const std::string_view folder : {"/run/netns/", "/var/run/netns/"}) {
        if (!path.starts_with(folder))
            continue;
        const std::string_view name = path.substr(folder.size());
        const bool isMade = name.starts_with("cni-") || name.starts_with("netns-");
        return isMade || name.find('/') != std::string_view::npos ? std::string() : bounded(name);
    }
    return {};
}

std::string nameInMonitor(std::string_view commandLine) {
    const auto words = wordsOf(commandLine);
    if (words.empty())
        return {};
    const std::string_view program = words.front().substr(words.front().rfind('/') + 1);
    const std::string_view name = program == "conmon" ? wordAfter(words, "-n") : std::string_view();
    return isContainerName(name) ? bounded(name) : std::string();
}

NetnsLabel labelOf(const FoundNetns& netns, const std::string& root) {
    // Nobody calls his own after what looks.
    const auto except = netns.own ? std::optional<std::int32_t>(::getpid()) : std::nullopt;
    const Oldest oldest = oldestOf(netns.processes, except, root);
    NetnsLabel label;
    if (oldest.pid != 0)
        label = byProcess(oldest, root);
    // Whoever is root mounts it, and anybody may call himself a container in it.
    const bool isRoots = label.kind == NetnsKind::Container && isOfRoot(oldest.process.parent, root);
    for (const std::string& mount : netns.mounts) {
        if (std::string name = nameOfMount(mount); !name.empty() && !isRoots) {
            label.name = std::move(name);
            label.kind = NetnsKind::Named;
        }
    }
    // Process 1 may be hidden (hidepid).
    if (std::ranges::find(netns.processes, 1) != netns.processes.end() || (netns.own && isFirstNetns(root))) {
        label.name = "host";
        label.kind = NetnsKind::Machine;
    }
    if (label.name.empty() && netns.cookie != 0)
        label.name = fmt::format("netns-{}", netns.cookie);
    if (label.name.empty())
        label.name = fmt::format("net:[{}]", netns.inode != 0 ? netns.inode : netns.procInode);
    return label;
}

} // namespace halfopen
