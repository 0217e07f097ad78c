// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/netns/netns_access.h"
#include "core/kernel/unique_fd.h"
#include "core/model/error.h"

#include <cstdint>

namespace halfopen {

/// A bound NETLINK_SOCK_DIAG socket: dumps of the network namespace that it was opened in, whoever reads it.
class DumpSocket {
public:
    /// @return NotSupported where the kernel has no sock_diag, NotPermitted where a filter forbids it
    static Result<DumpSocket> open(const NetnsAccess& netns);

    int get() const { return m_netlink.get(); }
    /// Its netlink port, which answers to it carry.
    std::uint32_t port() const { return m_port; }

private:
    DumpSocket() = default;

    UniqueFd m_netlink;
    std::uint32_t m_port = 0;
};

} // namespace halfopen
