// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/netns/handed_access.h"

#include "core/kernel/netlink_port.h"

#include <fcntl.h>

#include <arpa/inet.h>
#include <linux/filter.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <utility>

namespace halfopen {

UniqueFd HandedAccess::socket(int family, int type, int protocol) const {
    errno = EPERM;
    if (family != AF_NETLINK || protocol != NETLINK_SOCK_DIAG)
        return {};
    UniqueFd socket;
    {
        const std::scoped_lock lock(m_mutex);
        errno = EMFILE;
        if (m_sockets.empty())
            return {};
        socket = std::move(m_sockets.back());
        m_sockets.pop_back();
    }
    if ((type & SOCK_NONBLOCK) != 0 && ::fcntl(socket.get(), F_SETFL, O_NONBLOCK) != 0)
        socket.reset();
    return socket;
}

UniqueFd HandedAccess::open(const char*) const {
    errno = EPERM;
    return {};
}

bool restrictToInet(int socket) {
    // A filter reads numbers as they come over a wire, and a message of netlink has those of the machine.
    const auto type = [](std::uint16_t number) { return std::uint32_t{htons(number)}; };
    constexpr std::uint32_t kAll = 0xffffffff;
    constexpr std::uint32_t kFamily = NLMSG_HDRLEN + offsetof(inet_diag_msg, idiag_family);
    // Jumps count the steps that are left out.
    std::array<sock_filter, 10> steps = {{
        BPF_STMT(BPF_LD | BPF_H | BPF_ABS, offsetof(nlmsghdr, nlmsg_type)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, type(NLMSG_ERROR), 6, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, type(NLMSG_DONE), 5, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, type(SOCK_DIAG_BY_FAMILY), 1, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, type(TCPDIAG_GETSOCK), 0, 4),
        BPF_STMT(BPF_LD | BPF_B | BPF_ABS, kFamily),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_INET, 1, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_INET6, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, kAll),
        BPF_STMT(BPF_RET | BPF_K, 0),
    }};
    const sock_fprog program{steps.size(), steps.data()};
    const int on = 1;
    return bindNetlink(socket) != 0 &&
           ::setsockopt(socket, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) == 0 &&
           ::setsockopt(socket, SOL_SOCKET, SO_LOCK_FILTER, &on, sizeof on) == 0;
}

} // namespace halfopen
