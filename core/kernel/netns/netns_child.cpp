// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/netns/netns_child.h"

#include "core/kernel/descriptor_passing.h"

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <cerrno>

namespace halfopen {

namespace {

/// What goes back: one descriptor at most, and the errno that tells why there is none.
void sendBack(int channel, int fd, int error) {
    DescriptorMessage(&error, sizeof error).send(channel, fd);
}

/// @return no descriptor and errno where none came
UniqueFd receiveFrom(int channel) {
    int error = 0;
    int fd = -1;
    const ssize_t size = DescriptorMessage(&error, sizeof error).receive(channel, fd);
    errno = size == sizeof error ? error : EPERM;
    return UniqueFd(fd);
}

[[noreturn]] void serve(int channel, int userNamespace, int netns, SocketKind kind) {
    int fd = -1;
    errno = 0;
    if (::setns(userNamespace, CLONE_NEWUSER) == 0 && ::setns(netns, CLONE_NEWNET) == 0)
        fd = kind.path ? ::open(kind.path, O_RDONLY | O_CLOEXEC)
                       : ::socket(kind.family, kind.type | SOCK_CLOEXEC, kind.protocol);
    sendBack(channel, fd, errno);
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
    UniqueFd opened = receiveFrom(mine.get());
    const int error = errno;
    while (::waitpid(static_cast<pid_t>(child), nullptr, __WALL) < 0 && errno == EINTR)
        ;
    errno = error;
    return opened;
}

} // namespace halfopen
