// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/netlink_receive.h"

#include <linux/netlink.h>
#include <sys/socket.h>

#include <cerrno>

namespace halfopen {

Datagram receiveOnce(int netlink, std::span<std::byte> buffer, int flags) {
    sockaddr_nl sender{};
    iovec bytes{buffer.data(), buffer.size()};
    msghdr message{};
    message.msg_name = &sender;
    message.msg_namelen = sizeof sender;
    message.msg_iov = &bytes;
    message.msg_iovlen = 1;
    Datagram got;
    got.size = ::recvmsg(netlink, &message, flags);
    if (got.size < 0)
        got.error = errno;
    got.fromKernel = message.msg_namelen == sizeof sender && sender.nl_pid == 0;
    got.truncated = (message.msg_flags & MSG_TRUNC) != 0;
    return got;
}

Datagram receiveFromKernel(int netlink, std::span<std::byte> buffer, int flags) {
    constexpr int kMostForeign = 1000;
    for (int foreign = 0; foreign < kMostForeign;) {
        const Datagram got = receiveOnce(netlink, buffer, flags);
        if (got.size < 0 && got.error == EINTR)
            continue;
        if (got.size <= 0 || got.fromKernel)
            return got;
        ++foreign;
    }
    return {.error = EAGAIN};
}

} // namespace halfopen
