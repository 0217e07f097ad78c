// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/action_strings.h"

#include "core/format/other_machine.h"
#include "ui/look/duration_text.h"
#include "ui/look/sentence.h"
#include "ui/look/strings.h"
#include "ui/look/text.h"
#include "ui/look/translated.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <map>

namespace halfopen {

namespace {

struct ActionStrings {
    Q_DECLARE_TR_FUNCTIONS(ActionStrings)
};

/// So many programs are named; more would be a list nobody reads.
constexpr qsizetype kNamed = 8;

QString lineOf(const Frame& frame, const Row& row) {
    const auto programs = programsText(frame.ownersOf(row));
    const auto remote = fromCore(frame.remoteOf(row));
    return programs.isEmpty() ? ActionStrings::tr("a program that is not known \u2192 %1").arg(remote)
                              : QStringLiteral("%1 \u2192 %2").arg(programs, remote);
}

} // namespace

QStringList connectionLines(const Targets& targets) {
    QStringList lines;
    for (const Row* row : targets.rows) {
        if (lines.size() == kNamed)
            break;
        lines.append(lineOf(*targets.frame, *row));
    }
    if (const auto more = static_cast<int>(targets.count()) - static_cast<int>(lines.size()); more > 0)
        lines.append(ActionStrings::tr("and %n more", nullptr, more));
    return lines;
}

QStringList programLines(const Targets& targets) {
    std::map<QString, int> counts;
    for (const Row* row : targets.rows) {
        const auto& owners = targets.frame->ownersOf(*row);
        ++counts[owners.empty() ? ActionStrings::tr("a program that is not known") : fromCore(owners.front().name)];
    }
    std::vector<std::pair<QString, int>> byCount(counts.begin(), counts.end());
    std::ranges::stable_sort(byCount, [](const auto& a, const auto& b) { return a.second > b.second; });
    QStringList lines;
    for (const auto& [name, count] : byCount) {
        if (lines.size() == kNamed)
            break;
        lines.append(ActionStrings::tr("%1: %2", "program, how many connections").arg(name, QLocale().toString(count)));
    }
    if (const auto more = static_cast<int>(byCount.size()) - static_cast<int>(lines.size()); more > 0)
        lines.append(ActionStrings::tr("and %n more program(s)", nullptr, more));
    return lines;
}

QString withoutStop(QString sentence) {
    while (sentence.endsWith(QLatin1Char('.')) || sentence.endsWith(QChar(u'\u3002')))
        sentence.chop(1);
    return sentence;
}

QString valueNote(Provenance from) {
    return provenanceLabel(from);
}

QString valueNote(Provenance from, std::int32_t value, std::int32_t system) {
    if (from != Provenance::Exact)
        return provenanceLabel(from);
    return value == system ? ActionStrings::tr("exact, same as the system's") : ActionStrings::tr("exact, override");
}

QString differsNote() {
    return ActionStrings::tr("differs between them");
}

QString fateSentence(const Forecast& forecast, MonotonicTime sampled, MonotonicTime now) {
    if (forecast.cause == GiveUpCause::None)
        return forecast.never ? ActionStrings::tr("never given up: the kernel would not notice that the peer is gone")
                              : ActionStrings::tr("nothing is foreseen that would end it");
    const auto end = countdownSentence(forecast.shownEnd(), sampled, now, isGuess(forecast));
    if (endsOrderly(forecast.cause))
        return ActionStrings::tr("ends %1").arg(end);
    if (forecast.nextEvent != NextEvent::KeepaliveProbe)
        return ActionStrings::tr("given up %1 if the peer stays silent").arg(end);
    return ActionStrings::tr("next probe %1, given up %2 if the peer stays silent")
        .arg(countdownSentence(forecast.next, sampled, now, isGuess(forecast)), end);
}

QString timerSentence(const Connection& connection, MonotonicTime now) {
    if (connection.timer.kind() == TimerKind::None)
        return ActionStrings::tr("no timer is running");
    const auto& expires = connection.timer.expires;
    return ActionStrings::tr("its %1 timer fires %2")
        .arg(timerLabel(connection.timer.kind()),
             countdownSentence({expires, expires, expires}, connection.sampled, now));
}

QString refusalSentence(const PrivilegeError& error) {
    switch (error.kind) {
    case PrivilegeErrorKind::Dismissed:
        return {};
    case PrivilegeErrorKind::NoAgent:
        return ActionStrings::tr("No authentication agent is running in this session, so nobody can be asked for a "
                                 "password.");
    case PrivilegeErrorKind::NotInstalled:
        return ActionStrings::tr("It takes an administrator's rights, and Halfopen's helper, which has them, is not "
                                 "installed.");
    case PrivilegeErrorKind::NoBus:
        return ActionStrings::tr(
            "It takes an administrator's rights, and there is no system bus to ask the helper on.");
    case PrivilegeErrorKind::NoAuthority:
        return ActionStrings::tr("polkit is not installed or not running, so nobody can decide whether you may.");
    case PrivilegeErrorKind::NoSuchConnection:
        return ActionStrings::tr("It had gone already.");
    case PrivilegeErrorKind::Busy:
        return ActionStrings::tr("The helper has too much to do; try again in a moment.");
    default:
        return translated(error.sentence);
    }
}

void ReasonList::add(const QString& reason) {
    const auto found = std::ranges::find(m_reasons, reason, &std::pair<QString, int>::first);
    if (found == m_reasons.end())
        m_reasons.emplace_back(reason, 1);
    else
        ++found->second;
}

QString ReasonList::text() const {
    QStringList parts;
    for (const auto& [reason, count] : m_reasons)
        parts.append(count == 1
                         ? withoutStop(reason)
                         : ActionStrings::tr("%1 (%2 times)", "reason, count").arg(withoutStop(reason)).arg(count));
    return parts.join(ActionStrings::tr("; ", "between reasons"));
}

QString roundSentence(const ChangeRound& round) {
    ReasonList reasons;
    const auto done = static_cast<int>(round.done());
    bool dismissed = false;
    for (const auto& result : round.results) {
        if (result.outcome)
            continue;
        if (result.outcome.error().kind == PrivilegeErrorKind::Dismissed)
            dismissed = true;
        else
            reasons.add(refusalSentence(result.outcome.error()));
    }
    const auto total = static_cast<int>(round.results.size() + round.untried);
    if (done == total)
        return round.undo ? ActionStrings::tr("%n connection(s) as before.", nullptr, total)
                          : ActionStrings::tr("%n connection(s) changed.", nullptr, total);
    if (dismissed && done == 0)
        return {};
    if (total == 1)
        return ActionStrings::tr("Nothing was changed: %1.").arg(reasons.text());
    const auto text = ActionStrings::tr("%1 of %2 changed").arg(done).arg(total);
    return reasons.text().isEmpty() ? asSentence(text)
                                    : ActionStrings::tr("%1; %2 could not be: %3.", "so many changed, how many, why")
                                          .arg(text)
                                          .arg(total - done)
                                          .arg(reasons.text());
}

QString commandOf(const ChangeRound& round) {
    for (const auto& result : round.results) {
        if (!result.outcome && !result.outcome.error().command.empty())
            return fromCore(result.outcome.error().command);
    }
    return {};
}

QString whyNotChanged(const Frame& frame) {
    return frame.live ? translated(nothingIsChangedOn(frame.inView().host->name))
                      : ActionStrings::tr("A recording is shown: nothing in it can be changed.");
}

} // namespace halfopen
