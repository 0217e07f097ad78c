// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/connection.h"
#include "core/model/forecast.h"
#include "core/model/keepalive_options.h"
#include "core/model/options_change.h"
#include "core/model/tcp_sysctls.h"
#include "core/model/tick_clock.h"

namespace halfopen {

/// What would be known of a socket's options after a change: every value that is set becomes Exact, the others stay.
KeepaliveOptions withChange(KeepaliveOptions options, const OptionsChange& change);

/// The sample as the kernel would show it right after the change, its timer armed anew where the kernel does that:
/// switching keepalive on arms the whole idle time, another idle time arms what is left of it, switching it off stops
/// the timer; interval and probes are looked at when the timer fires next. Another timer than keepalive's masks all of
/// it and stays. Source: net/ipv4/tcp.c, tcp_sock_set_keepidle_locked(); net/ipv4/tcp_timer.c, tcp_set_keepalive();
/// the order is that of SocketAccess::write().
/// @param options  what is known before the change
Connection withChange(const Connection& connection, const KeepaliveOptions& options, const OptionsChange& change);

/// The forecast as it would be if the change were made at the moment of the sample. Pure.
/// @param now  what is forecast without it, with all that surrounds the connection; it stays where the change does not
///             reach it: keepalive rests while data is in flight
Forecast forecastAfter(const OptionsChange& change, const Connection& connection, const KeepaliveOptions& options,
                       const TcpSysctls& sysctls, const TickClock& clock, const Forecast& now);

} // namespace halfopen
