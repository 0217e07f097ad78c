// SPDX-License-Identifier: GPL-3.0-or-later
// Sockets that are open without anybody having a descriptor.
#pragma once

#include "core/kernel/unique_fd.h"

#include <unistd.h>

#include <linux/io_uring.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <cstring>
#include <optional>
#include <utility>

namespace halfopen::test {

/// Holds the socket in a message that nobody has received. @return the two ends between which it is on its way
inline std::optional<std::pair<UniqueFd, UniqueFd>> sendAway(UniqueFd socket) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
        return std::nullopt;
    std::pair<UniqueFd, UniqueFd> pair{UniqueFd(ends[0]), UniqueFd(ends[1])};
    char byte = 'x';
    iovec data{&byte, 1};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
    msghdr message{};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    cmsghdr* head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof(int));
    const int fd = socket.get();
    std::memcpy(CMSG_DATA(head), &fd, sizeof fd);
    if (sendmsg(pair.first.get(), &message, 0) != 1)
        return std::nullopt;
    return pair;
}

/// @return an io_uring that holds the socket; none where there is no io_uring to be had
inline UniqueFd intoRing(UniqueFd socket) {
    io_uring_params parameters{};
    UniqueFd ring(static_cast<int>(syscall(SYS_io_uring_setup, 4, &parameters)));
    const int fd = socket.get();
    if (ring && syscall(SYS_io_uring_register, ring.get(), IORING_REGISTER_FILES, &fd, 1) != 0)
        ring.reset();
    return ring;
}

} // namespace halfopen::test
