// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/evidence.h"

#include "core/format/duration.h"
#include "core/model/state.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace halfopen {

namespace {

using Code = EndingEvidence::Code;

// In the order of the enum.
constexpr std::array<std::string_view, 21> kCodes{"state-seen",
                                                  "probes-unanswered",
                                                  "window-probes-unanswered",
                                                  "retransmits-unanswered",
                                                  "syns-unanswered",
                                                  "nothing-unanswered",
                                                  "give-up-in-interval",
                                                  "give-up-not-due",
                                                  "destroy-event",
                                                  "no-destroy-event",
                                                  "events-lost",
                                                  "fin-received",
                                                  "fin-acknowledged",
                                                  "no-fin-received",
                                                  "no-fin-acknowledged",
                                                  "bytes-in-doubt",
                                                  "between-samples",
                                                  "nothing-received",
                                                  "reset-received",
                                                  "disconnected",
                                                  "asked-for"};
static_assert(kCodes.size() == static_cast<std::size_t>(Code::AskedFor) + 1);

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
        return "the kernel told no end: the program still holds its descriptor";
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
        return "it lived between two samples: only its end was told";
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

} // namespace

std::string_view toString(Code code) {
    return kCodes[static_cast<std::size_t>(code)];
}

std::optional<Code> parseEvidenceCode(std::string_view word) {
    const auto found = std::ranges::find(kCodes, word);
    if (found == kCodes.end())
        return std::nullopt;
    return static_cast<Code>(found - kCodes.begin());
}

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
        return fmt::format("the kernel told its end, with {} and {} unanswered",
                           counted(evidence.value, "probe", "probes"),
                           counted(evidence.other, "retransmission", "retransmissions"));
    case Code::EventsLost:
        return fmt::format("events of the kernel were lost in the meantime ({})",
                           counted(evidence.value, "time", "times"));
    default:
        return std::string(fixedSentence(evidence.code));
    }
}

} // namespace halfopen
