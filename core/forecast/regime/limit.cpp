// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/regime/limit.h"

#include "core/forecast/regime/rto.h"

#include <algorithm>
#include <chrono>

namespace halfopen::regime {

namespace {

/// The rung of the silent ladder that straddles `limit`, and so the longest wait for a run after it.
Jiffies straddlingRung(const InFlight& flight, Jiffies first, Jiffies limit) {
    Jiffies rung = flight.rto;
    for (Jiffies at = first; at < limit && rung < flight.longest; at += rung)
        rung = std::min(2 * rung, flight.longest);
    return rung;
}

} // namespace

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

Span limitSpan(const Context& context, const InFlight& flight) {
    const Jiffies limit = limitOf(context, flight);
    if (flight.stamped)
        return {limit - flight.since.latest, limit - flight.since.expected, limit - flight.since.earliest};
    const Jiffies timeout = flight.expires + context.wheel().granule(flight.rto);
    // An episode that was undone while a part of it is in flight can go on with its old stamp.
    const FlightPast* past = context.around.past;
    Jiffies oldest = flight.sent;
    if (past && past->stampEarliest != MonotonicTime{}) {
        const auto ago = context.connection.sampled - past->stampEarliest;
        oldest = std::max(oldest,
                          context.time.fromMillis(std::chrono::duration_cast<std::chrono::milliseconds>(ago).count()));
    }
    return {limit - oldest, limit + flight.expires, limit + timeout + flight.rto + context.wheel().granule(flight.rto)};
}

Span universalBand(const Context& context, const InFlight& flight, const Firing& first) {
    const Span limit = limitSpan(context, flight);
    const Jiffies rung = straddlingRung(flight, first.at.earliest, limit.latest);
    const Jiffies earliest = std::max<Jiffies>(limit.earliest, 0);
    const Jiffies latest =
        std::max(limit.latest, first.at.latest) + rung + context.wheel().granule(rung) + context.neighbourCycle();
    return {earliest, earliest, latest};
}

} // namespace halfopen::regime
