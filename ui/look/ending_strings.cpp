// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/ending_strings.h"

#include "core/format/ended_text.h"
#include "ui/look/duration_text.h"
#include "ui/look/sentence.h"
#include "ui/look/strings.h"
#include "ui/look/text.h"
#include "ui/look/translated.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QStringList>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace halfopen {

namespace {

using Code = EndingEvidence::Code;

struct EndingStrings {
    Q_DECLARE_TR_FUNCTIONS(EndingStrings)
};

constexpr std::array<const char*, kEndingCount> kEndings{
    QT_TRANSLATE_NOOP("EndingStrings", "ended, not known how"),
    QT_TRANSLATE_NOOP("EndingStrings", "closed in order, this side first"),
    QT_TRANSLATE_NOOP("EndingStrings", "closed in order, the peer first"),
    QT_TRANSLATE_NOOP("EndingStrings", "closed in order, both sides at once"),
    QT_TRANSLATE_NOOP("EndingStrings", "reset"),
    QT_TRANSLATE_NOOP("EndingStrings", "keepalive exhausted"),
    QT_TRANSLATE_NOOP("EndingStrings", "user timeout"),
    QT_TRANSLATE_NOOP("EndingStrings", "retransmission timeout"),
    QT_TRANSLATE_NOOP("EndingStrings", "window probes exhausted"),
    QT_TRANSLATE_NOOP("EndingStrings", "connection refused"),
    QT_TRANSLATE_NOOP("EndingStrings", "opening timed out"),
    QT_TRANSLATE_NOOP("EndingStrings", "closed by Halfopen"),
    QT_TRANSLATE_NOOP("EndingStrings", "TIME-WAIT over"),
    QT_TRANSLATE_NOOP("EndingStrings", "FIN-WAIT-2 over"),
    QT_TRANSLATE_NOOP("EndingStrings", "orphan given up"),
    QT_TRANSLATE_NOOP("EndingStrings", "listener closed"),
    QT_TRANSLATE_NOOP("EndingStrings", "MPTCP connection closed without a subflow")};

int count(std::int64_t value) {
    return static_cast<int>(std::clamp<std::int64_t>(value, 0, std::numeric_limits<int>::max()));
}

QString stateSeen(std::int64_t number) {
    const auto state = static_cast<State>(number);
    switch (state) {
    case State::CloseWait:
    case State::LastAck:
        return EndingStrings::tr("seen in %1: the peer's FIN came first").arg(stateName(state));
    case State::FinWait1:
    case State::FinWait2:
        return EndingStrings::tr("seen in %1: this side's FIN went first").arg(stateName(state));
    default:
        return EndingStrings::tr("last seen in %1").arg(stateName(state));
    }
}

QString unanswered(Code code, int number) {
    switch (code) {
    case Code::ProbesUnanswered:
        return EndingStrings::tr("%n probe(s) unanswered", nullptr, number);
    case Code::WindowProbesUnanswered:
        return EndingStrings::tr("%n window probe(s) unanswered", nullptr, number);
    case Code::RetransmitsUnanswered:
        return EndingStrings::tr("%n retransmission(s) unanswered", nullptr, number);
    default:
        return EndingStrings::tr("%n opening segment(s) unanswered", nullptr, number);
    }
}

QString countSentence(const EndingEvidence& evidence) {
    const auto text = unanswered(evidence.code, count(evidence.value));
    return evidence.other == 0 ? text : EndingStrings::tr("%1, %2 allowed").arg(text).arg(evidence.other);
}

QString fixedSentence(Code code) {
    switch (code) {
    case Code::NothingUnanswered:
        return EndingStrings::tr("nothing was unanswered");
    case Code::GiveUpInInterval:
        return EndingStrings::tr("it vanished when the forecast said that the kernel would give it up");
    case Code::NoDestroyEvent:
        return EndingStrings::tr("the kernel told no end: the program still holds its descriptor");
    case Code::FinReceived:
        return EndingStrings::tr("the byte counts prove that the peer's FIN came");
    case Code::FinAcknowledged:
        return EndingStrings::tr("the byte counts prove that the peer acknowledged this side's FIN");
    case Code::NoFinReceived:
        return EndingStrings::tr("the byte counts prove that no FIN of the peer came");
    case Code::NoFinAcknowledged:
        return EndingStrings::tr("the byte counts prove that no FIN of this side was acknowledged");
    case Code::BytesInDoubt:
        return EndingStrings::tr("payload moved after the last sample, so the byte counts prove nothing");
    case Code::BetweenSamples:
        return EndingStrings::tr("it lived between two samples: only its end was told");
    case Code::NothingReceived:
        return EndingStrings::tr("nothing came from the peer after the last sample");
    case Code::ResetReceived:
        return EndingStrings::tr("a segment came that acknowledged nothing, as an RST does");
    case Code::Disconnected:
        return EndingStrings::tr("its own program threw it away, without closing in order");
    case Code::DescriptorHeld:
        return EndingStrings::tr("the program still holds its descriptor");
    case Code::AskedFor:
        return EndingStrings::tr("Halfopen was asked to close it");
    default:
        return translated(sentence(EndingEvidence{code, 0, 0})); // newer than these words
    }
}

bool isCounted(Code code) {
    return code == Code::ProbesUnanswered || code == Code::WindowProbesUnanswered ||
           code == Code::RetransmitsUnanswered || code == Code::SynsUnanswered;
}

/// What connections end with; strerror(3) speaks the language of the locale and not the window's.
QString meaningOf(int number) {
    switch (number) {
    case ETIMEDOUT:
        return EndingStrings::tr("connection timed out");
    case ECONNRESET:
        return EndingStrings::tr("connection reset by the peer");
    case ECONNREFUSED:
        return EndingStrings::tr("connection refused");
    case ECONNABORTED:
        return EndingStrings::tr("connection aborted by this machine");
    case EPIPE:
        return EndingStrings::tr("the connection is closed");
    case EHOSTUNREACH:
        return EndingStrings::tr("no route to the host");
    case ENETUNREACH:
        return EndingStrings::tr("network unreachable");
    case ENETDOWN:
        return EndingStrings::tr("the network is down");
    default:
        return QString::fromLocal8Bit(std::strerror(number));
    }
}

} // namespace

