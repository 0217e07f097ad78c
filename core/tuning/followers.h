// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/followers.h"
#include "core/model/frame.h"
#include "core/model/keepalive_defaults.h"
#include "core/model/row.h"
#include "core/model/tcp_sysctls.h"
#include "core/model/tick_clock.h"

#include <cstdint>

namespace halfopen {

/// What a change of the three settings does to one connection. Nothing follows at once: a sysctl re-arms no timer, its
/// value is only looked at when an armed keepalive timer fires (net/ipv4/tcp_timer.c, tcp_keepalive_timer()).
enum class Follows : std::uint8_t {
    NotConcerned, ///< has no keepalive of its own: LISTEN, CLOSE, SYN-SENT, SYN-RECV, TIME-WAIT, orphans
    Off,          ///< keepalive is off: it never follows, the program must ask with SO_KEEPALIVE
    Unknown,      ///< another timer hides whether keepalive is on
    OwnValues,    ///< every value that would change is the socket's own
    AtTimer,      ///< when the armed timer fires
    AtHiddenTimer ///< the same, but another timer hides when that is
};

/// The three settings as a set.
struct SettingSet {
    bool time = false;
    bool interval = false;
    bool probes = false;

    bool empty() const { return !time && !interval && !probes; }
    bool operator==(const SettingSet&) const = default;
};

/// What differs; all three where nothing does, so that a draft without a change tells who follows the settings at all.
SettingSet changedSettings(const KeepaliveDefaults& inEffect, const KeepaliveDefaults& proposed);

/// The three of them.
KeepaliveDefaults keepaliveOf(const TcpSysctls& sysctls);

/// Which settings the socket keeps its own value for: read or inferred, and different from what is in effect. A program
/// that set the very value in effect cannot be told from one that set nothing (getsockopt gives the effective value).
SettingSet ownValues(const KeepaliveOptions& options, const KeepaliveDefaults& inEffect);

/// Which settings are only assumed to be followed, because the socket could not be read.
SettingSet assumedValues(const KeepaliveOptions& options);

SettingSet operator-(const SettingSet& from, const SettingSet& without);
SettingSet operator&(const SettingSet& one, const SettingSet& other);

/// Pure. Closed rows are NotConcerned.
/// @param changed  as changedSettings() has it
/// @param own      as ownValues() has it
Follows followsOf(const Row& row, const SettingSet& changed, const SettingSet& own);

/// Who follows the settings at all, with those in effect at the time of the sample.
Follows followsOf(const Row& row, const TcpSysctls& inEffect);

/// Pure, O(rows): followsOf() of each row with the settings of its namespace, counted.
Followers countFollowers(const Frame& frame);

/// When the row's keepalive timer expires (nominally; the timer wheel adds up to an eighth). Meaningful for AtTimer.
MonotonicTime timerDeadline(const Row& row);

/// When the timer wheel lets it fire, from `since` on: nobody tells how long it was armed for, so it is a band.
Moment timerFires(const Row& row, const TickClock& clock, MonotonicTime since);

} // namespace halfopen
