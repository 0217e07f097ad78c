// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/connection.h"

#include <cstdint>

namespace halfopen {

/// What the kernel tells of the end of a TCP socket.
///
/// sock_diag's multicast says that one was freed: neither the reason nor the error, and when the last descriptor is
/// closed, which can be long after the connection ended. A socket that goes on as a timewait socket with the same
/// cookie is freed too; the end of that one is not told.
/// Source: net/core/sock_diag.c, sock_diag_broadcast_destroy(); net/ipv4/tcp_diag.c.
///
/// The tracepoints say that a connection has ended, at that moment and with the error that its program gets, and then
/// that its socket was freed. Source: net/ipv4/tcp.c, tcp_set_state(), inet_csk_destroy_sock().
struct DestroyEvent {
    enum class What : std::uint8_t {
        Freed,    ///< nothing was told before: by the multicast
        Ended,    ///< its program may have the socket still
        Released, ///< freed, and its end was told before; with the cookie and the time alone
    };

    /// As the message has it: cookie, endpoints and tcp_info; `sampled` is when it was received, or of a tracepoint
    /// when it happened. The state is always CLOSE; owner, inode and timer are empty, but for the owner of Ended where
    /// the reader may know it. tcp_info keeps its last counts of probes and retransmissions.
    Connection connection;
    std::uint32_t dataSegmentsIn = 0; ///< data_segs_in: segments with payload; with hasDataSegments
    bool hasDataSegments = false;     ///< kernel 4.6 and later, of the multicast

    What what = What::Freed;
    State before = State::Close; ///< of Ended: its state until then
    bool held = false;           ///< of Ended: some program had its descriptor
    bool errorTold = false;      ///< of Ended: `error` and `softError` may be known here
    std::int32_t error = 0;      ///< sk_err: what its program is told, once; an errno, 0: none
    std::int32_t softError = 0;  ///< sk_err_soft
    bool disconnected = false;   ///< of Released: thrown away by its program, or never opened (tcp_disconnect())
};

} // namespace halfopen
