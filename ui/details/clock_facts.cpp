// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/condition_text.h"
#include "core/model/path_out.h"
#include "ui/details/facts.h"
#include "ui/details/headline.h"
#include "ui/look/duration_text.h"
#include "ui/look/sentence.h"
#include "ui/look/strings.h"
#include "ui/look/text.h"
#include "ui/look/translated.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>
#include <utility>

namespace halfopen {

namespace {

struct ClockFacts {
    Q_DECLARE_TR_FUNCTIONS(ClockFacts)
};

QString capital(QString text) {
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

/// The keepalive timer is armed anew only when it fires: till then it may stand too early (kernel: lazy re-arming).
/// What the timer wheel adds is no such thing.
bool firesForNothing(const Row& row) {
    const std::chrono::milliseconds elapsed = row.connection.info.keepaliveTimeElapsed();
    return row.forecast.regime == Regime::Keepalive && row.connection.timer.kind() == TimerKind::Keepalive &&
           row.forecast.unanswered == 0 &&
           std::chrono::seconds(row.options.idleSeconds) - elapsed >
               row.connection.timer.expires + std::chrono::seconds(1);
}

Fact timerFact(const Row& row, MonotonicTime now) {
    const auto& timer = row.connection.timer;
    const auto name = ClockFacts::tr("The kernel's timer");
    if (timer.kind() == TimerKind::None)
        return {name, ClockFacts::tr("None is running."), {}};
    const Moment at{timer.expires, timer.expires, timer.expires};
    const auto when = countdownSentence(at, row.connection.sampled, now);
    const auto note =
        firesForNothing(row)
            ? ClockFacts::tr("The kernel will only look at the clock then and wait on: something came from the "
                             "peer since the timer was set.")
            : QString();
    return {name, ClockFacts::tr("%1, fires %2.").arg(capital(timerLabel(timer.kind())), when), note};
}

Fact nextFact(const Row& row, MonotonicTime now) {
    const auto& forecast = row.forecast;
    const auto name = nothingLeaves(forecast.conditions) ? ClockFacts::tr("Next attempt to send")
                                                         : ClockFacts::tr("Next on the wire");
    if (forecast.nextEvent == NextEvent::None || forecast.nextEvent == NextEvent::GiveUp)
        return {name, ClockFacts::tr("Nothing."), {}};
    auto what = capital(nextEventName(forecast.nextEvent));
    if (forecast.hasAllowed)
        what = ClockFacts::tr("%1 %2 of %3").arg(what).arg(forecast.unanswered + 1).arg(forecast.allowed);
    const auto note = forecast.next.exact()
                          ? QString()
                          : ClockFacts::tr("A band: the kernel fires timers in steps, and where the steps "
                                           "lie is not known yet.");
    const bool guess = isGuess(forecast);
    return {name,
            ClockFacts::tr("%1 %2.").arg(what, countdownSentence(forecast.next, row.connection.sampled, now, guess)),
            note, guess};
}

QString neverSentence(const Forecast& forecast) {
    if (forecast.conditions.has(Condition::LocalDrop))
        return ClockFacts::tr("Never, as long as its probes do not leave this machine: they are not counted.");
    if (forecast.conditions.has(Condition::ConnectDeferred))
        return ClockFacts::tr("Never, before its program writes.");
    return ClockFacts::tr("Never. No mechanism of the kernel is running that could end it.");
}

/// With data in flight the program gets the error of a next hop that does not answer (net/ipv4/tcp_timer.c,
/// tcp_write_err()).
QString endSentence(const Row& row) {
    const auto& forecast = row.forecast;
    QString sentence = causeSentence(forecast.cause);
    const bool inFlight = forecast.regime == Regime::Retransmission || forecast.regime == Regime::Syn;
    if (inFlight && forecast.conditions.has(Condition::UnreachableNeighbour))
        sentence.replace(QLatin1String("ETIMEDOUT"), QLatin1String("EHOSTUNREACH"));
    return sentence;
}

Fact endFact(const Row& row, MonotonicTime now) {
    const auto& forecast = row.forecast;
    if (forecast.cause == GiveUpCause::None) {
        const auto text =
            forecast.never ? neverSentence(forecast) : ClockFacts::tr("Nothing is foreseen that would end it.");
        return {ClockFacts::tr("Given up"), text, {}, isGuess(forecast)};
    }
    const bool guess = isGuess(forecast);
    const auto when = capital(countdownSentence(forecast.shownEnd(), row.connection.sampled, now, guess));
    if (isWithoutProbesAsAssumed(forecast))
        return {
            ClockFacts::tr("Ends"),
            ClockFacts::tr("%1, whether the peer answers or not, if its probes are tcp_keepalive_probes: 0.").arg(when),
            {},
            guess};
    if (forecast.conditions.has(Condition::NoProbes))
        return {ClockFacts::tr("Ends"),
                ClockFacts::tr("%1, whether the peer answers or not: tcp_keepalive_probes is 0.").arg(when),
                {},
                guess};
    if (endsOrderly(forecast.cause))
        return {ClockFacts::tr("Ends"), ClockFacts::tr("%1: %2.").arg(when, causeSentence(forecast.cause)), {}, guess};
    return {ClockFacts::tr("Given up"),
            ClockFacts::tr("%1, if the peer stays silent: %2.").arg(when, endSentence(row)),
            {},
            guess};
}

Fact assumedFact(const QStringList& sentences) {
    return {ClockFacts::tr("Taken for granted"), asSentence(sentences), {}, true};
}

Fact provisoFact(const Row& row) {
    return {ClockFacts::tr("Holds as long as"), asSentence(provisoSentences(row.forecast.assumes)), {}, true};
}

/// Since when, of what samples show to have lasted.
QString lastingNote(Condition condition, const Subject& subject, MonotonicTime now) {
    const auto since = condition == Condition::NobodyReads ? subject.frame->unreadSince(*subject.row) : std::nullopt;
    return since ? ClockFacts::tr("It has waited unread for at least %1.").arg(durationText(now - *since)) : QString();
}

/// What holds beyond a silent peer; the words are those that the filter takes.
FactGroup conditionFacts(const Subject& subject, MonotonicTime now) {
    FactGroup group{ClockFacts::tr("What holds now"), {}};
    for (const Condition condition : subject.row->forecast.conditions.list())
        group.facts.push_back({translated(Sentence::word(toString(condition))),
                               translated(sentenceOf(condition, subject.row->forecast)),
                               lastingNote(condition, subject, now)});
    return group;
}

} // namespace

FactGroups clockFacts(const Subject& subject, MonotonicTime now) {
    const Row& row = *subject.row;
    FactGroup group;
    const bool unguarded = row.diagnosis == Diagnosis::Unguarded;
    group.facts.push_back({capital(diagnosisLabel(row.diagnosis)),
                           unguarded ? asSentence(unguardedReason(row)) : diagnosisMeaning(row),
                           {}});
    if (row.forecast.regime != Regime::None)
        group.facts.push_back({ClockFacts::tr("What happens"), regimeSentence(row), {}});
    group.facts.push_back(timerFact(row, now));
    group.facts.push_back(nextFact(row, now));
    group.facts.push_back(endFact(row, now));
    if (const auto assumed = assumptionSentences(row.forecast.assumes); !assumed.isEmpty())
        group.facts.push_back(assumedFact(assumed));
    if ((row.forecast.assumes & ~assume::kValues) != 0)
        group.facts.push_back(provisoFact(row));
    if (auto tracking = trackingFact(subject, now))
        group.facts.push_back(std::move(*tracking));
    FactGroups groups;
    if (!row.forecast.conditions.empty())
        groups.push_back(conditionFacts(subject, now));                    // what is out of the ordinary first
    std::ranges::move(listenerFacts(subject), std::back_inserter(groups)); // whose clocks say little
    groups.push_back(std::move(group));
    return groups;
}

} // namespace halfopen
