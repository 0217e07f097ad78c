// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/forecast/regime/in_flight.h"

#include <cstdint>

namespace halfopen::regime {

/// What timer 1 is over data in flight.
enum class Pending : std::uint8_t { Timeout, TailLossProbe, PerhapsTailLossProbe };

/// What icsk_pending says, where that is told. Else: before the first retransmission the timer is a tail loss probe's
/// (RFC 8985) unless one has been sent already, which a socket tells only by never having retransmitted anything, or by
/// a timer that fits one of the two and not the other. Source: net/ipv4/tcp_output.c, tcp_schedule_loss_probe().
Pending pendingTimer(const Context& context, const InFlight& flight);

/// tcp_schedule_loss_probe(): what a tail loss probe is armed for.
Jiffies tailLossTimeout(const Context& context, const InFlight& flight);

} // namespace halfopen::regime
