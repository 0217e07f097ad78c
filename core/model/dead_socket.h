// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/connection.h"
#include "core/model/owner.h"
#include "core/model/units.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace halfopen {

/// A TCP connection that the kernel has ended while its program still has the descriptor: no dump lists it, and the
/// program may not know. The peer's address is not told any more (getpeername(2) answers ENOTCONN in CLOSE).
struct DeadSocket {
    std::uint64_t cookie = 0;
    std::uint32_t inode = 0;
    std::uint32_t uid = 0; ///< who made the socket
    Endpoint local;
    Endpoint remote;           ///< port 0: not told
    std::int32_t error = 0;    ///< that its program will be told, once; an errno, 0: none, or not told
    std::string interface;     ///< whose zone a link-local `local` is of, its index where it has no name; "": of none
    TcpInfo info;              ///< with its last counts of probes and retransmissions; its ages go on
    MonotonicTime looked{};    ///< when the ages were true
    std::vector<Owner> owners; ///< ordered by pid and fd
};
using DeadSockets = std::vector<DeadSocket>;
using DeadSocketsPtr = std::shared_ptr<const DeadSockets>;

} // namespace halfopen
