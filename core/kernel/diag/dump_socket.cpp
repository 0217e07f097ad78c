// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/dump_socket.h"

#include "core/kernel/diag/message_reader.h"

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
    sockaddr_nl local{};
    socklen_t size = sizeof local;
    local.nl_family = AF_NETLINK; // the kernel chooses the port
    if (!socket.m_netlink || ::bind(socket.m_netlink.get(), reinterpret_cast<const sockaddr*>(&local), size) != 0 ||
        ::getsockname(socket.m_netlink.get(), reinterpret_cast<sockaddr*>(&local), &size) != 0)
        return tl::unexpected(sockDiagError(errno, {}));
    socket.m_port = local.nl_pid;
    enableExtendedAck(socket.m_netlink.get());
    return socket;
}

} // namespace halfopen
