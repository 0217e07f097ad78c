// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/diagnosis.h"

#include <array>

namespace halfopen {

namespace {

constexpr std::array<std::string_view, kDiagnosisCount> kDiagnoses{
    "listening", "opening", "abandoned", "closing", "suspect", "stalled", "active", "guarded", "unguarded"};

} // namespace

std::string_view toString(Diagnosis diagnosis) {
    return kDiagnoses[static_cast<std::size_t>(diagnosis)];
}

} // namespace halfopen
