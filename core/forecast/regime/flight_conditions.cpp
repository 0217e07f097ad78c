// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/regime/in_flight.h"
#include "core/forecast/regime/rto.h"
#include "core/model/connection.h"
#include "core/model/state.h"

#include <cstdlib>

namespace halfopen::regime {

namespace {

bool hasOpenWindow(const TcpInfo& info) {
    return info.hasSendWindow() && info.sendWindow > 0;
}

/// The queueing discipline took nothing: the handler tries again in TCP_RESOURCE_PROBE_INTERVAL without backing off.
bool isDropped(const Context& context, const InFlight& flight) {
    const Jiffies probe = context.time.limit(kResourceProbeMs);
    const Jiffies armed = flight.sent + flight.expires;
    return flight.dated && flight.retransmits > flight.backoff && context.isAbout(armed, probe) &&
           !context.isAbout(flight.rto, probe);
}

/// Timeouts have passed since the last time anything left.
bool isNotLeaving(const Context& context, const InFlight& flight) {
    if (flight.retransmits == 0)
        return false;
    const bool longAgo = flight.dated && flight.sent + flight.expires > flight.rto + context.time.limit(kArmedSlackMs);
    return longAgo || retransmissionsOf(context) < static_cast<std::uint32_t>(flight.retransmits);
}

/// tcp_thin_linear_timeouts: up to six timeouts of a thin stream do not double (TCP_THIN_LINEAR_RETRIES).
bool isThinLinear(const Context& context, const InFlight& flight) {
    constexpr int kLinear = 6;
    const auto& connection = context.connection;
    if (context.sysctls.thinLinearTimeouts == 0 || connection.state != State::Established ||
        connection.info.unacked >= 4)
        return false;
    return flight.retransmits <= kLinear ? flight.backoff == 0 : flight.retransmits - flight.backoff == kLinear;
}

bool isRecoveryContinued(const Context& context, const InFlight& flight) {
    const auto& info = context.connection.info;
    const bool episode = info.caState == TcpInfo::kRecovery || info.caState == TcpInfo::kLoss;
    if (flight.retransmits == 0)
        return episode && info.unacked > 0;
    const bool another = info.hasRtoTotals() && info.totalRtoRecoveries >= 2 && info.caState == TcpInfo::kLoss &&
                         !(context.around.past && context.around.past->begun);
    const bool retransmittedMore = context.around.past && context.around.past->begun &&
                                   retransmissionsOf(context) >= static_cast<std::uint32_t>(flight.retransmits) + 2;
    return (flight.backoff > flight.retransmits && hasOpenWindow(info)) || another || retransmittedMore;
}

} // namespace

Conditions conditionsOf(const Context& context, const InFlight& flight) {
    Conditions holds;
    if (context.neighbourFails())
        holds.add(Condition::UnreachableNeighbour);
    if (isThinLinear(context, flight))
        holds.add(Condition::ThinLinear);
    if (isDropped(context, flight))
        holds.add(Condition::LocalDrop);
    else if (isNotLeaving(context, flight))
        holds.add(Condition::NotLeaving);
    if (hasOpenWindow(context.connection.info) && flight.retransmits > flight.backoff &&
        !holds.has(Condition::LocalDrop) && !holds.has(Condition::ThinLinear))
        holds.add(Condition::IcmpRevert);
    if (isRecoveryContinued(context, flight))
        holds.add(Condition::RecoveryContinued);
    return holds;
}

} // namespace halfopen::regime
