// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/regime/dead_neighbour.h"
#include "core/forecast/regime/in_flight.h"
#include "core/forecast/regime/limit.h"
#include "core/forecast/regime/regimes.h"
#include "core/forecast/regime/rto.h"
#include "core/forecast/regime/tail_loss_probe.h"
#include "core/model/surroundings.h"
#include "core/model/tcp_sysctls.h"

#include <algorithm>
#include <optional>

namespace halfopen::regime {

namespace {

constexpr int kMostRungs =
    600; // 255 retries at the longest timeout and the doublings before; a ladder ends before that

/// The handler of a timeout armed it.
bool byTimeout(const InFlight& flight, Pending pending) {
    return pending == Pending::Timeout && flight.retransmits > 0;
}

Armed armed(const Context& context, const InFlight& flight, Pending pending) {
    Jiffies guess = flight.rto;
    if (pending != Pending::Timeout)
        guess = tailLossTimeout(context, flight);
    else if (flight.conditions.has(Condition::LocalDrop))
        guess = context.time.limit(kResourceProbeMs);
    else if (flight.retransmits > 0 && (flight.userTimeout > 0 || flight.conditions.has(Condition::IcmpRevert)))
        guess = std::min(guess, flight.expires + sinceLast(context, flight));
    guess = std::max(guess, flight.expires);
    return {byTimeout(flight, pending) && flight.userTimeout == 0 ? guess : flight.expires, guess,
            std::max(guess, flight.rto)};
}

/// An ACK of a part arms the timer for what is left of the timeout (tcp_rearm_rto()), and so do later ones of no more.
bool armedByAck(const Context& context, const InFlight& flight, Pending pending) {
    const auto& info = context.connection.info;
    return pending == Pending::Timeout && flight.retransmits == 0 && info.lastAckReceived < info.lastDataSent;
}

/// What a recovery sends without an ACK may go out by the handler of its own timer, which then arms that of the
/// timeout, or as pacing lets it. Source: net/ipv4/tcp_recovery.c, tcp_rack_reo_timeout().
bool mayBeByRecovery(const Context& context, const InFlight& flight, Pending pending) {
    return pending == Pending::Timeout && flight.retransmits == 0 &&
           context.connection.info.caState >= TcpInfo::kRecovery;
}

/// The neighbour entry has failed since the last transmission: the error that came back took backoff back and armed the
/// timer for what was left of the timeout then. Source: net/ipv4/tcp_ipv4.c, tcp_ld_RTO_revert().
std::optional<Armed> armedByFailure(const Context& context, const InFlight& flight) {
    constexpr Jiffies kDoubt = 6;
    const bool overdue = flight.expires == 0 && context.connection.sendQueue > 1; // data, which its age dates as well
    const bool reverted = flight.conditions.has(Condition::UnreachableNeighbour) &&
                          flight.conditions.has(Condition::IcmpRevert) && (flight.dated || overdue);
    const Jiffies since = flight.sent - context.neighbourCycle();
    if (!reverted || since < -kDoubt)
        return std::nullopt;
    const Jiffies length = flight.expires + std::max<Jiffies>(since, 0);
    const Jiffies late = overdue ? context.wheel().granule(length) : 0;
    return Armed{std::max(flight.expires, length - late - kDoubt), length, length + kDoubt};
}

/// The run of the pending timer.
Firing pendingRun(const Context& context, const InFlight& flight, Pending pending) {
    if (const auto length = armedByFailure(context, flight))
        return context.wheel().pendingBetween(flight.expires, *length);
    Armed length = armed(context, flight, pending);
    if (byTimeout(flight, pending))
        return context.wheel().pendingByHandler(flight.expires, length);
    if (!armedByAck(context, flight, pending))
        return mayBeByRecovery(context, flight, pending) ? context.wheel().pendingByHandler(flight.expires, length)
                                                         : context.wheel().pending(flight.expires, length);
    const Jiffies sinceAck = context.time.fromMillis(context.connection.info.lastAckReceived.count());
    length.guess = std::min(length.guess, flight.expires + sinceAck);
    return context.wheel().pendingBetween(flight.expires, length);
}

/// A long TCP_USER_TIMEOUT over short timeouts: steps in which nothing can end are taken at once.
void skipAhead(const Wheel& wheel, const InFlight& flight, const Span& limit, Firing& firing, Schedule& schedule) {
    const Jiffies step = wheel.period(flight.rto);
    const Jiffies sure = (limit.earliest - flight.rto - firing.at.latest) / step - 1;
    if (sure > 0)
        schedule.repeats(NextEvent::Retransmission, firing, step, sure);
}

/// A timeout's own doubling; the first six of a thin stream stay as they are.
void backOff(InFlight& flight) {
    constexpr int kLinear = 6;
    if (flight.conditions.has(Condition::ThinLinear) && flight.retransmits <= kLinear)
        return;
    flight.rto = std::min(2 * flight.rto, flight.longest);
}

/// The handler, again and again. @param firing  its next run, from where `flight.since` counts
void simulateBackoff(const Context& context, Wheel wheel, InFlight flight, Firing firing, Schedule& schedule) {
    bool steady = false;
    Jiffies end = limitOf(context, flight);
    for (int rung = 0; rung < kMostRungs; ++rung) {
        Span limit{end - flight.since.latest, end - flight.since.expected, end - flight.since.earliest};
        if (steady && flight.userTimeout > 0)
            skipAhead(wheel, flight, limit, firing, schedule);
        if (flight.retransmits > 0 && schedule.endsFrom(limit, firing, causeOf(flight)))
            return;
        schedule.happens(NextEvent::Retransmission, firing);
        ++flight.retransmits;
        if (!flight.stamped) {
            // The limit counts from this very run: so does everything that follows.
            schedule.rebase(firing.at);
            wheel = wheel.rebased(firing.at.expected);
            firing.at = {};
            flight.since = {};
            flight.stamped = true;
            limit = Span::at(end);
        }
        steady = rung > 1 && flight.rto == flight.longest;
        backOff(flight);
        if (flight.orphan)
            end = limitOf(context, flight); // an orphan is given up sooner once its timeout is at the maximum
        firing = flight.userTimeout > 0 ? rearm(wheel, firing, flight.rto, limit, 1) : wheel.after(firing, flight.rto);
    }
    schedule.ends(firing, causeOf(flight));
}

/// The machine's own queue drops every attempt: one each half second, none of them backed off, until the limit.
void dropped(const Context& context, const InFlight& flight, const Firing& firing, Schedule& schedule) {
    const Jiffies step = context.wheel().period(context.time.limit(kResourceProbeMs));
    schedule.repeatsUntil(limitSpan(context, flight), firing, step, NextEvent::Retransmission, causeOf(flight));
}

/// A recovery that has just retransmitted goes on with it, piece by piece, without a timer that is told; after timeouts
/// (TCP_CA_Loss) where a part was acknowledged.
bool isInABurst(const Context& context, const InFlight& flight) {
    constexpr std::int64_t kBurstMs = 50;
    return context.connection.info.caState >= TcpInfo::kRecovery && flight.retransmits == 0 && flight.dated &&
           flight.sent <= context.time.limit(kBurstMs);
}

/// What is in flight, from a tail loss probe or the first timeout on.
void simulateFlight(const Context& context, Forecast& forecast, const InFlight& flight, Pending pending, Firing firing,
                    Schedule& schedule) {
    const Jiffies before = schedule.count();
    if (pending == Pending::PerhapsNothing) {
        firing = afterPerhapsNothing(context, flight, firing);
    } else if (pending != Pending::Timeout) {
        schedule.happens(NextEvent::Retransmission, firing);
        firing = context.wheel().after(firing, flight.rto);
    }
    const Jiffies probes = schedule.count() - before;
    simulateBackoff(context, context.wheel(), flight, firing, schedule);
    schedule.promises(universalBand(context, flight, firing));
    forecast.hasAllowed = flight.userTimeout == 0 && !flight.conditions.has(Condition::IcmpRevert);
    forecast.allowed = static_cast<std::uint16_t>(flight.retransmits + schedule.count() - before - probes);
}

void begin(const Context& context, Forecast& forecast, const InFlight& flight, Pending pending) {
    forecast.regime = flight.orphan ? Regime::Orphan : Regime::Retransmission;
    forecast.unanswered = context.connection.timer.retransmits;
    forecast.conditions.add(flight.conditions);
    std::uint32_t assumes = limitAssumptions(context) | assume::PeerSilent | assume::ProgramIdle | assume::MachineAwake;
    assumes |= assume::NoIcmpError | assume::NeighbourAnswers | assume::NoLocalDrop;
    if (flight.orphan)
        assumes |= assume::NoOrphanPressure;
    if (flight.retransmits > 0 && !tellsSince(context) && !flight.conditions.has(Condition::NotLeaving))
        assumes |= assume::FirstRetransmission;
    if (pending == Pending::PerhapsTailLossProbe)
        assumes |= assume::TailLossProbe;
    forecast.assumes = assumes;
}

} // namespace

void retransmission(const Context& context, Forecast& forecast, Schedule& schedule) {
    const InFlight flight = readInFlight(context);
    const Pending pending = pendingTimer(context, flight);
    begin(context, forecast, flight, pending);
    if (!context.connection.info.present()) {
        // Without tcp_info the timeout is not known, and with it nothing after the next retransmission.
        schedule.happens(NextEvent::Retransmission, context.wheel().pendingUpTo(flight.expires, flight.longest));
        return;
    }
    const Firing firing = pendingRun(context, flight, pending);
    if (flight.conditions.has(Condition::LocalDrop)) {
        forecast.assumes = (forecast.assumes & ~assume::NoLocalDrop) | assume::ConditionStays;
        return dropped(context, flight, firing, schedule);
    }
    if (flight.conditions.has(Condition::UnreachableNeighbour)) {
        forecast.assumes = (forecast.assumes & ~assume::NeighbourAnswers) | assume::ConditionStays;
        return behindDeadNeighbour(context, flight, firing, schedule);
    }
    simulateFlight(context, forecast, flight, pending, firing, schedule);
    if (isInABurst(context, flight))
        schedule.firstMayComeAtOnce();
}

void heldBack(const Context& context, Forecast& forecast, Schedule& schedule) {
    const Wheel& wheel = context.wheel();
    const InFlight flight = readInFlight(context);
    const Pending pending = pendingTimer(context, flight);
    begin(context, forecast, flight, pending);
    forecast.conditions.add(Condition::Held);
    const Jiffies base = std::max({flight.rto, context.time.limit(kRtoMinMs), flight.expires});
    const Firing firing = wheel.pending(flight.expires, {base, base, base});
    schedule.happens(NextEvent::WindowProbe, firing);
    const Jiffies timeout = pending == Pending::Timeout ? flight.rto : tailLossTimeout(context, flight);
    simulateFlight(context, forecast, flight, pending, wheel.after(firing, timeout), schedule);
}

} // namespace halfopen::regime
