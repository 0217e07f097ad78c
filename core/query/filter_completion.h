// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/query/filter_names.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// What may be typed at a place of a filter.
struct Completion {
    std::string text;                   ///< replaces `from` to `to` of the text
    std::string note;                   ///< what it is called, of a port that is typed by its number; else ""
    std::optional<std::uint32_t> count; ///< of living rows that have this value; nullopt: it is no value

    bool operator==(const Completion&) const = default;
};

struct Completions {
    std::size_t from = 0; ///< bytes of the text
    std::size_t to = 0;
    std::vector<Completion> all; ///< values by how often they are there; else in the order of the language
};

/// Keys and words that begin as what stands before the caret, and behind a key the values that living rows have now.
/// @param caret  bytes of the text, at most its size
Completions completionsFor(std::string_view text, std::size_t caret, const Frame& frame, const FilterNames& names,
                           std::size_t most = 50);

/// Of a machine with more, so many rows are looked at, and how often a value is there is not told: whoever types does
/// not wait.
inline constexpr std::size_t kRowsForCompletion = 20'000;

} // namespace halfopen
