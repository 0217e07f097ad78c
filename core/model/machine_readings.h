// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

namespace halfopen {

/// What is told of a network namespace beside its connections. What could not be read, or what this kernel does not
/// have, is nullopt.
struct MachineReadings {
    // TcpExt of /proc/net/netstat, since the namespace was made. Source: net/ipv4/proc.c, snmp4_net_list.
    std::optional<std::uint64_t> listenOverflows;       ///< ListenOverflows
    std::optional<std::uint64_t> listenDrops;           ///< ListenDrops
    std::optional<std::uint64_t> keepaliveProbes;       ///< TCPKeepAlive
    std::optional<std::uint64_t> abortsOnTimeout;       ///< TCPAbortOnTimeout
    std::optional<std::uint64_t> timeWaitOverflows;     ///< TCPTimeWaitOverflow
    std::optional<std::uint64_t> requestQueueFullDrops; ///< TCPReqQFullDrop

    // Settings that no forecast needs.
    std::optional<std::int32_t> maxTimeWaits;  ///< net.ipv4.tcp_max_tw_buckets
    std::optional<std::int32_t> timeWaitReuse; ///< net.ipv4.tcp_tw_reuse
    std::optional<std::int32_t> acceptQueue;   ///< net.core.somaxconn
    std::optional<std::int32_t> synBacklog;    ///< net.ipv4.tcp_max_syn_backlog
    /// Ports of ip_local_port_range that net.ipv4.ip_local_reserved_ports takes out of it.
    std::uint32_t reservedPorts = 0;
};

} // namespace halfopen
