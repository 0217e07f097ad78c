// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/regime/regimes.h"

#include <algorithm>

namespace halfopen::regime {

namespace {

constexpr std::int32_t kTimeWaitSeconds = 60; // TCP_TIMEWAIT_LEN; no setting changes it

} // namespace

void timeWait(const Context& context, Forecast& forecast, Schedule& schedule) {
    forecast.regime = Regime::TimeWait;
    forecast.assumes = assume::PeerSilent | assume::MachineAwake;
    const Jiffies expires = context.expires();
    const Jiffies length = std::max(context.time.setting(kTimeWaitSeconds), expires);
    schedule.ends(context.wheel().pending(expires, {length, length, length}), GiveUpCause::TimeWait);
}

} // namespace halfopen::regime
