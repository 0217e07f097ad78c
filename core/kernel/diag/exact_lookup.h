// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/netns/netns_access.h"
#include "core/kernel/unique_fd.h"
#include "core/model/connection.h"
#include "core/model/error.h"

#include <cstdint>
#include <utility>

namespace halfopen {

/// Asks the kernel for one socket by its tuple and cookie: that is found in its hash chain whatever happens to the
/// table, where a dump can miss it. One thread; sees the network namespace of the thread that opened it.
/// Source: net/ipv4/inet_diag.c, inet_diag_find_one_icsk().
class ExactLookup {
public:
    /// @return NotSupported, NotPermitted as for a dump
    static Result<ExactLookup> open(const NetnsAccess& netns);

    /// It waits for no lock: nothing is asked that the kernel locks a socket for. Some 5 us.
    /// @return false where there is none, or none can be found so: a listener, a socket that is only bound, one that
    ///         the kernel has let go and whose program still holds it
    bool isThere(const Connection& connection);

private:
    explicit ExactLookup(UniqueFd socket)
        : m_socket(std::move(socket)) {}
    bool answered() const;

    UniqueFd m_socket;
    std::uint32_t m_sequence = 0;
};

} // namespace halfopen
