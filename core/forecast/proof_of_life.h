// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/connection.h"
#include "core/model/keepalive_options.h"

#include <optional>

namespace halfopen {

/// How long before the sample the peer answered a keepalive probe, if that was the last that was heard of it: an ACK
/// alone, unasked for by data, at a time when the kernel had been probing, which is the idle time after the last data
/// at the earliest. nullopt where keepalive is not known to be on, or something else was heard later. Pure. Source:
/// net/ipv4/tcp_input.c, tcp_ack() sets rcv_tstamp; net/ipv4/tcp_timer.c, tcp_keepalive_timer().
std::optional<Millis> probeAnswered(const Connection& connection, const KeepaliveOptions& options);

} // namespace halfopen
