// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/dead_socket.h"
#include "core/model/error.h"
#include "core/model/state.h"

#include <cstdint>
#include <vector>

namespace halfopen {

/// One descriptor of one process that refers to a TCP socket, or to an io_uring.
struct OwnedSocket {
    std::int32_t pid = 0;
    std::int32_t fd = 0;
    std::uint32_t inode = 0; ///< of the socket; 0: it is an io_uring, which may hold sockets of its own
    State state = State::Close;
};

/// A connection that the kernel has ended and whose program has its descriptor.
struct ToldDead {
    DeadSocket socket; ///< without owners
    std::uint64_t netnsCookie = 0;
};

/// Tells of every descriptor of every process that refers to a TCP socket, where that can be had without a walk through
/// /proc: by pid and then by descriptor, ascending, but for those of threads that have a table of their own, which
/// come later. One thread.
class SocketOwners {
public:
    virtual ~SocketOwners() = default;
    /// A pass begins; what was left of the one before is dropped.
    virtual Result<void> begin() = 0;
    /// Adds some more to `owned`, which takes less than a millisecond. @return false: there are no more
    virtual Result<bool> next(std::vector<OwnedSocket>& owned) = 0;
    /// Of a connection that has ended, which this pass came by. @return nullptr: nothing is told; good until next()
    virtual const ToldDead* dead(std::uint32_t /*inode*/) const { return nullptr; }
};

} // namespace halfopen
