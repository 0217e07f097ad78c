// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/wheel.h"

namespace halfopen {

Firing Wheel::pending(Jiffies expires, const Armed& armed) const {
    if (m_kind == Kind::Nominal)
        return {Span::at(expires), 0};
    if (isRunKnown())
        return run();
    const int guessed = level(armed.guess);
    if (m_kind == Kind::Exact) {
        const Jiffies run = fire(expires, guessed);
        const bool now = expires <= 0 && guessed > 0 && (m_base & ((std::uint64_t{1} << (3 * guessed)) - 1)) <= 1;
        return {{now ? 0 : run, run, run}, 3 * guessed};
    }
    const Jiffies least = 1;
    return {{expires + least, expires + (least + (Jiffies{1} << (3 * guessed))) / 2, expires + granule(armed.longest)},
            3 * level(armed.shortest)};
}

Firing Wheel::pendingAt(Jiffies expires, int level) const {
    const Jiffies length = level == 0 ? 0 : Jiffies{63} << (3 * (level - 1)); // the shortest of that level
    return pending(expires, {length, length, length});
}

Firing Wheel::pendingByHandler(Jiffies expires, const Armed& armed) const {
    const Jiffies onTime = byHandler(armed.guess);
    if (level(onTime) != level(armed.guess))
        return pendingBetween(expires, {onTime, onTime, armed.guess});
    return pending(expires, {armed.shortest, onTime, std::max(onTime, byHandler(armed.longest))});
}

Firing Wheel::pendingBetween(Jiffies expires, const Armed& armed) const {
    const Firing guessed = pending(expires, armed);
    if (m_kind != Kind::Exact || isRunKnown())
        return guessed;
    const int least = level(armed.shortest);
    return {{fire(expires, least), guessed.at.expected, fire(expires, level(armed.longest))}, 3 * least};
}

Firing Wheel::pendingUpTo(Jiffies expires, Jiffies longest) const {
    const Jiffies length = std::max(expires, longest);
    Firing firing = pending(expires, {expires, expires, length});
    firing.at.latest = std::max(firing.at.latest, pending(expires, {length, length, length}).at.latest);
    return firing;
}

Firing Wheel::after(const Firing& from, Jiffies length) const {
    if (m_kind == Kind::Nominal) {
        const Jiffies step = std::max<Jiffies>(length, 1);
        return {from.at + Span::at(step), 0};
    }
    const int bits = 3 * level(byHandler(length));
    const Jiffies late = bits > 0 ? 1 : 0; // where a granule is one tick, so is the delay
    if (m_kind == Kind::Exact) {
        const Jiffies expected = fire(from.at.expected + length, bits / 3);
        const Jiffies latest = from.at.single() ? expected : fire(from.at.latest + length, bits / 3);
        const Jiffies slipped = fire(from.at.latest + from.slip + late + length, bits / 3);
        return {{from.at.single() ? expected : fire(from.at.earliest + length, bits / 3), expected, latest},
                bits,
                slipped - latest};
    }
    const int known = std::min(from.aligned, bits);
    const Jiffies rest = length & ((Jiffies{1} << known) - 1);
    const Jiffies least = (Jiffies{1} << known) - rest;
    const Jiffies most = (Jiffies{1} << bits) - rest;
    const Jiffies slip = from.slip > 0 || least == late ? from.slip + (Jiffies{1} << bits) : 0;
    return {from.at + Span{length + least, length + (least + most) / 2, length + most}, bits, slip};
}

Firing Wheel::toward(const Firing& from, const Span& target) const {
    const Jiffies shortest =
        std::max<Jiffies>(0, std::min(target.earliest - from.at.earliest, target.latest - from.at.latest));
    const Jiffies middle = std::max<Jiffies>(0, target.expected - from.at.expected);
    const Jiffies longest =
        std::max<Jiffies>(middle, std::max(target.earliest - from.at.earliest, target.latest - from.at.latest));
    const Jiffies expected = from.at.expected + middle;
    if (m_kind == Kind::Nominal)
        return {{std::min(target.earliest, expected), expected, std::max(target.latest, expected)}, 0};
    if (m_kind == Kind::Exact && from.at.single() && target.single())
        return {Span::at(fire(expected, level(byHandler(middle)))), 3 * level(byHandler(middle))};
    // The ends can lie on different levels, so a later run may arm a timer that runs earlier: bound all of them.
    const Jiffies earliest = std::min(target.earliest, expected) + 1;
    const Jiffies latest = std::max(target.latest, expected) + granule(longest);
    const Jiffies likely =
        m_kind == Kind::Exact ? fire(expected, level(byHandler(middle))) : expected + (1 + granule(middle)) / 2;
    return {{earliest, std::clamp(likely, earliest, latest), latest}, 3 * level(byHandler(std::min(shortest, middle)))};
}

Jiffies Wheel::period(Jiffies length) const {
    if (m_kind == Kind::Nominal)
        return std::max<Jiffies>(length, 1);
    return static_cast<Jiffies>(wheelFire(static_cast<std::uint64_t>(length), level(byHandler(length))));
}

Wheel Wheel::rebased(Jiffies origin) const {
    Wheel wheel = *this;
    wheel.m_base += static_cast<std::uint64_t>(origin);
    wheel.forgetRun();
    return wheel;
}

Wheel Wheel::withoutPhase() const {
    Wheel wheel = *this;
    wheel.m_kind = Kind::Band;
    wheel.forgetRun();
    return wheel;
}

} // namespace halfopen
