// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/stand_in.h"

#include "core/model/socket_key.h"

namespace halfopen {

/// FNV-1a over what tells one socket from all others.
std::uint64_t standInFor(const Connection& connection, NetnsId netns) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    const auto add = [&hash](const void* data, std::size_t size) {
        for (std::size_t at = 0; at < size; ++at)
            hash = (hash ^ static_cast<const std::uint8_t*>(data)[at]) * 0x100000001b3U;
    };
    add(&netns, sizeof netns);
    for (const Endpoint* side : {&connection.local, &connection.remote}) {
        add(side->address.bytes.data(), side->address.bytes.size());
        add(&side->port, sizeof side->port);
    }
    if (connection.state == State::Listen) // several may share an address (SO_REUSEPORT)
        add(&connection.inode, sizeof connection.inode);
    return hash | kStandIn;
}

} // namespace halfopen
