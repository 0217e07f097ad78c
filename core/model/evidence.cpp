// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/evidence.h"

#include <algorithm>
#include <array>

namespace halfopen {

namespace {

using Code = EndingEvidence::Code;

// In the order of the enum.
constexpr std::array<std::string_view, 23> kCodes{"state-seen",
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
                                                  "asked-for",
                                                  "end-reported",
                                                  "descriptor-held"};
static_assert(kCodes.size() == static_cast<std::size_t>(Code::DescriptorHeld) + 1);

} // namespace

std::string_view toString(Code code) {
    return kCodes[static_cast<std::size_t>(code)];
}

EvidenceSource sourceOf(Code code) {
    switch (code) {
    case Code::GiveUpInInterval:
    case Code::GiveUpNotDue:
        return EvidenceSource::Forecast;
    case Code::DestroyEvent:
    case Code::Disconnected:
    case Code::EndReported:
        return EvidenceSource::Event;
    case Code::NoDestroyEvent:
    case Code::DescriptorHeld:
        return EvidenceSource::Descriptor;
    case Code::FinReceived:
    case Code::FinAcknowledged:
    case Code::NoFinReceived:
    case Code::NoFinAcknowledged:
    case Code::NothingReceived:
    case Code::ResetReceived:
        return EvidenceSource::ByteCounts;
    case Code::EventsLost:
    case Code::BytesInDoubt:
    case Code::BetweenSamples:
        return EvidenceSource::Listening;
    case Code::AskedFor:
        return EvidenceSource::Halfopen;
    default:
        return EvidenceSource::Samples;
    }
}

std::optional<Code> parseEvidenceCode(std::string_view word) {
    const auto found = std::ranges::find(kCodes, word);
    if (found == kCodes.end())
        return std::nullopt;
    return static_cast<Code>(found - kCodes.begin());
}

} // namespace halfopen
