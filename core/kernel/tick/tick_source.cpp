// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/tick/tick_source.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <memory>
#include <string>

namespace halfopen {

namespace {

constexpr int kReadings = 24;
constexpr int kUsable = 5;
constexpr std::size_t kMostText = 1 << 20; // the first CPU is told long before that

struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

std::int64_t monotonicNanos() {
    return std::chrono::nanoseconds(MonotonicClock::now().time_since_epoch()).count();
}

std::optional<std::int64_t> numberAfter(std::string_view text, std::string_view label) {
    const auto found = text.find(label);
    if (found == std::string_view::npos)
        return std::nullopt;
    const auto digits = text.substr(found + label.size());
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || end == digits.data() + digits.size())
        return std::nullopt; // nothing behind the digits: there may be more of them
    return number;
}

/// Reads as far as the first reading goes; the rest of the list tells of every timer of every CPU.
std::optional<TimerListReading> readTimerList() {
    const File file(std::fopen("/proc/timer_list", "re"));
    if (!file)
        return std::nullopt;
    std::string text;
    std::array<char, 4096> chunk{};
    while (text.size() < kMostText) {
        const std::size_t size = std::fread(chunk.data(), 1, chunk.size(), file.get());
        if (size == 0)
            break;
        text.append(chunk.data(), size);
        if (const auto reading = parseTimerList(text))
            return reading;
    }
    return std::nullopt;
}

} // namespace

std::optional<TimerListReading> parseTimerList(std::string_view text) {
    const auto now = numberAfter(text, "\nnow at ");
    const auto jiffies = numberAfter(text, "\njiffies: "); // not ".idle_jiffies" or ".last_jiffies"
    if (!now || !jiffies)
        return std::nullopt;
    return TimerListReading{*now, *jiffies};
}

std::int32_t tickRateOf(std::int64_t resolutionNanos) {
    if (resolutionNanos <= 0)
        return 250;
    return static_cast<std::int32_t>((1'000'000'000 + resolutionNanos / 2) / resolutionNanos);
}

std::int32_t readTickRate() {
    timespec resolution{};
    if (clock_getres(CLOCK_MONOTONIC_COARSE, &resolution) != 0)
        return 250;
    return TickClock{tickRateOf(resolution.tv_sec * std::int64_t{1'000'000'000} + resolution.tv_nsec), {}}.rate();
}

std::optional<std::int64_t> offsetOf(const TimerListReading& reading, std::int64_t endedNanos, const TickClock& clock) {
    const std::int64_t tick = clock.tickNanos();
    if (reading.nowNanos < 0 || reading.nowNanos / tick != endedNanos / tick)
        return std::nullopt;
    return reading.jiffies - reading.nowNanos / tick;
}

std::int64_t offsetOf(std::uint32_t jiffies, MonotonicTime before, const TickClock& clock) {
    const std::int64_t ticks = before.time_since_epoch().count() / clock.tickNanos();
    const std::int64_t near = ticks + bootOffset(clock.hz);
    return near + static_cast<std::int32_t>(jiffies - static_cast<std::uint32_t>(near)) - ticks;
}

std::optional<std::int64_t> readJiffiesOffset(std::int32_t hz) {
    const TickClock clock{hz, {}};
    std::optional<std::int64_t> greatest;
    for (int i = 0, usable = 0; i < kReadings && usable < kUsable; ++i) {
        const auto reading = readTimerList();
        if (!reading)
            return std::nullopt;
        if (const auto offset = offsetOf(*reading, monotonicNanos(), clock)) {
            greatest = std::max(greatest.value_or(*offset), *offset);
            ++usable;
        }
    }
    return greatest;
}

bool ticksCounted(MonotonicTime now, MonotonicTime coarse, const TickClock& clock) {
    return clock.ticksUntil(now) - clock.ticksUntil(coarse) <= 1;
}

TickClock readTickClock() {
    const std::int32_t hz = readTickRate();
    return {hz, readJiffiesOffset(hz)};
}

} // namespace halfopen
