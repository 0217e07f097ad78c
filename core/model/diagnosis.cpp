// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/diagnosis.h"

#include "core/model/sentence.h"

#include <array>

namespace halfopen {

namespace {

constexpr std::array<std::string_view, kDiagnosisCount> kDiagnoses{
    Sentence::mark("listening"), Sentence::mark("opening"), Sentence::mark("abandoned"),
    Sentence::mark("closing"),   Sentence::mark("suspect"), Sentence::mark("stalled"),
    Sentence::mark("active"),    Sentence::mark("guarded"), Sentence::mark("unguarded")};

} // namespace

std::string_view toString(Diagnosis diagnosis) {
    return kDiagnoses[static_cast<std::size_t>(diagnosis)];
}

} // namespace halfopen
