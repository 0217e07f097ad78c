// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/duration.h"

#include "core/format/compiled.h"

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

namespace {

std::optional<double> unitMilliseconds(std::string_view unit) {
    static constexpr std::array<std::pair<std::string_view, double>, 9> kUnits{{{"ms", 1},
                                                                                {"s", 1e3},
                                                                                {"sec", 1e3},
                                                                                {"m", 6e4},
                                                                                {"min", 6e4},
                                                                                {"h", 36e5},
                                                                                {"d", 864e5},
                                                                                {"day", 864e5},
                                                                                {"days", 864e5}}};
    for (const auto& [name, ms] : kUnits) {
        if (name == unit)
            return ms;
    }
    return std::nullopt;
}

/// Takes one "1.5h" off the front of text.
std::optional<double> takeTerm(std::string_view& text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (error != std::errc() || value < 0)
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    const std::size_t unitEnd = std::min(text.find_first_not_of("abcdefghijklmnopqrstuvwxyz"), text.size());
    const auto unit = unitMilliseconds(text.substr(0, unitEnd));
    text.remove_prefix(unitEnd);
    return unit ? std::optional(value * *unit) : std::nullopt;
}

} // namespace

std::optional<std::chrono::milliseconds> parseDuration(std::string_view text) {
    constexpr double kLongest = 100.0 * 365 * 864e5;
    if (text.empty())
        return std::nullopt;
    const std::string bare =
        text.find_first_not_of("0123456789.") == std::string_view::npos ? std::string(text) + "s" : std::string(text);
    std::string_view rest = bare;
    double total = 0;
    while (!rest.empty()) {
        const auto term = takeTerm(rest);
        if (!term)
            return std::nullopt;
        total += *term;
    }
    if (total > kLongest)
        return std::nullopt;
    return std::chrono::milliseconds(std::llround(total));
}

} // namespace halfopen
