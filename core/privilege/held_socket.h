// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/keepalive/read_refusal.h"
#include "core/privilege/privilege_error.h"
#include "core/privilege/socket_targets.h"

#include <cstdint>
#include <vector>

namespace halfopen {

/// How often the holders are looked for where a process ended, or closed or replaced the descriptor, in between.
inline constexpr int kLooks = 2;

/// The descriptors through which a socket can be reached.
struct HeldSocket {
    std::vector<Owner> owners; ///< at least one
    std::uint64_t cookie = 0;  ///< of the socket behind the descriptors

    /// Calls `verb(pid, fd)` with one after the other until it succeeds: they all share one open socket.
    /// @return  else the refusal that tells most: a stale one, as another look may help, before the first
    template <class Verb>
    auto through(Verb verb) const -> decltype(verb(0, 0)) {
        auto result = verb(owners.front().pid, owners.front().fd);
        for (std::size_t next = 1; !result && next < owners.size(); ++next) {
            auto other = verb(owners[next].pid, owners[next].fd);
            if (other || isStale(other.error()))
                result = std::move(other);
        }
        return result;
    }
};

/// Through whom the options can be read: for a connection that waits in a listener's queue, the listener.
/// @return  else one sentence: no descriptor, another user's, no listener to be told
Outcome<HeldSocket> holdersForReading(const SocketTargets& targets, const Connection& connection);
/// Through whom the socket itself can be changed or closed.
Outcome<HeldSocket> holdersForChange(const SocketTargets& targets, const Connection& connection);

/// The sentences of those that are refused.
PrivilegeError refusedBy(ReadRefusal refusal);
PrivilegeError noSuchConnection(std::uint64_t cookie);
PrivilegeError isListener(const Connection& connection);
/// @param connection  one with inode 0
PrivilegeError withoutDescriptor(const Connection& connection);

} // namespace halfopen
