// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/socket_targets.h"
#include "core/kernel/process/descriptor_walk.h"
#include "core/kernel/sockets/socket_access.h"
#include "core/model/privilege_error.h"
#include "core/model/read_refusal.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <unordered_map>
#include <vector>

namespace halfopen {

/// How often the owners are looked for where a process ended, or closed or replaced the descriptor, in between.
inline constexpr int kLooks = 2;

/// A socket that is to be reached through a descriptor of a process that holds it.
struct Reach {
    const Connection* connection = nullptr; ///< that is meant; lives as long as its SocketTargets
    std::uint32_t inode = 0;                ///< of the socket to reach: its own, or its listener's
    std::uint64_t cookie = 0;               ///< likewise

    /// The socket to reach.
    SocketMeant meant() const {
        return connection != nullptr && cookie == connection->cookie ? SocketMeant(*connection) : SocketMeant(cookie);
    }
};

/// Through whom the options can be read: for a connection that waits in a listener's queue, the listener.
/// @return  else one sentence: no descriptor, no listener to be told
Outcome<Reach> reachForReading(const SocketTargets& targets, const Connection& connection);
/// The socket itself, to be changed or closed. @return else the sentence why it has no descriptor
Outcome<Reach> reachForChange(const Connection& connection);

/// One pass through the descriptors of all processes, for certain sockets and for no other: of these nothing is
/// touched, only links of /proc/PID/fd are read.
class OwnerPass {
public:
    /// Called for a descriptor of one of the sockets. @return true: more descriptors of this one are not needed
    using Take = std::function<bool(std::size_t index, const Owner& owner)>;

    explicit OwnerPass(std::vector<Reach> reaches);
    OwnerPass(const OwnerPass&) = delete;
    OwnerPass& operator=(const OwnerPass&) = delete;

    const Reach& operator[](std::size_t index) const { return m_reaches[index]; }

    /// Ends once enough is known of every socket, or at `until`. A socket that no process has a descriptor of, but an
    /// io_uring, is handed over at the end.
    void run(MonotonicTime until, const Take& take);

    /// After run(): it was broken off at its time.
    bool isBusy() const { return m_busy; }
    /// After run(), of a socket for which nothing was handed over: nobody holds it, or nobody that we may see; Busy
    /// where that is not known.
    PrivilegeError whyNobody(std::size_t index) const;

private:
    void found(const Take& take);
    void handOver(std::size_t index, const Owner& owner, const Take& take);

    struct InRing {
        std::size_t index;
        Owner owner;
    };

    std::vector<Reach> m_reaches;
    std::unordered_multimap<std::uint32_t, std::size_t> m_open; ///< by inode: of whom more is wanted
    std::vector<bool> m_seen;                                   ///< whether anything was handed over
    std::vector<InRing> m_rings;
    DescriptorWalk m_walk;
    bool m_busy = false;
};

/// The look through /proc took too long.
PrivilegeError tookTooLong();
/// A program holds the lock of its socket: the kernel has not done yet what it was asked for. What becomes of it
/// whoever asked has to add.
PrivilegeError heldUp();
/// The same before it was asked: nothing is begun that nobody could end.
PrivilegeError lockedByProgram();

/// What became of reaching one socket.
template <class T>
struct Reached {
    std::optional<T> done;
    std::optional<ReadRefusal> refusal; ///< of an owner; a stale one, for which another look may help, before others
    std::vector<Owner> owners;

    bool isStale() const { return !done && refusal && halfopen::isStale(*refusal); }
};

enum class Owners : bool { First, All };

/// Does `verb` through one owner of each socket after the other until one lets it; they all share one open socket.
/// @param owners  All: the pass goes on to its end, and tells everybody who holds the socket
/// @param verb     (const Reach&, const Owner&) -> tl::expected<T, ReadRefusal>
template <class T, class Verb>
std::vector<Reached<T>> reachAll(OwnerPass& pass, std::size_t count, Owners owners, MonotonicTime until, Verb verb) {
    std::vector<Reached<T>> all(count);
    const auto take = [&](std::size_t index, const Owner& owner) {
        Reached<T>& reached = all[index];
        reached.owners.push_back(owner);
        if (!reached.done) {
            auto outcome = verb(pass[index], owner);
            if (outcome)
                reached.done = std::move(*outcome);
            else if (!reached.refusal || isStale(outcome.error()))
                reached.refusal = outcome.error();
        }
        return reached.done.has_value() && owners == Owners::First;
    };
    pass.run(until, take);
    return all;
}

/// The sentences of those that are refused.
PrivilegeError refusedBy(ReadRefusal refusal);
PrivilegeError refusedBy(OwnerUnknown why);
PrivilegeError noSuchConnection(std::uint64_t cookie);
/// Why there is nothing to close: a listener, or a socket that is bound alone. nullopt: it can be tried.
std::optional<PrivilegeError> whyNotClosable(const Connection& connection);
/// @param connection  one with inode 0
PrivilegeError withoutDescriptor(const Connection& connection);

} // namespace halfopen
