// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/process_unit.h"
#include "core/model/tcp_sysctls.h"
#include "core/model/tick_clock.h"
#include "core/model/units.h"
#include "core/model/virtual_services.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
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

/// What a network namespace is, as it can be told from outside.
enum class NetnsKind : std::uint8_t {
    Machine,   ///< where process 1 lives: the machine, or the container that this program runs in
    Named,     ///< mounted by `ip netns add` or the like
    Container, ///< of a container engine, pod or nspawn machine
    Unit,      ///< a service with PrivateNetwork=
    Program,   ///< a sandboxed program, or one that has made it for itself
    Empty,     ///< no process that may be seen lives there
};
std::string_view toString(NetnsKind kind); ///< "machine", "named", "container", "unit", "program", "empty"

/// Who is inside a network namespace. All words are text of others.
struct NetnsInside {
    NetnsKind kind = NetnsKind::Empty;
    ProcessUnit unit;            ///< of its oldest process
    std::string program;         ///< the name of its oldest process; "" where there is none
    std::int32_t oldest = 0;     ///< its pid
    std::uint32_t processes = 0; ///< that may be seen
    NetnsId procInode = 0;       ///< what anybody may tell it by from outside (FoundNetns::procInode); 0: not known

    bool operator==(const NetnsInside&) const = default;
};

/// HostContext::host of another machine that has told nothing yet.
inline constexpr std::uint32_t kUnmetHost = UINT32_MAX;

/// What the rows of one machine mean: its clock, its users. Immutable once published.
struct HostContext {
    std::uint32_t host = 0; ///< SocketKey::host; 0: this machine, or a recording
    std::string name;       ///< what it calls itself, and its kernel's release, where its source tells of it;
    std::string kernel;     ///< "" of the kernel itself
    TickClock clock;
    /// Its CLOCK_MONOTONIC, of which all times of its rows are, less this machine's; 0: it is this machine's.
    std::chrono::nanoseconds clockOffset{0};

    /// What its clock shows when this machine's shows `here`.
    MonotonicTime fromHere(MonotonicTime here) const { return here + clockOffset; }
    std::unordered_map<std::uint32_t, std::string> users; ///< names by uid; missing: none is known

    bool operator==(const HostContext&) const = default;
};
using HostContextPtr = std::shared_ptr<const HostContext>;

/// What the kernel's own connection tracking does to the flows of a network namespace (net.netfilter.nf_conntrack_*).
/// Source: Documentation/networking/nf_conntrack-sysctl.rst; net/netfilter/nf_conntrack_proto_tcp.c.
struct ConnectionTracking {
    std::int32_t established = 0;    ///< s after which an idle flow is forgotten
    std::int32_t unacknowledged = 0; ///< s, where data waits for its acknowledgement
    std::int32_t maxRetrans = 0;     ///< s, after three retransmissions
    std::uint32_t flows = 0;         ///< that are tracked now; 0: no rule tracks any, so nothing is forgotten

    bool operator==(const ConnectionTracking&) const = default;
};

/// What the rows of one network namespace mean: its settings, its interfaces. Immutable once published.
struct NetnsContext {
    HostContextPtr host = std::make_shared<const HostContext>(); ///< never null once published
    NetnsId netns = 0;
    std::uint64_t cookie = 0; ///< SO_NETNS_COOKIE: never given twice in one boot, as inodes are; 0: not known
    NetnsTier tier = NetnsTier::Own;
    std::string name; ///< what a person calls it, text of others; "" for the own one, whose name nobody has looked for
    std::uint32_t number = 0; ///< its name in this run, never given twice; 0: the one that is looked at first
    NetnsInside inside;       ///< as far as somebody has looked for it
    TcpSysctls sysctls;
    std::optional<ConnectionTracking> tracking;                ///< nullopt: the kernel has none, or it cannot be read
    std::optional<VirtualServices> services;                   ///< likewise, or there is no service
    std::unordered_map<std::uint32_t, std::string> interfaces; ///< names by ifindex; missing: none is known
};
using NetnsContextPtr = std::shared_ptr<const NetnsContext>;

} // namespace halfopen
