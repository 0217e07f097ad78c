// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/cells.h"

#include "core/format/condition_text.h"
#include "core/format/duration.h"
#include "core/format/user_timeout.h"
#include "ui/look/duration_text.h"
#include "ui/look/permission.h"
#include "ui/look/sentence.h"
#include "ui/look/strings.h"
#include "ui/look/text.h"
#include "ui/look/translated.h"
#include "ui/programs/desktop_programs.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace halfopen::cells {

namespace {

struct Cells {
    Q_DECLARE_TR_FUNCTIONS(Cells)
};

Cell nothing() {
    return {};
}

Cell number(std::uint32_t value) {
    return {QLocale().toString(value), value == 0 ? Tone::Dim : Tone::Plain};
}

bool isEstablishedKind(const Row& row) {
    return row.connection.info.present() && row.connection.state != State::SynSent;
}

/// idle/interval/probes, each by its provenance: 60 read, ~60 inferred, (60) the system's default.
class NumbersText {
public:
    void add(int value, Provenance from) {
        const bool assumed = from >= Provenance::Assumed;
        if (assumed != m_open && m_open)
            m_text += QLatin1Char(')');
        if (m_count++ > 0)
            m_text += QLatin1Char('/');
        if (assumed && !m_open)
            m_text += QLatin1Char('(');
        m_open = assumed;
        if (from == Provenance::Inferred)
            m_text += QLatin1Char('~');
        m_text += QString::number(value);
    }
    QString text() const { return m_open ? m_text + QLatin1Char(')') : m_text; }

private:
    QString m_text;
    int m_count = 0;
    bool m_open = false;
};

QString numbers(const KeepaliveOptions& options) {
    NumbersText text;
    text.add(options.idleSeconds, options.idleFrom);
    text.add(options.intervalSeconds, options.intervalFrom);
    text.add(options.probes, options.probesFrom);
    return text.text();
}

bool anyGuess(const KeepaliveOptions& options) {
    return std::max({options.idleFrom, options.intervalFrom, options.probesFrom}) > Provenance::Derived;
}

MonotonicTime latestOf(const Row& row, const Moment& moment) {
    return row.connection.sampled + moment.latest;
}

} // namespace

Cell diagnosis(const CellInput& in) {
    const QString word = diagnosisLabel(in.row.diagnosis);
    const bool marked = !in.row.forecast.conditions.own().empty();
    return {marked ? QString(word + QStringLiteral(" !")) : word, Tone::Accent};
}

QString diagnosisTip(const CellInput& in) {
    const auto change = changeLabel(in.row.change);
    const auto meaning = diagnosisMeaning(in.row);
    QStringList lines{change.isEmpty() ? meaning : QString(change + QStringLiteral(" \u00b7 ") + meaning)};
    for (const Condition condition : in.row.forecast.conditions.list())
        lines.append(translated(sentenceOf(condition, in.row.forecast)));
    return lines.join(QLatin1Char('\n'));
}

Cell state(const CellInput& in) {
    return {stateName(in.row.connection.state)};
}

Cell local(const CellInput& in) {
    return {fromCore(in.frame.localOf(in.row))};
}

Cell remote(const CellInput& in) {
    const bool none = in.row.diagnosis == Diagnosis::Listening || in.row.connection.state == State::Bound;
    return {fromCore(in.frame.remoteOf(in.row)), none ? Tone::Dim : Tone::Plain};
}

/// "resend 0.7 s", "resend due"
QString withWhen(const QString& what, const QString& when) {
    return when == dueText() ? Cells::tr("%1 %2", "what, and that it is due").arg(what, when)
                             : what + QLatin1Char(' ') + when;
}

/// A recording tells no processes, and none will be looked up.
QString unknownOwner(const CellInput& in) {
    const bool never = !in.frame.live && in.row.ownerUnknown == OwnerUnknown::NotLookedUp;
    return never ? Cells::tr("not recorded") : ownerUnknownLabel(in.row.ownerUnknown);
}

Cell process(const CellInput& in) {
    const auto& owners = in.frame.ownersOf(in.row);
    if (owners.empty())
        return {unknownOwner(in), Tone::Dim};
    QString text = programText(owners.front());
    if (const auto others = otherProcesses(owners); others > 0)
        text += QStringLiteral(" +%1").arg(others);
    return {text};
}

