// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/grades/look.h"
#include "core/grades/promise.h"
#include "core/model/tick_clock.h"

#include <chrono>
#include <optional>

namespace halfopen {

/// How often what `before` promised next has happened between two samples, by the counter of its kind; 0: not yet, or
/// the two cannot be compared.
int timesHappened(const Look& before, const Look& now);

/// When it happened first, as exactly as the later sample tells: by the age of the last data sent, or by how much of
/// the length that the timer was then armed for has run; else somewhere between the two samples. Pure. Sources:
/// net/ipv4/tcp_timer.c; net/ipv4/inet_connection_sock.c, reqsk_timer_handler(); include/net/tcp.h, tcp_probe0_when().
/// @param times   at least 1
/// @param rtoMax  the most that a timeout is long where the socket has no limit of its own (tcp_rto_max_ms)
Came whenHappened(const Look& before, const Look& now, int times, std::chrono::milliseconds rtoMax,
                  const TickClock& clock);

/// When a keepalive probe went out that the peer has answered since, if that is what the two samples show: an ACK came,
/// and nothing with it that could have asked for one.
std::optional<Came> whenAnswered(const Look& before, const Look& now, const TickClock& clock);

/// Whether a timer that ran at `before` can have run until `end` so that its handler ended the connection: not where
/// it was not due, or had only just sent something. @param sent  what it sent after `before`, by the last that is known
bool timerWasDue(const Look& before, MonotonicTime end, int sent);

} // namespace halfopen
