// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/forecast/regime/in_flight.h"

#include <cstdint>

namespace halfopen::regime {

/// What timer 1 is over data in flight.
enum class Pending : std::uint8_t {
    Timeout,
    TailLossProbe,
    PerhapsTailLossProbe,
    /// Perhaps that of a tail loss probe while one is out already: then its run sends nothing and arms the timer for
    /// what is left of the timeout.
    PerhapsNothing,
};

/// What icsk_pending says, where that is told. Else: before the first retransmission the timer is a tail loss probe's
/// (RFC 8985) unless one has been sent already, which a socket tells only by never having retransmitted anything, or by
/// a timer that fits one of the two and not the other. Source: net/ipv4/tcp_output.c, tcp_schedule_loss_probe().
Pending pendingTimer(const Context& context, const InFlight& flight);

/// What is sent next where the pending timer's run may send nothing (Pending::PerhapsNothing): then by the timeout,
/// which counts from when the head was sent: at the last transmission, or before it where more is in flight. Source:
/// net/ipv4/tcp_output.c, tcp_send_loss_probe(); net/ipv4/tcp_input.c, tcp_rearm_rto().
Firing afterPerhapsNothing(const Context& context, const InFlight& flight, const Firing& run);

/// tcp_schedule_loss_probe(): what a tail loss probe is armed for.
Jiffies tailLossTimeout(const Context& context, const InFlight& flight);

} // namespace halfopen::regime
