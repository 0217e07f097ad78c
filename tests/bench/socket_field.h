// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace halfopen::bench {

/// Many established connections on loopback in a network namespace of its own, half of their sockets with keepalive.
/// They are held by processes of their own, as many as the limit of descriptors asks for, which end with it.
class SocketField {
public:
    /// Enters a new network namespace (the calling process stays in it) and opens `sockets` sockets. Exits with a
    /// sentence where that cannot be done.
    explicit SocketField(std::size_t sockets);
    ~SocketField();
    SocketField(const SocketField&) = delete;
    SocketField& operator=(const SocketField&) = delete;

    std::size_t size() const { return m_size; }

private:
    void startOwner(std::uint16_t firstPort, std::size_t connections);

    std::vector<pid_t> m_owners;
    std::size_t m_size = 0;
};

} // namespace halfopen::bench
