// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/contexts.h"

#include "core/model/sentence.h"

#include <array>
#include <cstddef>

namespace halfopen {

std::string_view toString(NetnsTier tier) {
    constexpr std::array<std::string_view, 4> kNames{Sentence::mark("own"), Sentence::mark("mine"),
                                                     Sentence::mark("asked"), Sentence::mark("public")};
    return kNames[static_cast<std::size_t>(tier)];
}

std::string_view toString(NetnsKind kind) {
    constexpr std::array<std::string_view, 6> kNames{"machine", "named", "container", "unit", "program", "empty"};
    return kNames[static_cast<std::size_t>(kind)];
}

} // namespace halfopen
