// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <linux/netlink.h>
#include <sys/socket.h>

#include <cstdint>

namespace halfopen {

/// The port of a netlink socket, by which the kernel answers it; one that has none is bound, and the kernel chooses it.
/// @return 0 and errno where that fails
inline std::uint32_t bindNetlink(int socket) {
    sockaddr_nl local{};
    auto* const address = reinterpret_cast<sockaddr*>(&local);
    socklen_t size = sizeof local;
    if (::getsockname(socket, address, &size) != 0)
        return 0;
    if (local.nl_pid != 0) // it was handed to us as it is, and cannot be bound again
        return local.nl_pid;
    size = sizeof local;
    if (::bind(socket, address, size) != 0 || ::getsockname(socket, address, &size) != 0)
        return 0;
    return local.nl_pid;
}

} // namespace halfopen
