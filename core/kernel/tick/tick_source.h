// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/tick_clock.h"
#include "core/model/units.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace halfopen {

/// One reading of /proc/timer_list: the clock and the jiffies at (almost) the same moment.
struct TimerListReading {
    std::int64_t nowNanos = 0; ///< CLOCK_MONOTONIC when the reading began
    std::int64_t jiffies = 0;  ///< when the first CPU was printed, a little later

    bool operator==(const TimerListReading&) const = default;
};

/// The first `now at N nsecs` and the first `jiffies: N` of /proc/timer_list; nullopt where either is missing.
/// Source: kernel/time/timer_list.c.
std::optional<TimerListReading> parseTimerList(std::string_view text);

/// HZ from the resolution of CLOCK_MONOTONIC_COARSE, which is one tick: 3333333 ns is 300. Any user.
/// @return  250 where the clock does not tell
std::int32_t readTickRate();
std::int32_t tickRateOf(std::int64_t resolutionNanos); ///< The same of a resolution that was read.

/// The offset of the jiffies from /proc/timer_list (mode 0400, so root): the greatest of several readings that began
/// and ended within one tick each. A jiffy is never counted early, but late where the CPU that counts them is late (a
/// virtual one that its host has put aside), and all readings of one call may have met that: of two calls the greater
/// answer is right.
/// @return  nullopt where the file cannot be read or no reading ended in time
std::optional<std::int64_t> readJiffiesOffset(std::int32_t hz);

/// The offset that one reading tells, if it ended within the tick it began in.
std::optional<std::int64_t> offsetOf(const TimerListReading& reading, std::int64_t endedNanos, const TickClock& clock);

/// The offset that a record tells which has both clocks, read one after the other: the low 32 bits of the jiffies, and
/// CLOCK_MONOTONIC before them.
std::int64_t offsetOf(std::uint32_t jiffies, MonotonicTime before, const TickClock& clock);

/// HZ, and the offset where it may be read.
TickClock readTickClock();

/// Whether all ticks until `now` have been counted. What counts them sets CLOCK_MONOTONIC_COARSE too, to less than a
/// tick before (kernel/time/tick-sched.c, tick_do_update_jiffies64()); so where that clock lags by more, the jiffies
/// lag as well, and the time that a timer has left is told too long. On a virtual machine that is so in about one
/// moment of a thousand, and for up to a tenth of a second: while its host has put a processor aside. Of 95,126 samples
/// written within one tick 24 were told a jiffy or two late there; this found them all.
/// @param coarse  CLOCK_MONOTONIC_COARSE, read after `now`
bool ticksCounted(MonotonicTime now, MonotonicTime coarse, const TickClock& clock);

/// Where the jiffies stand if no tick had been lost before the clock source was up: INITIAL_JIFFIES, 300 s before they
/// wrap around 32 bits. The offset is a little less than that, by the ticks that early boot took. Source:
/// include/linux/jiffies.h.
constexpr std::int64_t bootOffset(std::int32_t hz) {
    return (std::int64_t{1} << 32) - std::int64_t{300} * hz;
}

} // namespace halfopen
