// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/units.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace halfopen {

/// All connections of a frame, closed rows left out.
struct Followers {
    std::uint32_t never = 0;
    std::uint32_t notKnown = 0;
    std::uint32_t ownValues = 0;
    std::uint32_t whenSeenAgain = 0;
    std::vector<Millis> whenTimerFires; ///< nominal expiry of each timer from the sample on, the next one first

    std::size_t follow() const { return whenTimerFires.size() + whenSeenAgain; }
    std::size_t concerned() const { return follow() + ownValues + never + notKnown; }
};

} // namespace halfopen
