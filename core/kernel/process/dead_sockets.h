// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/process/inode_set.h"
#include "core/kernel/process/socket_owners.h"
#include "core/model/contexts.h"
#include "core/model/dead_socket.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace halfopen {

/// Looks at the descriptors of sockets that are in no dump and finds the dead TCP connections among them. Of other
/// sockets only the name of their protocol is read (the extended attribute system.sockprotoname, which sockfs gives
/// every socket); a TCP socket is fetched for some microseconds (pidfd_getfd(2)). What a process does not let us look
/// into stays unknown, and so does a connection of another network namespace than the one that is looked at.
///
/// Belongs to the rounds of an OwnerScan. One thread.
class DeadSocketSearch {
public:
    DeadSocketSearch();

    /// Connections of this network namespace are looked for instead of ours; 0: of none.
    /// @param cookie  SO_NETNS_COOKIE; 0: not known
    void lookIn(NetnsId netns, std::uint64_t cookie) {
        m_netns = netns;
        m_netnsCookie = cookie;
    }
    /// A round through all descriptors begins.
    void begin();
    /// Another process is next.
    void enter(std::int32_t pid);
    /// @param inode  of a socket behind descriptor `fd` of this process; in no dump
    /// @return       the dead socket that it is, for its owner to be added; nullptr for any other
    DeadSocket* look(std::int32_t fd, std::uint32_t inode);
    /// The same of one that is told, also of what belongs to others. @return as look()
    DeadSocket* take(const ToldDead& told);
    /// The round is over. @return what it found, ordered by inode; the caller's
    DeadSockets take();

private:
    enum class Kind : std::uint8_t { Foreign, Tcp };

    bool isHere();
    Kind kindOf(std::int32_t fd) const;
    std::optional<DeadSocket> examine(std::int32_t fd) const;
    bool isOfOurs(int socket) const;

    NetnsId m_netns;
    std::uint64_t m_netnsCookie; ///< 0: a socket is taken for one of its process's namespace
    std::int32_t m_pid = 0;
    std::optional<bool> m_here;                           ///< whether m_pid lives in our network namespace
    InodeSet m_foreign;                                   ///< known to be no TCP socket, of the rounds before
    InodeSet m_foreignNow;                                ///< of this round: what is gone is forgotten with it
    InodeSet m_living;                                    ///< looked at in this round and not dead
    std::unordered_map<std::uint32_t, DeadSocket> m_dead; ///< by inode
};

} // namespace halfopen
