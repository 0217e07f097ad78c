// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/context.h"

#include "core/model/surroundings.h"
#include "core/model/tick_clock.h"

#include <algorithm>

namespace halfopen {

namespace {

// 3000 single queries on a quiet kernel at HZ 250: with 20 to 50 us 0.2 % are told a jiffy off, with 0 us as many the
// other way, with 100 us 2.5 %. Half a batch of a long dump takes about as long.
constexpr std::int64_t kFillLagNs = 50'000;
constexpr std::int64_t kLongestFillLagNs = 1'000'000;
constexpr Jiffies kFarthest = Jiffies{1} << 34; // beyond Millis::max() at every HZ, and no overflow in ns

std::int64_t stampNanos(MonotonicTime sampled) {
    const auto ns = std::chrono::nanoseconds(sampled.time_since_epoch()).count();
    return std::clamp<std::int64_t>(ns, kLongestFillLagNs, std::int64_t{1} << 62);
}

} // namespace

SampleTime::SampleTime(const Connection& connection, const TickClock& clock, Slack slack, const ExactFacts* exact)
    : m_hz(clock.rate())
    , m_tick(clock.tickNanos())
    , m_wheel(Wheel::nominal()) {
    if (slack == Slack::Nominal)
        return;
    const std::int64_t stamp = stampNanos(connection.sampled);
    if (exact) {
        takeExact(stamp, clock, *exact);
        return;
    }
    const std::int64_t ticks = (stamp - kFillLagNs) / m_tick;
    m_zero = m_zeroEarliest = m_zeroLatest = ticks * m_tick - stamp;
    const std::int64_t ticksBefore = (connection.timer.readBefore * std::int64_t{1'000'000} + m_tick - 1) / m_tick;
    if (clock.offset && ticksBefore == 0) {
        const auto jiffy = static_cast<std::uint64_t>(ticks) + static_cast<std::uint64_t>(*clock.offset);
        m_wheel = Wheel::exact(static_cast<std::int64_t>(jiffy), static_cast<std::int32_t>(m_hz));
        return;
    }
    m_wheel = Wheel::band(static_cast<std::int32_t>(m_hz));
    if (m_zero + m_tick <= 0)
        m_zeroLatest += m_tick;
    if (m_zero > -kLongestFillLagNs)
        m_zeroEarliest -= m_tick;
    m_zeroEarliest -= ticksBefore * m_tick;
}

/// The record has the low 32 bits of the jiffy that was counted when its stamp was taken. Where no offset is known,
/// that jiffy began within the tick before.
void SampleTime::takeExact(std::int64_t stamp, const TickClock& clock, const ExactFacts& exact) {
    const std::int64_t near = stamp / m_tick + clock.offset.value_or(0);
    const std::int64_t jiffy = near + static_cast<std::int32_t>(exact.jiffies - static_cast<std::uint32_t>(near));
    m_wheel = Wheel::exact(jiffy, static_cast<std::int32_t>(m_hz));
    if (exact.run)
        m_wheel = m_wheel.withRun(exact.run->at, exact.run->level);
    m_zero = m_zeroEarliest = m_zeroLatest = (jiffy - clock.offset.value_or(jiffy)) * m_tick - stamp;
    if (clock.offset)
        return;
    m_zeroEarliest = -m_tick;
    m_zero = -m_tick / 2;
    m_zeroLatest = 0;
}

Jiffies SampleTime::sinceTick(std::int64_t ms) const {
    const std::int64_t sinceZero = -m_zero / 1'000'000;
    return fromMillis(std::max<std::int64_t>(0, ms - sinceZero));
}

Millis SampleTime::toMillis(Jiffies jiffies, std::int64_t zero) const {
    const Jiffies near = std::clamp<Jiffies>(jiffies, -kFarthest, kFarthest);
    const std::int64_t ns = near * m_tick + zero;
    constexpr std::int64_t most = std::int64_t{Millis::max().count()} * 1'000'000;
    return Millis(static_cast<std::uint32_t>((std::clamp<std::int64_t>(ns, 0, most) + 500'000) / 1'000'000));
}

Moment SampleTime::moment(const Span& span) const {
    const Millis expected = toMillis(span.expected, m_zero);
    if (span.single() && m_zeroEarliest == m_zeroLatest)
        return {expected, expected, expected};
    return {expected, toMillis(span.earliest, m_zeroEarliest), toMillis(span.latest, m_zeroLatest)};
}

bool Context::neighbourFails() const {
    const Path* path = around.path;
    if (path == nullptr || !path->hasNeighbour())
        return false;
    switch (path->neighbour) {
    case Neighbour::Incomplete:
    case Neighbour::Failed:
        return true;
    case Neighbour::None:
        return connection.info.unacked > 0 || !path->linkUp;
    default:
        return !path->linkUp;
    }
}

Jiffies Context::neighbourCycle() const {
    const Path* path = around.path;
    if (path && !path->hasNeighbour() && path->route != Route::Unknown)
        return 0;
    const Path usual;
    const Path& its = path ? *path : usual;
    return std::max<Jiffies>(its.solicits, 1) * wheel().period(time.limit(its.retransTime.count()));
}

Jiffies Context::neighbourFailsIn() const {
    const Path& path = *around.path;
    const auto later = std::chrono::duration_cast<std::chrono::milliseconds>(connection.sampled - path.taken);
    const std::int64_t age = std::int64_t{path.updated.count()} + later.count();
    return neighbourCycle() - time.fromMillis(std::max<std::int64_t>(age, 0));
}

std::int64_t Context::neighbourReadBefore() const {
    return around.path ? around.path->readBefore.count() : 0;
}

} // namespace halfopen
