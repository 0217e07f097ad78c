// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/grade.h"

#include "core/model/sentence.h"

#include <algorithm>
#include <array>

namespace halfopen {

namespace {

using namespace std::string_view_literals;

constexpr std::array kGrades{"none"sv, "kept"sv, "excused"sv, "broken"sv};

struct SightingName {
    std::string_view word;
    std::string_view text;
};

constexpr std::array<SightingName, kSightingCount> kSightings{{
    {"asked-for", Sentence::mark("Halfopen was told to close it")},
    {"peer-answered", Sentence::mark("the peer answered")},
    {"program-closed", Sentence::mark("its program closed it")},
    {"program-sent", Sentence::mark("its program sent data")},
    {"options-changed", Sentence::mark("its options or their settings changed")},
    {"window-changed", Sentence::mark("the peer's window changed")},
    {"local-drop", Sentence::mark("this machine dropped what it sent")},
    {"icmp-error", Sentence::mark("ICMP errors came")},
    {"neighbour-failed", Sentence::mark("the neighbour stopped answering")},
    {"client-sent", Sentence::mark("the client sent something")},
    {"listener-pressure", Sentence::mark("the listener's queue filled")},
    {"listener-closed", Sentence::mark("the listener was closed")},
    {"orphan-pressure", Sentence::mark("this machine had too many orphans")},
    {"machine-slept", Sentence::mark("this machine slept")},
    {"condition-over", Sentence::mark("what held then was over")},
    {"value-differed", Sentence::mark("a value that could not be read was another")},
    {"closed-by-somebody", Sentence::mark("it was closed while no timer was due")},
}};

} // namespace

std::string_view toString(Grade grade) {
    return kGrades[static_cast<std::size_t>(grade)];
}

std::optional<Grade> parseGrade(std::string_view word) {
    const auto found = std::ranges::find(kGrades, word);
    if (found == kGrades.end())
        return std::nullopt;
    return static_cast<Grade>(found - kGrades.begin());
}

std::string_view toString(Sighting sighting) {
    return kSightings[static_cast<std::size_t>(sighting)].word;
}

std::string_view describe(Sighting sighting) {
    return kSightings[static_cast<std::size_t>(sighting)].text;
}

std::vector<Sighting> Sightings::list() const {
    std::vector<Sighting> all;
    for (std::size_t i = 0; i < kSightingCount; ++i) {
        if (has(static_cast<Sighting>(i)))
            all.push_back(static_cast<Sighting>(i));
    }
    return all;
}

} // namespace halfopen
