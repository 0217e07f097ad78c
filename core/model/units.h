// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>

namespace halfopen {

/// CLOCK_MONOTONIC, the clock that the kernel's jiffies follow; it stops in suspend, as they do.
using MonotonicClock = std::chrono::steady_clock;
using MonotonicTime = MonotonicClock::time_point;

/// A compact, saturating count of milliseconds (49.7 days) for what is stored per row. Compute in
/// std::chrono::milliseconds or nanoseconds (64 bit, signed) and store with saturate().
using Millis = std::chrono::duration<std::uint32_t, std::milli>;

/// @param time  any duration; negative becomes 0, what does not fit becomes Millis::max(). Rounds to the nearest ms.
template <class Rep, class Period>
constexpr Millis saturate(std::chrono::duration<Rep, Period> time) {
    const auto ms = std::chrono::round<std::chrono::milliseconds>(time).count();
    if (ms <= 0)
        return Millis(0);
    if (ms >= std::numeric_limits<std::uint32_t>::max())
        return Millis::max();
    return Millis(static_cast<std::uint32_t>(ms));
}

} // namespace halfopen
