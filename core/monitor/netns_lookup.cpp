// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/netns_lookup.h"

#include "core/kernel/diag/netlink_source.h"
#include "core/kernel/diag/socket_count.h"
#include "core/kernel/netns/netns_access.h"
#include "core/kernel/unique_fd.h"
#include "core/monitor/all_netns.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sched.h>
#include <unistd.h>

#include <linux/magic.h>
#include <linux/nsfs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <functional>
#include <utility>

namespace halfopen {

namespace {

using Matches = std::function<bool(const NamedNetns&)>;

constexpr std::size_t kListed = 10;
constexpr std::size_t kShortestId = 12; // of a container, as engines print it

std::optional<std::uint64_t> numberOf(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

Matches byPid(std::uint64_t pid) {
    return [pid](const NamedNetns& one) {
        return std::ranges::any_of(one.netns.processes,
                                   [pid](std::int32_t its) { return static_cast<std::uint64_t>(its) == pid; });
    };
}
Matches byCookie(std::uint64_t cookie) {
    return [cookie](const NamedNetns& one) { return cookie != 0 && one.netns.cookie == cookie; };
}
Matches byInode(std::uint64_t inode) {
    return [inode](const NamedNetns& one) { return inode != 0 && one.netns.inode == inode; };
}
Matches byMount(std::string_view name) {
    return [name](const NamedNetns& one) {
        return std::ranges::any_of(one.netns.mounts,
                                   [name](const std::string& mount) { return nameOfMount(mount) == name; });
    };
}
Matches byName(std::string_view name) {
    return [name, isMounted = byMount(name)](const NamedNetns& one) {
        const std::string& container = one.label.unit.container;
        return one.label.name == name || one.label.unit.unit == name || container == name ||
               (name.size() >= kShortestId && container.starts_with(name)) || isMounted(one);
    };
}
bool isMachine(const NamedNetns& one) {
    return one.label.kind == NetnsKind::Machine;
}

/// "web (cookie:7, /run/netns/web)": what it cannot be taken for another by.
std::string waysTo(const NamedNetns& one) {
    std::string ways = one.netns.cookie != 0 ? fmt::format("cookie:{}", one.netns.cookie) : "";
    const auto add = [&ways](std::string_view way) { ways += fmt::format("{}{}", ways.empty() ? "" : ", ", way); };
    if (!one.netns.mounts.empty())
        add(one.netns.mounts.front());
    else if (!one.netns.processes.empty())
        add(fmt::format("pid:{}", one.netns.processes.front()));
    return fmt::format("{} ({})", one.label.name, ways);
}

std::string waysTo(const std::vector<NamedNetns>& some) {
    std::string text;
    for (std::size_t index = 0; index < std::min(some.size(), kListed); ++index)
        text += fmt::format("{}{}", text.empty() ? "" : ", ", waysTo(some[index]));
    return text;
}

Sentence listOf(const std::vector<NamedNetns>& some) {
    std::string text;
    for (std::size_t index = 0; index < std::min(some.size(), kListed); ++index)
        text += fmt::format("{}{}{}", text.empty() ? "" : ", ", some[index].label.name,
                            some[index].netns.cookie != 0 ? fmt::format(" (cookie:{})", some[index].netns.cookie) : "");
    return some.size() > kListed ? Sentence::tr("{0} and {1} more", text, some.size() - kListed)
                                 : Sentence::tr("{0}", text);
}

/// The one that fits; nullopt: none does.
std::optional<Result<NamedNetns>> only(const std::vector<NamedNetns>& all, std::string_view word, const Matches& fits) {
    std::vector<NamedNetns> fitting;
    std::ranges::copy_if(all, std::back_inserter(fitting), fits);
    if (fitting.empty())
        return std::nullopt;
    if (fitting.size() == 1)
        return fitting.front();
    return failure(ErrorCode::Usage,
                   Sentence::tr("Several network namespaces are called {0}: {1}. Say which by what stands in brackets.",
                                word, waysTo(fitting)));
}

bool isNetns(int file) {
    struct statfs system {};
    return ::fstatfs(file, &system) == 0 && system.f_type == NSFS_MAGIC && ::ioctl(file, NS_GET_NSTYPE) == CLONE_NEWNET;
}

/// The process of "/proc/4711/ns/net", which anybody may look at from outside.
std::optional<std::uint64_t> processOfPath(std::string_view path) {
    constexpr std::string_view kBefore = "/proc/";
    constexpr std::string_view kAfter = "/ns/net";
    if (!path.starts_with(kBefore) || !path.ends_with(kAfter) || path.size() <= kBefore.size() + kAfter.size())
        return std::nullopt;
    return numberOf(path.substr(kBefore.size(), path.size() - kBefore.size() - kAfter.size()));
}

/// As nsenter(1) would: what is there counts, whether any process or mount that can be seen has it too or not.
Result<NamedNetns> atPath(const std::vector<NamedNetns>& all, std::string_view path) {
    const UniqueFd file(::open(std::string(path).c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)); // it may be a fifo
    const int error = errno;
    const auto process = processOfPath(path);
    if (!file && error == EACCES && process)
        if (auto found = only(all, path, byPid(*process)))
            return *found;
    if (!file)
        return failure(error == EACCES ? ErrorCode::NotPermitted : ErrorCode::Usage,
                       Sentence::tr("{0} cannot be looked at: {1}.", path, Errno{error}));
    struct stat status {};
    if (!isNetns(file.get()) || ::fstat(file.get(), &status) != 0)
        return failure(ErrorCode::Usage, Sentence::tr("{0} is no network namespace.", path));
    NamedNetns named;
    if (const auto known = std::ranges::find_if(all, byInode(status.st_ino)); known != all.end())
        named = *known;
    named.netns.inode = status.st_ino;
    named.netns.cookie = netnsCookieOfFile(file.get());
    named.netns.mounts.insert(named.netns.mounts.begin(), std::string(path));
    if (named.label.name.empty())
        named.label = labelOf(named.netns);
    return named;
}

/// "pid:4711" and the like; nullopt: it is no such word.
std::optional<Matches> byPrefix(std::string_view word) {
    const std::pair<std::string_view, Matches (*)(std::uint64_t)> kKinds[] = {
        {"pid:", byPid}, {"cookie:", byCookie}, {"inode:", byInode}};
    for (const auto& [prefix, matches] : kKinds)
        if (const auto number = word.starts_with(prefix) ? numberOf(word.substr(prefix.size())) : std::nullopt)
            return matches(*number);
    return std::nullopt;
}

/// Whatever is called so. What is no file may be a pod, "prod/cart".
bool isPath(std::string_view word) {
    return word.starts_with('/') || word.starts_with('.') ||
           (word.find('/') != std::string_view::npos && ::access(std::string(word).c_str(), F_OK) == 0);
}

/// In the order in which they are tried. What others choose comes last, and of numbers only what is mounted is a name.
std::vector<Matches> waysOf(std::string_view word) {
    if (const auto prefixed = byPrefix(word))
        return {*prefixed};
    if (const auto number = numberOf(word))
        return {byPid(*number), byCookie(*number), byInode(*number), byMount(word)};
    if (word == "host")
        return {isMachine, byName(word)};
    return {byName(word)};
}

} // namespace

std::vector<NamedNetns> listNetns() {
    NetnsFinder finder;
    finder.look(MonotonicClock::now(), NetnsFinder::Depth::Descriptors);
    std::vector<NamedNetns> all;
    for (const FoundNetns& netns : finder.namespaces())
        all.push_back({netns, labelOf(netns)});
    return all;
}

Result<NamedNetns> findNetns(const std::vector<NamedNetns>& all, std::string_view word) {
    if (std::ranges::none_of(all, [](const NamedNetns& one) { return one.netns.own; }))
        return failure(
            ErrorCode::NotSupported,
            Sentence::tr("This kernel tells of no network namespaces (/proc/self/ns/net), or /proc is not mounted."));
    if (isPath(word))
        return atPath(all, word);
    for (const Matches& way : waysOf(word))
        if (auto found = only(all, word, way))
            return *found;
    return failure(ErrorCode::Usage,
                   Sentence::tr("There is no network namespace {0}. There are: {1}.", word, listOf(all)));
}

std::optional<NamedNetns> netnsOfSocket(const std::vector<NamedNetns>& all, std::uint64_t cookie) {
    struct Sink : ConnectionSink {
        void restart() override {}
        void add(const Connection& connection) override { found = found || connection.cookie == wanted; }
        std::uint64_t wanted = 0;
        bool found = false;
    };
    for (const NamedNetns& one : all) {
        if (one.netns.own)
            continue;
        auto opened = openNetns(one.netns, one.label);
        if (!opened || opened->tier == NetnsTier::Public)
            continue;
        Sink sink;
        sink.wanted = cookie;
        if (opened->source->sample({.congestion = false, .info = false}, sink) && sink.found)
            return one;
    }
    return std::nullopt;
}

Elsewhere countElsewhere() {
    NetnsFinder finder;
    finder.look(MonotonicClock::now());
    Elsewhere elsewhere;
    for (const FoundNetns& netns : finder.namespaces()) {
        if (netns.own || netns.processes.empty())
            continue;
        const auto count = SocketCounter(netns.processes.front()).count();
        if (!count || count->inUse == 0)
            continue;
        elsewhere.sockets += count->inUse;
        ++elsewhere.namespaces;
    }
    return elsewhere;
}

std::string wordFor(const NamedNetns& netns, const std::vector<NamedNetns>& all) {
    const bool plain = netns.label.name.find_first_of(" \t\n'\"\\$`&;|<>()*?[]#~!{}") == std::string::npos;
    const auto found = findNetns(all, netns.label.name);
    if (plain && found && found->netns == netns.netns)
        return netns.label.name;
    if (netns.netns.cookie != 0)
        return fmt::format("cookie:{}", netns.netns.cookie);
    return fmt::format("inode:{}", netns.netns.inode);
}

} // namespace halfopen
