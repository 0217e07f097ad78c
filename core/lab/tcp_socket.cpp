// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lab/tcp_socket.h"

#include "core/kernel/socket_option.h"
#include "core/model/state.h"

#include <fmt/format.h>

#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>

#ifndef TCP_RTO_MAX_MS
#define TCP_RTO_MAX_MS 44
#endif

namespace halfopen::lab {

namespace {

struct SocketAddress {
    sockaddr_storage storage{};
    socklen_t length = 0;

    const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

SocketAddress toKernel(const Endpoint& endpoint, Family family) {
    SocketAddress result;
    const auto& bytes = endpoint.address.bytes;
    if (family == Family::Ipv4) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(endpoint.port);
        std::memcpy(&address.sin_addr, &bytes[12], 4);
        std::memcpy(&result.storage, &address, result.length = sizeof address);
    } else {
        sockaddr_in6 address{};
        address.sin6_family = AF_INET6;
        address.sin6_port = htons(endpoint.port);
        std::memcpy(&address.sin6_addr, bytes.data(), 16);
        std::memcpy(&result.storage, &address, result.length = sizeof address);
    }
    return result;
}

Error systemError(const Sentence& what) {
    const int error = errno;
    const bool rights = error == EPERM || error == EACCES;
    return {rights ? ErrorCode::NotPermitted : ErrorCode::SomeFailed, Sentence::tr("{0}: {1}.", what, Errno{error})};
}

UniqueFd newSocket(Family family) {
    return UniqueFd(
        ::socket(family == Family::Ipv4 ? AF_INET : AF_INET6, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
}

/// Sets one after the other and keeps the first refusal.
class Setter {
public:
    explicit Setter(int socket)
        : m_socket(socket) {}

    template <class T>
    void set(const char* name, int level, int option, const std::optional<T>& value) {
        if (!value || !m_result)
            return;
        const int number = toInt(*value);
        if (::setsockopt(m_socket, level, option, &number, sizeof number) != 0)
            m_result = failure(ErrorCode::Usage,
                               Sentence::tr("The kernel refuses {0} = {1}: {2}.", name, number, Errno{errno}));
    }
    Result<void> result() const { return m_result; }

private:
    static int toInt(int value) { return value; }
    template <class Rep, class Period>
    static int toInt(std::chrono::duration<Rep, Period> value) {
        return static_cast<int>(value.count());
    }

    int m_socket;
    Result<void> m_result;
};

} // namespace

SocketOptions keepalive(std::chrono::seconds idle, std::chrono::seconds interval, int probes) {
    SocketOptions options;
    options.keepalive = true;
    options.idle = idle;
    options.interval = interval;
    options.probes = probes;
    return options;
}

Result<void> apply(int socket, const SocketOptions& options) {
    Setter setter(socket);
    setter.set("TCP_KEEPIDLE", IPPROTO_TCP, TCP_KEEPIDLE, options.idle);
    setter.set("TCP_KEEPINTVL", IPPROTO_TCP, TCP_KEEPINTVL, options.interval);
    setter.set("TCP_KEEPCNT", IPPROTO_TCP, TCP_KEEPCNT, options.probes);
    setter.set("SO_KEEPALIVE", SOL_SOCKET, SO_KEEPALIVE, options.keepalive);
    setter.set("TCP_USER_TIMEOUT", IPPROTO_TCP, TCP_USER_TIMEOUT, options.userTimeout);
    setter.set("SO_RCVBUF", SOL_SOCKET, SO_RCVBUF, options.receiveBuffer);
    setter.set("SO_SNDBUF", SOL_SOCKET, SO_SNDBUF, options.sendBuffer);
    setter.set("TCP_SYNCNT", IPPROTO_TCP, TCP_SYNCNT, options.synCount);
    setter.set("TCP_LINGER2", IPPROTO_TCP, TCP_LINGER2, options.linger2);
    setter.set("TCP_RTO_MAX_MS", IPPROTO_TCP, TCP_RTO_MAX_MS, options.rtoMax);
    return setter.result();
}

Result<UniqueFd> listenAt(const Endpoint& local, const SocketOptions& options, int backlog) {
    auto socket = newSocket(local.address.family());
    const int on = 1;
    const auto address = toKernel(local, local.address.family());
    const auto what = Sentence::tr("Listening at {0} failed", local.toString());
    if (!socket || ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0)
        return tl::unexpected(systemError(what));
    if (local.address.family() == Family::Ipv6)
        ::setsockopt(socket.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    if (auto applied = apply(socket.get(), options); !applied)
        return tl::unexpected(applied.error());
    if (::bind(socket.get(), address.get(), address.length) != 0 || ::listen(socket.get(), backlog) != 0)
        return tl::unexpected(systemError(what));
    return socket;
}

Result<UniqueFd> connectTo(const Endpoint& remote, const SocketOptions& options, const Endpoint& local) {
    const auto family = remote.address.family();
    auto socket = newSocket(family);
    const auto from = toKernel(local, family);
    const auto to = toKernel(remote, family);
    const auto what = Sentence::tr("Connecting to {0} failed", remote.toString());
    if (!socket)
        return tl::unexpected(systemError(what));
    if (auto applied = apply(socket.get(), options); !applied)
        return tl::unexpected(applied.error());
    if (local != Endpoint{} && ::bind(socket.get(), from.get(), from.length) != 0)
        return tl::unexpected(systemError(what));
    if (::connect(socket.get(), to.get(), to.length) != 0 && errno != EINPROGRESS)
        return tl::unexpected(systemError(what));
    return socket;
}

UniqueFd acceptFrom(int listener) {
    return UniqueFd(::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
}

int stateOf(int socket) {
    std::uint8_t state = 0; // tcpi_state is the first byte; the kernel cuts its answer to the length given
    socklen_t length = sizeof state;
    if (::getsockopt(socket, IPPROTO_TCP, TCP_INFO, &state, &length) != 0 || length < 1)
        return static_cast<int>(State::Close);
    return state;
}

std::uint64_t cookieOf(int socket) {
    std::uint64_t cookie = 0;
    return getOption(socket, SOL_SOCKET, SO_COOKIE, cookie) ? cookie : 0;
}

void resetOnClose(int socket) {
    const linger immediately{1, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &immediately, sizeof immediately);
}

} // namespace halfopen::lab
