// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/text_table.h"

#include "core/text/foreign_text.h"

#include <algorithm>

namespace halfopen {

std::string padded(const std::string& text, std::size_t places, bool right) {
    const std::size_t width = displayWidth(text);
    const std::string gap(places > width ? places - width : 0, ' ');
    return right ? gap + text : text + gap;
}

std::string alignedText(std::span<const std::vector<std::string>> lines, std::uint32_t left) {
    std::vector<std::size_t> widths;
    for (const auto& line : lines) {
        widths.resize(std::max(widths.size(), line.size()));
        for (std::size_t column = 0; column < line.size(); ++column)
            widths[column] = std::max(widths[column], displayWidth(line[column]));
    }
    std::string text;
    for (const auto& line : lines) {
        const std::size_t start = text.size();
        for (std::size_t column = 0; column < line.size(); ++column) {
            text += (column == 0 ? "" : "  ") + padded(line[column], widths[column], (left >> column & 1) == 0);
        }
        const std::size_t last = text.find_last_not_of(' ');
        text.resize(std::max(start, last == std::string::npos ? 0 : last + 1));
        text += '\n';
    }
    return text;
}

} // namespace halfopen
