// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/what_if.h"

#include "core/forecast/forecast.h"
#include "core/model/connection.h"
#include "core/model/forecast.h"
#include "core/model/keepalive_options.h"
#include "core/model/state.h"
#include "core/model/tcp_sysctls.h"
#include "core/model/tick_clock.h"

#include <algorithm>

namespace halfopen {

namespace {

template <class Value, class From>
void set(Value& value, Provenance& provenance, const std::optional<From>& change) {
    if (!change)
        return;
    value = static_cast<Value>(*change);
    provenance = Provenance::Exact;
}

/// States in which the keepalive timer is what sk_timer is for, and is not masked.
bool showsKeepalive(const Connection& connection) {
    const auto kind = connection.timer.kind();
    const bool open = connection.state == State::Established || connection.state == State::CloseWait;
    return open && (kind == TimerKind::None || kind == TimerKind::Keepalive);
}

void arm(Connection& connection, std::chrono::milliseconds left) {
    connection.timer.raw = static_cast<std::uint8_t>(TimerKind::Keepalive);
    connection.timer.expires = saturate(left);
}

} // namespace

KeepaliveOptions withChange(KeepaliveOptions options, const OptionsChange& change) {
    set(options.idleSeconds, options.idleFrom, change.idleSeconds);
    set(options.intervalSeconds, options.intervalFrom, change.intervalSeconds);
    set(options.probes, options.probesFrom, change.probes);
    const auto isSaid = [&options](bool said, std::uint16_t bit) {
        if (said)
            options.followed = static_cast<std::uint16_t>(options.followed & ~bit & 0xf);
    };
    isSaid(change.idleSeconds.has_value(), follows::Idle);
    isSaid(change.intervalSeconds.has_value(), follows::Interval);
    isSaid(change.probes.has_value(), follows::Probes);
    if (change.userTimeoutMs) {
        options.userTimeout = Millis(static_cast<std::uint32_t>(*change.userTimeoutMs));
        options.userTimeoutFrom = Provenance::Exact;
    }
    if (change.enabled) {
        options.enabled = *change.enabled ? Switch::On : Switch::Off;
        options.enabledFrom = Provenance::Exact;
    }
    return options;
}

Connection withChange(const Connection& connection, const KeepaliveOptions& options, const OptionsChange& change) {
    Connection after = connection;
    if (!showsKeepalive(connection))
        return after;
    const std::chrono::seconds idle(change.idleSeconds.value_or(options.idleSeconds));
    const bool on = options.enabled == Switch::On;
    if (change.idleSeconds && on)
        arm(after, idle - connection.info.keepaliveTimeElapsed());
    if (change.enabled == true && !on)
        arm(after, idle);
    if (change.enabled == false)
        after.timer = {};
    return after;
}

Forecast forecastAfter(const OptionsChange& change, const Connection& connection, const KeepaliveOptions& options,
                       const TcpSysctls& sysctls, const TickClock& clock, const Forecast& now) {
    const bool isMasked = !showsKeepalive(connection) && now.regime != Regime::Keepalive;
    if (isMasked && withChange(options, change).userTimeout == options.userTimeout)
        return now;
    return forecast(withChange(connection, options, change), withChange(options, change), sysctls, clock);
}

} // namespace halfopen
