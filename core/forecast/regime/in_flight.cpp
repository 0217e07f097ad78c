// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/regime/in_flight.h"

#include "core/forecast/regime/rto.h"

#include <algorithm>

namespace halfopen::regime {

namespace {

/// The timeout before any backoff. A timeout that was cut to the maximum no longer tells, but is rarely below RTT + 200
/// ms.
Jiffies firstTimeout(const Context& context, const InFlight& flight) {
    const auto& info = context.connection.info;
    const Jiffies shifted = flight.rto >> std::min<int>(info.backoff, 30);
    const Jiffies least = context.time.limit(kRtoMinMs) + context.time.toldMicros(info.rttUs);
    return flight.rto >= flight.longest && info.backoff > 0 ? std::max(shifted, least) : std::max<Jiffies>(shifted, 1);
}

} // namespace

bool tellsSince(const TcpInfo& info) {
    return info.hasRtoTotals() && info.totalRtoRecoveries == 1;
}

Jiffies sinceLast(const Context& context, const InFlight& flight) {
    const Jiffies sent = context.time.told(context.connection.info.lastDataSent.count());
    return sent + flight.expires <= flight.rto ? sent : std::max<Jiffies>(0, flight.rto - flight.expires);
}

Span sinceFirst(const Context& context, const InFlight& flight, int rungs) {
    const auto& info = context.connection.info;
    if (tellsSince(info))
        return Span::at(context.time.sinceTick(info.totalRtoTimeMs));
    const Jiffies second = std::min(2 * firstTimeout(context, flight), flight.longest);
    return ladder(context.wheel(), second, flight.longest, rungs - 1) + Span::at(sinceLast(context, flight));
}

InFlight readInFlight(const Context& context) {
    const auto& info = context.connection.info;
    InFlight flight{};
    flight.expires = context.expires();
    flight.longest = rtoMax(context);
    flight.rto = std::clamp<Jiffies>(context.time.toldMicros(info.rtoUs), 1, flight.longest);
    flight.userTimeout = context.userTimeout();
    flight.retransmits = info.retransmits;
    flight.orphan = context.connection.isOrphan();
    if (flight.retransmits > 0)
        flight.since = sinceFirst(context, flight, flight.retransmits);
    return flight;
}

} // namespace halfopen::regime
