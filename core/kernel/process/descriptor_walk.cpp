// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/descriptor_walk.h"

#include <fcntl.h>
#include <unistd.h>

#include <linux/magic.h>
#include <sys/statfs.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <memory>
#include <optional>

namespace halfopen {
namespace {

std::optional<std::uint32_t> number(std::string_view text) {
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() && !text.empty() ? std::optional(value)
                                                                                     : std::nullopt;
}

/// "socket:[123]" as proc(5) has it; 0 for everything else.
std::uint32_t socketInode(std::string_view link) {
    constexpr std::string_view kHead = "socket:[";
    if (!link.starts_with(kHead) || !link.ends_with(']'))
        return 0;
    return number(link.substr(kHead.size(), link.size() - kHead.size() - 1)).value_or(0);
}

/// The links of a process that has just ended are refused with EACCES as well (fs/proc/base.c, proc_pid_readlink()).
bool hasEnded(int descriptors) {
    return faccessat(descriptors, "../stat", F_OK, 0) != 0;
}

bool isProc(int directory) {
    struct statfs about {};
    return fstatfs(directory, &about) == 0 && about.f_type == PROC_SUPER_MAGIC;
}

/// "hidepid=invisible" and its like among the options of the file system that is mounted last on /proc: then only
/// processes that may be looked into are listed. Source: proc(5), fs/proc/root.c.
bool hidesProcesses() {
    std::ifstream mounts("/proc/self/mountinfo");
    bool hides = false;
    for (std::string line; std::getline(mounts, line);) {
        const std::size_t type = line.find(" - proc ");
        if (type == std::string::npos || line.find(" /proc ") > type)
            continue;
        const std::size_t option = line.find("hidepid=", type);
        hides = option != std::string::npos && line.compare(option + 8, 1, "0") != 0 &&
                line.compare(option + 8, 3, "off") != 0 && line.compare(option + 8, 1, "1") != 0 &&
                line.compare(option + 8, 8, "noaccess") != 0; // these are listed and refuse
    }
    return hides;
}

bool isShort(int error) {
    return error == EMFILE || error == ENFILE || error == ENOMEM;
}

} // namespace

DescriptorWalk::DescriptorWalk(WalkShare share)
    : m_share(share) {
    if (!m_processes.open("/proc")) {
        m_obstacles.tooFewDescriptors = isShort(errno);
        m_obstacles.notMounted = !m_obstacles.tooFewDescriptors;
    } else if (!isProc(m_processes.descriptor())) {
        m_obstacles.notMounted = true;
        m_processes.close();
    } else {
        m_obstacles.hidden = !ownRights().sysPtrace && hidesProcesses();
    }
}

bool DescriptorWalk::step() {
    m_inode = 0;
    m_fd = -1;
    m_atProcess = false;
    if (!m_ring.empty()) {
        m_inode = m_ring.back();
        m_ring.pop_back();
        return true;
    }
    if (!m_descriptors.isOpen())
        return nextProcess();
    nextDescriptor();
    return true;
}

bool DescriptorWalk::nextProcess() {
    const char* name = m_processes.isOpen() ? m_processes.next() : nullptr;
    if (name == nullptr)
        return false;
    const auto pid = number(name);
    if (!pid || *pid % m_share.of != m_share.number)
        return true;
    m_pid = static_cast<std::int32_t>(*pid);
    m_about.name.clear();
    m_atProcess = true;
    if (m_descriptors.open(("/proc/" + std::string(name) + "/fd").c_str()))
        return true;
    m_obstacles.denied = m_obstacles.denied || errno == EACCES || errno == EPERM;
    m_obstacles.tooFewDescriptors = m_obstacles.tooFewDescriptors || isShort(errno);
    return true;
}

void DescriptorWalk::nextDescriptor() {
    constexpr std::string_view kRing = "anon_inode:[io_uring]";
    const char* name = m_descriptors.next();
    if (name == nullptr) {
        m_descriptors.close();
        return;
    }
    const int directory = m_descriptors.descriptor();
    std::array<char, 32> link; // longer links are no sockets
    const ssize_t size = readlinkat(directory, name, link.data(), link.size());
    if (size < 0 && errno == EACCES && !hasEnded(directory))
        m_obstacles.denied = true; // listing takes fewer rights than following
    if (size <= 0)
        return;
    const std::string_view target(link.data(), static_cast<std::size_t>(size));
    if (target == kRing)
        return readRing(name);
    m_inode = socketInode(target);
    if (m_inode != 0)
        m_fd = static_cast<std::int32_t>(number(name).value_or(0));
}

void DescriptorWalk::readRing(const char* name) {
    m_ring = halfopen::readRing(m_descriptors.descriptor(), name);
}

Owner DescriptorWalk::owner() {
    if (m_about.name.empty())
        m_about = readProcessAbout(m_descriptors.descriptor());
    return {m_pid, m_fd, m_about.name, m_about.unit, m_about.program};
}

OwnerUnknown whyNobody(const Connection& connection, const WalkObstacles& obstacles, const OwnRights& rights) {
    if (obstacles.notMounted)
        return OwnerUnknown::NoProc;
    if (obstacles.tooFewDescriptors)
        return OwnerUnknown::NoFiles;
    const bool sawAll = !obstacles.denied && !obstacles.hidden;
    if (rights.unmappedUid == connection.uid && !sawAll)
        return OwnerUnknown::UnmappedUser;
    if (rights.uid != 0 && connection.uid != rights.uid)
        return OwnerUnknown::OtherUser;
    if (sawAll)
        return OwnerUnknown::Nowhere;
    if (rights.uid == 0)
        return rights.sysPtrace ? OwnerUnknown::Denied : OwnerUnknown::NoCapability;
    return obstacles.hidden ? OwnerUnknown::ProcHidden : OwnerUnknown::Unseen;
}

std::vector<std::uint32_t> registeredSockets(std::string_view info) {
    std::vector<std::uint32_t> inodes;
    std::size_t at = info.find("UserFiles:");
    at = at == std::string_view::npos ? at : info.find('\n', at);
    while (at != std::string_view::npos && ++at < info.size()) {
        const std::size_t end = info.find('\n', at);
        const std::string_view line = info.substr(at, end == std::string_view::npos ? end : end - at);
        const std::size_t colon = line.find(": ");
        if (colon == std::string_view::npos) // "    0: socket:[123]"
            break;
        if (const std::uint32_t inode = socketInode(line.substr(colon + 2)); inode != 0)
            inodes.push_back(inode);
        at = end;
    }
    return inodes;
}

} // namespace halfopen
