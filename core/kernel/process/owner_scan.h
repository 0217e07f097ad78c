// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/process/dead_sockets.h"
#include "core/kernel/process/descriptor_walk.h"
#include "core/kernel/process/inode_set.h"
#include "core/kernel/process/owner_process.h"
#include "core/kernel/process/shared_walk.h"
#include "core/kernel/process/socket_owners.h"
#include "core/model/connection.h"
#include "core/model/dead_socket.h"
#include "core/model/owner.h"
#include "core/model/units.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace halfopen {

/// How much of a core an OwnerScan may take in the long run.
struct ScanPace {
    int pauseFactor = 100; ///< pause after a round, in multiples of what it cost: 1 %
    std::chrono::nanoseconds repeatAfter = std::chrono::seconds(10); ///< a round without news; at least two such pauses
};

/// Finds the owners of sockets, in rounds through /proc/PID/fd that can be interrupted after any descriptor.
///
/// A round looks at every descriptor of every process that it may read and keeps those of sockets that somebody has
/// asked for, and those of connections that are dead and in no dump, for which nobody could ask. So it finds all
/// owners, and forgets those that are gone, without a second pass. A round begins where a socket is asked for that the
/// last one did not look for, and otherwise every ten seconds; after each there is a pause of ScanPace::pauseFactor
/// times its cost, so a machine with very many descriptors pays at most 1 % of a core and learns of new owners later.
///
/// Where SocketOwners tell who owns what, a round is a pass of theirs, with no step through /proc but for what a
/// process is called: some 0.1 s for 200,000 sockets.
///
/// One thread; step() belongs between two samples.
class OwnerScan {
public:
    enum class Dead : bool { NotLookedFor, LookedFor };

    /// @param dead  whether dead connections are found as well, for which descriptors of sockets are fetched
    explicit OwnerScan(ScanPace pace = {}, Dead dead = Dead::LookedFor)
        : m_pace(pace)
        , m_looksForDead(dead == Dead::LookedFor) {}

    /// Rounds are passes of theirs from now on, until one fails. What was not found before is looked for anew.
    void setSocketOwners(std::shared_ptr<SocketOwners> owners);
    /// A whole round at once that keeps the owners of every TCP socket, asked for or not: for whoever looks once,
    /// before the sample. Does nothing without SocketOwners.
    void scanAll();

    /// A new sample begins: what is still unknown will be asked for again.
    void beginSample() { m_sampled = true; }

    /// Whether an owner is known for this socket, or why not; asks for it where a round can find it. O(1).
    OwnerUnknown lookUp(const Connection& connection);

    /// See DeadSocketSearch::lookIn().
    void lookForDeadIn(NetnsId netns, std::uint64_t cookie) { m_deadSearch.lookIn(netns, cookie); }
    /// Rounds that begin from now on are walked by so many threads: for whoever looks once.
    void setThreads(std::uint32_t threads) { m_threads = threads; }

    /// Works until `until` at most (and at least one step).
    /// @return true when a round has ended that changed what lookUp() or dead() says
    bool step(MonotonicTime until);

    /// Nothing is left to do at `now`. It may be otherwise after the next sample, or later.
    bool settled(MonotonicTime now) const { return !m_round && !roundIsDue(now); }

    /// Look again soon: somebody found that an owner is not what the table says.
    void distrust() { m_news = true; }

    /// Never null. A new table for every round that changed something.
    const OwnerTablePtr& owners() const { return m_owners; }
    /// Connections that have ended and whose programs hold their descriptors, as the last round found them; ordered by
    /// inode, never null. Another pointer for every round that found others than the one before.
    const DeadSocketsPtr& dead() const { return m_dead; }

private:
    struct Round {
        std::unique_ptr<SharedWalk> shared; ///< by several threads; null: `walk` alone
        DescriptorWalk walk;
        InodeSet asked;
        InodeSet over; ///< of these, listed in CLOSE
        std::shared_ptr<OwnerTable> found = std::make_shared<OwnerTable>();
        std::uint64_t digest = 0; ///< of all that was found, in any order
        std::chrono::nanoseconds cost{0};
        bool forNews = false;
        bool byIterator = false; ///< by SocketOwners, not by a walk
        bool keepsAll = false;
        bool denied = false; ///< a process that has one may not be looked into
        /// In no dump, or there only because it keeps its local port.
        bool mayBeDead(std::uint32_t inode) const { return !asked.contains(inode) || over.contains(inode); }
        OwnerTable inRings; ///< of sockets in an io_uring; counts where no process has a descriptor
    };

    bool roundIsDue(MonotonicTime now) const;
    void beginRound();
    bool advance(Round& round);
    bool advanceTogether(Round& round, MonotonicTime until);
    bool advanceIterator(Round& round);
    void lookOwned(Round& round, const OwnedSocket& owned);
    DeadSocket* deadOf(const OwnedSocket& owned);
    void lookIntoRing(Round& round, const OwnedSocket& ring);
    void look(Round& round);
    void keep(Round& round, std::uint32_t inode, Owner owner) const;
    static void addRings(Round& round);
    bool endRound(MonotonicTime now);
    bool publishDead();

    ScanPace m_pace;
    bool m_looksForDead;
    std::uint32_t m_threads = 1;
    OwnRights m_rights = ownRights();
    WalkObstacles m_obstacles; ///< of the last round
    bool m_sawAll = false;     ///< which was by SocketOwners
    OwnerTablePtr m_owners = std::make_shared<const OwnerTable>();
    DeadSocketsPtr m_dead = std::make_shared<const DeadSockets>();
    DeadSocketSearch m_deadSearch;
    InodeSet m_missing; ///< asked for in the last round and not found
    InodeSet m_asked;   ///< since the last round began
    InodeSet m_over;    ///< likewise, and listed in CLOSE
    std::unique_ptr<Round> m_round;
    std::shared_ptr<SocketOwners> m_socketOwners;
    std::vector<OwnedSocket> m_owned; ///< of one step
    OwnerProcess m_process;           ///< of the last one looked at
    std::uint64_t m_digest = 0;       ///< of m_owners
    MonotonicTime m_notBefore{};
    MonotonicTime m_repeatAt{};
    bool m_news = false;    ///< asked for something that no round has looked for
    bool m_sampled = false; ///< since the last round began, so m_asked is complete
};

} // namespace halfopen
