// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/error.h"
#include "core/model/row_key.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace halfopen {

/// What the kernel tells of a socket only when it is asked to filter by it.
enum class KernelFact : std::uint8_t {
    Autobound,    ///< nobody chose its local port
    Mark,         ///< SO_MARK
    ControlGroup, ///< the cgroup2 directory that it was made in
};

/// Source: include/uapi/linux/inet_diag.h, INET_DIAG_BC_AUTO, INET_DIAG_BC_MARK_COND, INET_DIAG_BC_CGROUP_COND.
struct KernelQuestion {
    KernelFact fact = KernelFact::Autobound;
    std::uint32_t mark = 0;
    std::uint32_t mask = 0xffffffff;
    std::string group; ///< path of its directory

    bool operator==(const KernelQuestion&) const = default;
};

/// What came of it at one sample. A source knows of one namespace, and leaves its netnsIndex at 0.
struct KernelAnswer {
    KernelQuestion question;
    std::vector<RowKey> sockets; ///< for which it is so; rising
    /// Of Autobound: net.ipv4.ip_local_port_range, from which the kernel chooses.
    std::pair<std::uint16_t, std::uint16_t> ports{32768, 60999};
    std::optional<Error> error = {}; ///< why nobody could tell
};

} // namespace halfopen
