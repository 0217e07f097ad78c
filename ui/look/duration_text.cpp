// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/duration_text.h"

#include "core/format/countdown.h"
#include "core/format/duration.h"
#include "ui/look/translated.h"

#include <QCoreApplication>
#include <QDateTime>

#include <atomic>

namespace halfopen {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

namespace {

struct DurationText {
    Q_DECLARE_TR_FUNCTIONS(DurationText)
};

std::atomic<bool> g_tenths = true;

/// In which a countdown runs.
nanoseconds runningStep(bool tenths) {
    return tenths && g_tenths ? nanoseconds(100ms) : nanoseconds(1s);
}

/// Nothing bounds it from above.
bool isOpen(const Moment& moment) {
    return moment.latest == Millis::max() && !moment.exact();
}

Countdown countdown(const Moment& moment, MonotonicTime sampled, MonotonicTime now, bool guess) {
    return countdownTo(moment, sampled, now, guess, g_tenths);
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
    return translated(durationSentence(time));
}

QString bandText(nanoseconds earliest, nanoseconds latest) {
    return translated(shortly(bandOf(earliest, latest)));
}

/// The clock is read in whole seconds, so that whoever paints within the same second paints the same.
QString ageText(nanoseconds age, MonotonicTime sampled, MonotonicTime now) {
    const MonotonicTime clock = now == sampled ? now : now - now.time_since_epoch() % 1s;
    return durationText(wholeAge(age + (clock - sampled)));
}

std::chrono::milliseconds untilNextTick(MonotonicTime now, bool tenths) {
    const auto step = runningStep(tenths);
    return std::chrono::ceil<std::chrono::milliseconds>(step - now.time_since_epoch() % step);
}

void setTenths(bool shown) {
    g_tenths = shown;
}

QString dueText() {
    return translated(shortly({}));
}

QString countdownText(const Moment& moment, MonotonicTime sampled, MonotonicTime now, bool guess) {
    return translated(shortly(countdown(moment, sampled, now, guess)));
}

QString countdownSentence(const Moment& moment, MonotonicTime sampled, MonotonicTime now, bool guess) {
    return translated(asClause(countdown(moment, sampled, now, guess)));
}

QString wallText(const Moment& moment, MonotonicTime sampled, MonotonicTime present) {
    const auto first = wallText(moment.earliest, sampled, present);
    if (isOpen(moment))
        return DurationText::tr("from %1").arg(first);
    const auto last = wallText(moment.latest, sampled, present);
    return first == last ? first : DurationText::tr("%1 to %2", "two moments").arg(first, last);
}

} // namespace halfopen
