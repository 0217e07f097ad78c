// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/duration_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace halfopen {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

namespace {

constexpr auto kDay = 24h;

struct DurationText {
    Q_DECLARE_TR_FUNCTIONS(DurationText)
};

QString seconds(nanoseconds time) {
    if (time < 10s) {
        const auto tenths = time / 100ms;
        return QStringLiteral("%1.%2").arg(tenths / 10).arg(tenths % 10);
    }
    return QString::number(time / 1s);
}

QString twoDigits(std::int64_t number) {
    return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0'));
}

QString daysAndHours(nanoseconds time) {
    return DurationText::tr("%1 d %2 h").arg(time / kDay).arg(time % kDay / 1h);
}

nanoseconds roundUp(nanoseconds time, nanoseconds unit) {
    return (time + unit - 1ns) / unit * unit;
}

/// The step in which a duration of this size is written out.
nanoseconds stepOf(nanoseconds time) {
    if (time < 10s)
        return 100ms;
    if (time < 1h)
        return 1s;
    return time < kDay ? nanoseconds(1min) : nanoseconds(1h);
}

/// A countdown reaches its end only when it is over, so what is left is rounded up.
QString compactCountdown(nanoseconds left) {
    return compactDuration(roundUp(left, left < 10s ? nanoseconds(100ms) : nanoseconds(1s)));
}

struct Left {
    nanoseconds earliest;
    nanoseconds latest;
};

Left leftUntil(const Moment& moment, MonotonicTime sampled, MonotonicTime now) {
    return {sampled + moment.earliest - now, sampled + moment.latest - now};
}

} // namespace

QString compactDuration(nanoseconds time) {
    time = std::max(time, 0ns);
    if (time < 1min)
        return DurationText::tr("%1 s").arg(seconds(time));
    if (time < 1h)
        return QString::number(time / 1min) + QLatin1Char(':') + twoDigits(time % 1min / 1s);
    if (time < kDay)
        return QString::number(time / 1h) + QLatin1Char(':') + twoDigits(time % 1h / 1min) + QLatin1Char(':') +
               twoDigits(time % 1min / 1s);
    return daysAndHours(time);
}

QString ageText(nanoseconds time) {
    return time < 10s ? DurationText::tr("%1 s").arg(std::max(time, 0ns) / 1s) : compactDuration(time);
}

QString spokenDuration(nanoseconds time) {
    time = std::max(time, 0ns);
    if (time < 1min)
        return DurationText::tr("%1 s").arg(seconds(time));
    if (time < 1h) {
        const auto rest = time % 1min / 1s;
        return rest == 0 ? DurationText::tr("%1 min").arg(time / 1min)
                         : DurationText::tr("%1 min %2 s").arg(time / 1min).arg(rest);
    }
    if (time < kDay) {
        const auto rest = time % 1h / 1min;
        return rest == 0 ? DurationText::tr("%1 h").arg(time / 1h)
                         : DurationText::tr("%1 h %2 min").arg(time / 1h).arg(rest);
    }
    return daysAndHours(time);
}

QString bandDuration(nanoseconds earliest, nanoseconds latest) {
    earliest = std::max(earliest, 0ns);
    latest = std::max(latest, earliest);
    latest = roundUp(latest, stepOf(latest));
    if (latest < 1min)
        return DurationText::tr("%1 .. %2 s").arg(seconds(earliest), seconds(latest));
    return DurationText::tr("%1 .. %2").arg(spokenDuration(earliest), spokenDuration(latest));
}

QString compactBand(nanoseconds earliest, nanoseconds latest) {
    latest = roundUp(latest, stepOf(latest));
    if (earliest < 1min || latest >= 1h)
        return bandDuration(earliest, latest);
    return DurationText::tr("%1 .. %2").arg(compactDuration(earliest), compactDuration(latest));
}

namespace {

/// Nothing bounds it from above.
bool isOpen(const Moment& moment) {
    return moment.latest == Millis::max() && !moment.exact();
}

} // namespace

QString dueText() {
    return DurationText::tr("due");
}

QString countdownText(const Moment& moment, MonotonicTime sampled, MonotonicTime now) {
    const auto left = leftUntil(moment, sampled, now);
    if (left.latest <= 0ns)
        return dueText();
    if (isOpen(moment))
        return DurationText::tr("from %1").arg(compactDuration(std::max(left.earliest, nanoseconds(0))));
    return moment.exact() ? compactCountdown(left.latest) : compactBand(left.earliest, left.latest);
}

QString countdownSentence(const Moment& moment, MonotonicTime sampled, MonotonicTime now) {
    const auto left = leftUntil(moment, sampled, now);
    if (left.latest <= 0ns)
        return DurationText::tr("now due");
    if (isOpen(moment))
        return DurationText::tr("in %1 or any time later").arg(spokenDuration(std::max(left.earliest, nanoseconds(0))));
    return DurationText::tr("in %1").arg(moment.exact() ? spokenDuration(roundUp(left.latest, 100ms))
                                                        : bandDuration(left.earliest, left.latest));
}

} // namespace halfopen
