// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/netlink_source.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace halfopen::test {

/// One sample as a plain list.
class Dump : public ConnectionSink {
public:
    void restart() override { m_connections.clear(); }
    void add(const Connection& connection) override { m_connections.push_back(connection); }
    const std::vector<Connection>& connections() const { return m_connections; }

    /// All sockets that `source` sees now; empty where it fails.
    static std::vector<Connection> of(Source& source, const TickClock& clock = {}) {
        Dump dump;
        if (!source.sample({.clock = clock}, dump))
            return {};
        return dump.m_connections;
    }

private:
    std::vector<Connection> m_connections;
};

/// All sockets of the caller's network namespace now.
inline std::vector<Connection> dump() {
    return Dump::of(**NetlinkSource::open());
}

inline std::optional<Connection> find(std::uint64_t cookie) {
    for (const Connection& connection : dump())
        if (connection.cookie == cookie)
            return connection;
    return std::nullopt;
}

inline std::optional<Connection> inState(State state, std::uint16_t localPort) {
    for (const Connection& connection : dump())
        if (connection.state == state && connection.local.port == localPort)
            return connection;
    return std::nullopt;
}

} // namespace halfopen::test
