// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/duration.h"

#include "core/format/compiled.h"
#include "core/text/parse_time.h"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace halfopen {

namespace {

struct Parts {
    std::uint32_t days, hours, minutes, seconds, tenths;
};

Parts split(Millis time) {
    const std::uint32_t ms = time.count();
    const std::uint32_t s = ms / 1000;
    return {s / 86400, s / 3600 % 24, s / 60 % 60, s % 60, ms / 100 % 10};
}

constexpr std::uint32_t kTenSeconds = 10'000;
constexpr std::uint32_t kMinute = 60'000;
constexpr std::uint32_t kHour = 60 * kMinute;
constexpr std::uint32_t kDay = 24 * kHour;
constexpr std::string_view kBeyond = "> 49 d";

std::string unitPair(std::uint32_t large, std::string_view largeUnit, std::uint32_t small, std::string_view smallUnit) {
    return small == 0 ? fmt::format("{} {}", large, largeUnit)
                      : fmt::format("{} {} {} {}", large, largeUnit, small, smallUnit);
}

} // namespace

std::string shortDuration(Millis time) {
    const Parts p = split(time);
    const std::uint32_t ms = time.count();
    if (time == Millis::max())
        return std::string(kBeyond);
    if (ms < kTenSeconds)
        return compiled(FMT_COMPILE("{}.{} s"), p.seconds, p.tenths);
    if (ms < kMinute)
        return compiled(FMT_COMPILE("{} s"), p.seconds);
    if (ms < kHour)
        return compiled(FMT_COMPILE("{}:{:02}"), p.minutes, p.seconds);
    if (ms < kDay)
        return compiled(FMT_COMPILE("{}:{:02}:{:02}"), p.hours, p.minutes, p.seconds);
    return compiled(FMT_COMPILE("{} d {:02}:{:02}"), p.days, p.hours, p.minutes);
}

std::string longDuration(Millis time) {
    const Parts p = split(time);
    const std::uint32_t ms = time.count();
    if (time == Millis::max())
        return std::string(kBeyond);
    if (ms < kTenSeconds)
        return fmt::format("{}.{} s", p.seconds, p.tenths);
    if (ms < kMinute)
        return fmt::format("{} s", p.seconds);
    if (ms < kHour)
        return unitPair(p.minutes, "min", p.seconds, "s");
    if (ms < kDay)
        return unitPair(p.hours, "h", p.minutes, "min");
    return unitPair(p.days, "d", p.hours, "h");
}

std::string shortMoment(const Moment& moment) {
    if (moment.exact())
        return shortDuration(moment.expected);
    const std::string from = shortDuration(moment.earliest);
    if (moment.latest == Millis::max())
        return "from " + from;
    const std::string to = shortDuration(moment.latest);
    return from == to ? from : from + ".." + to;
}

std::string longMoment(const Moment& moment) {
    const std::string from = longDuration(moment.earliest);
    if (moment.latest == Millis::max() && !moment.exact())
        return fmt::format("in {} or any time later", from);
    const std::string to = longDuration(moment.latest);
    return moment.exact() || from == to ? "in " + longDuration(moment.expected) : fmt::format("in {} to {}", from, to);
}

std::optional<std::chrono::milliseconds> parseDuration(std::string_view text) {
    const auto time = parseTime(text, "s");
    return time ? std::optional(std::chrono::round<std::chrono::milliseconds>(*time)) : std::nullopt;
}

} // namespace halfopen
