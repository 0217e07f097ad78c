// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/forecast/regime/in_flight.h"
#include "core/forecast/schedule.h"

namespace halfopen::regime {

/// How long after the stamp what is in flight is given up: TCP_USER_TIMEOUT, or what a number of retries comes to.
/// Source: net/ipv4/tcp_timer.c, tcp_write_timeout(), retransmits_timed_out().
Jiffies limitOf(const Context& context, const InFlight& flight);

GiveUpCause causeOf(const InFlight& flight);

/// When the limit is reached, from the sample. The handler's first run from then on ends the connection. Where nothing
/// has been retransmitted yet, the stamp lies between the last transmission (what is in flight never left this machine)
/// and the first timeout after a tail loss probe.
Span limitSpan(const Context& context, const InFlight& flight);

/// In which the end lies whatever errors, refusals and drops come between: the limit is a time, so they can only make
/// runs of the handler more frequent, and the timeout can double only by being waited for. Breakable by an answer, a
/// changed option, orphan pressure and a suspend alone. Only earliest and latest are told.
/// @param first  the handler's next run that is a timeout's
Span universalBand(const Context& context, const InFlight& flight, const Firing& first);

} // namespace halfopen::regime
