// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/cgroup.h"

#include "core/kernel/unique_fd.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace halfopen {

namespace {

constexpr std::size_t kMostText = 16 * 1024;
constexpr std::size_t kMostName = 255; // NAME_MAX: a component is a directory's name

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(separator), text.size());
        if (end > 0)
            parts.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

std::optional<std::string_view> between(std::string_view text, std::string_view prefix, std::string_view suffix) {
    if (text.size() <= prefix.size() + suffix.size() || !text.starts_with(prefix) || !text.ends_with(suffix))
        return std::nullopt;
    return text.substr(prefix.size(), text.size() - prefix.size() - suffix.size());
}

int hexDigit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/// "\x2d" as "-", systemd-escape(1). Control characters stay escaped.
std::string unescape(std::string_view name) {
    std::string plain;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const bool escaped = name.substr(i, 2) == "\\x" && i + 3 < name.size();
        const int high = escaped ? hexDigit(name[i + 2]) : -1;
        const int low = escaped ? hexDigit(name[i + 3]) : -1;
        if (const int code = high * 16 + low; high >= 0 && low >= 0 && code >= ' ' && code != 0x7f) {
            plain += static_cast<char>(code);
            i += 3;
        } else {
            plain += name[i];
        }
    }
    return plain;
}

using Container = std::pair<std::string, std::string>; ///< runtime and id

/// The names that runtimes give to scopes: PREFIX-ID.scope, or SLICE:PREFIX:ID without a systemd that takes them.
std::optional<Container> byPrefix(std::string_view component) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kRuntimes{
        {{"docker", "docker"},
         {"libpod-payload", "podman"},
         {"libpod", "podman"},
         {"crio", "cri-o"},
         {"cri-containerd", "containerd"},
         {"nerdctl", "containerd"}}};
    for (const auto& [prefix, runtime] : kRuntimes) {
        auto id = between(component, fmt::format("{}-", prefix), ".scope");
        if (!id)
            id = between(component, fmt::format("{}-", prefix), "");
        const std::string colons = fmt::format(":{}:", prefix);
        if (const auto at = component.find(colons); at != std::string_view::npos)
            id = component.substr(at + colons.size());
        if (id && isContainerId(*id))
            return Container(runtime, *id);
    }
    return std::nullopt;
}

bool isUnit(std::string_view component) {
    return component.ends_with(".service") || component.ends_with(".scope");
}

/// What of a path has been read so far.
struct PathSoFar {
    std::string_view parent;
    bool kubernetes = false;
    bool ecs = false;
    std::string pod;
};

/// Engines without a prefix of their own: a folder of theirs, and the container's below it.
std::optional<Container> byParent(std::string_view component, const PathSoFar& path) {
    if (isContainerId(component) && path.kubernetes)
        return Container("kubernetes", component);
    if (path.ecs && path.parent != "ecs" && !isUnit(component))
        return Container("ecs", component);
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kFolders{
        {{"lxc", "lxc"}, {"lxc.payload", "lxc"}, {"buildkit", "buildkit"}, {"garden", "garden"}, {"docker", "docker"}}};
    for (const auto& [folder, runtime] : kFolders)
        if (path.parent == folder && (folder != "docker" || isContainerId(component)))
            return Container(runtime, component);
    return std::nullopt;
}

std::optional<Container> containerOf(std::string_view component, const PathSoFar& path) {
    if (auto found = byPrefix(component))
        return found;
    if (auto found = byParent(component, path))
        return found;
    if (const auto name = between(component, "lxc.payload.", ""))
        return Container("lxc", *name);
    if (const auto name = between(component, "machine-", ".scope"))
        return Container("machine", unescape(*name));
    if (const auto name = between(component, "systemd-nspawn@", ".service"))
        return Container("machine", unescape(*name));
    return std::nullopt;
}

