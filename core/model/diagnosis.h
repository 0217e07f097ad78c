// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace halfopen {

/// "What if the peer were gone right now?" in one word. Order and rules: design.md, "What a connection is told to be".
enum class Diagnosis : std::uint8_t {
    Listening,
    Opening,
    Abandoned,
    Closing,
    Suspect,
    Stalled,
    Active,
    Guarded,
    Unguarded,
};
inline constexpr std::size_t kDiagnosisCount = 9;

std::string_view toString(Diagnosis diagnosis); ///< "listening", ...

} // namespace halfopen
