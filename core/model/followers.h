// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/forecast.h"
#include "core/model/units.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace halfopen {

/// Who follows the keepalive settings of the system, of all connections of a frame, closed rows left out
/// (core/tuning/followers.h: Follows).
struct Followers {
    std::uint32_t off = 0;
    std::uint32_t unknown = 0;
    std::uint32_t ownValues = 0;
    std::uint32_t atHiddenTimer = 0;
    std::vector<Millis> atTimer; ///< nominal expiry of each timer from the sample on, the next one first
    Moment first{};              ///< when the timer wheel lets the first of them fire; meaningless where there is none
    Moment last{};               ///< and the last

    std::size_t follow() const { return atTimer.size() + atHiddenTimer; }
    std::size_t concerned() const { return follow() + ownValues + off + unknown; }
};

} // namespace halfopen
