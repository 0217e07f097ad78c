// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/regime/regimes.h"
#include "core/model/keepalive_options.h"
#include "core/model/state.h"

#include <algorithm>

namespace halfopen::regime {

namespace {

constexpr std::int32_t kTimeWaitSeconds = 60;

/// tcp_fin_time(): TCP_LINGER2 or tcp_fin_timeout, at least three and a half retransmission timeouts.
Jiffies finTime(const Context& context) {
    const std::int32_t linger = context.options.lingerSeconds;
    const std::int32_t seconds = linger > 0 ? linger : std::max(context.sysctls.finTimeout, 0);
    const Jiffies rto = context.time.fromMicros(context.connection.info.rtoUs);
    return std::max(context.time.setting(seconds), 4 * rto - rto / 2);
}

/// The part beyond 60 s is spent as a full socket, then once more as a timewait socket.
Jiffies beyondTimeWait(const Context& context, Jiffies time) {
    return time - context.time.setting(kTimeWaitSeconds);
}

} // namespace

void finWait2(const Context& context, Forecast& forecast, Schedule& schedule) {
    forecast.regime = Regime::FinWait2;
    forecast.assumes = assume::PeerSilent | assume::MachineAwake;
    if (context.options.userTimeoutFrom == Provenance::Assumed)
        forecast.assumes |= assume::SocketDefaults;
    const Jiffies expires = context.expires();
    const Jiffies time = finTime(context);
    const Jiffies beyond = beyondTimeWait(context, time);
    const Jiffies length = std::max(beyond > 0 ? beyond : time, expires);
    Firing firing = context.wheel().pending(expires, {length, length, length});
    const bool full = context.connection.timer.kind() == TimerKind::Keepalive;
    if (full && beyond > 0 && context.options.lingerSeconds >= 0)
        firing = context.wheel().after(firing, beyond);
    schedule.ends(firing, GiveUpCause::FinWait2);
}

} // namespace halfopen::regime
