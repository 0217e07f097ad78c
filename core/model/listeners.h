// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/connection.h"

#include <cstdint>
#include <vector>

namespace halfopen {

/// The listening sockets of one sample, to find the one in whose queue a connection waits.
class Listeners {
public:
    /// What of a listener decides which connections it takes.
    struct Listener {
        Endpoint local;
        std::uint32_t interface = 0;
        std::uint32_t inode = 0;
        std::uint64_t cookie = 0;
        std::uint16_t netnsIndex = 0;
        bool inet6 = false;
    };

    void clear() { m_listeners.clear(); }
    void add(const Connection& listening);

    /// The listener that took this connection: the one on its very address before one on any address, the one bound to
    /// its interface before an unbound one (net/ipv4/inet_hashtables.c, compute_score()).
    /// @return nullptr where there is none, or where several fit alike (SO_REUSEPORT) and nobody can tell which it was
    const Listener* of(const Connection& child) const;

private:
    std::vector<Listener> m_listeners;
};

} // namespace halfopen
