// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/netns/netns_finder.h"

#include "core/kernel/netns/netns_access.h"
#include "core/kernel/netns/netns_id.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <functional>
#include <optional>
#include <string_view>
#include <tuple>

namespace halfopen {

namespace {

constexpr std::chrono::seconds kFullPassEvery{10};
// What has been there for so many looks has settled where it is.
constexpr std::uint8_t kNewFor = 3;
// A five-hundredth of a core, with a look each second.
constexpr std::chrono::milliseconds kTurnWithin{2};
constexpr std::chrono::seconds kTurnEvery{10};
constexpr std::size_t kMostInTurn = 10'000; // of one process, some 20 ms

std::optional<std::int32_t> numberOf(std::string_view text) {
    std::int32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

/// Calls `each` with every name in a directory that is a number, and the directory's descriptor.
void eachNumber(const std::string& path, const std::function<void(std::int32_t, int)>& each) {
    DIR* const directory = ::opendir(path.c_str());
    if (directory == nullptr)
        return;
    while (const dirent* entry = ::readdir(directory))
        if (const auto number = numberOf(entry->d_name))
            each(*number, ::dirfd(directory));
    ::closedir(directory);
}

/// "net:[4026531840]" as /proc/PID/ns/net and descriptors have it; 0: it is something else, or may not be read.
NetnsId linkedNetns(int directory, const char* path) {
    std::array<char, 64> target{};
    const ssize_t size = ::readlinkat(directory, path, target.data(), target.size());
    constexpr std::string_view kBegin = "net:[";
    const std::string_view text(target.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    NetnsId inode = 0;
    if (text.starts_with(kBegin))
        std::from_chars(text.data() + kBegin.size(), text.data() + text.size(), inode);
    return inode;
}

bool isNetns(int file, NetnsId inode) {
    struct stat status {};
    struct statfs system {};
    return ::fstat(file, &status) == 0 && ::fstatfs(file, &system) == 0 && system.f_type == NSFS_MAGIC &&
           status.st_ino == inode;
}

UniqueFd openIfNetns(const std::string& path, NetnsId inode) {
    // A mount may have been replaced by anything: O_NONBLOCK for a fifo, and what is no namespace is not kept.
    UniqueFd file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (file && !isNetns(file.get(), inode)) {
        errno = ESTALE;
        file.reset();
    }
    return file;
}

bool isHalfopen(const std::string& process) {
    std::array<char, 16> name{};
    const UniqueFd file(::open((process + "/comm").c_str(), O_RDONLY | O_CLOEXEC));
    const ssize_t size = file ? ::read(file.get(), name.data(), name.size()) : 0;
    return std::string_view(name.data(), size > 0 ? static_cast<std::size_t>(size) : 0).starts_with("halfopen");
}

FoundNetns* byInode(std::vector<FoundNetns>& found, NetnsId inode) {
    const auto one = std::ranges::find(found, inode, &FoundNetns::inode);
    return one == found.end() ? nullptr : &*one;
}

/// Something that was in it then is in it still, so no other one can have taken its inode meanwhile.
bool isTheSame(const FoundNetns& before, const FoundNetns& now) {
    const auto share = [](const auto& a, const auto& b) {
        return std::ranges::any_of(a, [&](const auto& one) { return std::ranges::find(b, one) != b.end(); });
    };
    return before.inode == now.inode && (now.own || share(before.processes, now.processes));
}

} // namespace

UniqueFd openNetnsFile(const FoundNetns& netns) {
    std::vector<std::string> paths = netns.mounts;
    for (const std::int32_t pid : netns.processes)
        paths.push_back(fmt::format("/proc/{}/ns/net", pid));
    if (netns.descriptorPid != 0)
        paths.push_back(fmt::format("/proc/{}/fd/{}", netns.descriptorPid, netns.descriptor));
    int error = netns.inode == 0 ? EACCES : ENOENT;
    for (const std::string& path : paths) {
        UniqueFd file = netns.inode != 0 ? openIfNetns(path, netns.inode) : UniqueFd();
        if (file)
            return file;
        if (error != EACCES) // of what is refused it is not known whether it has ended
            error = errno;
    }
    errno = error;
    return {};
}

NetnsFinder::NetnsFinder(std::string proc)
    : m_proc(std::move(proc))
    , m_mounts(m_proc + "/thread-self/mountinfo") {}

NetnsFinder::Home NetnsFinder::homeOf(std::int32_t pid) const {
    Home home;
    home.inode = linkedNetns(AT_FDCWD, fmt::format("{}/{}/ns/net", m_proc, pid).c_str());
    struct stat status {};
    if (home.inode == 0 && ::stat(fmt::format("{}/{}/net/stat", m_proc, pid).c_str(), &status) == 0)
        home.procInode = status.st_ino;
    return home;
}

void NetnsFinder::followProcesses(bool all) {
    Homes homes;
    eachNumber(m_proc, [&](std::int32_t pid, int) {
        const auto known = m_homes.find(pid);
        const bool settled = !all && known != m_homes.end() && known->second.looks >= kNewFor;
        Home home = settled ? known->second : homeOf(pid);
        home.looks =
            known == m_homes.end() ? 1 : static_cast<std::uint8_t>(std::min(known->second.looks + 1, +kNewFor));
        if (home.inode != 0 || home.procInode != 0)
            homes.emplace(pid, home);
    });
    m_homes = std::move(homes);
}

std::vector<FoundNetns> NetnsFinder::group() const {
    std::vector<FoundNetns> found;
    std::unordered_map<NetnsId, std::size_t> byInode;
    std::unordered_map<NetnsId, std::size_t> byProcInode;
    const auto placeOf = [&](auto& index, NetnsId key) {
        const auto [at, isNew] = index.emplace(key, found.size());
        if (isNew)
            found.emplace_back();
        return at->second;
    };
    // First those whose namespace may be read; one process of each tells the number that all others are known by.
    for (const auto& [pid, home] : m_homes) {
        if (home.inode == 0)
            continue;
        FoundNetns& netns = found[placeOf(byInode, home.inode)];
        netns.inode = home.inode;
        netns.processes.push_back(pid);
        struct stat status {};
        if (netns.procInode == 0 && ::stat(fmt::format("{}/{}/net/stat", m_proc, pid).c_str(), &status) == 0)
            netns.procInode = status.st_ino;
    }
    for (std::size_t index = 0; index < found.size(); ++index)
        byProcInode.emplace(found[index].procInode, index);
    for (const auto& [pid, home] : m_homes) {
        if (home.inode != 0)
            continue;
        FoundNetns& netns = found[placeOf(byProcInode, home.procInode)];
        netns.procInode = home.procInode;
        netns.processes.push_back(pid);
    }
    for (FoundNetns& netns : found)
        std::ranges::sort(netns.processes);
    return found;
}

void NetnsFinder::addMounts(std::vector<FoundNetns>& found) {
    for (auto& [inode, path] : m_mounts.read()) {
        FoundNetns* netns = byInode(found, inode);
        if (netns == nullptr) {
            netns = &found.emplace_back();
            netns->inode = inode;
        }
        netns->mounts.push_back(std::move(path));
    }
}

void NetnsFinder::addDescriptorsOf(std::int32_t pid, std::size_t most, std::vector<FoundNetns>& found) const {
    const std::string process = fmt::format("{}/{}", m_proc, pid);
    std::optional<bool> isLookingToo; // asked where it matters
    eachNumber(process + "/fd", [&](std::int32_t fd, int directory) {
        if (most == 0)
            return;
        --most;
        const NetnsId inode = linkedNetns(directory, std::to_string(fd).c_str());
        if (inode == 0 || byInode(found, inode) != nullptr)
            return;
        if (!isLookingToo)
            isLookingToo = isHalfopen(process);
        if (*isLookingToo)
            return;
        FoundNetns& netns = found.emplace_back();
        netns.inode = inode;
        netns.descriptorPid = pid;
        netns.descriptor = fd;
    });
}

void NetnsFinder::addDescriptors(std::vector<FoundNetns>& found) const {
    eachNumber(m_proc, [&](std::int32_t pid, int) {
        if (pid != ::getpid())
            addDescriptorsOf(pid, SIZE_MAX, found);
    });
}

void NetnsFinder::addDescriptorsInTurn(std::vector<FoundNetns>& found, MonotonicTime now) {
    if (now < m_nextTurn)
        return;
    const MonotonicTime end = MonotonicClock::now() + kTurnWithin;
    std::vector<std::int32_t> pids;
    for (const auto& [pid, home] : m_homes)
        if (pid > m_turn && pid != ::getpid())
            pids.push_back(pid);
    std::ranges::sort(pids);
    for (const std::int32_t pid : pids) {
        addDescriptorsOf(pid, kMostInTurn, found);
        m_turn = pid;
        if (MonotonicClock::now() >= end)
            return;
    }
    m_turn = 0;
    m_nextTurn = now + kTurnEvery;
}

/// Those found so before whose descriptor is still one of them.
void NetnsFinder::keepDescriptors(std::vector<FoundNetns>& found) const {
    for (const FoundNetns& before : m_found) {
        if (before.descriptorPid == 0 || byInode(found, before.inode) != nullptr)
            continue;
        const std::string path = fmt::format("{}/{}/fd/{}", m_proc, before.descriptorPid, before.descriptor);
        if (linkedNetns(AT_FDCWD, path.c_str()) == before.inode)
            found.push_back(before);
    }
}

/// An inode is given to the next namespace as soon as the last is gone; the cookie tells whether it is the same.
void NetnsFinder::nameByCookie(std::vector<FoundNetns>& found, bool all) {
    for (FoundNetns& netns : found) {
        const FoundNetns* before = netns.inode != 0 ? byInode(m_found, netns.inode) : nullptr;
        if (!all && before != nullptr && isTheSame(*before, netns)) {
            netns.cookie = before->cookie;
            continue;
        }
        const UniqueFd file = openNetnsFile(netns);
        if (file)
            netns.cookie = netnsCookieOfFile(file.get());
    }
}

bool NetnsFinder::look(MonotonicTime now, Depth depth) {
    const bool all = now >= m_nextPass || m_mounts.changed() || depth == Depth::Descriptors;
    if (all) {
        m_nextPass = now + kFullPassEvery;
        m_othersHidden = ::access((m_proc + "/1/stat").c_str(), R_OK) != 0; // there always is one
    }
    followProcesses(all);
    auto found = group();
    addMounts(found);
    if (depth == Depth::Descriptors)
        addDescriptors(found);
    else
        keepDescriptors(found);
    if (depth == Depth::InTurn)
        addDescriptorsInTurn(found, now);
    const NetnsId own = ownNetns();
    for (FoundNetns& netns : found)
        netns.own = own != 0 && netns.inode == own;
    nameByCookie(found, all);
    std::ranges::sort(found, {}, [](const FoundNetns& one) {
        return std::tuple(!one.own, one.cookie == 0, one.cookie, one.inode, one.procInode);
    });
    const bool changed = found != m_found;
    m_found = std::move(found);
    return changed;
}

} // namespace halfopen
