// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/table.h"

#include <algorithm>
#include <vector>

namespace halfopen {

namespace {

constexpr std::size_t kFlushAt = 1 << 16;

// Colours by what the word means to a person; the word itself is always there too.
std::string_view colourOf(Diagnosis diagnosis) {
    switch (diagnosis) {
    case Diagnosis::Suspect:
        return "\x1b[1;31m";
    case Diagnosis::Stalled:
        return "\x1b[35m";
    case Diagnosis::Abandoned:
        return "\x1b[33m";
    case Diagnosis::Unguarded:
        return "\x1b[1;33m";
    case Diagnosis::Guarded:
        return "\x1b[32m";
    case Diagnosis::Active:
        return "\x1b[36m";
    case Diagnosis::Listening:
    case Diagnosis::Opening:
    case Diagnosis::Closing:
        break;
    }
    return "\x1b[2m";
}

constexpr std::string_view kPlain = "\x1b[0m";

// A process may have control characters in its name; a terminal must not obey them.
void makeHarmless(std::string& text, std::size_t from) {
    for (std::size_t at = from; at < text.size(); ++at) {
        const auto c = static_cast<unsigned char>(text[at]);
        if (c < 0x20 || c == 0x7f)
            text[at] = '?';
    }
}

/// All cells one after the other in one buffer; a row of 200,000 must not cost an allocation each.
struct Cells {
    std::string text;
    std::vector<std::uint32_t> ends;
    std::vector<std::size_t> widths;

    std::string_view cell(std::size_t index) const {
        const std::size_t start = index == 0 ? 0 : ends[index - 1];
        return std::string_view(text).substr(start, ends[index] - start);
    }
};

// Addresses and words are ASCII; in a name, UTF-8 continuation bytes take no place.
std::size_t displayWidth(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xc0) != 0x80; }));
}

Cells layOut(const Frame& frame, std::span<const TextColumn* const> columns, const TableStyle& style) {
    Cells cells;
    const std::size_t rows = std::min(frame.shown.size(), style.maxRows);
    cells.text.reserve(rows * 128);
    cells.ends.reserve(rows * columns.size());
    for (const TextColumn* column : columns)
        cells.widths.push_back(style.header ? column->title.size() : 0);
    for (std::size_t position = 0; position < rows; ++position) {
        const Row& row = frame.shownRow(position);
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const std::size_t start = cells.text.size();
            columns[c]->appendText(cells.text, row, frame);
            makeHarmless(cells.text, start);
            cells.ends.push_back(static_cast<std::uint32_t>(cells.text.size()));
            cells.widths[c] = std::max(cells.widths[c], displayWidth(std::string_view(cells.text).substr(start)));
        }
    }
    return cells;
}

void appendCell(std::string& line, std::string_view text, std::size_t width, bool right, bool last) {
    const std::size_t padding = width - std::min(width, displayWidth(text));
    if (right)
        line.append(padding, ' ');
    line += text;
    if (!right && !last)
        line.append(padding, ' ');
    line += last ? "" : "  ";
}

void cut(std::string& line, std::size_t start, std::size_t width) {
    if (width == 0)
        return;
    std::size_t at = start;
    for (std::size_t shown = 0; at < line.size(); ++at) {
        if ((line[at] & 0xc0) != 0x80 && shown++ == width)
            break;
    }
    line.resize(at);
}

} // namespace

bool writeTable(const Frame& frame, std::span<const TextColumn* const> columns, const TableStyle& style,
                const Output& output) {
    const Cells cells = layOut(frame, columns, style);
    std::string text;
    const auto appendLine = [&](std::string_view before, const auto& cellOf) {
        text += before;
        const std::size_t start = text.size();
        for (std::size_t c = 0; c < columns.size(); ++c)
            appendCell(text, cellOf(c), cells.widths[c], columns[c]->right, c + 1 == columns.size());
        cut(text, start, style.width);
        text += before.empty() ? "" : kPlain;
        text += '\n';
    };
    if (style.header)
        appendLine(style.colour ? "\x1b[1m" : "", [&](std::size_t c) { return columns[c]->title; });
    const std::size_t rows = std::min(frame.shown.size(), style.maxRows);
    for (std::size_t position = 0; position < rows; ++position) {
        const auto colour = style.colour ? colourOf(frame.shownRow(position).diagnosis) : std::string_view();
        appendLine(colour, [&](std::size_t c) { return cells.cell(position * columns.size() + c); });
        if (text.size() > kFlushAt) {
            if (!output(text))
                return false;
            text.clear();
        }
    }
    return output(text);
}

namespace {

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

} // namespace

bool writeCsv(const Frame& frame, std::span<const TextColumn* const> columns, const Output& output) {
    std::string text;
    std::string value;
    for (const TextColumn* column : columns)
        text += (column == columns.front() ? "" : ",") + std::string(column->csvTitle);
    text += '\n';
    for (const std::uint32_t index : frame.shown) {
        for (const TextColumn* column : columns) {
            value.clear();
            column->appendValue(value, frame.rows[index], frame);
            text += column == columns.front() ? "" : ",";
            appendCsv(text, value);
        }
        text += '\n';
        if (text.size() > kFlushAt) {
            if (!output(text))
                return false;
            text.clear();
        }
    }
    return output(text);
}

} // namespace halfopen
