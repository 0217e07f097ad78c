// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/armed_level.h"

#include "core/forecast/wheel.h"

#include <chrono>

namespace halfopen {

std::uint8_t armedLevel(const Connection& now, const Connection* before, std::uint8_t levelBefore, MonotonicTime since,
                        const TickClock& clock) {
    using std::chrono::milliseconds;
    constexpr milliseconds kSlack{12}; // between two samples of one running timer
    if (now.timer.kind() != TimerKind::Keepalive || since == MonotonicTime{})
        return 0;
    const auto passed = std::chrono::duration_cast<milliseconds>(now.sampled - since);
    const milliseconds expires = now.timer.expires;
    if (before != nullptr && before->timer.kind() == TimerKind::Keepalive) {
        const milliseconds left = before->timer.expires - passed;
        const bool stands = expires.count() == 0 || (left - expires <= kSlack && expires - left <= kSlack);
        if (stands)
            return levelBefore;
    } else if (before != nullptr && before->timer.kind() != TimerKind::None) {
        return 0; // hidden by another timer then; it may have been armed long before
    }
    const auto level = [&](milliseconds length) {
        return wheelLevel(length.count() * clock.hz / 1000, clock.hz > 100 ? 9 : 8);
    };
    const int lowest = level(expires);
    return lowest == level(expires + passed + kSlack) ? static_cast<std::uint8_t>(lowest + 1) : 0;
}

} // namespace halfopen
