// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/regime/dead_neighbour.h"

#include "core/forecast/regime/limit.h"
#include "core/model/surroundings.h"

#include <algorithm>
#include <optional>

namespace halfopen::regime {

namespace {

constexpr int kMostEvents = 20'000; // of half a second and more each

/// Two clocks: the connection's timer and the neighbour entry's.
struct TwoClocks {
    Wheel wheel;
    Jiffies cycle;
    Jiffies base; ///< timeout without backoff
    Jiffies longest;
    Jiffies limit;
    bool byTime;
    bool reverts; ///< IPv4
    int backoff;
    Jiffies timer;                ///< next run of the handler
    Jiffies sent;                 ///< last transmission that the kernel dates
    std::optional<Jiffies> fails; ///< when the entry fails; nothing is queued in it where there is none

    Jiffies timeout() const { return std::min(base << std::min(backoff, 20), longest); }

    Jiffies runAfter(Jiffies now, Jiffies length) const {
        return wheel.after({Span::at(now), 0}, std::max<Jiffies>(length, 1)).at.expected;
    }

    void arm(Jiffies now) {
        const Jiffies cut = byTime && now < limit ? std::min(timeout(), limit - now) : timeout();
        timer = runAfter(now, cut);
    }

    /// The handler: nothing leaves, but what is not queued already is queued now.
    void attempt(Jiffies now) {
        ++backoff;
        arm(now);
        if (!fails) {
            sent = now;
            fails = now + cycle;
        }
    }

    /// @return whether the error that comes back runs the handler at once
    bool fail(Jiffies now) {
        fails.reset();
        if (!reverts) {
            arm(now); // what was queued is sent anew, without being counted
            sent = now;
            fails = now + cycle;
            return false;
        }
        if (backoff == 0)
            return false;
        --backoff;
        const Jiffies left = timeout() - (now - sent);
        if (left > 0)
            timer = runAfter(now, left);
        return left <= 0;
    }
};

TwoClocks clocksOf(const Context& context, const InFlight& flight, const Firing& firing) {
    TwoClocks clocks{.wheel = context.wheel(),
                     .cycle = context.neighbourCycle(),
                     .base = firstTimeout(context, flight),
                     .longest = flight.longest,
                     .limit = limitSpan(context, flight).expected,
                     .byTime = flight.userTimeout > 0,
                     .reverts = context.isIpv4(),
                     .backoff = flight.backoff,
                     .timer = firing.at.expected,
                     .sent = -flight.sent,
                     .fails = {}};
    if (context.around.path->neighbour == Neighbour::Incomplete)
        clocks.fails = std::max<Jiffies>(context.neighbourFailsIn(), 0);
    return clocks;
}

Jiffies timeoutAt(const Context& context, const InFlight& flight, int backoff) {
    return std::min(firstTimeout(context, flight) << std::min(backoff, 20), flight.longest);
}

/// Which attempt comes next: the timer's, or the one that the failing entry brings about.
Firing nextAttempt(const Context& context, const InFlight& flight, const Firing& firing) {
    // The first request of a series comes a jiffy or two late, and the age of the entry is told in hundredths.
    const Jiffies early = context.time.limit(30 + context.neighbourReadBefore()), late = context.time.limit(50);
    const Jiffies sinceCycle = flight.sent - context.neighbourCycle();
    // Of IPv4 the error arms the timer for what is left of the halved timeout, or runs the handler.
    const bool handled = context.isIpv4() && (flight.backoff < 1 || flight.expires + flight.sent <= flight.rto + late);
    const bool failing = !handled && sinceCycle >= -early && sinceCycle <= 2 * late; // the error is on its way
    const bool asked = context.around.path->neighbour == Neighbour::Incomplete;
    const bool askedAnew = asked && context.neighbourFailsIn() >= context.neighbourCycle() - early;
    if (failing && (!asked || askedAnew))
        return {{0, firing.at.expected, firing.at.latest}, 0};
    if (!asked)
        return firing;
    const Jiffies fails = std::max<Jiffies>(context.neighbourFailsIn(), 0);
    if (!context.isIpv4()) {
        const Jiffies granule = context.wheel().granule(flight.rto);
        const Span at{std::min(firing.at.earliest, std::max<Jiffies>(fails - early, 0)), firing.at.expected,
                      std::max(firing.at.latest, fails + late + flight.rto + granule)};
        return {at, 0};
    }
    if (flight.backoff < 1)
        return firing;
    // When the timeout with a backoff less is over: half of it, or more where it was cut to the maximum.
    const bool cut = flight.rto >= flight.longest;
    const Jiffies halved = flight.rto / 2 - flight.sent;
    const Jiffies likely = cut ? timeoutAt(context, flight, flight.backoff - 1) - flight.sent : halved;
    const Jiffies soonest = std::max(fails, halved), then = std::max(fails, likely);
    if (firing.at.latest < soonest - early)
        return firing;
    const Jiffies most = std::max(fails, cut ? flight.rto - flight.sent : halved);
    const Jiffies slack = most > fails ? context.wheel().granule(most - fails) : 0;
    const Jiffies expected = std::min(firing.at.expected, then + slack / 2);
    return {{std::min(firing.at.earliest, std::max<Jiffies>(soonest - early, 0)), expected,
             std::max(expected, std::min(firing.at.latest, most + slack + late))},
            0};
}

} // namespace

void behindDeadNeighbour(const Context& context, const InFlight& flight, const Firing& firing, Schedule& schedule) {
    const GiveUpCause cause = causeOf(flight);
    const Span limit = limitSpan(context, flight);
    TwoClocks clocks = clocksOf(context, flight, firing);
    bool counted = flight.retransmits > 0;
    const Firing first = nextAttempt(context, flight, firing);
    for (int i = 0; i < kMostEvents; ++i) {
        const bool failure = clocks.fails && *clocks.fails < clocks.timer;
        const Jiffies now = failure ? *clocks.fails : clocks.timer;
        if (failure && !clocks.fail(now))
            continue;
        Firing run{Span::at(now), 0};
        if (!schedule.began())
            run.at = {first.at.earliest, std::clamp(now, first.at.earliest, first.at.latest), first.at.latest};
        if (counted && now >= clocks.limit) {
            schedule.ends(run, cause);
            break;
        }
        schedule.happens(NextEvent::Retransmission, run);
        if (!counted && clocks.fails) // what is in flight never left: its own time is the stamp
            clocks.limit = limitOf(context, flight) - flight.sent;
        counted = true;
        clocks.attempt(now);
    }
    const Jiffies longest = std::max(flight.rto, clocks.cycle);
    const Jiffies straddle = context.isIpv4() ? longest : clocks.cycle + std::max(longest, clocks.timeout());
    const Jiffies latest = std::max(limit.latest, flight.stamped ? first.at.earliest : Jiffies{0}) + straddle +
                           context.wheel().granule(longest);
    schedule.promises({std::max<Jiffies>(limit.earliest, 0), 0, latest});
}

} // namespace halfopen::regime
