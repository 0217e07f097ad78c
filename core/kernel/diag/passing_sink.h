// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/locked_socket.h"
#include "core/kernel/diag/source.h"
#include "core/kernel/netns/uid_map.h"

#include <cstddef>
#include <cstdint>

namespace halfopen {

/// Hands on what one dump tells, with users as they are called here; keeps what the search for a locked socket needs
/// and what the next sample goes by.
class Passing : public ConnectionSink {
public:
    Passing(ConnectionSink& sink, const UidMap& users, LockedSocketSearch& search, std::uint64_t& last)
        : m_sink(sink)
        , m_users(users)
        , m_search(search)
        , m_last(last)
        , m_searches(search.wantsSockets()) {
        m_last = 0;
        if (m_searches)
            m_search.beginDump();
    }
    void restart() override { m_sink.restart(); }
    void add(const Connection& connection) override {
        m_last = connection.cookie;
        (connection.state == State::Listen ? m_listeners : m_others) += 1;
        m_hasBound = m_hasBound || connection.state == State::Bound;
        m_hasSubflow =
            m_hasSubflow || (connection.upperLayer == UpperLayer::Mptcp && connection.state != State::Listen);
        if (m_searches)
            m_search.add(connection);
        if (m_users.empty())
            return m_sink.add(connection);
        Connection outside = connection;
        outside.uid = connection.isMini() ? connection.uid : m_users.outside(connection.uid);
        m_sink.add(outside);
    }
    void addToken(std::uint64_t cookie, std::uint32_t token) override { m_sink.addToken(cookie, token); }
    std::size_t listeners() const { return m_listeners; }
    bool onlyListeners() const { return m_others == 0; }
    bool hasBound() const { return m_hasBound; }
    bool hasSubflow() const { return m_hasSubflow; }

private:
    ConnectionSink& m_sink;
    const UidMap& m_users;
    LockedSocketSearch& m_search;
    std::uint64_t& m_last;
    bool m_searches;
    std::size_t m_listeners = 0;
    std::size_t m_others = 0;
    bool m_hasBound = false;   ///< a socket that is only bound
    bool m_hasSubflow = false; ///< of an MPTCP connection
};

} // namespace halfopen
