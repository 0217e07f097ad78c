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
#include <span>

namespace halfopen {

/// A message over a unix(7) socket that may have some descriptors with it (SCM_RIGHTS). All calls are
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

    static constexpr std::size_t kMost = 16; ///< descriptors of one message

    /// @param fds  at most kMost, none of them -1; what is more stays here. @return as sendmsg(2)
    ssize_t send(int channel, std::span<const int> fds) {
        const std::size_t size = std::min(fds.size(), kMost) * sizeof(int);
        if (size > 0) {
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
    /// @param fd  -1: none goes with it
    ssize_t send(int channel, int fd) { return send(channel, std::span(&fd, fd >= 0 ? 1 : 0)); }

    /// @param fds  of those that came with it, which the caller owns; -1 where there were fewer. @return as recvmsg(2),
    ///             never EINTR
    ssize_t receive(int channel, std::array<int, kMost>& fds) {
        m_message.msg_control = m_control.data();
        m_message.msg_controllen = m_control.size();
        fds.fill(-1);
        ssize_t size = 0;
        do
            size = ::recvmsg(channel, &m_message, MSG_CMSG_CLOEXEC);
        while (size < 0 && errno == EINTR);
        const cmsghdr* const head = size >= 0 ? CMSG_FIRSTHDR(&m_message) : nullptr;
        if (head && head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS)
            std::memcpy(fds.data(), CMSG_DATA(head), std::min(head->cmsg_len - CMSG_LEN(0), sizeof fds));
        return size;
    }
    /// The same of a message that has one at most.
    ssize_t receive(int channel, int& fd) {
        std::array<int, kMost> fds{};
        const ssize_t size = receive(channel, fds);
        fd = fds[0];
        for (std::size_t unwanted = 1; unwanted < kMost; ++unwanted)
            if (fds[unwanted] >= 0)
                ::close(fds[unwanted]);
        return size;
    }

private:
    iovec m_body;
    alignas(cmsghdr) std::array<std::byte, CMSG_SPACE(kMost * sizeof(int))> m_control{};
    msghdr m_message{};
};

} // namespace halfopen
