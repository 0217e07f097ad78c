// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/duration_text.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <atomic>

namespace halfopen {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

namespace {

constexpr auto kDay = 24h;
constexpr auto kLast = 10s; ///< from here on tenths are shown

struct DurationText {
    Q_DECLARE_TR_FUNCTIONS(DurationText)
};

std::atomic<bool> g_tenths = true;

nanoseconds roundUp(nanoseconds time, nanoseconds unit) {
    return (time + unit - 1ns) / unit * unit;
}

nanoseconds roundNearest(nanoseconds time, nanoseconds unit) {
    return (time + unit / 2) / unit * unit;
}

MonotonicTime roundDown(MonotonicTime time, nanoseconds unit) {
    return time - time.time_since_epoch() % unit;
}

/// The step in which a duration of this size is written out.
nanoseconds stepOf(nanoseconds time) {
    if (time < kLast)
        return 100ms;
    if (time < 1h)
        return 1s;
    return time < kDay ? nanoseconds(1min) : nanoseconds(1h);
}

QString tenthsText(nanoseconds time) {
    const auto tenths = time / 100ms;
    return DurationText::tr("%1 s").arg(QStringLiteral("%1.%2").arg(tenths / 10).arg(tenths % 10));
}

/// In which a countdown runs.
nanoseconds runningStep(bool tenths) {
    return tenths && g_tenths ? nanoseconds(100ms) : nanoseconds(1s);
}

/// In the step of what it belongs to: tenths stand there also where they are zero, so that digits do not come and go.
QString steppedText(nanoseconds time, nanoseconds step) {
    return step < 1s && time < 1min ? tenthsText(time) : durationText(time);
}

QString twoParts(nanoseconds time, nanoseconds large, nanoseconds small, const QString& one, const QString& both) {
    const auto rest = time % large / small;
    return rest == 0 ? one.arg(time / large) : both.arg(time / large).arg(rest);
}

struct Left {
    nanoseconds earliest;
    nanoseconds latest;
};

Left leftUntil(const Moment& moment, MonotonicTime sampled, MonotonicTime now) {
    return {sampled + moment.earliest - now, sampled + moment.latest - now};
}

/// Nothing bounds it from above.
bool isOpen(const Moment& moment) {
    return moment.latest == Millis::max() && !moment.exact();
}

enum class Shape : std::uint8_t { Due, Open, Within, Point, Band };

struct Countdown {
    Shape shape;
    QString text;
};

QString marked(const QString& text, bool guess) {
    return guess ? QString(QLatin1Char('~') + text) : text;
}

/// The clock is read in the step in which the text changes, so that whoever paints within the same step paints the
/// same. What is told as of its sample stands still, and is told to the point.
MonotonicTime clockAt(MonotonicTime sampled, MonotonicTime now, nanoseconds step) {
    return now == sampled ? now : roundDown(now, step);
}

/// What is left is rounded up: a countdown reaches its end only when it is over.
Countdown countdown(const Moment& moment, MonotonicTime sampled, MonotonicTime now, bool guess) {
    const auto real = leftUntil(moment, sampled, now);
    if (real.latest <= 0ns)
        return {Shape::Due, {}};
    const auto step = runningStep(real.latest < kLast);
    const auto left = leftUntil(moment, sampled, clockAt(sampled, now, step));
    if (isOpen(moment))
        return {Shape::Open, marked(durationText(left.earliest), guess)};
    if (moment.exact())
        return {Shape::Point, marked(steppedText(roundUp(left.latest, step), step), guess)};
    if (real.earliest <= 0ns)
        return {Shape::Within,
                marked(steppedText(roundUp(left.latest, std::max(step, stepOf(left.latest))), step), guess)};
    return {Shape::Band, marked(bandText(left.earliest, left.latest), guess)};
}

QString wallText(Millis at, MonotonicTime sampled, MonotonicTime present) {
    const auto left = std::chrono::round<std::chrono::milliseconds>(sampled + at - present);
    const auto now = QDateTime::currentDateTime();
    const auto then = now.addMSecs(left.count());
    return then.toString(then.date() == now.date() ? QStringLiteral("HH:mm:ss")
                                                   : QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

} // namespace

QString durationText(nanoseconds time) {
    time = std::max(time, 0ns);
    if (time < kLast && time % 1s >= 100ms)
        return tenthsText(time);
    if (time < 1min)
        return DurationText::tr("%1 s").arg(time / 1s);
    if (time < 1h)
        return twoParts(time, 1min, 1s, DurationText::tr("%1m"), DurationText::tr("%1m %2s"));
    if (time < kDay)
        return twoParts(time, 1h, 1min, DurationText::tr("%1h"), DurationText::tr("%1h %2m"));
    return twoParts(time, kDay, 1h, DurationText::tr("%1d"), DurationText::tr("%1d %2h"));
}

/// The half width depends on the width alone, so its digits stand still while the band comes nearer.
QString bandText(nanoseconds earliest, nanoseconds latest) {
    earliest = std::max(earliest, 0ns);
    latest = std::max(latest, earliest);
    const auto half = (latest - earliest) / 2;
    const auto step = stepOf(earliest + half);
    const auto around = roundUp(half + step / 2, step);
    return DurationText::tr("%1 \u00b1%2")
        .arg(steppedText(roundNearest(earliest + half, step), step), steppedText(around, step));
}

QString ageText(nanoseconds age, MonotonicTime sampled, MonotonicTime now) {
    const auto whole = std::max<nanoseconds>(age + (roundDown(now, 1s) - sampled), 0ns);
    return durationText(whole < kLast ? whole / 1s * 1s : whole);
}

std::chrono::milliseconds untilNextTick(MonotonicTime now, bool tenths) {
    const auto step = runningStep(tenths);
    return std::chrono::ceil<std::chrono::milliseconds>(step - now.time_since_epoch() % step);
}

void setTenths(bool shown) {
    g_tenths = shown;
}

QString dueText() {
    return DurationText::tr("due");
}

QString countdownText(const Moment& moment, MonotonicTime sampled, MonotonicTime now, bool guess) {
    const auto [shape, text] = countdown(moment, sampled, now, guess);
    switch (shape) {
    case Shape::Due:
        return dueText();
    case Shape::Open:
        return DurationText::tr("from %1").arg(text);
    case Shape::Within:
        return DurationText::tr("within %1").arg(text);
    case Shape::Point:
    case Shape::Band:
        break;
    }
    return text;
}

QString countdownSentence(const Moment& moment, MonotonicTime sampled, MonotonicTime now, bool guess) {
    const auto [shape, text] = countdown(moment, sampled, now, guess);
    switch (shape) {
    case Shape::Due:
        return DurationText::tr("now due");
    case Shape::Open:
        return DurationText::tr("in %1 or any time later").arg(text);
    case Shape::Within:
        return DurationText::tr("within %1").arg(text);
    case Shape::Point:
    case Shape::Band:
        break;
    }
    return DurationText::tr("in %1").arg(text);
}

QString wallText(const Moment& moment, MonotonicTime sampled, MonotonicTime present) {
    const auto first = wallText(moment.earliest, sampled, present);
    if (isOpen(moment))
        return DurationText::tr("from %1").arg(first);
    const auto last = wallText(moment.latest, sampled, present);
    return first == last ? first : DurationText::tr("%1 to %2", "two moments").arg(first, last);
}

} // namespace halfopen