/// "kubepods-burstable-pod0ab1_..._.slice", "pod0ab1-...", "machine-libpod_pod_ID.slice", "ecstasks-TASK.slice",
/// "/ecs/TASK/ID", "/ecs/CLUSTER/TASK/ID": the id of the pod or task; "" where it is none.
std::string podOf(std::string_view component, const PathSoFar& path) {
    component = component.substr(0, component.find(':')); // SLICE:PREFIX:ID
    const std::string_view plain =
        component.ends_with(".slice") ? component.substr(0, component.size() - 6) : component;
    constexpr std::string_view kPodman = "libpod_pod_";
    if (const auto at = plain.find(kPodman); at != std::string_view::npos)
        return std::string(plain.substr(at + kPodman.size()));
    if (const auto task = between(plain, "ecstasks-", ""))
        return std::string(*task);
    if (path.ecs && path.parent != "ecs")
        return std::string(path.parent);
    const auto at = component.starts_with("kubepods") ? plain.rfind("-pod") : std::string_view::npos;
    if (at == std::string_view::npos && !(path.kubernetes && plain.starts_with("pod")))
        return {};
    std::string id(at == std::string_view::npos ? plain.substr(3) : plain.substr(at + 4));
    std::ranges::replace(id, '_', '-');
    return id;
}

ProcessUnit parsePath(std::string_view path) {
    ProcessUnit found;
    PathSoFar soFar;
    bool belowUser = false; // in what a user's own manager runs
    for (const std::string_view component : split(path, '/')) {
        if (component == ".." || component.size() > kMostName)
            continue;
        soFar.kubernetes = soFar.kubernetes || component.starts_with("kubepods");
        if (std::string pod = podOf(component, soFar); !pod.empty())
            soFar.pod = std::move(pod);
        if (auto container = containerOf(component, soFar)) {
            // A quadlet's service is the container; else what is above it runs the engine.
            const bool quadlet = component.starts_with("libpod-payload-");
            found = {.unit = quadlet ? found.unit : std::string(),
                     .user = quadlet && found.user,
                     .runtime = std::move(container->first),
                     .container = std::move(container->second),
                     .pod = soFar.pod};
            belowUser = false;
        } else if (isUnit(component)) {
            found.unit = unescape(component);
            found.user = belowUser;
            belowUser = belowUser || component.starts_with("user@");
        }
        soFar.ecs = soFar.ecs || (soFar.parent.empty() && component == "ecs");
        soFar.parent = component;
    }
    return found;
}

/// 0 is looked at first: the one hierarchy of cgroup v2, then systemd's of v1, then any other.
int rank(std::string_view line) {
    if (line.starts_with("0::"))
        return 0;
    return line.find(":name=systemd:") != std::string_view::npos ? 1 : 2;
}

} // namespace

ProcessUnit parseCgroup(std::string_view cgroup) {
    auto lines = split(cgroup.substr(0, kMostText), '\n');
    std::ranges::stable_sort(lines, {}, rank);
    for (const std::string_view line : lines) {
        const std::size_t path = line.find(":/");
        if (path == std::string_view::npos)
            continue;
        if (ProcessUnit found = parsePath(line.substr(path + 1)); !found.empty())
            return found;
    }
    return {};
}

ProcessUnit parseCgroupPath(std::string_view path) {
    return parsePath(path.substr(0, kMostText));
}

ProcessUnitPtr readProcessUnit(int directory, const char* relative) {
    const UniqueFd file(::openat(directory, relative, O_RDONLY | O_CLOEXEC));
    if (!file)
        return nullptr;
    std::array<char, 4096> text;
    const ssize_t size = ::read(file.get(), text.data(), text.size());
    if (size <= 0)
        return nullptr;
    ProcessUnit found = parseCgroup({text.data(), static_cast<std::size_t>(size)});
    return found.empty() ? nullptr : std::make_shared<const ProcessUnit>(std::move(found));
}

} // namespace halfopen
