// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/forecast.h"
#include "core/model/tick_clock.h"

#include <cstddef>
#include <vector>

namespace halfopen::test {

/// How far a handler that ran late can move the rest of its chain. The next timer is filed by when it was armed, so
/// each one can move by a granule; and a limit that was met just in time can be missed, which costs one step more.
/// Source: kernel/time/timer.c, calc_wheel_index().
class Slip {
public:
    /// @param events  must outlive it
    Slip(const std::vector<TimelineEvent>& events, const TickClock& clock)
        : m_events(events)
        , m_clock(clock) {}

    /// @param error  by which the event at `index` came late, ms
    void note(std::size_t index, double error);

    /// What is allowed to the event at `index`, ms: 0 while all before it came in time.
    double upTo(std::size_t index) const;
    /// What is allowed to the event at `index` on a machine that was at least a tick late meanwhile: a handler whose
    /// packet went out in time may still have armed the next timer a tick later.
    double ofLastArming(std::size_t index, double late) const;
    /// What one more round costs a give-up that missed its limit, ms: 0 while all before it came in time.
    double oneMore(std::size_t index) const;

private:
    double step(std::size_t index) const;
    double granule(double ms) const;

    const std::vector<TimelineEvent>& m_events;
    TickClock m_clock;
    std::size_t m_lateFrom = static_cast<std::size_t>(-1);
};

} // namespace halfopen::test
