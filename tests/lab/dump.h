// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diag/netlink_source.h"

#include <vector>

namespace halfopen::test {

/// One sample as a plain list.
class Dump : public ConnectionSink {
public:
    void restart() override { m_connections.clear(); }
    void add(const Connection& connection) override { m_connections.push_back(connection); }
    const std::vector<Connection>& connections() const { return m_connections; }

    /// All sockets that `source` sees now; empty where it fails.
    static std::vector<Connection> of(Source& source) {
        Dump dump;
        if (!source.sample({}, dump))
            return {};
        return dump.m_connections;
    }

private:
    std::vector<Connection> m_connections;
};

} // namespace halfopen::test
