// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/socket_field.h"

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>

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

std::size_t raiseDescriptorLimit(std::size_t wanted) {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    const rlimit raised{wanted, std::max<rlim_t>(wanted, limit.rlim_max)};
    if (setrlimit(RLIMIT_NOFILE, &raised) == 0)
        return wanted;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur;
}

sockaddr_in loopback(std::uint16_t port, std::uint32_t host) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK + host);
    return address;
}

} // namespace

SocketField::SocketField(std::size_t sockets) {
    enterNamespace();
    const std::size_t descriptors = raiseDescriptorLimit(sockets + 1000);
    if (descriptors < sockets + 500) {
        std::fprintf(stderr, "bench: only %zu descriptors are allowed; opening fewer sockets\n", descriptors);
        sockets = descriptors - 500;
    }
    for (int i = 0; i < kListeners; ++i) {
        const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const int one = 1;
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
        const sockaddr_in address = loopback(static_cast<std::uint16_t>(kFirstPort + i), 0);
        if (bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 || listen(fd, 128) != 0)
            giveUp("a listener");
        m_listeners.push_back(fd);
    }
    open(sockets / 2);
}

SocketField::~SocketField() {
    for (const int fd : m_descriptors)
        close(fd);
    for (const int fd : m_listeners)
        close(fd);
}

void SocketField::open(std::size_t connections) {
    for (std::size_t i = 0; i < connections; ++i, ++m_next) {
        const std::size_t listener = m_next % kListeners;
        const int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const sockaddr_in to = loopback(static_cast<std::uint16_t>(kFirstPort + listener), 0);
        if (client < 0 || connect(client, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
            giveUp("a connection");
        const int server = accept4(m_listeners[listener], nullptr, nullptr, SOCK_CLOEXEC);
        if (server < 0)
            giveUp("an accepted connection");
        const int on = 1;
        setsockopt(client, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
        const linger hard{1, 0}; // closed with RST: no TIME-WAIT is left behind
        setsockopt(client, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
        m_descriptors.push_back(client);
        m_descriptors.push_back(server);
    }
}

void SocketField::churn(std::size_t count) {
    const std::size_t pairs = m_descriptors.size() / 2;
    for (std::size_t i = 0; i < count; ++i, ++m_churned) {
        const std::size_t pair = m_churned % pairs * 2;
        close(m_descriptors[pair]);
        close(m_descriptors[pair + 1]);
        open(1);
        m_descriptors[pair + 1] = m_descriptors.back();
        m_descriptors.pop_back();
        m_descriptors[pair] = m_descriptors.back();
        m_descriptors.pop_back();
    }
}

} // namespace halfopen::bench
