// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/contract/bus_guard.h"

#include <algorithm>
#include <cstdint>

namespace halfopen {

BusGuard toBus(const GuardState& state) {
    const GuardRule& rule = state.rule;
    const GuardCounts& counts = state.counts;
    return {std::string(guardedName(rule.unit)),
            rule.idle,
            rule.interval,
            rule.probes,
            static_cast<std::uint32_t>(rule.userTimeout),
            counts.active,
            counts.passive,
            counts.asked,
            counts.failed};
}

GuardState fromBus(const BusGuard& guard) {
    const auto userTimeout = static_cast<std::int32_t>(std::min<std::uint32_t>(guard.userTimeout, INT32_MAX));
    return {{unitCalled(guard.unit).value_or(""), guard.idle, guard.interval, guard.probes, userTimeout},
            {guard.active, guard.passive, guard.asked, guard.failed}};
}

} // namespace halfopen
