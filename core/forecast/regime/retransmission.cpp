// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/regime/in_flight.h"
#include "core/forecast/regime/regimes.h"
#include "core/forecast/regime/rto.h"

#include <algorithm>

namespace halfopen::regime {

namespace {

constexpr int kMostRungs =
    600; // 255 retries at the longest timeout and the doublings before; a ladder ends before that

enum class Pending : std::uint8_t { Timeout, TailLossProbe, PerhapsTailLossProbe };

/// tcp_schedule_loss_probe(): what a tail loss probe is armed for.
Jiffies tailLossTimeout(const Context& context, const InFlight& flight) {
    const auto& info = context.connection.info;
    const Jiffies twice = context.time.toldMicros(2 * std::int64_t{info.rttUs});
    return std::min(twice + (info.unacked <= 1 ? context.time.limit(kRtoMinMs) : 2), flight.rto);
}

/// Before the first retransmission the timer is a tail loss probe's (RFC 8985) unless one has been sent already, which
/// a socket tells only by never having retransmitted anything, or by a timer that fits one of the two and not the
/// other.
Pending pendingTimer(const Context& context, const InFlight& flight) {
    constexpr std::uint8_t kSack = 2;
    constexpr std::uint8_t kOpen = 0, kCwr = 2;
    const auto& info = context.connection.info;
    if (flight.retransmits > 0 || (info.options & kSack) == 0 || (info.caState != kOpen && info.caState != kCwr))
        return Pending::Timeout;
    if (info.totalRetransmits == 0)
        return Pending::TailLossProbe;
    const Jiffies whole = flight.expires + context.time.told(info.lastDataSent.count());
    const Jiffies probe = tailLossTimeout(context, flight);
    return whole > probe + 1 && whole <= flight.rto ? Pending::Timeout : Pending::PerhapsTailLossProbe;
}

Armed armed(const Context& context, const InFlight& flight, Pending pending) {
    Jiffies guess = flight.rto;
    if (pending != Pending::Timeout)
        guess = tailLossTimeout(context, flight);
    else if (flight.userTimeout > 0 && flight.retransmits > 0)
        guess = std::min(guess, flight.expires + sinceLast(context, flight));
    guess = std::max(guess, flight.expires);
    const bool certain = pending == Pending::Timeout && flight.userTimeout == 0 && flight.retransmits > 0;
    return {certain ? guess : flight.expires, guess, std::max(guess, flight.rto)};
}

Jiffies limitOf(const Context& context, const InFlight& flight) {
    if (flight.userTimeout > 0)
        return flight.userTimeout;
    const int retries =
        flight.orphan ? orphanRetries(context, flight.rto < flight.longest) : retryCount(context.sysctls.retries2);
    return modelTimeout(retries, context.time.limit(kRtoMinMs), flight.longest);
}

GiveUpCause causeOf(const InFlight& flight) {
    if (flight.userTimeout > 0)
        return GiveUpCause::UserTimeout;
    return flight.orphan ? GiveUpCause::OrphanRetries : GiveUpCause::Retries;
}

/// A long TCP_USER_TIMEOUT over short timeouts: steps in which nothing can end are taken at once.
void skipAhead(const Wheel& wheel, const InFlight& flight, const Span& limit, Firing& firing, Course& course) {
    const Jiffies step = wheel.period(flight.rto);
    const Jiffies sure = (limit.earliest - flight.rto - firing.at.latest) / step - 1;
    if (sure > 0)
        course.repeats(NextEvent::Retransmission, firing, step, sure);
}

/// The handler, again and again. @param firing  its next run, from where `flight.since` counts
void climb(const Context& context, Wheel wheel, InFlight flight, Firing firing, Course& course) {
    bool steady = false;
    Jiffies end = limitOf(context, flight);
    for (int rung = 0; rung < kMostRungs; ++rung) {
        Span limit{end - flight.since.latest, end - flight.since.expected, end - flight.since.earliest};
        if (steady && flight.userTimeout > 0)
            skipAhead(wheel, flight, limit, firing, course);
        if (flight.retransmits > 0 && course.endsFrom(limit, firing, causeOf(flight)))
            return;
        course.happens(NextEvent::Retransmission, firing);
        if (flight.retransmits++ == 0) {
            // The limit counts from this very run: so does everything that follows.
            course.rebase(firing.at);
            wheel = wheel.rebased(firing.at.expected);
            firing.at = {};
            flight.since = {};
            limit = Span::at(end);
        }
        steady = rung > 1 && flight.rto == flight.longest;
        flight.rto = std::min(2 * flight.rto, flight.longest);
        if (flight.orphan)
            end = limitOf(context, flight); // an orphan has less patience once its timeout is at the maximum
        firing = flight.userTimeout > 0 ? rearm(wheel, firing, flight.rto, limit, 1) : wheel.after(firing, flight.rto);
    }
    course.ends(firing, causeOf(flight));
}

/// What is in flight, from a tail loss probe or the first timeout on.
void fly(const Context& context, Forecast& forecast, const InFlight& flight, Pending pending, Firing firing,
         Course& course) {
    const Jiffies before = course.count();
    if (pending != Pending::Timeout) {
        course.happens(NextEvent::Retransmission, firing);
        firing = context.wheel().after(firing, flight.rto);
    }
    const Jiffies probes = course.count() - before;
    climb(context, context.wheel(), flight, firing, course);
    forecast.hasAllowed = flight.userTimeout == 0;
    forecast.allowed = static_cast<std::uint16_t>(flight.retransmits + course.count() - before - probes);
}

void begin(const Context& context, Forecast& forecast, Pending pending) {
    const bool first = context.connection.info.retransmits == 0;
    forecast.regime = context.connection.isOrphan() ? Regime::Orphan : Regime::Retransmission;
    forecast.unanswered = context.connection.timer.retransmits;
    forecast.assumes = limitAssumptions(context);
    if (!first && !tellsSince(context.connection.info))
        forecast.assumes |= assume::FirstRetransmission;
    if (pending == Pending::PerhapsTailLossProbe)
        forecast.assumes |= assume::TailLossProbe;
}

} // namespace

void retransmission(const Context& context, Forecast& forecast, Course& course) {
    const InFlight flight = readInFlight(context);
    const Pending pending = pendingTimer(context, flight);
    begin(context, forecast, pending);
    if (!context.connection.info.present()) {
        // Without tcp_info the timeout is not known, and with it nothing after the next retransmission.
        course.happens(NextEvent::Retransmission, context.wheel().pendingUpTo(flight.expires, flight.longest));
        return;
    }
    fly(context, forecast, flight, pending, context.wheel().pending(flight.expires, armed(context, flight, pending)),
        course);
}

void heldBack(const Context& context, Forecast& forecast, Course& course) {
    const Wheel& wheel = context.wheel();
    const InFlight flight = readInFlight(context);
    const Pending pending = pendingTimer(context, flight);
    begin(context, forecast, pending);
    const Jiffies base = std::max({flight.rto, context.time.limit(kRtoMinMs), flight.expires});
    const Firing firing = wheel.pending(flight.expires, {base, base, base});
    course.happens(NextEvent::WindowProbe, firing);
    const Jiffies timeout = pending == Pending::Timeout ? flight.rto : tailLossTimeout(context, flight);
    fly(context, forecast, flight, pending, wheel.after(firing, timeout), course);
}

} // namespace halfopen::regime
