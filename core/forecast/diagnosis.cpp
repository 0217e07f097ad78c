// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/diagnosis.h"

#include "core/forecast/forecast.h"
#include "core/model/forecast.h"

#include <algorithm>

namespace halfopen {

namespace {

constexpr Millis kActiveFor{5000};

/// From the retransmission before the last one to that: half the timeout as it is now, unless it has reached its limit.
Millis lastRung(const TcpInfo& info) {
    constexpr std::uint64_t kRtoMinUs = 200'000;
    const std::uint64_t first = std::max<std::uint64_t>(kRtoMinUs, info.rttUs + std::uint64_t{4} * info.rttVarUs);
    const bool doubled = std::uint64_t{info.rtoUs} * 4 >= (first * 3) << std::min<int>(info.backoff, 20);
    return Millis(info.rtoUs / (doubled ? 2000 : 1000));
}

/// What goes out into a closed window while data is in flight is counted nowhere. The last of it, or the one before,
/// was not answered in a time that is long for a peer that is there.
bool isWindowSilent(const Connection& connection, const Forecast& forecast) {
    const auto& info = connection.info;
    if (!forecast.conditions.has(Condition::ClosedWindow) || info.backoff == 0 ||
        info.lastAckReceived <= info.lastDataSent)
        return false;
    const Millis within = Millis(1000) + Millis(info.rttUs / 1000);
    const Millis rung = lastRung(info);
    return info.lastDataSent > within || info.lastAckReceived - info.lastDataSent > rung + rung / 8 + within;
}

bool suspect(const Connection& connection, const Forecast& forecast) {
    const auto& info = connection.info;
    if (isWindowSilent(connection, forecast))
        return true;
    return forecast.unanswered > 0 || connection.timer.retransmits > 0 || info.retransmits > 0 || info.probes > 0;
}

bool stalled(const Connection& connection) {
    const auto& info = connection.info;
    if (info.hasSendWindow())
        return info.sendWindow == 0 && !connection.nothingQueued();
    return connection.timer.kind() == TimerKind::WindowProbe;
}

bool active(const Connection& connection) {
    const auto idle = connection.idleAge();
    return !connection.nothingQueued() || (idle && *idle <= kActiveFor);
}

/// The kernel will notice a peer that is gone. Not where its probes do not leave this machine, nor where there are none
/// and the connection ends at the first expiry whether the peer is there or not.
bool guards(const Connection& connection, const KeepaliveOptions& options, const Forecast& forecast) {
    const bool armed = connection.timer.kind() == TimerKind::Keepalive || options.enabled == Switch::On;
    return armed && !forecast.never && !forecast.conditions.has(Condition::NoProbes);
}

/// Open towards the peer: its program may still use it, and only keepalive or data can find out that the peer is gone.
Diagnosis diagnoseOpen(const Connection& connection, const KeepaliveOptions& options, const Forecast& forecast) {
    if (suspect(connection, forecast))
        return Diagnosis::Suspect;
    if (stalled(connection))
        return Diagnosis::Stalled;
    if (active(connection))
        return Diagnosis::Active;
    if (connection.state == State::CloseWait)
        return Diagnosis::Abandoned;
    return guards(connection, options, forecast) ? Diagnosis::Guarded : Diagnosis::Unguarded;
}

/// Half-closed by this side and kept by its program; else a timer of the kernel ends it.
bool isHeldHalfClosed(const Connection& connection) {
    return connection.state == State::FinWait2 && !connection.isOrphan() && !connection.isMini();
}

} // namespace

Diagnosis diagnose(const Connection& connection, const KeepaliveOptions& options, const Forecast& forecast) {
    if (forecast.regime == Regime::MptcpClose)
        return Diagnosis::Closing;
    switch (connection.state) {
    case State::Listen:
        return Diagnosis::Listening;
    case State::SynSent:
    case State::SynRecv:
    case State::Bound:
        return Diagnosis::Opening;
    case State::CloseWait:
    case State::Established:
        return diagnoseOpen(connection, options, forecast);
    case State::Close: // nothing but its program closes it
        return connection.inode != 0 ? Diagnosis::Abandoned : Diagnosis::Closing;
    case State::FinWait2:
        return isHeldHalfClosed(connection) ? diagnoseOpen(connection, options, forecast) : Diagnosis::Closing;
    default:
        return Diagnosis::Closing;
    }
}

} // namespace halfopen