QString errorName(int number) {
    return QString::fromLatin1(::strerrorname_np(number));
}

QString errorText(int number) {
    return EndingStrings::tr("%1 (%2)", "error, meaning").arg(errorName(number), meaningOf(number));
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
    const auto index = static_cast<std::size_t>(ending);
    return index < kEndings.size() ? EndingStrings::tr(kEndings[index]) : QString();
}

QString endingText(const EndedConnection& record) {
    const bool inOrder = record.ending == Ending::TimeWaitOver && !record.isOnlyTimeWait();
    const auto word = inOrder ? EndingStrings::tr("closed in order") : endingLabel(record.ending);
    return record.confidence == Confidence::Likely ? EndingStrings::tr("%1 (likely)").arg(word) : word;
}

QString evidenceSentence(const EndingEvidence& evidence) {
    switch (evidence.code) {
    case Code::StateSeen:
        return stateSeen(evidence.value);
    case Code::GiveUpNotDue:
        return EndingStrings::tr("the kernel would not have given it up for another %1")
            .arg(durationText(std::chrono::milliseconds(evidence.value)));
    case Code::DestroyEvent:
        return EndingStrings::tr("the kernel told its end: %1, %2")
            .arg(unanswered(Code::ProbesUnanswered, count(evidence.value)),
                 unanswered(Code::RetransmitsUnanswered, count(evidence.other)));
    case Code::EndReported:
        return translated(sentence(evidence));
    case Code::EventsLost:
        return EndingStrings::tr("events of the kernel were lost %n time(s) in the meantime", nullptr,
                                 count(evidence.value));
    default:
        return isCounted(evidence.code) ? countSentence(evidence) : fixedSentence(evidence.code);
    }
}

QString reasonSentence(const EndedConnection& record) {
    QStringList parts;
    const auto counted =
        std::ranges::find_if(record.evidence, [](const EndingEvidence& evidence) { return isCounted(evidence.code); });
    if (counted != record.evidence.end() && record.unanswered > 0)
        parts.append(unanswered(counted->code, record.unanswered));
    if (const auto after = record.noticedAfter(); after && isGivenUp(record.ending))
        parts.append(EndingStrings::tr("noticed %1 after the last sign of life").arg(durationText(*after)));
    if (parts.isEmpty() && !record.evidence.empty())
        parts.append(evidenceSentence(record.evidence.front()));
    return asList(parts);
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
