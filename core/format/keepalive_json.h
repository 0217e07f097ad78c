// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/keepalive_options.h"
#include "core/text/json_writer.h"

namespace halfopen {

/// A value with where it comes from; null unless `any`.
template <std::size_t N, class Value>
void putKnown(JsonWriter& json, const char (&key)[N], const Value& value, Provenance from, bool any = true) {
    json.object(key, [&] {
        json.putIf("value", any, value);
        json.putWord("provenance", toString(from));
    });
}

/// The same of one that the socket has of its own ("explicit") or from the setting, where that is told.
/// @param bit  of follows::
template <std::size_t N, class Value>
void putOwn(JsonWriter& json, const char (&key)[N], const Value& value, Provenance from, std::uint8_t followed,
            std::uint8_t bit) {
    json.object(key, [&] {
        json.put("value", value);
        json.putWord("provenance", toString(from));
        if ((followed & follows::Told) != 0)
            json.put("explicit", (followed & bit) == 0);
    });
}

/// The keepalive options as the JSON contract has them, as members of an object.
inline void putKeepalive(JsonWriter& json, const KeepaliveOptions& o) {
    putKnown(json, "enabled", o.enabled == Switch::On, o.enabledFrom, o.enabled != Switch::Unknown);
    putOwn(json, "idle_s", o.idleSeconds, o.idleFrom, o.followed, follows::Idle);
    putOwn(json, "interval_s", o.intervalSeconds, o.intervalFrom, o.followed, follows::Interval);
    putOwn(json, "probes", o.probes, o.probesFrom, o.followed, follows::Probes);
    putKnown(json, "user_timeout_ms", o.userTimeout.count(), o.userTimeoutFrom);
}

} // namespace halfopen
