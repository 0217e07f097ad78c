// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/connection.h"

#include <cstdint>

namespace halfopen {

/// The kernel freed a TCP socket. It tells neither the reason nor the error, and comes when the last descriptor is
/// closed, which can be long after the connection ended. A socket that goes on as a timewait socket with the same
/// cookie is freed too; the end of that one is not told.
/// Source: net/core/sock_diag.c, sock_diag_broadcast_destroy(); net/ipv4/tcp_diag.c.
struct DestroyEvent {
    /// As the message has it: cookie, endpoints and tcp_info; `sampled` is when it was received. The state is always
    /// CLOSE; owner, inode and timer are empty. tcp_info keeps its last counts of probes and retransmissions.
    Connection connection;
    std::uint32_t dataSegmentsIn = 0; ///< data_segs_in: segments with payload; with hasDataSegments
    bool hasDataSegments = false;     ///< kernel 4.6 and later
};

} // namespace halfopen
