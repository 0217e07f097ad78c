// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/record/ended_facts.h"

#include "ui/look/duration_text.h"
#include "ui/look/ending_strings.h"
#include "ui/look/grade_strings.h"
#include "ui/look/sentence.h"
#include "ui/look/strings.h"
#include "ui/look/text.h"

#include <QCoreApplication>

#include <algorithm>

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

/// What could not be heard speaks for nothing.
bool isMark(EvidenceSource source) {
    return source != EvidenceSource::Listening;
}

/// The kernel tells in its event what no sample saw any more.
EvidenceSource sourceIn(const EndedConnection& c, EndingEvidence::Code code) {
    const auto isEvent = [](const EndingEvidence& one) { return one.code == EndingEvidence::Code::DestroyEvent; };
    const auto source = sourceOf(code);
    const bool counted = code == EndingEvidence::Code::ProbesUnanswered ||
                         code == EndingEvidence::Code::WindowProbesUnanswered ||
                         code == EndingEvidence::Code::RetransmitsUnanswered;
    return counted && std::ranges::any_of(c.evidence, isEvent) ? EvidenceSource::Event : source;
}

FactGroup endingGroup(const EndedConnection& c) {
    FactGroup group{capital(endingText(c)), {}};
    group.facts.push_back({{}, confidenceSentence(c.confidence), {}, c.confidence != Confidence::Certain});
    for (const auto& evidence : c.evidence) {
        const auto source = sourceIn(c, evidence.code);
        group.facts.push_back({{},
                               EndedFacts::tr("%1 %2 (%3)", "check mark, evidence, its source")
                                   .arg(QChar(isMark(source) ? 0x2713 : 0x2013), asSentence(evidenceSentence(evidence)),
                                        evidenceSourceLabel(source)),
                               {}});
    }
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

QString timeWaitSentence(const EndedConnection& c, const Instant& since) {
    return EndedFacts::tr("from %1 until %2").arg(momentText(since.wall), momentText(c.ended.wall));
}

FactGroup timeGroup(const EndedConnection& c) {
    FactGroup group{EndedFacts::tr("When"), {}};
    if (c.firstSeen) {
        const auto text =
            c.thereBefore ? EndedFacts::tr("%1; it was open before Halfopen looked.") : EndedFacts::tr("%1.");
        group.facts.push_back({EndedFacts::tr("First seen"), text.arg(momentText(c.firstSeen->wall)), {}});
    }
    group.facts.push_back({EndedFacts::tr("Last sign of life"), lastLifeSentence(c), {}});
    if (const auto since = c.timeWaitSince())
        group.facts.push_back({stateName(State::TimeWait), asSentence(timeWaitSentence(c, *since)), {}});
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

FactGroup socketGroup(const EndedConnection& c, std::optional<std::chrono::milliseconds> deadFor) {
    FactGroup group{EndedFacts::tr("Its program"), {}};
    if (c.errorNumber != 0)
        group.facts.push_back({EndedFacts::tr("The program was told"), errorText(c.errorNumber), {}});
    if (deadFor)
        group.facts.push_back({EndedFacts::tr("Still held"), deadSentence(c, *deadFor), {}});
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
    return {endingGroup(record), timeGroup(record), socketGroup(record, deadFor)};
}

QString recordText(const EndedConnection& record) {
    QStringList lines{QStringLiteral("%1 \u2192 %2")
                          .arg(fromCore(record.local.toString(record.interface)),
                               fromCore(record.remote.toString(record.interface)))};
    for (const auto& group : endedFacts(record)) {
        lines.append(group.title);
        for (const auto& fact : group.facts)
            lines.append(fact.name.isEmpty() ? fact.value
                                             : EndedFacts::tr("%1: %2", "fact, value").arg(fact.name, fact.value));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace halfopen
