// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/netns/netns_access.h"

#include <mutex>
#include <vector>

namespace halfopen {

/// Into a network namespace by what somebody with more rights has opened there and handed on: sockets of
/// NETLINK_SOCK_DIAG, and nothing else. Each is given to one user, since what a socket has asked for and joined is
/// common to all who have it. Keeps the namespace alive.
class HandedAccess final : public NetnsAccess {
public:
    /// @param inode  of its nsfs file, as whoever opened them says
    HandedAccess(std::vector<UniqueFd> sockets, NetnsId inode)
        : m_sockets(std::move(sockets))
        , m_inode(inode) {}

    /// @return no descriptor and EPERM for any other protocol, EMFILE where all have been given
    UniqueFd socket(int family, int type, int protocol) const override;
    NetnsTier tier() const override { return NetnsTier::Asked; }
    NetnsId inode() const override { return m_inode; }

private:
    UniqueFd open(const char* path) const override;

    mutable std::mutex m_mutex;
    mutable std::vector<UniqueFd> m_sockets; ///< not given yet; guarded by m_mutex
    NetnsId m_inode;
};

/// Makes a NETLINK_SOCK_DIAG socket fit to be handed to somebody without rights: it has its port, and for good takes
/// only what the kernel tells of TCP and UDP sockets (a locked filter, SO_LOCK_FILTER of socket(7); without it the
/// sockets of unix(7), netlink(7) and packet(7) could be listed as well).
/// @return false and errno where that fails, and then it must not be handed on
bool restrictToInet(int socket);

} // namespace halfopen
