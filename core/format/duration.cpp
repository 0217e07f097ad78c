// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/duration.h"

#include "core/format/compiled.h"
#include "core/text/parse_time.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace halfopen {

namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

constexpr auto kLast = 10s; ///< below it tenths are shown
constexpr auto kDay = 24h;
constexpr auto kBeyond = Sentence::mark("> 49 d");

/// Two units of a length of time, the smaller one cut.
struct Parts {
    std::int64_t large;
    std::int64_t small;
};

Parts partsOf(nanoseconds time, nanoseconds large, nanoseconds small) {
    return {time / large, time % large / small};
}

bool hasTenths(nanoseconds time, nanoseconds step) {
    return step < 1s ? time < 1min : time < kLast && time % 1s >= 100ms;
}

Sentence writtenOut(nanoseconds time, bool tenths) {
    if (tenths)
        return Sentence::tr("{0}.{1} s", time / 1s, time % 1s / 100ms);
    if (time < 1min)
        return Sentence::tr("{0} s", time / 1s);
    if (time < 1h) {
        const auto [minutes, seconds] = partsOf(time, 1min, 1s);
        return seconds == 0 ? Sentence::tr("{0}m", minutes) : Sentence::tr("{0}m {1}s", minutes, seconds);
    }
    if (time < kDay) {
        const auto [hours, minutes] = partsOf(time, 1h, 1min);
        return minutes == 0 ? Sentence::tr("{0}h", hours) : Sentence::tr("{0}h {1}m", hours, minutes);
    }
    const auto [days, hours] = partsOf(time, kDay, 1h);
    return hours == 0 ? Sentence::tr("{0}d", days) : Sentence::tr("{0}d {1}h", days, hours);
}

/// The same in English and with one allocation at most, for tables have hundreds of thousands of cells.
std::string englishCell(nanoseconds time, bool tenths) {
    if (tenths)
        return compiled(FMT_COMPILE("{}.{} s"), time / 1s, time % 1s / 100ms);
    if (time < 1min)
        return compiled(FMT_COMPILE("{} s"), time / 1s);
    if (time < 1h) {
        const auto [minutes, seconds] = partsOf(time, 1min, 1s);
        return seconds == 0 ? compiled(FMT_COMPILE("{}m"), minutes)
                            : compiled(FMT_COMPILE("{}m {}s"), minutes, seconds);
    }
    if (time < kDay) {
        const auto [hours, minutes] = partsOf(time, 1h, 1min);
        return minutes == 0 ? compiled(FMT_COMPILE("{}h"), hours) : compiled(FMT_COMPILE("{}h {}m"), hours, minutes);
    }
    const auto [days, hours] = partsOf(time, kDay, 1h);
    return hours == 0 ? compiled(FMT_COMPILE("{}d"), days) : compiled(FMT_COMPILE("{}d {}h"), days, hours);
}

Sentence millisecondsText(std::uint64_t whole, std::uint64_t part, unsigned digits) {
    return Sentence::tr("{0} ms",
                        digits == 0 ? fmt::format("{}", whole) : fmt::format("{}.{:0{}}", whole, part, digits));
}

} // namespace

Sentence durationSentence(nanoseconds time) {
    return durationSentence(time, 1s);
}

std::string durationCell(nanoseconds time, const Language& language) {
    return durationCell(time, 1s, language);
}

nanoseconds stepOf(nanoseconds time) {
    if (time < kLast)
        return 100ms;
    if (time < 1h)
        return 1s;
    return time < kDay ? nanoseconds(1min) : nanoseconds(1h);
}

Sentence durationSentence(nanoseconds time, nanoseconds step) {
    if (time == Millis::max())
        return Sentence::tr(kBeyond);
    time = std::max(time, nanoseconds(0));
    return writtenOut(time, hasTenths(time, step));
}

std::string durationCell(nanoseconds time, nanoseconds step, const Language& language) {
    const std::string_view beyond = language.word(kBeyond);
    if (time == Millis::max())
        return std::string(beyond);
    time = std::max(time, nanoseconds(0));
    const bool tenths = hasTenths(time, step);
    return beyond == kBeyond.english() ? englishCell(time, tenths) : language(writtenOut(time, tenths));
}

nanoseconds wholeAge(nanoseconds age) {
    return std::max(age, nanoseconds(0)) / 1s * 1s;
}

Sentence roundTripText(std::uint64_t microseconds) {
    const auto rounded = [&](std::uint64_t step) { return (microseconds + step / 2) / step; };
    if (microseconds < 1000)
        return Sentence::tr("{0} µs", microseconds);
    if (const auto hundredths = rounded(10); hundredths < 1000)
        return millisecondsText(hundredths / 100, hundredths % 100, 2);
    if (const auto tenths = rounded(100); tenths < 1000)
        return millisecondsText(tenths / 10, tenths % 10, 1);
    if (const auto whole = rounded(1000); whole < 10'000)
        return millisecondsText(whole, 0, 0);
    return durationSentence(std::chrono::microseconds(microseconds));
}

std::optional<std::chrono::milliseconds> parseDuration(std::string_view text) {
    const auto time = parseTime(text, "s");
    return time ? std::optional(std::chrono::round<std::chrono::milliseconds>(*time)) : std::nullopt;
}

} // namespace halfopen
