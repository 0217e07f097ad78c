// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/owner_scan.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <functional>
#include <utility>

namespace halfopen {
namespace {

// Between two looks at the clock; one of them costs a microsecond or two.
constexpr int kStepsAtOnce = 32;

/// Summed up over all owners it tells two tables apart without a walk through either.
std::uint64_t digestOf(std::uint32_t inode, const Owner& owner) {
    const std::uint64_t place =
        std::uint64_t{static_cast<std::uint32_t>(owner.pid)} << 32 | static_cast<std::uint32_t>(owner.fd);
    std::uint64_t mix = (place ^ std::uint64_t{inode} * 0x9E3779B97F4A7C15u) + std::hash<std::string>{}(owner.name);
    mix = (mix ^ (mix >> 30)) * 0xBF58476D1CE4E5B9u; // splitmix64
    mix = (mix ^ (mix >> 27)) * 0x94D049BB133111EBu;
    return mix ^ (mix >> 31);
}

/// It is there and of this pid namespace, so that the numbers of its processes are those that the kernel tells us:
/// without that there are no names, or those of others, and the walk says so.
bool isProcOurs() {
    std::array<char, 16> self{};
    const ssize_t size = readlink("/proc/self", self.data(), self.size());
    std::int32_t pid = 0;
    return size > 0 && std::from_chars(self.data(), self.data() + size, pid).ec == std::errc() && pid == getpid();
}

} // namespace

OwnerUnknown OwnerScan::lookUp(const Connection& connection) {
    if (connection.isNotAccepted() || (connection.state == State::SynRecv && connection.inode == 0))
        return OwnerUnknown::NotAccepted;
    if (connection.inode == 0)
        return OwnerUnknown::NoDescriptor;
    if (connection.state == State::Close)
        m_over.insert(connection.inode);
    if (m_owners->contains(connection.inode))
        return OwnerUnknown::Known;
    m_asked.insert(connection.inode);
    if (!m_missing.contains(connection.inode)) {
        m_news = m_news || !m_round || !m_round->asked.contains(connection.inode);
        return OwnerUnknown::NotLookedUp;
    }
    if (m_sawAll && m_obstacles.hidden) // somebody may have it whose name is not told
        return OwnerUnknown::ProcHidden;
    if (m_sawAll && !m_obstacles.any())
        return OwnerUnknown::Nowhere;
    return whyNobody(connection, m_obstacles, m_rights);
}

void OwnerScan::setSocketOwners(std::shared_ptr<SocketOwners> owners) {
    m_socketOwners = std::move(owners);
    m_round.reset();
    m_missing.clear();
    m_notBefore = {};
}

bool OwnerScan::roundIsDue(MonotonicTime now) const {
    if (!m_sampled)
        return false;
    return (m_news && now >= m_notBefore) || (now >= m_repeatAt && (m_asked.size() != 0 || !m_owners->empty()));
}

void OwnerScan::beginRound() {
    m_round = std::make_unique<Round>();
    std::swap(m_round->asked, m_asked);
    std::swap(m_round->over, m_over);
    const auto isDead = [this](std::uint32_t inode) { // who asks for all has its owners as well
        return std::ranges::binary_search(*m_dead, inode, {}, &DeadSocket::inode);
    };
    for (const auto& [inode, owners] : *m_owners)
        if (!isDead(inode))
            m_round->asked.insert(inode);
    m_round->forNews = m_news;
    m_round->found->reserve(m_round->asked.size());
    m_process = {};
    m_round->byIterator = m_socketOwners && isProcOurs() && m_socketOwners->begin();
    if (m_threads > 1 && !m_round->byIterator)
        m_round->shared = std::make_unique<SharedWalk>(m_threads);
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
        for (int i = 0; i < kStepsAtOnce && more && !m_round->shared && !m_round->byIterator; ++i)
            more = advance(*m_round);
        if (m_round->byIterator)
            more = advanceIterator(*m_round);
        else if (m_round->shared)
            more = advanceTogether(*m_round, until);
        const MonotonicTime later = MonotonicClock::now();
        m_round->cost += later - now;
        now = later;
    } while (more && now < until);
    return !more && endRound(now);
}

void OwnerScan::scanAll() {
    if (!m_socketOwners)
        return;
    beginRound();
    m_round->keepsAll = true;
    while (!step(MonotonicTime::max()) && m_round) {
    }
    m_notBefore = {}; // what the sample then has and nobody was seen to own is looked for once more, at once
}

/// Where they fail, /proc is walked through from the beginning.
bool OwnerScan::advanceIterator(Round& round) {
    m_owned.clear();
    const auto more = m_socketOwners->next(m_owned);
    if (!more) {
        m_socketOwners.reset();
        round.found = std::make_shared<OwnerTable>();
        round.inRings.clear();
        round.digest = 0;
        round.byIterator = round.keepsAll = false;
        return true;
    }
    for (const OwnedSocket& owned : m_owned)
        lookOwned(round, owned);
    return *more;
}

