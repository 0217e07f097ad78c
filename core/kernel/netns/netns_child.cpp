// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/netns/netns_child.h"

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>

namespace halfopen {

namespace {

/// One descriptor at most, and with it the errno that tells why there is none.
class Parcel {
public:
    Parcel() {
        m_message.msg_iov = &m_body;
        m_message.msg_iovlen = 1;
        m_message.msg_control = m_control.data();
        m_message.msg_controllen = m_control.size();
    }
    Parcel(const Parcel&) = delete;
    Parcel& operator=(const Parcel&) = delete;

    void send(int channel, int fd, int error) {
        m_error = error;
        if (fd < 0) {
            m_message.msg_controllen = 0;
        } else {
            cmsghdr* const head = CMSG_FIRSTHDR(&m_message);
            head->cmsg_level = SOL_SOCKET;
            head->cmsg_type = SCM_RIGHTS;
            head->cmsg_len = CMSG_LEN(sizeof fd);
            std::memcpy(CMSG_DATA(head), &fd, sizeof fd);
        }
        ::sendmsg(channel, &m_message, MSG_NOSIGNAL);
    }

    UniqueFd receive(int channel) {
        ssize_t size = 0;
        do
            size = ::recvmsg(channel, &m_message, MSG_CMSG_CLOEXEC);
        while (size < 0 && errno == EINTR);
        const cmsghdr* const head = size == sizeof m_error ? CMSG_FIRSTHDR(&m_message) : nullptr;
        if (head == nullptr || head->cmsg_type != SCM_RIGHTS) {
            errno = size == sizeof m_error ? m_error : EPERM;
            return {};
        }
        int fd = -1;
        std::memcpy(&fd, CMSG_DATA(head), sizeof fd);
        return UniqueFd(fd);
    }

private:
    int m_error = 0;
    iovec m_body{&m_error, sizeof m_error};
    alignas(cmsghdr) std::array<std::byte, CMSG_SPACE(sizeof(int))> m_control{};
    msghdr m_message{};
};

[[noreturn]] void serve(int channel, int userNamespace, int netns, SocketKind kind) {
    int fd = -1;
    errno = 0;
    if (::setns(userNamespace, CLONE_NEWUSER) == 0 && ::setns(netns, CLONE_NEWNET) == 0)
        fd = kind.folder ? ::open(kind.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
                         : ::socket(kind.family, kind.type | SOCK_CLOEXEC, kind.protocol);
    Parcel parcel;
    parcel.send(channel, fd, errno);
    ::_exit(0);
}

} // namespace

UniqueFd openInChild(int userNamespace, int netns, SocketKind kind) {
    int ends[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return {};
    const UniqueFd mine(ends[0]);
    UniqueFd theirs(ends[1]);
    // As fork(2), without its handlers and without SIGCHLD for a program that waits for children of its own.
    const long child = ::syscall(SYS_clone, 0L, nullptr, nullptr, nullptr, nullptr);
    if (child == 0)
        serve(theirs.get(), userNamespace, netns, kind);
    if (child < 0)
        return {};
    theirs.reset();
    Parcel parcel;
    UniqueFd opened = parcel.receive(mine.get());
    const int error = errno;
    while (::waitpid(static_cast<pid_t>(child), nullptr, __WALL) < 0 && errno == EINTR)
        ;
    errno = error;
    return opened;
}

} // namespace halfopen
