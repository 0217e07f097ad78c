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

/// The keepalive options as the JSON contract has them, as members of an object.
inline void putKeepalive(JsonWriter& json, const KeepaliveOptions& o) {
    putKnown(json, "enabled", o.enabled == Switch::On, o.enabledFrom, o.enabled != Switch::Unknown);
    putKnown(json, "idle_s", o.idleSeconds, o.idleFrom);
    putKnown(json, "interval_s", o.intervalSeconds, o.intervalFrom);
    putKnown(json, "probes", o.probes, o.probesFrom);
    putKnown(json, "user_timeout_ms", o.userTimeout.count(), o.userTimeoutFrom);
}

} // namespace halfopen
