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

} // namespace

Jiffies tailLossTimeout(const Context& context, const InFlight& flight) {
    const auto& info = context.connection.info;
    const Jiffies twice = context.time.fromMicros(2 * std::int64_t{info.rttUs});
    return std::min(twice + (info.unacked <= 1 ? context.time.limit(kRtoMinMs) : 2), flight.rto);
}

Pending pendingTimer(const Context& context, const InFlight& flight) {
    constexpr std::uint8_t kSack = 2;
    constexpr std::uint8_t kOpen = 0, kCwr = 2;
    const auto& info = context.connection.info;
    if (context.around.exact)
        return context.around.exact->pending == PendingKind::TailLossProbe ? Pending::TailLossProbe : Pending::Timeout;
    if (flight.retransmits > 0 || (info.options & kSack) == 0 || (info.caState != kOpen && info.caState != kCwr) ||
        !hasTailLossProbes(context.sysctls))
        return Pending::Timeout;
    const FlightPast* past = context.around.past;
    const bool begun = past && past->begun && !past->probed; // else it may have been this flight's that has gone out
    if (info.totalRetransmits == 0 || (begun && retransmissionsOf(context) == 0))
        return Pending::TailLossProbe;
    if (begun || (past && past->begun && retransmissionsOf(context) > 0))
        return Pending::Timeout; // this flight's probe has gone out
    const Jiffies whole = flight.expires + context.time.fromMillis(info.lastDataSent.count());
    const Jiffies probe = tailLossTimeout(context, flight);
    return whole > probe + 1 && whole <= flight.rto ? Pending::Timeout : Pending::PerhapsTailLossProbe;
}

} // namespace halfopen::regime