QString processTip(const CellInput& in) {
    const auto& owners = in.frame.ownersOf(in.row);
    if (owners.empty())
        return ownerUnknownSentence(in.row.ownerUnknown);
    QStringList lines;
    for (const auto& owner : owners) {
        const auto line =
            owner.fd < 0
                ? Cells::tr("%1, process %2").arg(fromCore(owner.name)).arg(owner.pid)
                : Cells::tr("%1, process %2, descriptor %3").arg(fromCore(owner.name)).arg(owner.pid).arg(owner.fd);
        const auto* program = in.programs ? in.programs->of(owner) : nullptr;
        lines.append(program ? asPair(program->name, line) : line);
    }
    return lines.join(QLatin1Char('\n'));
}

Cell keepalive(const CellInput& in) {
    const auto& options = in.row.options;
    if (in.row.connection.isMini())
        return nothing();
    if (options.enabled == Switch::Off) {
        const bool guess = options.enabledFrom > Provenance::Derived;
        return {guess ? Cells::tr("~off") : Cells::tr("off"), guess ? Tone::Guess : Tone::Plain};
    }
    const auto numbersText = numbers(options);
    if (options.enabled == Switch::Unknown)
        return {QStringLiteral("? ") + numbersText, Tone::Guess};
    const auto on = options.enabledFrom > Provenance::Derived ? Cells::tr("~on") : Cells::tr("on");
    const QString text = on + QLatin1Char(' ') + numbersText;
    return {text, Tone::Plain, anyGuess(options) ? static_cast<int>(on.size()) + 1 : -1};
}

QString keepaliveTip(const CellInput& in) {
    const auto& o = in.row.options;
    if (in.row.connection.isMini())
        return Cells::tr("The kernel keeps no options for a socket in this state.");
    const auto with = [&in](const QString& text, Provenance from) {
        return Cells::tr("%1: %2 (%3)").arg(text, provenanceLabel(from, in.row), provenanceMeaning(from, in.row));
    };
    const auto state = o.enabled == Switch::On    ? Cells::tr("Keepalive on")
                       : o.enabled == Switch::Off ? Cells::tr("Keepalive off")
                                                  : Cells::tr("Keepalive on or off");
    return QStringList{with(state, o.enabledFrom), with(Cells::tr("Idle time %1 s").arg(o.idleSeconds), o.idleFrom),
                       with(Cells::tr("Interval %1 s").arg(o.intervalSeconds), o.intervalFrom),
                       with(Cells::tr("Probes %1").arg(o.probes), o.probesFrom)}
        .join(QLatin1Char('\n'));
}

Cell userTimeout(const CellInput& in) {
    const auto& options = in.row.options;
    if (in.row.connection.isMini() || options.userTimeout.count() == 0)
        return nothing();
    const auto text = translated(userTimeoutText(options.userTimeout));
    if (endsAtTheFirstLoss(in.row))
        return {text, Tone::Accent};
    return {text, options.userTimeoutFrom > Provenance::Derived ? Tone::Guess : Tone::Plain};
}

QString userTimeoutTip(const CellInput& in) {
    const auto effect = userTimeoutSentence(in.row);
    return effect.isEmpty() ? diagnosisTip(in) : effect;
}

Cell timer(const CellInput& in) {
    const auto& timer = in.row.connection.timer;
    if (timer.kind() == TimerKind::None)
        return {timerLabel(TimerKind::None), Tone::Dim};
    const Moment at{timer.expires, timer.expires, timer.expires};
    return {withWhen(timerLabel(timer.kind()), countdownText(at, in.row.connection.sampled, in.now))};
}

MonotonicTime timerDeadline(const Row& row) {
    const auto& timer = row.connection.timer;
    return timer.kind() == TimerKind::None ? MonotonicTime::max() : row.connection.sampled + timer.expires;
}

Cell next(const CellInput& in) {
    const auto& forecast = in.row.forecast;
    if (forecast.nextEvent == NextEvent::None || forecast.nextEvent == NextEvent::GiveUp)
        return nothing();
    const bool guess = isGuess(forecast);
    QString text = countdownText(forecast.next, in.row.connection.sampled, in.now, guess);
    if (forecast.nextEvent != NextEvent::KeepaliveProbe)
        text = withWhen(nextEventLabel(forecast.nextEvent), text);
    if (forecast.unanswered == 0)
        return {text, guess ? Tone::Guess : Tone::Plain};
    return {text + QStringLiteral("  ") + unanswered(in).text, guess ? Tone::Guess : Tone::Accent};
}

/// When that is by the clock on the wall, which a countdown of hours leaves open.
QString atText(const CellInput& in, const Moment& moment) {
    const MonotonicTime present = in.frame.presentOf(in.row, MonotonicClock::now());
    return in.frame.live ? Cells::tr("At %1.").arg(wallText(moment, in.row.connection.sampled, present)) : QString();
}

