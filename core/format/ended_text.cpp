// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/ended_text.h"

#include "core/format/duration.h"
#include "core/model/state.h"

#include <algorithm>
#include <cstring>

namespace halfopen {

namespace {

using Code = EndingEvidence::Code;
using std::chrono::milliseconds;

Sentence probes(std::int64_t count) {
    return count == 1 ? Sentence::tr("{0} probe", count) : Sentence::tr("{0} probes", count);
}
Sentence windowProbes(std::int64_t count) {
    return count == 1 ? Sentence::tr("{0} window probe", count) : Sentence::tr("{0} window probes", count);
}
Sentence retransmissions(std::int64_t count) {
    return count == 1 ? Sentence::tr("{0} retransmission", count) : Sentence::tr("{0} retransmissions", count);
}
Sentence openingSegments(std::int64_t count) {
    return count == 1 ? Sentence::tr("{0} opening segment", count) : Sentence::tr("{0} opening segments", count);
}

using Counted = Sentence (*)(std::int64_t count);

/// What is counted as unanswered; null where nothing is.
Counted countedBy(Code code) {
    switch (code) {
    case Code::ProbesUnanswered:
        return probes;
    case Code::WindowProbesUnanswered:
        return windowProbes;
    case Code::RetransmitsUnanswered:
        return retransmissions;
    case Code::SynsUnanswered:
        return openingSegments;
    default:
        return nullptr;
    }
}

/// "2 of 3 probes unanswered", "2 probes unanswered" where a time decides.
Sentence unanswered(const EndingEvidence& evidence, Counted counted) {
    if (evidence.other == 0)
        return Sentence::tr("{0} unanswered", counted(evidence.value));
    return Sentence::tr("{0} of {1} unanswered", evidence.value, counted(evidence.other));
}

Sentence duration(std::int64_t ms) {
    return durationSentence(saturate(std::chrono::milliseconds(ms)));
}

Sentence stateSeen(std::int64_t number) {
    const auto state = static_cast<State>(number);
    switch (state) {
    case State::CloseWait:
    case State::LastAck:
        return Sentence::tr("seen in {0}: the peer's FIN came first", toString(state));
    case State::FinWait1:
    case State::FinWait2:
        return Sentence::tr("seen in {0}: this side's FIN went first", toString(state));
    default:
        return Sentence::tr("last seen in {0}", toString(state));
    }
}

/// @param error  as EndingEvidence::Code::EndReported has it
Sentence endReported(std::int64_t error, State state) {
    if (error > 0)
        return Sentence::tr("the kernel ended it in {0}, and tells its program: {1}", toString(state),
                            Errno{static_cast<int>(error)});
    if (error == 0)
        return Sentence::tr("the kernel ended it in {0}, and tells its program no error", toString(state));
    return Sentence::tr("the kernel ended it in {0}", toString(state));
}

Sentence fixedSentence(Code code) {
    switch (code) {
    case Code::NothingUnanswered:
        return Sentence::tr("nothing was unanswered");
    case Code::GiveUpInInterval:
        return Sentence::tr("it vanished when the forecast said that the kernel would give it up");
    case Code::NoDestroyEvent:
        return Sentence::tr("the kernel reported no end: the program still has its descriptor");
    case Code::FinReceived:
        return Sentence::tr("the byte counts prove that the peer's FIN came");
    case Code::FinAcknowledged:
        return Sentence::tr("the byte counts prove that the peer acknowledged this side's FIN");
    case Code::NoFinReceived:
        return Sentence::tr("the byte counts prove that no FIN of the peer came");
    case Code::NoFinAcknowledged:
        return Sentence::tr("the byte counts prove that no FIN of this side was acknowledged");
    case Code::BytesInDoubt:
        return Sentence::tr("payload moved after the last sample, so the byte counts prove nothing");
    case Code::BetweenSamples:
        return Sentence::tr("it lived between two samples: only its end was reported");
    case Code::NothingReceived:
        return Sentence::tr("nothing came from the peer after the last sample");
    case Code::ResetReceived:
        return Sentence::tr("a segment came that acknowledged nothing, as an RST does");
    case Code::DescriptorHeld:
        return Sentence::tr("the program still has its descriptor");
    case Code::Disconnected:
        return Sentence::tr("its own program threw it away without closing in order, or never got it open");
    default:
        return Sentence::tr("Halfopen was asked to close it");
    }
}

Sentence distance(std::chrono::microseconds error) {
    const auto ms = std::chrono::round<std::chrono::milliseconds>(std::chrono::abs(error));
    return ms < std::chrono::seconds(1) ? Sentence::tr("{0} ms", ms.count()) : durationSentence(saturate(ms));
}

Sentence kept(const EndGrade& grade) {
    const Sentence lead = durationSentence(saturate(grade.lead));
    if (grade.band.count() > 0)
        return Sentence::tr("forecast {0} before, within {1}", lead, durationSentence(saturate(grade.band)));
    if (grade.measured)
        return Sentence::tr("forecast {0} before, {1} off", lead, distance(grade.error));
    return Sentence::tr("forecast {0} before, between the two samples around it", lead);
}

constexpr milliseconds kWholeSecondsFrom{10'000};

/// "9 s", "2.5 s": what a person would say; tenths only below ten seconds and only where there are any.
Sentence spoken(milliseconds time) {
    const auto tenths = std::chrono::round<std::chrono::duration<std::int64_t, std::deci>>(time);
    if (time < milliseconds(950) || (time < milliseconds(3'000) && tenths.count() % 10 != 0))
        return Sentence::tr("{0}.{1} s", tenths.count() / 10, tenths.count() % 10);
    const auto seconds = std::chrono::round<std::chrono::seconds>(time);
    return time < kWholeSecondsFrom ? Sentence::tr("{0} s", seconds.count())
                                    : durationSentence(saturate(milliseconds(seconds)));
}

Sentence unansweredPart(const EndedConnection& record) {
    if (record.unanswered == 0)
        return {};
    for (const Code code :
         {Code::ProbesUnanswered, Code::WindowProbesUnanswered, Code::RetransmitsUnanswered, Code::SynsUnanswered})
        if (std::ranges::find(record.evidence, code, &EndingEvidence::code) != record.evidence.end())
            return Sentence::tr("{0} unanswered", countedBy(code)(record.unanswered));
    return {};
}

Sentence noticedPart(const EndedConnection& record) {
    const auto after = record.noticedAfter();
    if (!after || !isGivenUp(record.ending))
        return {};
    return Sentence::tr("noticed {0} after the last sign of life", spoken(*after));
}

/// What stands after the colon.
Sentence because(const EndedConnection& record) {
    const Sentence parts = reasonOf(record);
    if (parts.empty() && record.confidence == Confidence::Unknown && !record.evidence.empty())
        return sentence(record.evidence.front());
    return parts;
}

} // namespace

Sentence sentence(const EndingEvidence& evidence) {
    if (const Counted counted = countedBy(evidence.code))
        return unanswered(evidence, counted);
    switch (evidence.code) {
    case Code::StateSeen:
        return stateSeen(evidence.value);
    case Code::GiveUpNotDue:
        return Sentence::tr("the kernel would not have given it up for another {0}", duration(evidence.value));
    case Code::DestroyEvent:
        return Sentence::tr("the kernel reported its end, with {0} and {1} unanswered", probes(evidence.value),
                            retransmissions(evidence.other));
    case Code::EndReported:
        return endReported(evidence.value, static_cast<State>(evidence.other));
    case Code::EventsLost:
        return evidence.value == 1
                   ? Sentence::tr("events of the kernel were lost in the meantime ({0} time)", evidence.value)
                   : Sentence::tr("events of the kernel were lost in the meantime ({0} times)", evidence.value);
    default:
        return fixedSentence(evidence.code);
    }
}

Sentence sentence(const EndGrade& grade) {
    switch (grade.grade) {
    case Grade::None:
        return {};
    case Grade::Kept:
        return kept(grade);
    case Grade::Excused: {
        const auto seen = grade.seen.list();
        return Sentence::tr("excused: {0}", seen.empty() ? Sentence::tr("something came between")
                                                         : Sentence::word(describe(seen.front())));
    }
    case Grade::Broken:
        return grade.error.count() < 0 ? Sentence::tr("came {0} early: broken", distance(grade.error))
                                       : Sentence::tr("came {0} late: broken", distance(grade.error));
    }
    return {};
}

Sentence programError(int number) {
    const char* const name = ::strerrorname_np(number);
    return name ? Sentence::tr("{0} ({1})", name, Errno{number}) : Sentence::tr("{0}", Errno{number});
}

Sentence reasonOf(const EndedConnection& record) {
    return listOf({unansweredPart(record), noticedPart(record)});
}

Sentence sentence(const EndedConnection& record) {
    const Sentence word = Sentence::word(describe(record.ending));
    const Sentence ending = record.confidence == Confidence::Likely ? Sentence::tr("likely {0}", word) : word;
    const Sentence why = because(record);
    return why.empty() ? ending : Sentence::tr("{0}: {1}", ending, why);
}

} // namespace halfopen
