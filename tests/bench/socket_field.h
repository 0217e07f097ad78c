// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace halfopen::bench {

/// Many established connections on loopback in a network namespace of its own, half of them with keepalive. Both ends
/// are sockets, so `sockets` of them take half as many connections.
class SocketField {
public:
    /// Enters a new network namespace (the calling process stays in it) and opens `sockets` sockets; raises the limit
    /// of descriptors as far as it goes. Exits with a sentence where that cannot be done.
    explicit SocketField(std::size_t sockets);
    ~SocketField();
    SocketField(const SocketField&) = delete;
    SocketField& operator=(const SocketField&) = delete;

    std::size_t size() const { return m_descriptors.size(); }
    /// Closes `count` connections and opens as many new ones.
    void churn(std::size_t count);

private:
    void open(std::size_t connections);

    std::vector<int> m_listeners;
    std::vector<int> m_descriptors;
    std::size_t m_next = 0;
    std::size_t m_churned = 0;
};

} // namespace halfopen::bench