QString assumedLines(const Forecast& forecast) {
    QStringList lines;
    for (const auto& sentence : assumptionSentences(forecast.assumes))
        lines.append(Cells::tr("Assumed: %1.").arg(sentence));
    return lines.join(QLatin1Char('\n'));
}

QString withoutEmpty(QStringList lines) {
    lines.removeAll(QString());
    return lines.join(QLatin1Char('\n'));
}

QString nextTip(const CellInput& in) {
    const auto& forecast = in.row.forecast;
    if (forecast.nextEvent == NextEvent::None)
        return regimeSentence(in.row);
    const auto when = countdownSentence(forecast.next, in.row.connection.sampled, in.now, isGuess(forecast));
    return withoutEmpty({Cells::tr("Next: %1 %2.").arg(nextEventName(forecast.nextEvent), when),
                         atText(in, forecast.next), assumedLines(forecast)});
}

MonotonicTime nextDeadline(const Row& row) {
    const bool none = row.forecast.nextEvent == NextEvent::None || row.forecast.nextEvent == NextEvent::GiveUp;
    return none ? MonotonicTime::max() : latestOf(row, row.forecast.next);
}

Cell givesUp(const CellInput& in) {
    const auto& forecast = in.row.forecast;
    const bool guess = isGuess(forecast);
    if (forecast.never && guess)
        return {Cells::tr("~never"), Tone::Guess};
    if (forecast.never)
        return {Cells::tr("never"), in.row.diagnosis == Diagnosis::Unguarded ? Tone::Accent : Tone::Plain};
    if (forecast.cause == GiveUpCause::None)
        return nothing();
    return {countdownText(forecast.shownEnd(), in.row.connection.sampled, in.now, guess) + QStringLiteral("  ") +
                causeLabel(forecast.cause),
            guess ? Tone::Guess : Tone::Plain};
}

QString givesUpTip(const CellInput& in) {
    const auto& forecast = in.row.forecast;
    if (forecast.cause == GiveUpCause::None)
        return regimeSentence(in.row);
    const auto end = forecast.shownEnd();
    const auto when = countdownSentence(end, in.row.connection.sampled, in.now, isGuess(forecast));
    const auto ends = endsOrderly(forecast.cause) ? Cells::tr("Ends %1: %2.") : Cells::tr("Given up %1: %2.");
    return withoutEmpty({ends.arg(when, causeSentence(forecast.cause)), atText(in, end), assumedLines(forecast)});
}

MonotonicTime givesUpDeadline(const Row& row) {
    return row.forecast.cause == GiveUpCause::None ? MonotonicTime::max() : latestOf(row, row.forecast.shownEnd());
}

Cell unanswered(const CellInput& in) {
    const auto& forecast = in.row.forecast;
    if (!countsTries(forecast.regime))
        return nothing();
    Cell cell{QString::number(forecast.unanswered), forecast.unanswered == 0 ? Tone::Dim : Tone::Accent};
    if (!forecast.hasAllowed)
        return cell;
    cell.text += QLatin1Char('/');
    if (forecast.regime == Regime::Keepalive && (forecast.assumes & assume::KeepaliveProbes) != 0) {
        cell.guessFrom = static_cast<int>(cell.text.size());
        cell.text += QLatin1Char('~');
    }
    cell.text += QString::number(forecast.allowed);
    return cell;
}

Cell idle(const CellInput& in) {
    const auto atSample = in.row.connection.idleAge();
    if (!atSample)
        return nothing();
    return {ageText(*atSample, in.row.connection.sampled, in.now)};
}

Cell receiveQueue(const CellInput& in) {
    return number(in.row.connection.receiveQueue);
}

Cell sendQueue(const CellInput& in) {
    return number(in.row.connection.sendQueue);
}

Cell rtt(const CellInput& in) {
    if (!isEstablishedKind(in.row) || in.row.connection.info.rttUs == 0)
        return nothing();
    return {translated(roundTripText(in.row.connection.info.rttUs))};
}

Cell retransmits(const CellInput& in) {
    return in.row.connection.info.present() ? number(in.row.connection.info.totalRetransmits) : nothing();
}

Cell user(const CellInput& in) {
    if (in.row.connection.isMini())
        return nothing();
    const auto name = in.frame.userOf(in.row);
    return {name.empty() ? QString::number(in.row.connection.uid) : fromCore(name)};
}

Cell interface(const CellInput& in) {
    if (in.row.connection.interface == 0)
        return nothing();
    const auto name = in.frame.interfaceOf(in.row);
    return {name.empty() ? QString::number(in.row.connection.interface) : fromCore(name)};
}

} // namespace halfopen::cells
