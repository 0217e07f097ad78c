// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/privilege/privilege_error.h"
#include "core/process/listeners.h"
#include "core/process/owners.h"
#include "core/tcp/connection.h"
#include "core/units.h"

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace halfopen {

/// The sockets that a call means, as the kernel and /proc tell about them at this moment. What is meant is looked up
/// here by its cookie, in the network namespace of the calling thread; nothing that a caller says about a socket is
/// believed.
class SocketTargets {
public:
    /// One dump of both families. @return WriteFailed, NotSupported or NotAuthorized where the kernel gives none
    static Outcome<SocketTargets> find(const std::vector<std::uint64_t>& cookies);

    /// find() and findHolders() at once.
    static Outcome<SocketTargets> withHolders(const std::vector<std::uint64_t>& cookies, MonotonicTime until);

    /// nullptr: no dump has it, so it has gone (or is in another network namespace).
    const Connection* connection(std::uint64_t cookie) const;
    /// In whose queue this connection waits; nullptr where that is not to be told.
    const Listeners::Listener* listenerOf(const Connection& connection) const { return m_listeners.of(connection); }

    /// Looks for the processes that hold the sockets found (for one that is not accepted yet: its listener), in one
    /// pass through /proc.
    /// @return Busy where that was not over at `until`
    Outcome<void> findHolders(MonotonicTime until);
    /// All descriptors of this inode; empty where there is none, or none that we may see.
    const std::vector<Owner>& holders(std::uint32_t inode) const;
    /// Why holders() of this connection are empty; Known where they are not.
    OwnerUnknown whyNoHolder(const Connection& connection) const;

private:
    class Sink;

    std::unordered_map<std::uint64_t, Connection> m_connections; ///< those asked for that are there
    Listeners m_listeners;                                       ///< all
    OwnerTablePtr m_owners;
    std::unordered_map<std::uint32_t, OwnerUnknown> m_why; ///< by inode
};

} // namespace halfopen
