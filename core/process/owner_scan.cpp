// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/process/owner_scan.h"

#include "core/unique_fd.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <functional>
#include <optional>
#include <string_view>

namespace halfopen {
namespace {

// Between two looks at the clock; one of them costs a microsecond or two.
constexpr int kStepsAtOnce = 32;

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

std::string commandName(int descriptors) {
    std::array<char, 64> text{};
    const UniqueFd comm(openat(descriptors, "../comm", O_RDONLY | O_CLOEXEC));
    const ssize_t size = comm ? read(comm.get(), text.data(), text.size()) : 0;
    const std::string_view name(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    return std::string(name.substr(0, name.find('\n')));
}

/// Summed up over all owners it tells two tables apart without a walk through either.
std::uint64_t digestOf(std::uint32_t inode, const Owner& owner) {
    const std::uint64_t place =
        std::uint64_t{static_cast<std::uint32_t>(owner.pid)} << 32 | static_cast<std::uint32_t>(owner.fd);
    std::uint64_t mix = (place ^ std::uint64_t{inode} * 0x9E3779B97F4A7C15u) + std::hash<std::string>{}(owner.name);
    mix = (mix ^ (mix >> 30)) * 0xBF58476D1CE4E5B9u; // splitmix64
    mix = (mix ^ (mix >> 27)) * 0x94D049BB133111EBu;
    return mix ^ (mix >> 31);
}

} // namespace

OwnerUnknown OwnerScan::lookUp(const Connection& connection) {
    if (connection.isNotAccepted())
        return OwnerUnknown::NotAccepted;
    if (connection.inode == 0)
        return OwnerUnknown::NoDescriptor;
    if (m_owners->contains(connection.inode))
        return OwnerUnknown::Known;
    m_asked.insert(connection.inode);
    if (!m_missing.contains(connection.inode)) {
        m_news = m_news || !m_round || !m_round->asked.contains(connection.inode);
        return OwnerUnknown::NotLookedUp;
    }
    // With hidepid other users' processes are not even listed, so nobody needs to have refused.
    const bool foreign = m_uid != 0 && connection.uid != m_uid;
    return foreign || m_denied ? OwnerUnknown::OtherUser : OwnerUnknown::NoDescriptor;
}

bool OwnerScan::roundIsDue(MonotonicTime now) const {
    if (!m_sampled)
        return false;
    return (m_news && now >= m_notBefore) || (now >= m_repeatAt && (m_asked.size() != 0 || !m_owners->empty()));
}

void OwnerScan::beginRound() {
    m_round = std::make_unique<Round>();
    m_round->processes.open("/proc");
    std::swap(m_round->asked, m_asked);
    for (const auto& [inode, owners] : *m_owners)
        m_round->asked.insert(inode);
    m_round->forNews = m_news;
    m_deadSearch.begin();
    m_news = m_sampled = false;
}

bool OwnerScan::step(MonotonicTime until) {
    MonotonicTime now = MonotonicClock::now();
    if (!m_round) {
        if (!roundIsDue(now))
            return false;
        beginRound();
    }
    bool more = true;
    do {
        for (int i = 0; i < kStepsAtOnce && more; ++i)
            more = advance(*m_round);
        const MonotonicTime later = MonotonicClock::now();
        m_round->cost += later - now;
        now = later;
    } while (more && now < until);
    return !more && endRound(now);
}

bool OwnerScan::advance(Round& round) {
    if (!round.descriptors.isOpen())
        return nextProcess(round);
    nextDescriptor(round);
    return true;
}

bool OwnerScan::nextProcess(Round& round) {
    const char* name = round.processes.isOpen() ? round.processes.next() : nullptr;
    if (name == nullptr)
        return false;
    const auto pid = number(name);
    if (!pid)
        return true;
    round.pid = static_cast<std::int32_t>(*pid);
    round.name.clear();
    m_deadSearch.enter(round.pid);
    if (!round.descriptors.open(("/proc/" + std::string(name) + "/fd").c_str()) && (errno == EACCES || errno == EPERM))
        round.denied = true;
    return true;
}

void OwnerScan::nextDescriptor(Round& round) {
    const char* name = round.descriptors.next();
    if (name == nullptr) {
        round.descriptors.close();
        return;
    }
    const int directory = round.descriptors.descriptor();
    std::array<char, 32> link; // longer links are no sockets
    const ssize_t size = readlinkat(directory, name, link.data(), link.size());
    if (size < 0 && errno == EACCES && !hasEnded(directory))
        round.denied = true; // listing takes fewer rights than following
    const std::uint32_t inode = size > 0 ? socketInode({link.data(), static_cast<std::size_t>(size)}) : 0;
    if (inode == 0)
        return;
    const auto fd = static_cast<std::int32_t>(number(name).value_or(0));
    if (round.asked.contains(inode)) {
        const Owner& owner = (*round.found)[inode].emplace_back(holder(round, fd));
        round.digest += digestOf(inode, owner);
    } else if (DeadSocket* dead = m_deadSearch.look(fd, inode)) {
        dead->holders.push_back(holder(round, fd));
    }
}

/// The kernel lists processes and descriptors in ascending order (fs/proc/base.c, next_tgid(); fs/proc/fd.c), so owners
/// are.
Owner OwnerScan::holder(Round& round, std::int32_t fd) {
    if (round.name.empty()) {
        round.name = commandName(round.descriptors.descriptor());
        round.unit = readProcessUnit(round.descriptors.descriptor(), "../cgroup");
    }
    return {round.pid, fd, round.name, round.unit};
}

/// @return whether others are dead than before
bool OwnerScan::publishDead() {
    auto found = m_deadSearch.take();
    const auto same = [](const DeadSocket& one, const DeadSocket& other) {
        return one.cookie == other.cookie && one.holders == other.holders;
    };
    if (std::ranges::equal(found, *m_dead, same))
        return false;
    m_dead = std::make_shared<const DeadSockets>(std::move(found));
    return true;
}

bool OwnerScan::endRound(MonotonicTime now) {
    m_missing.clear();
    m_round->asked.forEach([this](std::uint32_t inode) {
        if (!m_round->found->contains(inode))
            m_missing.insert(inode);
    });
    m_denied = m_round->denied;
    const auto pause = m_pace.pauseFactor * m_round->cost;
    m_notBefore = now + pause;
    m_repeatAt = now + std::max<std::chrono::nanoseconds>(m_pace.repeatAfter, 2 * pause);
    const bool changed = m_round->digest != m_digest || m_round->found->size() != m_owners->size();
    if (changed)
        m_owners = std::move(m_round->found);
    m_digest = m_round->digest;
    const bool news = publishDead() || changed || m_round->forNews;
    m_round.reset();
    return news;
}

} // namespace halfopen
