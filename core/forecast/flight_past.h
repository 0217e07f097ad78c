// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/forecast/forecast.h"

namespace halfopen {

/// Whether what earlier samples told of this connection can matter: something is in flight and was retransmitted in its
/// life, its window is closed over data, it is probed, or it is a request. Most connections need no memory.
bool needsPast(const Connection& now);

/// What has to be remembered of this sample and those before it, for forecasts of the next. Pure.
/// @param around  its `past` as remembered before (or nullptr), its `before`
FlightPast remember(const Connection& now, const KeepaliveOptions& options, const TcpSysctls& sysctls,
                    const TickClock& clock, const Surroundings& around);

} // namespace halfopen
