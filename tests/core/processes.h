// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"
#include "core/model/connection.h"
#include "tests/lab/in_child.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace halfopen::test {

inline bool isRoot() {
    return geteuid() == 0;
}

inline std::uint64_t cookieOf(int socket) {
    std::uint64_t cookie = 0;
    socklen_t size = sizeof cookie;
    EXPECT_EQ(getsockopt(socket, SOL_SOCKET, SO_COOKIE, &cookie, &size), 0);
    return cookie;
}

inline std::uint32_t inodeOf(int socket) {
    struct stat status {};
    EXPECT_EQ(fstat(socket, &status), 0);
    return static_cast<std::uint32_t>(status.st_ino);
}

/// An open connection as a dump tells it, as far as looking for its owner goes by that.
inline Connection connectionOf(int socket) {
    Connection c;
    c.state = State::Established;
    c.inode = inodeOf(socket);
    c.uid = geteuid();
    return c;
}

inline void setOption(int socket, int level, int name, int value) {
    EXPECT_EQ(setsockopt(socket, level, name, &value, sizeof value), 0);
}

inline int optionOf(int socket, int level, int name) {
    int value = -1;
    socklen_t size = sizeof value;
    EXPECT_EQ(getsockopt(socket, level, name, &value, &size), 0);
    return value;
}

/// SO_ERROR: what the program is told, once.
inline int errorOn(int socket) {
    return optionOf(socket, SOL_SOCKET, SO_ERROR);
}

/// A listener on 127.0.0.1 and one connection to it that nobody has accepted.
struct Loopback {
    Loopback()
        : listener(socket(AF_INET, SOCK_STREAM, 0))
        , client(socket(AF_INET, SOCK_STREAM, 0)) {
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(bind(listener.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        EXPECT_EQ(listen(listener.get(), 64), 0);
        socklen_t size = sizeof address;
        EXPECT_EQ(getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &size), 0);
    }
    void connectClient() { EXPECT_EQ(connect(client.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0); }
    UniqueFd accepted() const { return UniqueFd(accept(listener.get(), nullptr, nullptr)); }

    sockaddr_in address{};
    UniqueFd listener;
    UniqueFd client;
};

/// A child process that runs `prepare`, tells so, and waits to be ended. Ended and reaped with the object.
class Child {
public:
    explicit Child(const std::function<void()>& prepare) {
        int ready[2];
        EXPECT_EQ(pipe(ready), 0);
        m_pid = fork();
        if (m_pid == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            prepare();
            [[maybe_unused]] const auto told = write(ready[1], "x", 1);
            for (;;)
                pause();
        }
        close(ready[1]);
        char byte = 0;
        EXPECT_EQ(read(ready[0], &byte, 1), 1);
        close(ready[0]);
    }
    ~Child() { end(); }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    pid_t pid() const { return m_pid; }
    void end() {
        if (m_pid <= 0)
            return;
        kill(m_pid, SIGKILL);
        waitpid(m_pid, nullptr, 0);
        m_pid = 0;
    }

private:
    pid_t m_pid = 0;
};

/// What `body` returns in a child process of its own (0 to 255).
inline int resultInChild(const std::function<int()>& body) {
    const pid_t pid = fork();
    if (pid == 0)
        _exit(body());
    int status = 0;
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// Another user for good where we are root; else nothing changes. Leaves the process undumpable, as the kernel does.
inline void becomeNobody() {
    if (isRoot() && (setgid(kNobody) != 0 || setuid(kNobody) != 0))
        _exit(99);
}

/// Filters system calls of this process for good, as a container's seccomp profile or a BPF program of its control
/// group would. @return whether it worked
template <std::size_t N>
bool filterCalls(const sock_filter (&filter)[N]) {
    sock_filter copy[N];
    std::copy(filter, filter + N, copy);
    const sock_fprog program{N, copy};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

/// From now on this call fails in this process with this error.
inline bool forbidCall(std::uint32_t number, std::uint32_t error) {
    const sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    return filterCalls(filter);
}

/// From now on pidfd_getfd(2) fails with EPERM in this process, as under a container's seccomp profile.
inline bool forbidFetching() {
    return forbidCall(438, EPERM);
}

/// From now on whoever fetches another descriptor than this one dies.
inline bool dieOfFetchingAnother(int fd) {
    const sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 438, 0, 3), // pidfd_getfd
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args[1])),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(fd), 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    return filterCalls(filter);
}

/// From now on getsockopt(2) or setsockopt(2) of this option does `action`.
inline bool filterOption(std::uint32_t call, int level, int option, std::uint32_t action) {
    const sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 5),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args[1])),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(level), 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args[2])),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(option), 0, 1),
        BPF_STMT(BPF_RET | BPF_K, action),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    return filterCalls(filter);
}

inline bool forbidSetting(int level, int option) {
    return filterOption(SYS_setsockopt, level, option, SECCOMP_RET_ERRNO | EPERM);
}

/// From now on whoever asks for SO_ERROR in this process is killed.
inline bool dieOfReadingErrors() {
    return filterOption(SYS_getsockopt, SOL_SOCKET, SO_ERROR, SECCOMP_RET_KILL_PROCESS);
}

} // namespace halfopen::test
