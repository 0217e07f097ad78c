// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/record/ended_facts.h"

#include "ui/look/duration_text.h"
#include "ui/look/ending_strings.h"
#include "ui/look/grade_strings.h"
#include "ui/look/sentence.h"
#include "ui/look/strings.h"
#include "ui/look/text.h"

#include <QCoreApplication>

#include <cerrno>
#include <cstring>

namespace halfopen {

namespace {

struct EndedFacts {
    Q_DECLARE_TR_FUNCTIONS(EndedFacts)
};

QString capital(QString text) {
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

/// What connections end with; strerror(3) speaks the language of the locale and not the window's.
QString meaningOf(int number) {
    switch (number) {
    case ETIMEDOUT:
        return EndedFacts::tr("connection timed out");
    case ECONNRESET:
        return EndedFacts::tr("connection reset by the peer");
    case ECONNREFUSED:
        return EndedFacts::tr("connection refused");
    case ECONNABORTED:
        return EndedFacts::tr("connection aborted by this machine");
    case EPIPE:
        return EndedFacts::tr("the connection is closed");
    case EHOSTUNREACH:
        return EndedFacts::tr("no route to the host");
    case ENETUNREACH:
        return EndedFacts::tr("network unreachable");
    case ENETDOWN:
        return EndedFacts::tr("the network is down");
    default:
        return QString::fromLocal8Bit(std::strerror(number));
    }
}

QString errorText(int number) {
    return EndedFacts::tr("%1 (%2)", "error, meaning")
        .arg(QString::fromLatin1(::strerrorname_np(number)), meaningOf(number));
}

FactGroup endingGroup(const EndedConnection& c) {
    FactGroup group;
    group.facts.push_back(
        {capital(endingText(c)), confidenceSentence(c.confidence), {}, c.confidence != Confidence::Certain});
    for (const auto& evidence : c.evidence)
        group.facts.push_back({&evidence == &c.evidence.front() ? EndedFacts::tr("Evidence") : QString(),
                               asSentence(evidenceSentence(evidence)),
                               {}});
    if (c.errorNumber != 0)
        group.facts.push_back({EndedFacts::tr("The program was told"), errorText(c.errorNumber), {}});
    return group;
}

QString lastLifeSentence(const EndedConnection& c) {
    const auto before = c.noticedAfter();
    if (c.foundDead && c.lastLife)
        return EndedFacts::tr("%1.").arg(momentText(c.lastLife->wall));
    if (!before)
        return EndedFacts::tr("Not known.");
    return EndedFacts::tr("%1, %2 before the end.").arg(momentText(c.lastLife->wall), durationText(*before));
}

QString endedSentence(const EndedConnection& c) {
    if (c.foundDead)
        return EndedFacts::tr("Before %1, when Halfopen found it dead.").arg(momentText(c.firstMissed.wall));
    return EndedFacts::tr("%1; last seen %2, first missed %3.")
        .arg(momentText(c.ended.wall), momentText(c.lastSeen.wall), momentText(c.firstMissed.wall));
}

QString deadSentence(const EndedConnection& c, std::chrono::milliseconds time) {
    const auto text = c.foundDead
                          ? EndedFacts::tr("By its program, which may not know that it is dead; at most for %1.")
                          : EndedFacts::tr("By its program, which may not know that it is dead; for %1.");
    return text.arg(durationText(time));
}

FactGroup timeGroup(const EndedConnection& c) {
    FactGroup group;
    if (c.firstSeen) {
        const auto text =
            c.thereBefore ? EndedFacts::tr("%1; it was open before Halfopen looked.") : EndedFacts::tr("%1.");
        group.facts.push_back({EndedFacts::tr("First seen"), text.arg(momentText(c.firstSeen->wall)), {}});
    }
    group.facts.push_back({EndedFacts::tr("Last sign of life"), lastLifeSentence(c), {}});
    group.facts.push_back({EndedFacts::tr("Ended"), endedSentence(c), {}});
    if (c.forecastEnd)
        group.facts.push_back({EndedFacts::tr("Was forecast for"), asSentence(momentText(c.forecastEnd->wall)), {}});
    if (c.grade.grade != Grade::None)
        group.facts.push_back({EndedFacts::tr("Forecast"), asSentence(gradeSentence(c.grade)), {}});
    return group;
}

QString optionsText(const KeepaliveOptions& o) {
    if (o.enabled != Switch::On)
        return o.enabled == Switch::Off ? EndedFacts::tr("off") : EndedFacts::tr("not known");
    return EndedFacts::tr("on, %1 s / %2 s / %3 probes (%4)")
        .arg(o.idleSeconds)
        .arg(o.intervalSeconds)
        .arg(o.probes)
        .arg(provenanceLabel(o.idleFrom));
}

FactGroup socketGroup(const EndedConnection& c) {
    FactGroup group;
    group.facts.push_back({EndedFacts::tr("Owners"), ownersText(c), {}});
    if (c.optionsKnown)
        group.facts.push_back({EndedFacts::tr("Keepalive"), optionsText(c.options), {}});
    group.facts.push_back(
        {EndedFacts::tr("Last state"), c.sampled ? stateName(c.lastState) : EndedFacts::tr("no sample saw it"), {}});
    group.facts.push_back({EndedFacts::tr("Cookie"), QStringLiteral("0x%1").arg(c.cookie, 0, 16), {}});
    return group;
}

} // namespace

FactGroups endedFacts(const EndedConnection& record, std::optional<std::chrono::milliseconds> deadFor) {
    FactGroup all = endingGroup(record); // one group, so that all of it stands in one column
    if (deadFor)
        all.facts.push_back({EndedFacts::tr("Still held"), deadSentence(record, *deadFor), {}});
    for (const auto& group : {timeGroup(record), socketGroup(record)})
        all.facts.insert(all.facts.end(), group.facts.begin(), group.facts.end());
    return {all};
}

QString recordText(const EndedConnection& record) {
    QStringList lines{QStringLiteral("%1 \u2192 %2")
                          .arg(fromCore(record.local.toString(record.interface)),
                               fromCore(record.remote.toString(record.interface)))};
    for (const auto& group : endedFacts(record)) {
        for (const auto& fact : group.facts)
            lines.append(fact.name.isEmpty() ? fact.value
                                             : EndedFacts::tr("%1: %2", "fact, value").arg(fact.name, fact.value));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace halfopen
