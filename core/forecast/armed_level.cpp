// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/armed_level.h"

#include "core/forecast/wheel.h"
#include "core/model/surroundings.h"

#include <chrono>

namespace halfopen {

namespace {

using namespace std::chrono_literals;

constexpr auto kSlack = 12ms; // between two samples of one running timer
// A timer that is seen to have moved by less than this may be late stamps on a loaded machine.
constexpr auto kMoved = 200ms;

} // namespace

std::uint8_t armedLevel(const Connection& now, const Connection* before, std::uint8_t levelBefore, bool reset,
                        MonotonicTime since, const TickClock& clock) {
    using std::chrono::milliseconds;
    if (now.timer.kind() != TimerKind::Keepalive || since == MonotonicTime{})
        return 0;
    const auto passed = std::chrono::duration_cast<milliseconds>(now.sampled - since);
    const milliseconds expires = now.timer.expires;
    const auto level = [&](milliseconds length) {
        return wheelLevel(length.count() * clock.hz / 1000, clock.hz > 100 ? 9 : 8);
    };
    const int lowest = level(expires);
    const auto seen = static_cast<std::uint8_t>(lowest == level(expires + passed + kSlack) ? lowest + 1 : 0);
    if (before == nullptr)
        return seen;
    const std::uint8_t anew = seen == 0 ? kArmedAnew : seen;
    if (before->timer.kind() == TimerKind::None || reset)
        return anew;
    if (before->timer.kind() != TimerKind::Keepalive)
        return 0; // hidden by another timer then; it may have been armed long before
    if (now.timer.retransmits != before->timer.retransmits)
        return seen; // a probe was sent or answered, so it ran
    const milliseconds left = before->timer.expires - passed;
    const milliseconds moved = expires > left ? expires - left : left - expires;
    if (expires.count() == 0 && left > kMoved)
        return anew; // made due by TCP_KEEPIDLE
    // Due for a while: it waits for its run, or has run, found the connection used and was armed for the rest.
    if (expires.count() == 0 && left < -kSlack && now.info.lastAckReceived < now.info.lastDataSent)
        return 0;
    if (expires.count() == 0 || moved <= kSlack || (moved <= kMoved && left > kMoved))
        return levelBefore;
    if (moved > kMoved)
        return anew;
    return seen == levelBefore ? seen : kArmedAnew;
}

} // namespace halfopen
