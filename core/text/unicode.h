// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace halfopen {

/// The first code point of a text in UTF-8.
struct CodePoint {
    static constexpr char32_t kInvalid = 0xffffffff;

    char32_t value = kInvalid; ///< kInvalid: no UTF-8
    std::size_t length = 1;    ///< bytes it takes; of what is invalid, the longest part that could have begun one
};

/// @param text  not empty
/// Source: Unicode 15, table 3-7 and chapter 3.9, "Substitution of Maximal Subparts": no overlong forms, no surrogates.
CodePoint firstCodePoint(std::string_view text);

/// A code point that a terminal obeys or that is not seen: C0, DEL, C1, bidi controls, zero-width and other format
/// characters, line separators, variation selectors, fillers, noncharacters.
bool isTrick(char32_t code);
/// Stands over the character before it and takes no place: combining marks, medial and final jamo.
bool isMark(char32_t code);
/// Takes two places on a terminal. Source: EastAsianWidth.txt, W and F.
bool isWide(char32_t code);

/// 0, 1 or 2 places on a terminal, as wcwidth(3) in a UTF-8 locale, whatever the locale is.
inline int placesOf(char32_t code) {
    return code < 0x300 ? 1 : isMark(code) ? 0 : isWide(code) ? 2 : 1;
}

} // namespace halfopen
