// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/row.h"
#include "core/model/sentence.h"

namespace halfopen {

/// TCP_USER_TIMEOUT as it was set, to the millisecond: "none", "4 ms", "1500 ms", "30 s", "2 min".
Sentence userTimeoutText(Millis time);

/// How long the connection waits for an answer before it sends again: its own timeout, or the least there is (200 ms).
Millis retransmissionTimeout(const Row& row);

/// A user timeout that has passed before anything could be sent again: with it, one lost packet is the end. Source:
/// net/ipv4/tcp_timer.c, retransmits_timed_out(), tcp_clamp_rto_to_user_timeout(), tcp_keepalive_timer().
bool endsAtTheFirstLoss(const Row& row);

/// What such a value does; empty where the timeout is none of these.
Sentence userTimeoutEffect(const Row& row);

} // namespace halfopen
