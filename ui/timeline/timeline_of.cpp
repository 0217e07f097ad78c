// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/duration_text.h"
#include "ui/look/strings.h"
#include "ui/timeline/timeline_layout.h"

#include <QCoreApplication>

#include <algorithm>

namespace halfopen {

using std::chrono::milliseconds;

namespace {

struct TimelineText {
    Q_DECLARE_TR_FUNCTIONS(Timeline)
};

milliseconds fromNow(Millis at, const Row& row, MonotonicTime now) {
    const auto left = std::chrono::round<milliseconds>(row.connection.sampled + at - now);
    return std::max(left, milliseconds(0));
}

bool hasLastSign(const Row& row) {
    return row.connection.lifeAge().has_value();
}

TimelineStop lastSign(const Row& row, MonotonicTime now) {
    const Millis atSample = row.connection.lifeAge().value_or(Millis(0));
    const auto age = std::chrono::round<milliseconds>(atSample + (now - row.connection.sampled));
    return {TimelineStop::Kind::LastSign, -age, -age, TimelineText::tr("last sign of life"),
            TimelineText::tr("%1 ago").arg(ageText(atSample, row.connection.sampled, now))};
}

QString nameOf(const TimelineEvent& event, bool first) {
    if (!first)
        return QString::number(event.ordinal);
    const auto word = nextEventLabel(event.event);
    return event.ordinal == 0 ? word : QString(word + QLatin1Char(' ') + QString::number(event.ordinal));
}

TimelineStop stopOf(const TimelineEvent& event, const Row& row, bool first, MonotonicTime now) {
    TimelineStop stop;
    stop.earliest = fromNow(event.at.earliest, row, now);
    stop.latest = fromNow(event.at.latest, row, now);
    stop.guess = isGuess(row.forecast);
    stop.when = countdownText(event.at, row.connection.sampled, now, stop.guess);
    stop.name = nameOf(event, first);
    if (event.event == NextEvent::GiveUp) {
        const auto cause = row.forecast.cause;
        stop.kind = TimelineStop::Kind::End;
        stop.name = endsOrderly(cause) ? TimelineText::tr("ends") : TimelineText::tr("given up");
        stop.when = countdownSentence(event.at, row.connection.sampled, now, stop.guess);
    }
    return stop;
}

QString openEnd(const Row& row) {
    if (row.diagnosis == Diagnosis::Listening)
        return TimelineText::tr("waits for connections without end");
    if (row.forecast.never && row.connection.timer.kind() != TimerKind::None)
        return TimelineText::tr("never given up");
    if (row.forecast.never)
        return TimelineText::tr("never given up: no timer is running");
    if (row.forecast.cause == GiveUpCause::None)
        return TimelineText::tr("no end in sight");
    return {};
}

} // namespace

Timeline timelineOf(const Row& row, const std::vector<TimelineEvent>& events, MonotonicTime now) {
    Timeline line;
    if (hasLastSign(row))
        line.stops.push_back(lastSign(row, now));
    line.stops.push_back({TimelineStop::Kind::Now, milliseconds(0), milliseconds(0), TimelineText::tr("now"), {}});
    bool first = true;
    for (const auto& event : events) {
        line.stops.push_back(stopOf(event, row, first, now));
        first = false;
    }
    const auto& timer = row.connection.timer;
    if (timer.kind() != TimerKind::None) {
        const Moment at{timer.expires, timer.expires, timer.expires};
        line.timer = fromNow(timer.expires, row, now);
        line.timerText = TimelineText::tr("kernel timer (%1): %2")
                             .arg(timerLabel(timer.kind()), countdownSentence(at, row.connection.sampled, now));
    }
    if (line.stops.back().kind != TimelineStop::Kind::End)
        line.open = openEnd(row);
    return line;
}

} // namespace halfopen
