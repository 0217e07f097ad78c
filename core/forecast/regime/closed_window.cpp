// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/regime/in_flight.h"
#include "core/forecast/regime/regimes.h"
#include "core/forecast/regime/rto.h"

#include <algorithm>

namespace halfopen::regime {

namespace {

constexpr int kMostRungs = 600;

/// What both clocks of tcp_rtx_probe0_timed_out() must have passed: with TCP_USER_TIMEOUT it counts from the first
/// retransmission alone, else that and the last sign of life must lie further back than twice the longest timeout.
Span limitFrom(const Context& context, const InFlight& flight, const Span& since) {
    const bool byTime = flight.userTimeout > 0;
    const Jiffies patience = (byTime ? flight.userTimeout : 2 * flight.longest) + 1;
    const Jiffies heard = context.time.told(context.connection.info.lastAckReceived.count());
    const Jiffies least = byTime ? patience - since.latest : patience - heard;
    return {std::max(patience - since.latest, least), std::max(patience - since.expected, least),
            std::max(patience - since.earliest, least)};
}

/// Steps at the longest timeout in which nothing can end are taken at once.
void skipAhead(const Wheel& wheel, const InFlight& flight, const Span& limit, Firing& firing, Course& course) {
    const Jiffies step = wheel.period(flight.longest);
    const Jiffies sure = (limit.earliest - firing.at.latest) / step - 1;
    if (flight.rto == flight.longest && sure > 0)
        course.repeats(NextEvent::WindowProbe, firing, step, sure);
}

} // namespace

void closedWindow(const Context& context, Forecast& forecast, Course& course) {
    const Wheel& wheel = context.wheel();
    const int rungs = context.connection.info.backoff; // these retransmissions are backed off, not counted
    InFlight flight = readInFlight(context);
    forecast.regime = Regime::WindowProbe;
    forecast.unanswered = context.connection.timer.retransmits;
    forecast.assumes = limitAssumptions(context) | assume::PeerSilent;
    if (rungs > 0 && !tellsSince(context.connection.info))
        forecast.assumes |= assume::FirstRetransmission;

    const Jiffies length = std::max(flight.rto, flight.expires);
    Firing firing = wheel.pending(flight.expires, {flight.expires, length, length});
    const Span since = rungs > 0 ? sinceFirst(context, flight, rungs)
                                 : Span{-firing.at.latest, -firing.at.expected, -firing.at.earliest};
    const Span limit = limitFrom(context, flight, since);
    const GiveUpCause cause = flight.userTimeout > 0 ? GiveUpCause::WindowProbeUserTimeout : GiveUpCause::WindowProbe;
    for (int rung = 0; rung < kMostRungs; ++rung) {
        if (course.endsFrom(limit, firing, cause))
            return;
        course.happens(NextEvent::WindowProbe, firing);
        flight.rto = std::min(2 * flight.rto, flight.longest);
        firing = wheel.after(firing, flight.rto);
        skipAhead(wheel, flight, limit, firing, course);
    }
    course.ends(firing, cause);
}

} // namespace halfopen::regime
