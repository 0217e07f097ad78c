// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/regime/in_flight.h"
#include "core/forecast/regime/regimes.h"
#include "core/forecast/regime/rto.h"
#include "core/forecast/regime/tail_loss_probe.h"
#include "core/model/connection.h"
#include "core/model/surroundings.h"

#include <algorithm>

namespace halfopen::regime {

namespace {

constexpr int kMostRungs = 600;
constexpr Jiffies kNever = Jiffies{1} << 40;

/// The clocks of tcp_rtx_probe0_timed_out(), both from the sample: since the first retransmission (tp->retrans_stamp or
/// the head's own time), and since the last sign of life.
struct Clocks {
    Jiffies first; ///< moment of the first retransmission, as a bound; may lie ahead
    Jiffies sent;  ///< moment of the original transmission, which counts until then
    Jiffies heard; ///< moment of the last ACK; kNever: it goes on answering
    Jiffies limit; ///< without TCP_USER_TIMEOUT: both clocks must pass it
    Jiffies userTimeout;

    void relax(Jiffies by) {
        limit += by;
        if (userTimeout > 0)
            userTimeout = std::max<Jiffies>(1, userTimeout + by);
    }

    /// Whether a run at `at`, whose nominal expiry is `expiry`, gives up.
    bool isOver(Jiffies at, Jiffies expiry) const {
        const Jiffies since = at - (at > first ? first : sent);
        if (userTimeout > 0 && since > userTimeout)
            return true;
        return expiry - heard > limit && since > limit;
    }
};

/// When the connection is given up if the run at `at` is the next one, with the slip of the handlers before.
/// @return at kNever where it is not
Firing endOf(const Wheel& wheel, const InFlight& flight, const Clocks& clocks, Jiffies at,
             const Firing* first = nullptr, Schedule* schedule = nullptr) {
    Firing run{Span::at(at), 0};
    Jiffies expiry = flight.expires;
    Jiffies timeout = flight.rto;
    for (int rung = 0; rung < kMostRungs; ++rung) {
        if (clocks.isOver(at, expiry))
            return run;
        if (schedule)
            schedule->happens(NextEvent::WindowProbe, rung == 0 ? *first : run);
        timeout = std::min(2 * timeout, flight.longest);
        Jiffies length = timeout;
        if (clocks.userTimeout > 0)
            length = std::min(length, std::max<Jiffies>(1, clocks.userTimeout - (at - clocks.first)));
        else if (clocks.heard == kNever)
            return {Span::at(kNever), 0};
        expiry = at + length;
        const Firing next = wheel.after({Span::at(at), 0, run.slip}, length);
        at = next.at.expected;
        run = {Span::at(at), 0, next.slip};
    }
    return run;
}

/// The user timeout cut the last timeout: the timer ends with it.
bool isCut(const InFlight& flight) {
    constexpr Jiffies kDoubt = 3;
    return flight.dated && flight.userTimeout > 0 && flight.expires + flight.sent + kDoubt < flight.rto &&
           flight.expires < flight.userTimeout;
}

/// Since the first retransmission: reckoned from the backoff, or as earlier samples saw it begin.
Span sinceBegin(const Context& context, const InFlight& flight, int rungs) {
    if (isCut(flight)) {
        const Jiffies since = flight.userTimeout - flight.expires;
        return {since - 1, since, since + 1};
    }
    Span since = sinceFirstByBackoff(context, flight, rungs); // tcpi_total_rto_time does not count these
    if (isFirstTimeoutHidden(context, flight))
        since.latest =
            (rungs - 1) * (flight.longest + context.wheel().granule(flight.longest)) + sinceLast(context, flight);
    const FlightPast* past = context.around.past;
    if (past && past->closedFrom != MonotonicTime{}) {
        const auto ago = context.connection.sampled - past->closedFrom;
        const Jiffies seen =
            context.time.fromMillis(std::chrono::duration_cast<std::chrono::milliseconds>(ago).count());
        since = {std::max(since.earliest, seen), std::max(since.expected, seen), std::max(since.latest, seen)};
    }
    return since;
}

/// The first run that sends. An ACK arms the timer for the rest of the timeout (tcp_rearm_rto()); and a tail loss probe
/// of another segment than the first finds no room in the window: its handler sends nothing and arms the timeout.
Firing firstRun(const Wheel& wheel, const InFlight& flight, Jiffies heard, const TcpInfo& info) {
    constexpr Jiffies kDoubt = 3;
    const Jiffies length = std::max(flight.rto, flight.expires);
    const bool byAck = info.lastAckReceived < info.lastDataSent;
    const Firing firing =
        byAck ? wheel.pendingBetween(flight.expires, {flight.expires, std::min(length, flight.expires + heard), length})
              : wheel.pending(flight.expires, {flight.expires, length, length});
    const Jiffies timeout = flight.rto - flight.sent;
    if (info.unacked <= 1 || flight.expires + kDoubt >= timeout)
        return firing;
    return wheel.toward(firing, Span::at(std::max(timeout, firing.at.latest)));
}

/// The only segment is the first that the window does not take, so a tail loss probe sends it (__tcp_retransmit_skb()),
/// and the timeout begins anew from there.
InFlight afterTailLossProbe(InFlight flight, const Firing& probe) {
    flight.expires = probe.at.expected + flight.rto;
    flight.sent = -probe.at.expected;
    return flight;
}

/// A peer that answered the last probe is there and takes nothing.
bool lastWasAnswered(const TcpInfo& info) {
    return info.lastAckReceived < info.lastDataSent;
}

} // namespace

void closedWindow(const Context& context, Forecast& forecast, Schedule& schedule) {
    const auto& info = context.connection.info;
    const Wheel& wheel = context.wheel();
    const int rungs = info.backoff; // these retransmissions are backed off, not counted
    const InFlight now = readInFlight(context);
    forecast.regime = Regime::WindowProbe;
    forecast.unanswered = context.connection.timer.retransmits;
    forecast.conditions.add(Condition::ClosedWindow);
    forecast.assumes = limitAssumptions(context) | assume::PeerSilent | assume::ProgramIdle | assume::WindowStays |
                       assume::MachineAwake;
    if (rungs > 0)
        forecast.assumes |= assume::FirstRetransmission;

    const Jiffies length = std::max(now.rto, now.expires);
    const Jiffies heard = context.time.fromMillis(info.lastAckReceived.count());
    // Since the last retransmission; less than the timeout where a user timeout cut it.
    const Jiffies armed = now.dated ? std::min(length, now.expires + now.sent) : length;
    Firing pendingRun = rungs > 0 ? wheel.pendingByHandler(now.expires, {now.expires, armed, length})
                                  : firstRun(wheel, now, heard, info);
    const Pending pending = rungs > 0 || info.unacked > 1 ? Pending::Timeout : pendingTimer(context, now);
    if (pending == Pending::PerhapsNothing)
        pendingRun = afterPerhapsNothing(context, now, pendingRun);
    const bool probes = pending == Pending::TailLossProbe || pending == Pending::PerhapsTailLossProbe;
    const InFlight flight = probes ? afterTailLossProbe(now, pendingRun) : now;
    const Firing firing = probes ? wheel.after(pendingRun, now.rto) : pendingRun;
    if (probes)
        schedule.happens(NextEvent::WindowProbe, pendingRun);
    const Span since = rungs > 0 ? sinceBegin(context, flight, rungs)
                                 : Span{-firing.at.latest, -firing.at.expected, -firing.at.earliest};
    const Jiffies twice = 2 * flight.longest;
    Clocks clocks{.first = -since.expected,
                  .sent = -flight.sent,
                  .heard = -heard,
                  .limit = flight.userTimeout > 0 ? std::min(twice, flight.userTimeout) : twice,
                  .userTimeout = flight.userTimeout};
    const bool answered = lastWasAnswered(info) && flight.userTimeout > 0;
    Clocks answering = clocks;
    answering.heard = kNever;
    const Jiffies end =
        endOf(wheel, flight, answered ? answering : clocks, firing.at.expected, &firing, &schedule).at.expected;
    Clocks early = clocks, late = answering;
    early.first = -since.latest;
    late.first = -since.earliest;
    if (flight.userTimeout == 0)
        late.heard = clocks.heard;
    // A run that just misses a limit leads to another a whole timeout later: within the doubt both are possible.
    constexpr Jiffies kEdge = 3;
    const bool reckoned = rungs == 0 && info.unacked > 1; // after a probe that sends nothing, to some ticks
    const bool single = !reckoned && firing.at.single() && (since.single() || (rungs > 0 && isCut(now)));
    const Jiffies doubt = single ? 0 : wheel.granule(flight.longest) + wheel.granule(flight.rto);
    early.relax(-std::max(doubt, kEdge));
    late.relax(std::max(doubt, kEdge));
    Jiffies soonest = endOf(wheel, flight, early, firing.at.earliest).at.expected;
    if (pending == Pending::PerhapsTailLossProbe) {
        forecast.assumes |= assume::TailLossProbe;
        early.first = pendingRun.at.earliest;
        early.sent = -now.sent;
        soonest = std::min(soonest, endOf(wheel, now, early, pendingRun.at.earliest).at.expected);
    }
    const Firing last = endOf(wheel, flight, late, firing.at.latest);
    const Jiffies longest = last.at.expected + last.slip;
    const GiveUpCause cause = clocks.userTimeout > 0 ? GiveUpCause::WindowProbeUserTimeout : GiveUpCause::WindowProbe;
    schedule.ends({Span::at(end), 0}, cause);
    // An earlier run is not always the sooner end: it may just miss a limit of time.
    schedule.promises({std::max<Jiffies>(std::min(soonest, end) - doubt, 0), end, std::max(longest, end) + doubt});
}

} // namespace halfopen::regime
