// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace halfopen {

/// The net.ipv4.tcp_* settings of one network namespace on which a forecast depends, with the kernel's defaults
/// (Documentation/networking/ip-sysctl.rst). They are int as in the kernel, which accepts 0 and negatives for some.
struct TcpSysctls {
    std::int32_t keepaliveTime = 7200;   ///< tcp_keepalive_time, s
    std::int32_t keepaliveInterval = 75; ///< tcp_keepalive_intvl, s
    std::int32_t keepaliveProbes = 9;    ///< tcp_keepalive_probes
    std::int32_t retries2 = 15;          ///< tcp_retries2
    std::int32_t orphanRetries = 0;      ///< tcp_orphan_retries; 0 stands for 8 while the RTO is below its maximum
    std::int32_t synRetries = 6;         ///< tcp_syn_retries
    std::int32_t synLinearTimeouts = 0;  ///< tcp_syn_linear_timeouts (6.5+, default 4); 0 where the kernel has none
    std::int32_t synAckRetries = 5;      ///< tcp_synack_retries
    std::int32_t finTimeout = 60;        ///< tcp_fin_timeout, s
    std::int32_t rtoMaxMs = 120000;      ///< tcp_rto_max_ms (6.15+); the constant TCP_RTO_MAX before
    std::int32_t earlyRetrans = 3;       ///< tcp_early_retrans; tail loss probes only with 3 or 4
    std::int32_t thinLinearTimeouts = 0; ///< tcp_thin_linear_timeouts
    std::int32_t mptcpCloseTimeout = 60; ///< net.mptcp.close_timeout (6.7+), s; the constant TCP_TIMEWAIT_LEN before
    std::uint16_t localPortLow = 1; ///< ip_local_port_range, both ends included; the high one below the low: not read
    std::uint16_t localPortHigh = 0;
    bool hasSynLinearTimeouts = false;
    bool hasRtoMax = false;
    /// Bit 1 << Setting (core/model/settings.h): could not be read; its field holds the kernel's default.
    std::uint16_t unread = 0;

    bool operator==(const TcpSysctls&) const = default;
};

} // namespace halfopen
