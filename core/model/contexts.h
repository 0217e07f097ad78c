// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/tcp_sysctls.h"
#include "core/model/tick_clock.h"
#include "core/model/units.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace halfopen {

/// A network namespace: the inode of its nsfs file, as `lsns -t net` shows it; 0: not known (a recording).
using NetnsId = std::uint64_t;

/// How a network namespace is looked at, which decides what can be seen and done there.
enum class NetnsTier : std::uint8_t {
    Own,    ///< the one this program lives in
    Mine,   ///< of a user namespace of the user's own: entered by a child, everything is seen and may be done
    Asked,  ///< entered with an administrator's rights: likewise
    Public, ///< from outside, as anybody may (/proc/PID/net/tcp): no cookies, no tcp_info, no settings, no events
};
std::string_view toString(NetnsTier tier); ///< "own", "mine", "asked", "public"

/// What the rows of one machine mean: its clock, its users. Immutable once published.
struct HostContext {
    std::uint32_t host = 0; ///< SocketKey::host; 0: this machine
    TickClock clock;
    /// Its CLOCK_MONOTONIC, of which all times of its rows are, less this machine's; 0: it is this machine's.
    std::chrono::nanoseconds clockOffset{0};

    /// What its clock shows when this machine's shows `here`.
    MonotonicTime fromHere(MonotonicTime here) const { return here + clockOffset; }
    std::unordered_map<std::uint32_t, std::string> users; ///< names by uid; missing: none is known

    bool operator==(const HostContext&) const = default;
};
using HostContextPtr = std::shared_ptr<const HostContext>;

/// What the rows of one network namespace mean: its settings, its interfaces. Immutable once published.
struct NetnsContext {
    HostContextPtr host = std::make_shared<const HostContext>(); ///< never null once published
    NetnsId netns = 0;
    std::uint64_t cookie = 0; ///< SO_NETNS_COOKIE: never given twice in one boot, as inodes are; 0: not known
    NetnsTier tier = NetnsTier::Own;
    std::string name; ///< what a person calls it, text of others; "" for the own one, whose name nobody has looked for
    TcpSysctls sysctls;
    std::unordered_map<std::uint32_t, std::string> interfaces; ///< names by ifindex; missing: none is known
};
using NetnsContextPtr = std::shared_ptr<const NetnsContext>;

} // namespace halfopen
