// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/connection.h"
#include "core/model/diagnosis.h"
#include "core/model/forecast.h"
#include "core/model/keepalive_options.h"
#include "core/model/surroundings.h"
#include "core/model/tcp_sysctls.h"
#include "core/model/tick_clock.h"

#include <cstddef>
#include <vector>

namespace halfopen {

/// The forecast of one sample. Pure; dispatches to one regime (see walk() in core/forecast/walk.h).
/// @param connection  one decoded socket; times count from its `sampled`
/// @param options     what is known of its options, assumed values filled in from `sysctls`
/// @param sysctls     of the connection's network namespace
/// @param clock       HZ and, where known, the phase of the jiffies
/// @param around      what was looked up about its path, its listener and the machine, and remembered of its past
Forecast forecast(const Connection& connection, const KeepaliveOptions& options, const TcpSysctls& sysctls,
                  const TickClock& clock, const Surroundings& around = {});

/// All that forecast() walks through, in order of time, at most `limit` events, the give-up always last where there is
/// one.
std::vector<TimelineEvent> timeline(const Connection& connection, const KeepaliveOptions& options,
                                    const TcpSysctls& sysctls, const TickClock& clock, const Surroundings& around = {},
                                    std::size_t limit = 32);

/// The time line of a row, whose surroundings are not kept: what timeline() walks through without them where that
/// agrees with `told`, which was made with them; else what `told` itself says of the next event and of the end, and no
/// more.
std::vector<TimelineEvent> timelineOfRow(const Forecast& told, const Connection& connection,
                                         const KeepaliveOptions& options, const TcpSysctls& sysctls,
                                         const TickClock& clock);

/// "Payload moved" is read from tcp_info's ages. CLOSE (bound, never connected) is told as Closing.
Diagnosis diagnose(const Connection& connection, const KeepaliveOptions& options, const Forecast& forecast);

} // namespace halfopen
