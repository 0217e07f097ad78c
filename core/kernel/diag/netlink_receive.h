// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>

namespace halfopen {

/// What one call of recvmsg(2) on a netlink socket gave.
struct Datagram {
    std::ptrdiff_t size = -1; ///< bytes in the buffer; 0: the socket is shut; -1: see error
    int error = 0;            ///< errno where size is -1; ENOBUFS: messages before this one are lost
    bool fromKernel =
        false;              ///< else another process has sent it (port 0 is the kernel's), and it is not to be believed
    bool truncated = false; ///< it did not fit into the buffer
};

/// One call, whatever comes of it. Allocates nothing.
Datagram receiveOnce(int netlink, std::span<std::byte> buffer, int flags);

/// The next datagram of the kernel: goes on after EINTR, and passes over what other processes send.
/// @return never one that is not of the kernel; EAGAIN also where others send so much that none of it is seen in
///         1000 datagrams
Datagram receiveFromKernel(int netlink, std::span<std::byte> buffer, int flags = 0);

} // namespace halfopen
