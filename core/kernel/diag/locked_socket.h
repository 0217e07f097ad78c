// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/dump_process.h"
#include "core/model/connection.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace halfopen {

/// Finds which socket's lock a dump waits for: asks for the tcp_info of one socket after the other, in the order of the
/// dump from where that came to a stop, until one does not answer. One thread.
class LockedSocketSearch {
public:
    /// @param netns  the sockets' own; never null
    explicit LockedSocketSearch(NetnsAccessPtr netns)
        : m_netns(std::move(netns)) {}

    /// A dump that asks for tcp_info has come to a stop.
    /// @param last  the last cookie that it told; 0: none
    void begin(std::uint64_t last);
    /// The lock has been let go, or there is none.
    void end();

    /// Whether the sockets of the next dump should be told by add().
    bool wantsSockets() const { return m_wanted && m_found == 0; }
    /// The socket that was found may have been let go, while another one is waited for: then the search goes on.
    void checkFound();
    /// A dump begins. The sockets in its order follow.
    void beginDump();
    void add(const Connection& connection);
    /// Asks, for some `budget` and a little.
    void work(std::chrono::milliseconds budget);

    /// The cookie of the socket that is locked; 0: not known (yet).
    std::uint64_t found() const { return m_found; }

private:
    bool start();
    bool ask(const Connection& connection, bool& answers);
    const Connection* candidate() const;

    NetnsAccessPtr m_netns;
    std::vector<Connection> m_after;    ///< sockets behind the last one told; their lock is the likely one
    std::vector<Connection> m_before;   ///< the others
    std::size_t m_next = 0;             ///< into both, one after the other
    std::optional<DumpSocket> m_socket; ///< with m_process
    std::unique_ptr<DumpProcess> m_process;
    std::uint64_t m_last = 0;
    std::uint64_t m_found = 0;
    std::uint32_t m_sequence = 0;
    bool m_wanted = false;
    bool m_passed = false; ///< the dump has come by m_last
};

} // namespace halfopen
