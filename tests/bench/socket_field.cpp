// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/socket_field.h"

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>

namespace halfopen::bench {

namespace {

// 28,000 ephemeral ports for each address and port of a listener: 20 listeners are enough for 280,000 connections.
constexpr int kListeners = 20;
constexpr std::uint16_t kFirstPort = 5000;

[[noreturn]] void giveUp(const char* what) {
    std::fprintf(stderr, "bench: %s: %s\n", what, std::strerror(errno));
    std::exit(1);
}

void writeFile(const std::string& path, const std::string& text) {
    std::ofstream file(path);
    if (!(file << text).flush())
        giveUp(path.c_str());
}

void enterNamespace() {
    const uid_t uid = getuid();
    const gid_t gid = getgid();
    if (uid != 0) {
        if (unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0)
            giveUp("a user and network namespace of its own");
        writeFile("/proc/self/setgroups", "deny");
        writeFile("/proc/self/uid_map", "0 " + std::to_string(uid) + " 1");
        writeFile("/proc/self/gid_map", "0 " + std::to_string(gid) + " 1");
    } else if (unshare(CLONE_NEWNET) != 0) {
        giveUp("a network namespace of its own");
    }
    const int fd = socket(AF_INET, SOCK_DGRAM, 0);
    ifreq lo{};
    std::strcpy(lo.ifr_name, "lo");
    lo.ifr_flags = IFF_UP | IFF_RUNNING;
    if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &lo) != 0)
        giveUp("loopback up");
    close(fd);
}

std::size_t descriptorLimit() {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    return std::min<std::size_t>(limit.rlim_cur, 100'000);
}

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

std::vector<int> openListeners(std::uint16_t firstPort) {
    std::vector<int> listeners;
    for (int i = 0; i < kListeners; ++i) {
        const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const sockaddr_in address = loopback(static_cast<std::uint16_t>(firstPort + i));
        if (bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 || listen(fd, 128) != 0)
            giveUp("a listener");
        listeners.push_back(fd);
    }
    return listeners;
}

void openConnection(int listener, std::uint16_t port) {
    const int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in to = loopback(port);
    if (client < 0 || connect(client, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
        giveUp("a connection");
    if (accept4(listener, nullptr, nullptr, SOCK_CLOEXEC) < 0)
        giveUp("an accepted connection");
    const int on = 1;
    setsockopt(client, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
}

} // namespace

SocketField::SocketField(std::size_t sockets) {
    enterNamespace();
    const std::size_t perOwner = (descriptorLimit() - 200) / 2;
    for (std::size_t left = sockets / 2, port = kFirstPort; left > 0; port += kListeners) {
        const std::size_t connections = std::min(left, perOwner);
        startOwner(static_cast<std::uint16_t>(port), connections);
        left -= connections;
        m_size += 2 * connections;
    }
}

void SocketField::startOwner(std::uint16_t firstPort, std::size_t connections) {
    int ready[2];
    if (pipe2(ready, O_CLOEXEC) != 0)
        giveUp("a pipe");
    const pid_t parent = getpid();
    const pid_t pid = fork();
    if (pid < 0)
        giveUp("a process");
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        const auto listeners = openListeners(firstPort);
        for (std::size_t i = 0; i < connections; ++i)
            openConnection(listeners[i % kListeners], static_cast<std::uint16_t>(firstPort + i % kListeners));
        if (write(ready[1], "+", 1) != 1 || getppid() != parent)
            _exit(1);
        while (true)
            pause();
    }
    close(ready[1]);
    char sign = 0;
    const bool open = read(ready[0], &sign, 1) == 1;
    close(ready[0]);
    m_owners.push_back(pid);
    if (!open) {
        std::fprintf(stderr, "bench: the sockets could not be opened\n");
        std::exit(1);
    }
}

SocketField::~SocketField() {
    for (const pid_t pid : m_owners) {
        kill(pid, SIGKILL);
        waitpid(pid, nullptr, 0);
    }
}

} // namespace halfopen::bench
