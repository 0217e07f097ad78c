// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/unicode.h"

#include <algorithm>
#include <array>
#include <span>

namespace halfopen {

namespace {

struct Range {
    char32_t first;
    char32_t last;
};

#include "core/text/unicode_ranges.inc"

bool within(std::span<const Range> ranges, char32_t code) {
    const auto next = std::ranges::upper_bound(ranges, code, {}, &Range::first);
    return next != ranges.begin() && code <= std::prev(next)->last;
}

/// What a lead byte promises.
struct Lead {
    std::size_t length; ///< 0: it is none
    std::uint8_t least; ///< of the second byte
    std::uint8_t most;
};

Lead leadOf(std::uint8_t byte) {
    if (byte < 0xc2 || byte > 0xf4)
        return {};
    if (byte < 0xe0)
        return {2, 0x80, 0xbf};
    if (byte < 0xf0)
        return {3, static_cast<std::uint8_t>(byte == 0xe0 ? 0xa0 : 0x80),
                static_cast<std::uint8_t>(byte == 0xed ? 0x9f : 0xbf)};
    return {4, static_cast<std::uint8_t>(byte == 0xf0 ? 0x90 : 0x80),
            static_cast<std::uint8_t>(byte == 0xf4 ? 0x8f : 0xbf)};
}

} // namespace

CodePoint firstCodePoint(std::string_view text) {
    const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(text[at]); };
    if (byte(0) < 0x80)
        return {byte(0), 1};
    const auto [length, least, most] = leadOf(byte(0));
    if (length == 0)
        return {};
    char32_t code = byte(0) & (0x7fU >> length);
    for (std::size_t at = 1; at < length; ++at) {
        const std::uint8_t lowest = at == 1 ? least : 0x80;
        const std::uint8_t highest = at == 1 ? most : 0xbf;
        if (at == text.size() || byte(at) < lowest || byte(at) > highest)
            return {CodePoint::kInvalid, at};
        code = code << 6 | (byte(at) & 0x3fU);
    }
    return {code, length};
}

bool isTrick(char32_t code) {
    if (code < 0x80)
        return code < 0x20 || code == 0x7f;
    return within(kTricks, code);
}

bool isMark(char32_t code) {
    return within(kMarks, code);
}

bool isWide(char32_t code) {
    return within(kWide, code);
}

} // namespace halfopen
