// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/wire/slip.h"

#include "core/forecast/wheel.h"

#include <algorithm>

namespace halfopen::test {

void Slip::note(std::size_t index, double error) {
    constexpr double kPartOfTick = 0.6;
    if (error > kPartOfTick * 1000 / m_clock.hz)
        m_lateFrom = std::min(m_lateFrom, index);
}

double Slip::upTo(std::size_t index) const {
    double sum = 0;
    for (std::size_t i = m_lateFrom; i < index; ++i)
        sum += granule(step(i));
    return sum;
}

double Slip::ofLastArming(std::size_t index, double late) const {
    const double tick = 1000.0 / m_clock.hz;
    return index > 0 && late >= tick ? granule(step(index - 1)) : 0;
}

double Slip::oneMore(std::size_t index) const {
    if (m_lateFrom >= index || index < 2 || m_events[index].event != NextEvent::GiveUp)
        return 0;
    const bool doubling = step(index - 1) > 1.5 * step(index - 2);
    return doubling ? 2 * step(index - 1) : step(index - 1);
}

double Slip::step(std::size_t index) const {
    return static_cast<double>(m_events[index + 1].at.expected.count()) -
           static_cast<double>(m_events[index].at.expected.count());
}

double Slip::granule(double ms) const {
    const double tick = 1000.0 / m_clock.hz;
    return static_cast<double>(Jiffies{1} << (3 * wheelLevel(static_cast<Jiffies>(ms / tick)))) * tick;
}

} // namespace halfopen::test
