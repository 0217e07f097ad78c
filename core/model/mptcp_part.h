// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace halfopen {

/// What ties a subflow of an MPTCP connection to the others of it, and to the connection itself once it has lost its
/// last one. All of them have its inode as well, as soon as its program has a descriptor of it. Source:
/// net/mptcp/diag.c, subflow_get_info(); net/mptcp/protocol.h, mptcp_sock_graft().
struct MptcpPart {
    std::uint64_t cookie = 0; ///< Connection::cookie
    std::uint32_t token = 0;  ///< of the connection at this end, as `ss -M` and `ip mptcp monitor` have it; 0: not told
    std::uint32_t inode = 0;  ///< Connection::inode; 0: there is no descriptor
    std::uint16_t netnsIndex = 0; ///< Connection::netnsIndex

    /// Where one of both has no token (the kernel tells it with tcp_info alone), their inode decides.
    bool isOfOneWith(const MptcpPart& other) const {
        if (netnsIndex != other.netnsIndex)
            return false;
        return token != 0 && other.token != 0 ? token == other.token : inode != 0 && inode == other.inode;
    }
};

/// "0xe923257c"; "" where it is part of none, or the token is not told.
std::string tokenText(const MptcpPart* part);

} // namespace halfopen
