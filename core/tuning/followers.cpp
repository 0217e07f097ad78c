// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/followers.h"

#include <algorithm>

namespace halfopen {
namespace {

bool fromSysctl(Provenance from, std::int32_t value, std::int32_t inEffect) {
    return from == Provenance::Assumed || value == inEffect;
}

bool anyFromSysctl(const KeepaliveOptions& options, const TcpSysctls& inEffect) {
    return fromSysctl(options.idleFrom, options.idleSeconds, inEffect.keepaliveTime) ||
           fromSysctl(options.intervalFrom, options.intervalSeconds, inEffect.keepaliveInterval) ||
           fromSysctl(options.probesFrom, options.probes, inEffect.keepaliveProbes);
}

bool canKeepAlive(const Connection& connection) {
    switch (connection.state) {
    case State::Established:
    case State::CloseWait:
    case State::FinWait1:
    case State::FinWait2:
    case State::LastAck:
    case State::Closing:
        return !connection.isMini() && !connection.isOrphan();
    default:
        return false;
    }
}

} // namespace

Follows followsOf(const Row& row, const TcpSysctls& inEffect) {
    if (!canKeepAlive(row.connection))
        return Follows::NotConcerned;
    switch (row.options.enabled) {
    case Switch::Off:
        return Follows::Never;
    case Switch::Unknown:
        return Follows::NotKnown;
    case Switch::On:
        break;
    }
    if (!anyFromSysctl(row.options, inEffect))
        return Follows::OwnValues;
    return row.connection.timer.kind() == TimerKind::Keepalive ? Follows::WhenTimerFires : Follows::WhenSeenAgain;
}

Followers countFollowers(const Frame& frame) {
    Followers counts;
    for (const Row& row : frame.rows) {
        if (row.change == Change::Closed)
            continue;
        const Follows follows = followsOf(row, frame.sysctlsOf(row));
        counts.never += follows == Follows::Never;
        counts.notKnown += follows == Follows::NotKnown;
        counts.ownValues += follows == Follows::OwnValues;
        counts.whenSeenAgain += follows == Follows::WhenSeenAgain;
        if (follows == Follows::WhenTimerFires)
            counts.whenTimerFires.push_back(row.connection.timer.expires);
    }
    std::sort(counts.whenTimerFires.begin(), counts.whenTimerFires.end());
    return counts;
}

} // namespace halfopen
