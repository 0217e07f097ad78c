// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/units.h"

#include <cstdint>
#include <optional>

namespace halfopen {

/// The kernel's tick. J(t) = floor(CLOCK_MONOTONIC * HZ) + offset, offset constant since boot (kernel-facts 1.4).
struct TickClock {
    std::int32_t hz = 250;
    std::optional<std::int64_t> offset; ///< jiffies; nullopt: the phase is not known and forecasts are bands

    bool phaseKnown() const { return offset.has_value(); }
    bool operator==(const TickClock&) const = default;
};

} // namespace halfopen
