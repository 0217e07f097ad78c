// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/followership.h"

namespace halfopen {

namespace {

bool hasKeepalive(const Row& row) {
    const Connection& c = row.connection;
    if (row.change == Change::Closed || c.isMini() || c.isOrphan())
        return false;
    return c.state != State::Listen && c.state != State::Close && c.state != State::Bound && c.state != State::SynSent;
}

bool isKnown(Provenance from) {
    return from == Provenance::Exact || from == Provenance::Derived || from == Provenance::Inferred;
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

Followership followership(const Row& row, const SettingSet& changed, const SettingSet& own) {
    if (!hasKeepalive(row))
        return Followership::NotConcerned;
    if (row.options.enabled != Switch::On)
        return row.options.enabled == Switch::Off ? Followership::Off : Followership::Unknown;
    if ((changed - own).empty())
        return Followership::OwnValues;
    return row.connection.timer.kind() == TimerKind::Keepalive ? Followership::AtTimer : Followership::AtHiddenTimer;
}

MonotonicTime timerDeadline(const Row& row) {
    return row.connection.sampled + row.connection.timer.expires;
}

} // namespace halfopen
