// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/netns/netns_access.h"
#include "core/kernel/unique_fd.h"
#include "core/model/error.h"
#include "core/model/kernel_fact.h"

#include <cstdint>
#include <utility>

namespace halfopen {

/// Asks the kernel of which sockets something is so that it tells of none by itself. Stays in the network
/// namespace that it was opened in. One thread.
class KernelAsker {
public:
    /// @return NotSupported, NotPermitted as for a dump
    static Result<KernelAsker> open(const NetnsAccess& netns);

    /// Takes a dump without tcp_info, which waits for no lock.
    /// @return NotPermitted: marks take CAP_NET_ADMIN; NotFound: there is no such control group; NotSupported: this
    ///         kernel cannot filter by it
    Result<KernelAnswer> ask(const KernelQuestion& question);

private:
    KernelAsker(UniqueFd socket, std::uint32_t port)
        : m_socket(std::move(socket))
        , m_port(port) {}

    UniqueFd m_socket;
    std::uint32_t m_port; ///< of netlink
    std::uint32_t m_sequence = 0;
    std::pair<std::uint16_t, std::uint16_t> m_ports = KernelAnswer().ports;
};

} // namespace halfopen
