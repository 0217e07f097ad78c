// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/countdown.h"

#include "core/format/duration.h"

#include <algorithm>

namespace halfopen {

namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;
using Shape = Countdown::Shape;

constexpr Template<2> kBand = "{0} ±{1}";
constexpr auto kTenths = 10s; ///< from here on they run

nanoseconds roundUp(nanoseconds time, nanoseconds unit) {
    return (time + unit - 1ns) / unit * unit;
}

nanoseconds roundNearest(nanoseconds time, nanoseconds unit) {
    return (time + unit / 2) / unit * unit;
}

/// Nothing bounds it from above.
bool isOpen(const Moment& moment) {
    return moment.latest == Millis::max() && !moment.exact();
}

MonotonicTime clockAt(MonotonicTime sampled, MonotonicTime now, nanoseconds step) {
    return now == sampled ? now : now - now.time_since_epoch() % step;
}

/// Up to the step in which it will be written, which is a minute or an hour where it is long.
Countdown upTo(Shape shape, nanoseconds left, nanoseconds step) {
    return {shape, roundUp(left, std::max(step, stepOf(left))), 0ns, step};
}

Countdown unmarked(const Moment& moment, MonotonicTime sampled, MonotonicTime now, bool tenths) {
    if (sampled + moment.latest <= now)
        return {};
    const bool running = sampled + moment.latest - now < kTenths;
    const nanoseconds step = running && tenths ? nanoseconds(100ms) : nanoseconds(1s);
    const MonotonicTime clock = clockAt(sampled, now, step);
    const nanoseconds earliest = sampled + moment.earliest - clock;
    const nanoseconds latest = sampled + moment.latest - clock;
    if (isOpen(moment))
        return {Shape::Open, earliest, 0ns, 1s};
    if (moment.exact())
        return moment.latest == Millis::max() ? Countdown{Shape::Point, Millis::max(), 0ns, 1s}
                                              : upTo(Shape::Point, latest, step);
    if (sampled + moment.earliest <= now)
        return upTo(Shape::Within, latest, step);
    return bandOf(earliest, latest);
}

Sentence guessMarked(Sentence text, bool guess) {
    return guess ? Sentence::tr("~{0}", std::move(text)) : text;
}

/// The bare number of what is no band.
Sentence lengthOf(const Countdown& countdown) {
    return guessMarked(durationSentence(countdown.time, countdown.step), countdown.guess);
}

Sentence bandSentence(const Countdown& countdown) {
    return guessMarked(Sentence::tr("{0} ±{1}", durationSentence(countdown.time, countdown.step),
                                    durationSentence(countdown.around, countdown.step)),
                       countdown.guess);
}

Moment pointAt(Millis expires) {
    return {expires, expires, expires};
}

Countdown asSampled(const Moment& moment, bool guess) {
    return countdownTo(moment, {}, {}, guess);
}

} // namespace

Countdown countdownTo(const Moment& moment, MonotonicTime sampled, MonotonicTime now, bool guess, bool tenths) {
    Countdown countdown = unmarked(moment, sampled, now, tenths);
    countdown.guess = guess;
    return countdown;
}

/// The half width depends on the width alone, so its digits stand still while the band comes nearer.
Countdown bandOf(nanoseconds earliest, nanoseconds latest, bool guess) {
    earliest = std::max(earliest, nanoseconds(0));
    latest = std::max(latest, earliest);
    const nanoseconds half = (latest - earliest) / 2;
    const nanoseconds step = stepOf(earliest + half);
    return {Shape::Band, roundNearest(earliest + half, step), roundUp(half + step / 2, step), step, guess};
}

Sentence shortly(const Countdown& countdown) {
    switch (countdown.shape) {
    case Shape::Due:
        return Sentence::tr("due");
    case Shape::Open:
        return Sentence::tr("from {0}", lengthOf(countdown));
    case Shape::Within:
        return Sentence::tr("within {0}", lengthOf(countdown));
    case Shape::Point:
        return lengthOf(countdown);
    case Shape::Band:
        break;
    }
    return bandSentence(countdown);
}

Sentence asClause(const Countdown& countdown) {
    switch (countdown.shape) {
    case Shape::Due:
        return Sentence::tr("now due");
    case Shape::Open:
        return Sentence::tr("in {0} or any time later", lengthOf(countdown));
    case Shape::Within:
        return Sentence::tr("within {0}", lengthOf(countdown));
    case Shape::Point:
    case Shape::Band:
        break;
    }
    return Sentence::tr("in {0}", shortly(countdown));
}

std::string momentCell(const Moment& moment, bool guess, const Language& language) {
    const Countdown countdown = asSampled(moment, guess);
    const bool isNumber = countdown.shape == Shape::Point || countdown.shape == Shape::Band;
    if (!isNumber || language.word(kBand) != kBand.english())
        return language(shortly(countdown));
    std::string text = guess ? "~" : "";
    text += durationCell(countdown.time, countdown.step, language);
    if (countdown.shape == Shape::Band)
        text += " ±" + durationCell(countdown.around, countdown.step, language);
    return text;
}

Sentence momentClause(const Moment& moment, bool guess) {
    return asClause(asSampled(moment, guess));
}

std::string momentCell(Millis expires, const Language& language) {
    return momentCell(pointAt(expires), false, language);
}

Sentence momentClause(Millis expires) {
    return momentClause(pointAt(expires));
}

} // namespace halfopen
