// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"
#include "core/model/endpoint.h"
#include "core/model/error.h"

#include <chrono>
#include <cstdint>
#include <optional>

namespace halfopen::lab {

/// What setsockopt(2) is told before a connection is made; what has no value is left as the namespace has it.
struct SocketOptions {
    std::optional<bool> keepalive;                        ///< SO_KEEPALIVE
    std::optional<std::chrono::seconds> idle;             ///< TCP_KEEPIDLE
    std::optional<std::chrono::seconds> interval;         ///< TCP_KEEPINTVL
    std::optional<int> probes;                            ///< TCP_KEEPCNT
    std::optional<std::chrono::milliseconds> userTimeout; ///< TCP_USER_TIMEOUT
    std::optional<int> receiveBuffer;                     ///< SO_RCVBUF, bytes
    std::optional<int> sendBuffer;                        ///< SO_SNDBUF, bytes
    std::optional<int> synCount;                          ///< TCP_SYNCNT
    std::optional<std::chrono::seconds> linger2;          ///< TCP_LINGER2
    std::optional<std::chrono::milliseconds> rtoMax;      ///< TCP_RTO_MAX_MS (6.15+)
};

/// Keepalive on with its three numbers.
SocketOptions keepalive(std::chrono::seconds idle, std::chrono::seconds interval, int probes);

/// Errors: Usage with the option's name where the kernel refuses a value.
Result<void> apply(int socket, const SocketOptions& options);

/// A listening socket in the namespace of the calling thread; non-blocking, close-on-exec; accepted ones inherit the
/// options.
Result<UniqueFd> listenAt(const Endpoint& local, const SocketOptions& options = {}, int backlog = 16);

/// Begins to connect, non-blocking, close-on-exec; the result may still be SYN-SENT. An unspecified local address or
/// port is the kernel's choice; the family is the remote's.
Result<UniqueFd> connectTo(const Endpoint& remote, const SocketOptions& options = {}, const Endpoint& local = {});

/// Non-blocking, close-on-exec; empty where nobody waits or the kernel failed.
UniqueFd acceptFrom(int listener);

/// tcp_info's state (core/model/state.h numbers); 7 (CLOSE) where it cannot be read.
int stateOf(int socket);

/// SO_COOKIE, the identity that sock_diag shows; 0 where it cannot be read.
std::uint64_t cookieOf(int socket);

/// The next close() of this socket discards what is queued and sends RST (SO_LINGER with 0 s).
void resetOnClose(int socket);

} // namespace halfopen::lab
