// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/forecast/context.h"
#include "core/forecast/wheel.h"

#include <bit>
#include <cstdint>

namespace halfopen::regime {

/// TCP_RTO_MIN: the base of every limit that is a count of retries. A constant; tcp_rto_min_us and routes do not change
/// it.
inline constexpr std::int64_t kRtoMinMs = 200;
/// TCP_RESOURCE_PROBE_INTERVAL: what a handler arms where the machine itself did not take its packet.
inline constexpr std::int64_t kResourceProbeMs = 500;
/// What an armed length that is made of two ages can be off by.
inline constexpr std::int64_t kArmedSlackMs = 13;
/// TCP_TIMEOUT_INIT: the first retransmission timeout of a SYN and of a SYN-ACK.
inline constexpr std::int64_t kTimeoutInitMs = 1000;

/// The time that the kernel makes of a number of retries: their ladder of doubling timeouts. In the unit of `base` and
/// `max`. Source: net/ipv4/tcp_timer.c, tcp_model_timeout().
constexpr std::int64_t modelTimeout(int retries, std::int64_t base, std::int64_t max) {
    const int threshold = std::bit_width(static_cast<std::uint64_t>(max / base)) - 1; // ilog2()
    if (retries <= threshold)
        return ((std::int64_t{2} << retries) - 1) * base;
    return ((std::int64_t{2} << threshold) - 1) * base + (retries - threshold) * max;
}

/// tcp_rto_max(): TCP_RTO_MAX_MS or tcp_rto_max_ms, within what the kernel accepts for them (1 s to 120 s).
Jiffies rtoMax(const Context& context);

/// A sysctl that the kernel keeps in 8 bits (tcp_retries2, tcp_orphan_retries, tcp_syn_retries, ...).
int retryCount(std::int32_t sysctl);

/// tcp_orphan_retries(). @param alive  the retransmission timeout has not reached its maximum
int orphanRetries(const Context& context, bool alive);

/// assume:: bits for what tcp_info and sysctls cannot tell about the limits of a connection.
std::uint32_t limitAssumptions(const Context& context);

/// How long a chain of `rungs` doubling timeouts has taken, the first one `first` long; with the wheel's slack. The
/// handler that armed the first ran on a multiple of 8^level of half of it.
Span ladder(const Wheel& wheel, Jiffies first, Jiffies max, int rungs);

/// What a handler arms: `timeout`, cut to what TCP_USER_TIMEOUT leaves of it until `limit`, but at least `least`.
Firing rearm(const Wheel& wheel, const Firing& firing, Jiffies timeout, const Span& limit, Jiffies least);

} // namespace halfopen::regime
