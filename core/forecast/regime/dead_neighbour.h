// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/forecast/regime/in_flight.h"
#include "core/forecast/schedule.h"

namespace halfopen::regime {

/// What is in flight while the next hop does not answer ARP or neighbour discovery. A packet waits in the entry's queue
/// until the entry fails; timeouts meanwhile count and back off but send nothing. IPv4: the failure comes back as a
/// host-unreachable error, which takes one backoff back and may run the handler at once (RFC 6069). IPv6: it is an
/// address-unreachable error, which does not. On the wire there is nothing but the requests.
/// @param firing  the handler's next run by its timer
/// Source: net/core/neighbour.c, neigh_timer_handler(); net/ipv4/tcp_ipv4.c, tcp_v4_err(), tcp_ld_RTO_revert().
void behindDeadNeighbour(const Context& context, const InFlight& flight, const Firing& firing, Schedule& schedule);

} // namespace halfopen::regime
