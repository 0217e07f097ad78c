// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/connection.h"
#include "core/model/tick_clock.h"

#include <cstdint>

namespace halfopen {

/// Under which level of the wheel the pending keepalive timer was filed (Surroundings::armedLevel), where this sample
/// and the one before it show when it was armed. Handlers and setsockopt(2) arm it for whatever is left of the idle
/// time, so the options do not tell. Pure.
/// @return             1 + the level; kArmedAnew where it was armed since `before`, for either of several; 0: not known
/// @param before       the sample before this one; nullptr: there is none
/// @param levelBefore  what was known then
/// @param reset        the options are others than `before`: what sets them arms the timer anew
/// @param since        `before` was sampled then, or a dump that lacked this socket began; epoch: neither
std::uint8_t armedLevel(const Connection& now, const Connection* before, std::uint8_t levelBefore, bool reset,
                        MonotonicTime since, const TickClock& clock);

} // namespace halfopen
