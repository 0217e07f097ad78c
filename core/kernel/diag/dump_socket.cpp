// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/dump_socket.h"

#include "core/kernel/diag/message_reader.h"
#include "core/kernel/netlink_port.h"

#include <linux/netlink.h>
#include <sys/socket.h>

#include <cerrno>

namespace halfopen {
namespace {

void enableExtendedAck(int fd) {
    const int on = 1; // kernels before 4.12 have none: their errors then come without words
    setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof on);
    setsockopt(fd, SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof on);
}

} // namespace

Result<DumpSocket> DumpSocket::open(const NetnsAccess& netns) {
    DumpSocket socket;
    socket.m_netlink = netns.socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);
    socket.m_port = socket.m_netlink ? bindNetlink(socket.m_netlink.get()) : 0;
    if (socket.m_port == 0)
        return tl::unexpected(sockDiagError(errno, {}));
    enableExtendedAck(socket.m_netlink.get());
    return socket;
}

} // namespace halfopen
