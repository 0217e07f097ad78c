// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/tick/phase_estimate.h"

#include "core/kernel/tick/tick_source.h"

#include <algorithm>
#include <cstdlib>

namespace halfopen {

namespace {

constexpr Jiffies kLate = 16; // ticks by which a handler may run late on a loaded machine and still be believed

/// A run a tick or two early is a reading at the very edge of a tick, not a granule lost in boot.
constexpr Jiffies kEarly = 4;

} // namespace

void PhaseEstimate::ran(std::int64_t tick, Jiffies length) {
    const Jiffies granule = Wheel::band(m_clock.hz).granule(length);
    if (m_clock.offset && granule <= m_granule) {
        // Where this run lies against the grid that is known: 0, or a little behind if either of the two was late.
        const Jiffies behind = ((*m_clock.offset + tick + granule / 2) & (granule - 1)) - granule / 2;
        if (std::abs(behind) > kLate)
            return;
        m_clock.offset = *m_clock.offset + std::max<Jiffies>(0, -behind);
        ++m_agreeing;
        return;
    }
    // The greatest offset up to the guess with which this run lies on the granule.
    const std::int64_t guess = bootOffset(m_clock.hz) + kEarly;
    const std::int64_t bootTicks = (guess + tick) & (granule - 1);
    if (bootTicks > granule / 2)
        return;
    const std::int64_t offset = guess - bootTicks;
    const bool agrees = m_clock.offset && std::abs(offset - *m_clock.offset) <= kLate;
    m_clock.offset = agrees ? std::max(offset, *m_clock.offset) : offset;
    m_agreeing = agrees ? m_agreeing + 1 : 1;
    m_granule = granule;
}

std::optional<TickClock> PhaseEstimate::clock() const {
    return m_clock.offset ? std::optional(m_clock) : std::nullopt;
}

std::int32_t idleForGranule(std::int32_t hz, std::chrono::milliseconds granule) {
    const Wheel wheel = Wheel::band(hz);
    std::int32_t seconds = 1;
    while (seconds < 7200 && wheel.granule(Jiffies{seconds} * hz) * 1000 < granule.count() * hz)
        ++seconds;
    return seconds;
}

} // namespace halfopen
