// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/units.h"

#include <cstdint>
#include <optional>

namespace halfopen {

/// The kernel's tick. J(t) = floor(CLOCK_MONOTONIC / tickNanos()) + offset, offset constant since boot
/// (kernel/time/tick-sched.c, tick_do_update_jiffies64()).
struct TickClock {
    std::int32_t hz = 250;
    std::optional<std::int64_t> offset; ///< jiffies; nullopt: the phase is not known and forecasts are bands

    bool phaseKnown() const { return offset.has_value(); }

    /// `hz`, or 250 where it is outside 24..2000 and so nothing that Linux can be built with.
    std::int32_t rate() const { return hz >= 24 && hz <= 2000 ? hz : 250; }

    /// TICK_NSEC: a tick as the kernel advances it. At HZ 300 it is 3333333 ns and not a third of 10 ms, and 300 ticks
    /// are not quite a second; counting floor(t * 300) would be a whole tick off after nine hours. Source:
    /// include/vdso/jiffies.h.
    std::int64_t tickNanos() const { return (1'000'000'000 + rate() / 2) / rate(); }

    /// Whole ticks of CLOCK_MONOTONIC until `at`: the jiffies less `offset`, once all of them have been counted.
    std::int64_t ticksUntil(MonotonicTime at) const { return at.time_since_epoch().count() / tickNanos(); }

    bool operator==(const TickClock&) const = default;
};

} // namespace halfopen
