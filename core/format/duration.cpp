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

constexpr auto kBeyond = Sentence::mark("> 49 d");

/// As the cells of a table have it.
Sentence shortSentence(Millis time) {
    const Parts p = split(time);
    const std::uint32_t ms = time.count();
    if (ms < kTenSeconds)
        return Sentence::tr("{0}.{1} s", p.seconds, p.tenths);
    if (ms < kMinute)
        return Sentence::tr("{0} s", p.seconds);
    if (ms < kHour)
        return p.seconds == 0 ? Sentence::tr("{0}m", p.minutes) : Sentence::tr("{0}m {1}s", p.minutes, p.seconds);
    if (ms < kDay)
        return p.minutes == 0 ? Sentence::tr("{0}h", p.hours) : Sentence::tr("{0}h {1}m", p.hours, p.minutes);
    return p.hours == 0 ? Sentence::tr("{0}d", p.days) : Sentence::tr("{0}d {1}h", p.days, p.hours);
}

/// The same in English and without an allocation, for tables have hundreds of thousands of cells.
std::string shortEnglish(Millis time) {
    const Parts p = split(time);
    const std::uint32_t ms = time.count();
    if (ms < kTenSeconds)
        return compiled(FMT_COMPILE("{}.{} s"), p.seconds, p.tenths);
    if (ms < kMinute)
        return compiled(FMT_COMPILE("{} s"), p.seconds);
    if (ms < kHour)
        return p.seconds == 0 ? compiled(FMT_COMPILE("{}m"), p.minutes)
                              : compiled(FMT_COMPILE("{}m {}s"), p.minutes, p.seconds);
    if (ms < kDay)
        return p.minutes == 0 ? compiled(FMT_COMPILE("{}h"), p.hours)
                              : compiled(FMT_COMPILE("{}h {}m"), p.hours, p.minutes);
    return p.hours == 0 ? compiled(FMT_COMPILE("{}d"), p.days) : compiled(FMT_COMPILE("{}d {}h"), p.days, p.hours);
}

} // namespace

std::string shortDuration(Millis time, const Language& language) {
    const std::string_view beyond = language.word(kBeyond);
    if (time == Millis::max())
        return std::string(beyond);
    return beyond == kBeyond.english() ? shortEnglish(time) : language(shortSentence(time));
}

Sentence longDuration(Millis time) {
    const Parts p = split(time);
    const std::uint32_t ms = time.count();
    if (time == Millis::max())
        return Sentence::tr("> 49 d");
    if (ms < kTenSeconds)
        return Sentence::tr("{0}.{1} s", p.seconds, p.tenths);
    if (ms < kMinute)
        return Sentence::tr("{0} s", p.seconds);
    if (ms < kHour)
        return p.seconds == 0 ? Sentence::tr("{0} min", p.minutes)
                              : Sentence::tr("{0} min {1} s", p.minutes, p.seconds);
    if (ms < kDay)
        return p.minutes == 0 ? Sentence::tr("{0} h", p.hours) : Sentence::tr("{0} h {1} min", p.hours, p.minutes);
    return p.hours == 0 ? Sentence::tr("{0} d", p.days) : Sentence::tr("{0} d {1} h", p.days, p.hours);
}

namespace {

/// The end of a band, up to the step in which it is written out where that is more than a second.
Millis roundedUp(Millis time) {
    const std::uint64_t step = time.count() < kHour ? 1 : time.count() < kDay ? kMinute : kHour;
    const std::uint64_t up = (time.count() + step - 1) / step * step;
    return up < Millis::max().count() ? Millis(static_cast<std::uint32_t>(up)) : Millis::max();
}

/// Too narrow to be told from a point: within a second, and within the tenth where tenths are shown.
bool looksLikePoint(const Moment& moment) {
    const std::uint32_t step = moment.earliest.count() < kTenSeconds ? 100 : 1000;
    return moment.earliest.count() / step == moment.latest.count() / step;
}

} // namespace

std::string_view guessMark(const Forecast& forecast) {
    return isGuess(forecast) ? "~" : "";
}

std::string shortMoment(const Moment& moment, const Language& language) {
    if (moment.exact())
        return shortDuration(moment.expected, language);
    const std::string from = shortDuration(moment.earliest, language);
    if (moment.latest == Millis::max())
        return language(Sentence::tr("from {0}", from));
    return looksLikePoint(moment) ? from : from + ".." + shortDuration(roundedUp(moment.latest), language);
}

Sentence longMoment(const Moment& moment) {
    const Sentence from = longDuration(moment.earliest);
    if (moment.latest == Millis::max() && !moment.exact())
        return Sentence::tr("in {0} or any time later", from);
    return moment.exact() || looksLikePoint(moment)
               ? Sentence::tr("in {0}", longDuration(moment.expected))
               : Sentence::tr("in {0} to {1}", from, longDuration(roundedUp(moment.latest)));
}

std::optional<std::chrono::milliseconds> parseDuration(std::string_view text) {
    const auto time = parseTime(text, "s");
    return time ? std::optional(std::chrono::round<std::chrono::milliseconds>(*time)) : std::nullopt;
}

} // namespace halfopen
