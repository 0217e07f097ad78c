// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/regime/regimes.h"

#include <algorithm>

namespace halfopen::regime {

/// Source: net/mptcp/protocol.c, mptcp_set_close_tout(), mptcp_tout_timer().
void mptcpClose(const Context& context, Forecast& forecast, Schedule& schedule) {
    forecast.regime = Regime::MptcpClose;
    forecast.assumes = assume::PeerSilent | assume::ProgramIdle | assume::MachineAwake;
    const Jiffies expires = context.expires();
    const Jiffies length = std::max(context.time.setting(context.sysctls.mptcpCloseTimeout), expires);
    schedule.ends(context.wheel().pending(expires, {length, length, length}), GiveUpCause::MptcpClose);
}

} // namespace halfopen::regime
