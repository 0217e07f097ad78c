// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/wire/lateness.h"

#include <algorithm>

namespace halfopen::test {

namespace {

using namespace std::chrono_literals;

constexpr auto kBeat = 20ms;
constexpr auto kWorthNoting = 1ms;

} // namespace

Lateness::Lateness()
    : m_thread([this](const std::stop_token& stop) { watch(stop); }) {}

void Lateness::watch(const std::stop_token& stop) {
    for (auto next = MonotonicClock::now(); !stop.stop_requested();) {
        next += kBeat;
        std::this_thread::sleep_until(next);
        const auto now = MonotonicClock::now();
        if (now - next < kWorthNoting)
            continue;
        const std::lock_guard lock(m_mutex);
        m_late.push_back({now, now - next});
        next = now;
    }
}

std::chrono::nanoseconds Lateness::worst(MonotonicTime from, MonotonicTime to) const {
    const std::lock_guard lock(m_mutex);
    std::chrono::nanoseconds worst{0};
    for (const auto& late : m_late)
        if (late.at >= from && late.at - late.by <= to + kBeat)
            worst = std::max(worst, late.by);
    return worst;
}

} // namespace halfopen::test
