// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/forecast/wheel.h"
#include "core/model/tick_clock.h"

#include <cstdint>
#include <optional>

namespace halfopen {

/// The offset of the jiffies, narrowed down by handlers that were seen to run. A handler of a timer of level L runs at
/// a multiple of 8^L jiffies, which tells the offset but for a multiple of that; which one it is tells the boot guess:
/// the offset is 2^32 - 300 HZ less the ticks of early boot, which are few.
///
/// A handler can run late but never early, so of estimates that differ by a few ticks the greater offset is right.
/// Pure.
class PhaseEstimate {
public:
    explicit PhaseEstimate(std::int32_t hz)
        : m_clock{hz, {}} {}

    /// A handler that had been armed for `length` jiffies ran `tick` ticks (TickClock::tickNanos) after the clock's
    /// zero.
    void ran(std::int64_t tick, Jiffies length);

    /// nullopt until a run has been seen whose granule leaves no doubt: the ticks that early boot would have taken are
    /// at most half of it, so that no boot but one of more than a granule could tell the same.
    std::optional<TickClock> clock() const;

    /// Two runs agree, and they rest on a granule of at least `granule`: nothing more to learn.
    bool certain(Jiffies granule) const { return m_agreeing >= 2 && m_granule >= granule; }

private:
    TickClock m_clock;
    Jiffies m_granule = 0; ///< the coarsest that the offset rests on
    int m_agreeing = 0;    ///< runs
};

/// The shortest keepalive time in whole seconds whose timer lies on a granule of at least `granule`.
std::int32_t idleForGranule(std::int32_t hz, std::chrono::milliseconds granule);

} // namespace halfopen
