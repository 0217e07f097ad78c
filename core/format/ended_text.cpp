// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/ended_text.h"

#include "core/format/duration.h"
#include "core/model/state.h"

#include <fmt/format.h>

#include <algorithm>

namespace halfopen {

namespace {

using Code = EndingEvidence::Code;
using std::chrono::milliseconds;

std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

/// "2 of 3 probes unanswered", "2 probes unanswered" where a time decides.
std::string unanswered(const EndingEvidence& evidence, std::string_view one, std::string_view many) {
    if (evidence.other == 0)
        return counted(evidence.value, one, many) + " unanswered";
    return fmt::format("{} of {} unanswered", evidence.value, counted(evidence.other, one, many));
}

std::string duration(std::int64_t ms) {
    return longDuration(saturate(std::chrono::milliseconds(ms)));
}

std::string stateSeen(std::int64_t number) {
    const auto state = static_cast<State>(number);
    switch (state) {
    case State::CloseWait:
    case State::LastAck:
        return fmt::format("seen in {}: the peer's FIN came first", toString(state));
    case State::FinWait1:
    case State::FinWait2:
        return fmt::format("seen in {}: this side's FIN went first", toString(state));
    default:
        return fmt::format("last seen in {}", toString(state));
    }
}

std::string countSentence(const EndingEvidence& evidence) {
    switch (evidence.code) {
    case Code::ProbesUnanswered:
        return unanswered(evidence, "probe", "probes");
    case Code::WindowProbesUnanswered:
        return unanswered(evidence, "window probe", "window probes");
    case Code::RetransmitsUnanswered:
        return unanswered(evidence, "retransmission", "retransmissions");
    default:
        return unanswered(evidence, "opening segment", "opening segments");
    }
}

std::string_view fixedSentence(Code code) {
    switch (code) {
    case Code::NothingUnanswered:
        return "nothing was unanswered";
    case Code::GiveUpInInterval:
        return "it vanished when the forecast said that the kernel would give it up";
    case Code::NoDestroyEvent:
        return "the kernel reported no end: the program still has its descriptor";
    case Code::FinReceived:
        return "the byte counts prove that the peer's FIN came";
    case Code::FinAcknowledged:
        return "the byte counts prove that the peer acknowledged this side's FIN";
    case Code::NoFinReceived:
        return "the byte counts prove that no FIN of the peer came";
    case Code::NoFinAcknowledged:
        return "the byte counts prove that no FIN of this side was acknowledged";
    case Code::BytesInDoubt:
        return "payload moved after the last sample, so the byte counts prove nothing";
    case Code::BetweenSamples:
        return "it lived between two samples: only its end was reported";
    case Code::NothingReceived:
        return "nothing came from the peer after the last sample";
    case Code::ResetReceived:
        return "a segment came that acknowledged nothing, as an RST does";
    case Code::Disconnected:
        return "its own program threw it away without closing in order, or never got it open";
    default:
        return "Halfopen was asked to close it";
    }
}

std::string distance(std::chrono::microseconds error) {
    const auto ms = std::chrono::round<std::chrono::milliseconds>(std::chrono::abs(error));
    return ms < std::chrono::seconds(1) ? fmt::format("{} ms", ms.count()) : longDuration(saturate(ms));
}

std::string kept(const EndGrade& grade) {
    const std::string lead = longDuration(saturate(grade.lead));
    if (grade.band.count() > 0)
        return fmt::format("forecast {} before, within {}", lead, longDuration(saturate(grade.band)));
    if (grade.measured)
        return fmt::format("forecast {} before, {} off", lead, distance(grade.error));
    return fmt::format("forecast {} before, between the two samples around it", lead);
}

constexpr milliseconds kTenSeconds{10'000};

/// "9 s", "2.5 s": what a person would say; tenths only below ten seconds and only where there are any.
std::string spoken(milliseconds time) {
    const auto tenths = std::chrono::round<std::chrono::duration<std::int64_t, std::deci>>(time);
    if (time < milliseconds(950) || (time < milliseconds(3'000) && tenths.count() % 10 != 0))
        return fmt::format("{}.{} s", tenths.count() / 10, tenths.count() % 10);
    const auto seconds = std::chrono::round<std::chrono::seconds>(time);
    return time < kTenSeconds ? fmt::format("{} s", seconds.count()) : longDuration(saturate(milliseconds(seconds)));
}

std::string unansweredPart(const EndedConnection& record) {
    const auto of = [&](std::string_view one, std::string_view many) {
        return fmt::format("{} {} unanswered", record.unanswered, record.unanswered == 1 ? one : many);
    };
    const auto has = [&](Code code) {
        return std::ranges::find(record.evidence, code, &EndingEvidence::code) != record.evidence.end();
    };
    if (record.unanswered == 0)
        return {};
    if (has(Code::ProbesUnanswered))
        return of("probe", "probes");
    if (has(Code::WindowProbesUnanswered))
        return of("window probe", "window probes");
    if (has(Code::RetransmitsUnanswered))
        return of("retransmission", "retransmissions");
    return has(Code::SynsUnanswered) ? of("opening segment", "opening segments") : std::string();
}

std::string noticedPart(const EndedConnection& record) {
    const auto after = record.noticedAfter();
    if (!after || !isGivenUp(record.ending))
        return {};
    return "noticed " + spoken(*after) + " after the last sign of life";
}

/// What stands after the colon.
std::string because(const EndedConnection& record) {
    std::string text;
    const auto append = [&text](const std::string& part) {
        if (!part.empty())
            text += (text.empty() ? "" : ", ") + part;
    };
    append(unansweredPart(record));
    append(noticedPart(record));
    if (text.empty() && record.confidence == Confidence::Unknown && !record.evidence.empty())
        append(sentence(record.evidence.front()));
    return text;
}

} // namespace

std::string sentence(const EndingEvidence& evidence) {
    switch (evidence.code) {
    case Code::StateSeen:
        return stateSeen(evidence.value);
    case Code::ProbesUnanswered:
    case Code::WindowProbesUnanswered:
    case Code::RetransmitsUnanswered:
    case Code::SynsUnanswered:
        return countSentence(evidence);
    case Code::GiveUpNotDue:
        return fmt::format("the kernel would not have given it up for another {}", duration(evidence.value));
    case Code::DestroyEvent:
        return fmt::format("the kernel reported its end, with {} and {} unanswered",
                           counted(evidence.value, "probe", "probes"),
                           counted(evidence.other, "retransmission", "retransmissions"));
    case Code::EventsLost:
        return fmt::format("events of the kernel were lost in the meantime ({})",
                           counted(evidence.value, "time", "times"));
    default:
        return std::string(fixedSentence(evidence.code));
    }
}

std::string sentence(const EndGrade& grade) {
    switch (grade.grade) {
    case Grade::None:
        return {};
    case Grade::Kept:
        return kept(grade);
    case Grade::Excused: {
        const auto seen = grade.seen.list();
        return fmt::format("excused: {}", seen.empty() ? "something came between" : describe(seen.front()));
    }
    case Grade::Broken:
        return fmt::format("came {} {}: broken", distance(grade.error), grade.error.count() < 0 ? "early" : "late");
    }
    return {};
}

std::string sentence(const EndedConnection& record) {
    std::string text = record.confidence == Confidence::Likely ? "likely " : "";
    text += describe(record.ending);
    if (const std::string why = because(record); !why.empty())
        text += ": " + why;
    return text;
}

} // namespace halfopen
