// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/netns/netns_access.h"
#include "core/kernel/unique_fd.h"
#include "core/model/connection.h"
#include "core/model/error.h"

#include <cstdint>

namespace halfopen {

/// Ends connections by SOCK_DESTROY, one at a time, each by family, tuple and cookie. Its program gets ECONNABORTED,
/// its peer a reset; TIME-WAIT and half-made connections (SYN-RECV) just vanish. Takes CAP_NET_ADMIN in the user
/// namespace that the network namespace belongs to, of whoever uses it (not of who opened its socket). Source:
/// net/core/sock_diag.c, net/ipv4/tcp_diag.c, tcp_diag_destroy(); net/ipv4/tcp.c, tcp_abort().
class SocketDestroyer {
public:
    /// @param netns  where it acts
    /// @return       NotSupported where the kernel has no sock_diag, NotPermitted where a filter forbids it
    static Result<SocketDestroyer> open(const NetnsAccess& netns = *ownNetnsAccess());

    /// @param connection  as a dump has just told it. Without a cookie the kernel would end whatever has the tuple, and
    ///                    where nothing has it, the listener of its port: so a cookie that means "any", and a listener,
    ///                    are refused here (Usage).
    /// @return NotFound: gone, or another connection by now. NotPermitted. NotSupported: no CONFIG_INET_DIAG_DESTROY.
    Result<void> destroy(const Connection& connection);

private:
    explicit SocketDestroyer(UniqueFd socket)
        : m_socket(std::move(socket)) {}

    Result<int> acknowledgement() const;

    UniqueFd m_socket;
    std::uint32_t m_sequence = 0;
};

/// A cookie that names one socket: neither 0 nor INET_DIAG_NOCOOKIE (all ones).
bool namesOneSocket(std::uint64_t cookie);

/// The sentence and the code for an errno with which the kernel refused to end this connection.
Error destroyError(int errorNumber, const Connection& connection);

} // namespace halfopen
