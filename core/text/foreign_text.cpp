// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/foreign_text.h"

#include "core/text/unicode.h"

#include <algorithm>

namespace halfopen {

namespace {

constexpr int kMostMarks = 3; // over one character; names in real scripts have two

template <class Visit>
void forEachCodePoint(std::string_view text, Visit visit) {
    while (!text.empty()) {
        const CodePoint code = firstCodePoint(text);
        visit(code, text.substr(0, code.length));
        text.remove_prefix(code.length);
    }
}

bool isPlain(char c) {
    return c >= 0x20 && c < 0x7f;
}

bool beginsFormula(char32_t first) {
    constexpr std::u32string_view kBeginnings = U"=+-@\t\r\uff1d\uff0b\uff0d\uff20";
    return kBeginnings.find(first) != std::u32string_view::npos;
}

} // namespace

std::size_t appendHarmless(std::string& to, std::string_view foreign) {
    if (std::ranges::all_of(foreign, isPlain)) {
        to += foreign;
        return foreign.size();
    }
    std::size_t width = 0;
    int marks = kMostMarks; // nothing stands before the first character
    forEachCodePoint(foreign, [&](CodePoint code, std::string_view bytes) {
        const bool valid = code.value != CodePoint::kInvalid && !isTrick(code.value);
        const int places = valid ? placesOf(code.value) : 1;
        if (!valid || (places == 0 && marks++ >= kMostMarks)) {
            to += '?';
            ++width;
            marks = kMostMarks; // a mark over the '?' would hide it
            return;
        }
        to += bytes;
        width += static_cast<std::size_t>(places);
        if (places != 0)
            marks = 0;
    });
    return width;
}

std::string harmless(std::string_view foreign) {
    std::string text;
    appendHarmless(text, foreign);
    return text;
}

std::string harmlessLines(std::string_view text) {
    std::string lines;
    while (true) {
        const std::size_t end = text.find('\n');
        appendHarmless(lines, text.substr(0, end));
        if (end == std::string_view::npos)
            return lines;
        lines += '\n';
        text.remove_prefix(end + 1);
    }
}

void appendCsv(std::string& line, std::string_view value) {
    if (value.find_first_of(",\"\r\n") == std::string_view::npos) {
        line += value;
        return;
    }
    line += '"';
    for (const char c : value) {
        line += c;
        if (c == '"')
            line += c;
    }
    line += '"';
}

void appendForeignCsv(std::string& line, std::string_view value) {
    std::string cell;
    if (!value.empty() && beginsFormula(firstCodePoint(value).value))
        cell += '\'';
    appendHarmless(cell, value);
    appendCsv(line, cell);
}

std::size_t displayWidth(std::string_view text) {
    std::size_t width = 0;
    forEachCodePoint(text, [&](CodePoint code, std::string_view) {
        width += code.value == CodePoint::kInvalid ? 1U : static_cast<std::size_t>(placesOf(code.value));
    });
    return width;
}

std::size_t fitting(std::string_view text, std::size_t places) {
    std::size_t at = 0;
    for (std::size_t shown = 0; at < text.size();) {
        const CodePoint code = firstCodePoint(text.substr(at));
        shown += code.value == CodePoint::kInvalid ? 1U : static_cast<std::size_t>(placesOf(code.value));
        if (shown > places)
            break;
        at += code.length;
    }
    return at;
}

} // namespace halfopen
