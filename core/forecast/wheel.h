// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>

namespace halfopen {

/// A count of ticks, or a moment in ticks from the jiffy of the sample (which is 0).
using Jiffies = std::int64_t;

/// A moment in jiffies that is known between two bounds: earliest <= expected <= latest.
struct Span {
    Jiffies earliest = 0;
    Jiffies expected = 0;
    Jiffies latest = 0;

    static constexpr Span at(Jiffies moment) { return {moment, moment, moment}; }
    constexpr bool single() const { return earliest == latest; }
    constexpr Span operator+(const Span& other) const {
        return {earliest + other.earliest, expected + other.expected, latest + other.latest};
    }
    bool operator==(const Span&) const = default;
};

/// A timer handler that runs: when, and how many low bits of the absolute jiffy are known to be zero. The wheel runs a
/// timer of level L at a multiple of 8^L, so a timer armed by such a handler has a known slack even where the phase is
/// not known. On a busy machine a handler runs a tick late; where that tick takes the timer that it arms to the next
/// multiple of its granule, the next run slips by all of the granule, and what follows with it.
struct Firing {
    Span at;
    int aligned = 0;
    Jiffies slip = 0; ///< how much later than `at` it may run if each handler before is a tick late
};

/// How long a pending timer was armed for. The kernel does not tell; its level, and so its slack, depend on it.
struct Armed {
    Jiffies shortest = 0;
    Jiffies guess = 0;
    Jiffies longest = 0;
};

/// Level of a timer that is armed for `length` jiffies: the smallest L with length < 63 << 3L, at most `levels` - 1.
/// Source: kernel/time/timer.c, calc_wheel_index().
constexpr int wheelLevel(Jiffies length, int levels = 9) {
    if (length < 63)
        return 0;
    const auto width = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(length) / 63));
    return std::min((width + 2) / 3, levels - 1);
}

/// The length that decides the level of a timer which a timer's handler arms for `length`: the wheel has gone on to the
/// next jiffy before it calls the handler. Matters where a timeout is 63 << 3L jiffies. Source: kernel/time/timer.c,
/// __run_timers(), forward_timer_base().
constexpr Jiffies byHandler(Jiffies length) {
    return length > 0 ? length - 1 : 0;
}

/// The absolute jiffy at which a timer of `level` that expires at `expires` runs. Source: kernel/time/timer.c,
/// calc_index().
constexpr std::uint64_t wheelFire(std::uint64_t expires, int level) {
    return ((expires >> (3 * level)) + 1) << (3 * level);
}

/// When armed timers really run. Every expiry is delayed to the next multiple of the granule of the level it was filed
/// under when it was armed: by 1 tick to 12.7 % of its length (kernel >= 4.8). Three ways to reckon with that:
///  - exact: the absolute jiffy of the sample is known, and so is every run;
///  - band: it is not; a run is between the least and the greatest slack, expected in the middle, since every phase is
///  equally
///    likely. The bounds add up along a chain only as far as the alignment of the runs leaves a doubt;
///  - nominal: no wheel at all, for comparing a regime with its formula.
class Wheel {
public:
    /// @param sampleJiffy  absolute jiffy of the sample
    /// @param hz           decides the number of levels (LVL_DEPTH: 9 above HZ 100, else 8)
    static Wheel exact(std::int64_t sampleJiffy, std::int32_t hz) {
        return {Kind::Exact, static_cast<std::uint64_t>(sampleJiffy), hz};
    }
    static Wheel band(std::int32_t hz) { return {Kind::Band, 0, hz}; }
    static Wheel nominal() { return {Kind::Nominal, 0, 250}; }

    /// The same wheel where it is known when the pending timer runs, and in which level it lies: then no pending*() is
    /// a guess. @param at  jiffies from the sample's
    Wheel withRun(Jiffies at, int level) const {
        Wheel wheel = *this;
        wheel.m_run = std::max<Jiffies>(at, 0);
        wheel.m_runLevel = static_cast<std::int8_t>(level);
        return wheel;
    }

    bool isExact() const { return m_kind == Kind::Exact; }
    int level(Jiffies length) const { return wheelLevel(length, m_levels); }
    Jiffies granule(Jiffies length) const { return Jiffies{1} << (3 * level(length)); }

    /// The run of a timer that is pending now and expires (nominally) at `expires`; 0 where it is due already: it then
    /// runs at the next multiple of its granule, or, where the sample is at such a multiple, perhaps at once: a handler
    /// that is a tick late looks like one that has just missed it.
    Firing pending(Jiffies expires, const Armed& armed) const;

    /// The same where a timer's handler armed it. By byHandler(), unless that handler ran a tick late: then the length
    /// itself decides, and where the two are of two levels, the run is either.
    Firing pendingByHandler(Jiffies expires, const Armed& armed) const;

    /// The same where the level is known that it was filed under.
    Firing pendingAt(Jiffies expires, int level) const;

    /// The same where any length from `shortest` to `longest` is possible: a span even with the phase known, expected
    /// as guessed.
    Firing pendingBetween(Jiffies expires, const Armed& armed) const;

    /// The same where nothing is known of the length but that it was `longest` at most: a span even with the phase
    /// known.
    Firing pendingUpTo(Jiffies expires, Jiffies longest) const;

    /// The run of a timer that the handler `from` arms for `length`.
    Firing after(const Firing& from, Jiffies length) const;

    /// The run of a timer that the handler `from` arms to expire at `target`, so that its length depends on when `from`
    /// ran.
    Firing toward(const Firing& from, const Span& target) const;

    /// The distance of two runs of a timer that its handler arms for `length` each time. At least 1.
    Jiffies period(Jiffies length) const;

    /// The same wheel, seen from a jiffy that is `origin` later.
    Wheel rebased(Jiffies origin) const;
    /// A band wheel of the same levels: for what happened before the sample, from a jiffy that nobody knows.
    Wheel withoutPhase() const;

private:
    enum class Kind : std::uint8_t { Exact, Band, Nominal };
    Wheel(Kind kind, std::uint64_t base, std::int32_t hz)
        : m_base(base)
        , m_levels(hz > 100 ? 9 : 8)
        , m_kind(kind) {}

    Jiffies fire(Jiffies expires, int level) const {
        return static_cast<Jiffies>(wheelFire(m_base + static_cast<std::uint64_t>(expires), level) - m_base);
    }

    bool isRunKnown() const { return m_runLevel >= 0; }
    Firing run() const { return {Span::at(m_run), 3 * m_runLevel}; }
    void forgetRun() { m_runLevel = -1; }

    std::uint64_t m_base;
    Jiffies m_run = 0;           ///< of the pending timer; meaningful with m_runLevel
    std::int8_t m_runLevel = -1; ///< -1: not known
    int m_levels;
    Kind m_kind;
};

} // namespace halfopen
