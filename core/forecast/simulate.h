// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/forecast/context.h"
#include "core/forecast/schedule.h"
#include "core/model/connection.h"
#include "core/model/forecast.h"
#include "core/model/keepalive_options.h"
#include "core/model/surroundings.h"
#include "core/model/tcp_sysctls.h"
#include "core/model/tick_clock.h"

namespace halfopen {

/// The inside of forecast() and timeline(): finds the regime of the sample and tells its schedule.
/// @return  regime, unanswered, allowed, assumes, never; the moments are in `schedule`
Forecast simulate(const Context& context, Schedule& schedule);

/// forecast() without the timer wheel where `slack` is Nominal: what the formulas of tcp_timer.c say. For tests.
Forecast forecastWith(Slack slack, const Connection& connection, const KeepaliveOptions& options,
                      const TcpSysctls& sysctls, const TickClock& clock, const Surroundings& around = {});

} // namespace halfopen
