// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/ending_strings.h"

#include "core/format/ended_text.h"
#include "ui/look/strings.h"
#include "ui/look/text.h"
#include "ui/look/translated.h"

#include <QCoreApplication>
#include <QDateTime>

#include <cstring>

namespace halfopen {

namespace {

struct EndingStrings {
    Q_DECLARE_TR_FUNCTIONS(EndingStrings)
};

} // namespace

QString errorName(int number) {
    return QString::fromLatin1(::strerrorname_np(number));
}

QString errorText(int number) {
    return translated(programError(number));
}

QString endingKindLabel(EndingKind kind) {
    switch (kind) {
    case EndingKind::TimedOut:
        return EndingStrings::tr("timed out");
    case EndingKind::Reset:
        return EndingStrings::tr("reset");
    case EndingKind::Refused:
        return EndingStrings::tr("refused");
    case EndingKind::ByHalfopen:
        return EndingStrings::tr("closed by Halfopen");
    case EndingKind::InOrder:
        return EndingStrings::tr("in order");
    case EndingKind::Unknown:
        break;
    }
    return EndingStrings::tr("not known how");
}

QString evidenceSourceLabel(EvidenceSource source) {
    switch (source) {
    case EvidenceSource::Samples:
        return EndingStrings::tr("samples");
    case EvidenceSource::Event:
        return EndingStrings::tr("the kernel's event");
    case EvidenceSource::ByteCounts:
        return EndingStrings::tr("byte counts");
    case EvidenceSource::Forecast:
        return EndingStrings::tr("forecast");
    case EvidenceSource::Descriptor:
        return EndingStrings::tr("open descriptor");
    case EvidenceSource::Listening:
        return EndingStrings::tr("what was missed");
    case EvidenceSource::Halfopen:
        break;
    }
    return EndingStrings::tr("Halfopen");
}

QString endingLabel(Ending ending) {
    return translated(Sentence::word(describe(ending)));
}

QString endingText(const EndedConnection& record) {
    const bool inOrder = record.ending == Ending::TimeWaitOver && !record.isOnlyTimeWait();
    const auto word = inOrder ? EndingStrings::tr("closed in order") : endingLabel(record.ending);
    return record.confidence == Confidence::Likely ? EndingStrings::tr("%1 (likely)").arg(word) : word;
}

QString evidenceSentence(const EndingEvidence& evidence) {
    return translated(sentence(evidence));
}

QString reasonSentence(const EndedConnection& record) {
    const Sentence reason = reasonOf(record);
    if (reason.empty() && !record.evidence.empty())
        return evidenceSentence(record.evidence.front());
    return translated(reason);
}

QString confidenceSentence(Confidence confidence) {
    switch (confidence) {
    case Confidence::Certain:
        return EndingStrings::tr("Certain: what was seen fits nothing else.");
    case Confidence::Likely:
        return EndingStrings::tr("Likely: it fits best, but another ending would have looked the same.");
    case Confidence::Unknown:
        break;
    }
    return EndingStrings::tr("Not known: several endings fit alike.");
}

Diagnosis accentOf(Ending ending) {
    switch (kindOf(ending)) {
    case EndingKind::TimedOut:
        return Diagnosis::Suspect;
    case EndingKind::Reset:
    case EndingKind::Refused:
        return Diagnosis::Abandoned;
    case EndingKind::ByHalfopen:
        return Diagnosis::Active;
    case EndingKind::Unknown:
        return Diagnosis::Stalled;
    case EndingKind::InOrder:
        break;
    }
    return Diagnosis::Closing;
}

QString momentText(WallTime at) {
    const auto time = QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count());
    return time.toString(time.date() == QDate::currentDate() ? QStringLiteral("HH:mm:ss")
                                                             : QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

QString ownersText(const EndedConnection& record) {
    if (!record.owners.empty())
        return programsText(record.owners);
    const bool never = record.ownersUnknown == OwnerUnknown::NotLookedUp; // and nobody will any more
    return never ? EndingStrings::tr("not known") : ownerUnknownLabel(record.ownersUnknown);
}

} // namespace halfopen
