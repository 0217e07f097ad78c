// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/followers.h"

#include "core/forecast/context.h"

#include <algorithm>

namespace halfopen {

namespace {

bool hasKeepalive(const Row& row) {
    if (row.change == Change::Closed)
        return false;
    switch (row.connection.state) {
    case State::Established:
    case State::CloseWait:
    case State::FinWait1:
    case State::FinWait2:
    case State::LastAck:
    case State::Closing:
        return !row.connection.isMini() && !row.connection.isOrphan();
    default:
        return false;
    }
}

bool isKnown(Provenance from) {
    return from == Provenance::Exact || from == Provenance::Derived || from == Provenance::Inferred;
}

void addTimer(Followers& counts, const Row& row, const TickClock& clock) {
    const Moment fires = timerFires(row, clock, row.connection.sampled);
    if (counts.atTimer.empty() || fires.earliest < counts.first.earliest)
        counts.first = fires;
    if (counts.atTimer.empty() || fires.latest > counts.last.latest)
        counts.last = fires;
    counts.atTimer.push_back(row.connection.timer.expires);
}

} // namespace

SettingSet operator-(const SettingSet& from, const SettingSet& without) {
    return {from.time && !without.time, from.interval && !without.interval, from.probes && !without.probes};
}

SettingSet operator&(const SettingSet& one, const SettingSet& other) {
    return {one.time && other.time, one.interval && other.interval, one.probes && other.probes};
}

SettingSet changedSettings(const KeepaliveDefaults& inEffect, const KeepaliveDefaults& proposed) {
    if (inEffect == proposed)
        return {true, true, true};
    return {inEffect.time != proposed.time, inEffect.interval != proposed.interval, inEffect.probes != proposed.probes};
}

KeepaliveDefaults keepaliveOf(const TcpSysctls& sysctls) {
    return {sysctls.keepaliveTime, sysctls.keepaliveInterval, sysctls.keepaliveProbes};
}

SettingSet ownValues(const KeepaliveOptions& options, const KeepaliveDefaults& inEffect) {
    return {isKnown(options.idleFrom) && options.idleSeconds != inEffect.time,
            isKnown(options.intervalFrom) && options.intervalSeconds != inEffect.interval,
            isKnown(options.probesFrom) && options.probes != inEffect.probes};
}

SettingSet assumedValues(const KeepaliveOptions& options) {
    return {!isKnown(options.idleFrom), !isKnown(options.intervalFrom), !isKnown(options.probesFrom)};
}

Follows followsOf(const Row& row, const SettingSet& changed, const SettingSet& own) {
    if (!hasKeepalive(row))
        return Follows::NotConcerned;
    if (row.options.enabled != Switch::On)
        return row.options.enabled == Switch::Off ? Follows::Off : Follows::Unknown;
    if ((changed - own).empty())
        return Follows::OwnValues;
    return row.connection.timer.kind() == TimerKind::Keepalive ? Follows::AtTimer : Follows::AtHiddenTimer;
}

Follows followsOf(const Row& row, const TcpSysctls& inEffect) {
    return followsOf(row, {true, true, true}, ownValues(row.options, keepaliveOf(inEffect)));
}

Followers countFollowers(const Frame& frame) {
    Followers counts;
    for (const Row& row : frame.rows) {
        const Follows follows = followsOf(row, frame.sysctlsOf(row));
        counts.off += follows == Follows::Off;
        counts.unknown += follows == Follows::Unknown;
        counts.ownValues += follows == Follows::OwnValues;
        counts.atHiddenTimer += follows == Follows::AtHiddenTimer;
        if (follows == Follows::AtTimer)
            addTimer(counts, row, frame.clockOf(row));
    }
    std::ranges::sort(counts.atTimer);
    return counts;
}

MonotonicTime timerDeadline(const Row& row) {
    return row.connection.sampled + row.connection.timer.expires;
}

Moment timerFires(const Row& row, const TickClock& clock, MonotonicTime since) {
    const SampleTime time(row.connection, clock, Slack::Wheel);
    const Jiffies expires = time.fromMillis(row.connection.timer.expires.count());
    const Moment fires = time.moment(time.wheel().pendingUpTo(expires, time.setting(row.options.idleSeconds)).at);
    const auto from = [&](Millis at) { return saturate(row.connection.sampled + at - since); };
    return {from(fires.expected), from(fires.earliest), from(fires.latest)};
}

} // namespace halfopen
