// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/evidence.h"

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

} // namespace halfopen
