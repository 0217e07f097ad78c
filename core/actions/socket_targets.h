// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/netns/netns_access.h"
#include "core/model/connection.h"
#include "core/model/listeners.h"
#include "core/model/privilege_error.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace halfopen {

/// The sockets that a call means, as the kernel tells about them at this moment. What is meant is looked up here by its
/// cookie, in one network namespace; nothing that a caller says about a socket is believed.
class SocketTargets {
public:
    /// One dump of both families, without tcp_info: for that the kernel would take the lock of every socket, which a
    /// program can hold for as long as it likes. @return WriteFailed, NotSupported or NotAuthorized where the kernel
    /// gives none
    static Outcome<SocketTargets> find(const std::vector<std::uint64_t>& cookies,
                                       const NetnsAccessPtr& netns = ownNetnsAccess());

    /// nullptr: no dump has it, so it has gone (or is in another network namespace).
    const Connection* connection(std::uint64_t cookie) const;
    /// In whose queue this connection waits; nullptr where that is not to be told.
    const Listeners::Listener* listenerOf(const Connection& connection) const { return m_listeners.of(connection); }

private:
    class Sink;

    std::unordered_map<std::uint64_t, Connection> m_connections; ///< those asked for that are there
    Listeners m_listeners;                                       ///< all
};

} // namespace halfopen