void OwnerScan::lookOwned(Round& round, const OwnedSocket& owned) {
    const auto isAsked = [&round](std::uint32_t inode) { return round.keepsAll || round.asked.contains(inode); };
    const bool mayBeDead = m_looksForDead && owned.inode != 0 && owned.state == State::Close &&
                           (round.keepsAll || round.mayBeDead(owned.inode));
    const bool isWanted = owned.inode == 0 || isAsked(owned.inode) || mayBeDead;
    if (!isWanted)
        return;
    if (!m_process.enter(owned.pid)) { // it has ended, or must not be looked into (hidepid)
        round.denied = round.denied || errno == EACCES || errno == EPERM;
        return;
    }
    if (owned.inode == 0)
        lookIntoRing(round, owned);
    if (owned.inode != 0 && isAsked(owned.inode))
        keep(round, owned.inode, m_process.owner(owned.fd));
    if (!mayBeDead)
        return;
    if (DeadSocket* dead = deadOf(owned))
        dead->owners.push_back(m_process.owner(owned.fd));
}

/// What is told needs no descriptor of it, which only its user and root may have.
DeadSocket* OwnerScan::deadOf(const OwnedSocket& owned) {
    if (const ToldDead* const told = m_socketOwners->dead(owned.inode))
        return m_deadSearch.take(*told);
    m_deadSearch.enter(owned.pid);
    return m_deadSearch.look(owned.fd, owned.inode);
}

/// What it holds is known to whoever may look into its process.
void OwnerScan::lookIntoRing(Round& round, const OwnedSocket& ring) {
    const auto inodes = m_process.ring(ring.fd);
    round.denied = round.denied || !inodes;
    if (!inodes)
        return;
    for (const std::uint32_t inode : *inodes)
        if (round.keepsAll || round.asked.contains(inode))
            keep(round, inode, m_process.owner(-1));
}

bool OwnerScan::advance(Round& round) {
    if (!round.walk.step())
        return false;
    if (round.walk.atProcess() && m_looksForDead)
        m_deadSearch.enter(round.walk.pid());
    if (round.walk.inode() != 0)
        look(round);
    return true;
}

/// @return whether the round goes on
bool OwnerScan::advanceTogether(Round& round, MonotonicTime until) {
    if (!round.shared->goOn(until))
        return true;
    const auto process = [this](std::int32_t pid) {
        if (m_looksForDead)
            m_deadSearch.enter(pid);
    };
    round.shared->tell(process, [&](SharedWalk::Seen& seen) {
        if (m_looksForDead && seen.owner.fd >= 0 && round.mayBeDead(seen.inode))
            if (DeadSocket* dead = m_deadSearch.look(seen.owner.fd, seen.inode))
                dead->owners.push_back(seen.owner);
        if (round.asked.contains(seen.inode))
            keep(round, seen.inode, std::move(seen.owner));
    });
    return false;
}

void OwnerScan::keep(Round& round, std::uint32_t inode, Owner owner) const {
    const bool ring = owner.fd < 0;
    round.digest += ring ? 0 : digestOf(inode, owner);
    (ring ? round.inRings : *round.found)[inode].push_back(std::move(owner));
}

void OwnerScan::look(Round& round) {
    const std::uint32_t inode = round.walk.inode();
    if (round.asked.contains(inode))
        keep(round, inode, round.walk.owner());
    if (!m_looksForDead || round.walk.fd() < 0 || !round.mayBeDead(inode))
        return;
    if (DeadSocket* dead = m_deadSearch.look(round.walk.fd(), inode))
        dead->owners.push_back(round.walk.owner());
}

/// A program that registers its sockets often keeps their descriptors too: then these say more.
void OwnerScan::addRings(Round& round) {
    for (auto& [inode, owners] : round.inRings) {
        if (round.found->contains(inode))
            continue;
        for (const Owner& owner : owners)
            round.digest += digestOf(inode, owner);
        round.found->emplace(inode, std::move(owners));
    }
}

/// @return whether others are dead than before
bool OwnerScan::publishDead() {
    auto found = m_deadSearch.take();
    const auto same = [](const DeadSocket& one, const DeadSocket& other) {
        return one.cookie == other.cookie && one.owners == other.owners;
    };
    if (std::ranges::equal(found, *m_dead, same))
        return false;
    m_dead = std::make_shared<const DeadSockets>(std::move(found));
    return true;
}

bool OwnerScan::endRound(MonotonicTime now) {
    addRings(*m_round);
    m_missing.clear();
    m_round->asked.forEach([this](std::uint32_t inode) {
        if (!m_round->found->contains(inode))
            m_missing.insert(inode);
    });
    m_sawAll = m_round->byIterator;
    m_obstacles = m_round->shared ? m_round->shared->obstacles() : m_round->walk.obstacles();
    m_obstacles.denied = m_obstacles.denied || m_round->denied;
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
