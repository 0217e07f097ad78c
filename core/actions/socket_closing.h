// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/netns/netns_access.h"
#include "core/model/socket_results.h"
#include "core/model/units.h"

#include <cstdint>
#include <vector>

namespace halfopen {

/// What is ended of an MPTCP connection whose subflow is to be closed.
enum class MptcpClose : bool {
    Subflow, ///< it alone: the connection goes on over others, or stays open without any for net.mptcp.close_timeout
    Whole,   ///< the program's connection, with all subflows
};

/// Ends each of these connections: by SOCK_DESTROY where that is allowed, else, where its process may be looked into,
/// as its own program could. TIME-WAIT, orphans and connections not accepted yet have no descriptor, so for them there
/// is only the first way. A connection whose other end was closed by the same call counts as closed. Afterwards looks
/// in a dump that each is really gone.
/// An MPTCP connection as a whole, or without a subflow, is ended by the second way alone: SOCK_DESTROY knows none
/// (net/mptcp/protocol.c has no diag_destroy).
/// @param until  for the look through /proc, if the second way is needed
/// @param netns  where they live
/// @return       one result for each cookie, in their order; Busy for those that the look had not come to by then
Outcome<std::vector<CloseResult>> closeSockets(const std::vector<std::uint64_t>& cookies, MonotonicTime until,
                                               const NetnsAccessPtr& netns = ownNetnsAccess(),
                                               MptcpClose mptcp = MptcpClose::Subflow);

} // namespace halfopen
