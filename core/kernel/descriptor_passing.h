// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <unistd.h>

#include <sys/socket.h>
#include <sys/types.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>

namespace halfopen {

/// A message over a unix(7) socket that may have one descriptor with it, or two (SCM_RIGHTS). All calls are
/// async-signal-safe; the bytes are whoever's who sends.
class DescriptorMessage {
public:
    DescriptorMessage(void* bytes, std::size_t size)
        : m_body{bytes, size} {
        m_message.msg_iov = &m_body;
        m_message.msg_iovlen = 1;
    }
    DescriptorMessage(const DescriptorMessage&) = delete;
    DescriptorMessage& operator=(const DescriptorMessage&) = delete;

    /// @param fd  -1: none goes with it. @param second  likewise, and not without the first. @return as sendmsg(2)
    ssize_t send(int channel, int fd, int second = -1) {
        const std::array<int, 2> fds{fd, second};
        const std::size_t size = (second >= 0 ? 2 : 1) * sizeof fd;
        if (fd >= 0) {
            m_message.msg_control = m_control.data();
            m_message.msg_controllen = CMSG_SPACE(size);
            cmsghdr* const head = CMSG_FIRSTHDR(&m_message);
            head->cmsg_level = SOL_SOCKET;
            head->cmsg_type = SCM_RIGHTS;
            head->cmsg_len = CMSG_LEN(size);
            std::memcpy(CMSG_DATA(head), fds.data(), size);
        }
        return ::sendmsg(channel, &m_message, MSG_NOSIGNAL);
    }

    /// @param fd  of the one that came with it, which the caller owns; -1: none did. @return as recvmsg(2), never EINTR
    ssize_t receive(int channel, int& fd) {
        int unwanted = -1;
        const ssize_t size = receive(channel, fd, unwanted);
        if (unwanted >= 0)
            ::close(unwanted);
        return size;
    }

    /// The same of a message that may have two.
    ssize_t receive(int channel, int& fd, int& second) {
        m_message.msg_control = m_control.data();
        m_message.msg_controllen = m_control.size();
        std::array<int, 2> fds{-1, -1};
        ssize_t size = 0;
        do
            size = ::recvmsg(channel, &m_message, MSG_CMSG_CLOEXEC);
        while (size < 0 && errno == EINTR);
        const cmsghdr* const head = size >= 0 ? CMSG_FIRSTHDR(&m_message) : nullptr;
        if (head && head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS)
            std::memcpy(fds.data(), CMSG_DATA(head), std::min(head->cmsg_len - CMSG_LEN(0), sizeof fds));
        fd = fds[0];
        second = fds[1];
        return size;
    }

private:
    iovec m_body;
    alignas(cmsghdr) std::array<std::byte, CMSG_SPACE(2 * sizeof(int))> m_control{};
    msghdr m_message{};
};

} // namespace halfopen
