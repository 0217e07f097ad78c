// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/regime/tail_loss_probe.h"

#include "core/forecast/regime/rto.h"

#include <algorithm>

namespace halfopen::regime {

namespace {

/// tcp_early_retrans: 3 and 4 are the values that have tail loss probes.
bool hasTailLossProbes(const TcpSysctls& sysctls) {
    return sysctls.earlyRetrans == 3 || sysctls.earlyRetrans == 4;
}

/// tp->tlp_high_seq may stand.
bool mayBeOut(const Context& context) {
    const FlightPast* past = context.around.past;
    return past && past->probedUpTo > 0 && context.connection.info.bytesAcked <= past->probedUpTo;
}

} // namespace

Jiffies tailLossTimeout(const Context& context, const InFlight& flight) {
    const auto& info = context.connection.info;
    const Jiffies twice = context.time.fromMicros(2 * std::int64_t{info.rttUs});
    return std::min(twice + (info.unacked <= 1 ? context.time.limit(kRtoMinMs) : 2), flight.rto);
}

Firing afterPerhapsNothing(const Context& context, const InFlight& flight, const Firing& run) {
    const Jiffies left = flight.rto - (flight.dated ? flight.sent : 0) + 1; // a part of a tick counts
    const Firing timeout = context.wheel().toward(run, Span::at(std::max(left, run.at.latest + 1)));
    return {{run.at.earliest, timeout.at.expected, timeout.at.latest},
            std::min(run.aligned, timeout.aligned),
            std::max(run.slip, timeout.slip)};
}

Pending pendingTimer(const Context& context, const InFlight& flight) {
    constexpr std::uint8_t kSack = 2;
    constexpr std::uint8_t kOpen = 0, kCwr = 2;
    const auto& info = context.connection.info;
    const Pending probe = mayBeOut(context) ? Pending::PerhapsNothing : Pending::TailLossProbe;
    if (context.around.exact)
        return context.around.exact->pending == PendingKind::TailLossProbe ? probe : Pending::Timeout;
    if (flight.retransmits > 0 || (info.options & kSack) == 0 || (info.caState != kOpen && info.caState != kCwr) ||
        !hasTailLossProbes(context.sysctls))
        return Pending::Timeout;
    const FlightPast* past = context.around.past;
    const bool begun = past && past->begun && !past->probed; // else it may have been this flight's that has gone out
    if (info.totalRetransmits == 0 || (begun && retransmissionsOf(context) == 0))
        return probe;
    if (begun || (past && past->begun && retransmissionsOf(context) > 0))
        return Pending::Timeout; // this flight's probe has gone out
    const Jiffies whole = flight.expires + context.time.fromMillis(info.lastDataSent.count());
    const bool byAck = info.lastAckReceived < info.lastDataSent; // which arms a tail loss probe's rather
    if (probe == Pending::PerhapsNothing && byAck)
        return probe;
    if (whole > tailLossTimeout(context, flight) + 1 && whole <= flight.rto)
        return Pending::Timeout;
    return probe == Pending::PerhapsNothing ? probe : Pending::PerhapsTailLossProbe;
}

} // namespace halfopen::regime
