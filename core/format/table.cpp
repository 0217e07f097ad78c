// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/table.h"

#include "core/format/portions.h"
#include "core/text/foreign_text.h"

#include <algorithm>
#include <utility>
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

struct Cell {
    std::uint32_t end;   ///< offset behind its text
    std::uint32_t width; ///< places on the terminal
};

/// The cells of some rows one after the other in one buffer: a row of 200,000 must not cost an allocation each.
struct Cells {
    std::string text;
    std::vector<Cell> cells;

    std::string_view textOf(std::size_t index) const {
        const std::size_t start = index == 0 ? 0 : cells[index - 1].end;
        return std::string_view(text).substr(start, cells[index].end - start);
    }
};

using Columns = std::span<const TextColumn* const>;

/// Some rows of a table, ready to be written.
struct Portion {
    Cells cells;
    std::vector<std::size_t> widths; ///< of each column's widest cell
};

/// Of our own words; in English they are ASCII.
std::size_t widthOf(std::string_view text) {
    unsigned any = 0; // to the end, several at a time: this is done for each cell
    for (const char c : text)
        any |= static_cast<unsigned char>(c);
    return any < 0x80 ? text.size() : displayWidth(text);
}

void layOut(Portion& portion, const Frame& frame, Columns columns, const Language& language, std::size_t first,
            std::size_t last) {
    auto& [cells, widths] = portion;
    cells.text.clear();
    cells.cells.clear();
    widths.assign(columns.size(), 0);
    cells.cells.reserve((last - first) * columns.size());
    std::string foreign;
    for (std::size_t position = first; position < last; ++position) {
        const Row& row = frame.shownRow(position);
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const std::size_t start = cells.text.size();
            std::size_t width = 0;
            if (columns[c]->foreign) {
                foreign.clear();
                columns[c]->appendText(foreign, row, frame, language);
                width = appendHarmless(cells.text, foreign);
            } else {
                columns[c]->appendText(cells.text, row, frame, language);
                width = widthOf(std::string_view(cells.text).substr(start));
            }
            cells.cells.push_back({static_cast<std::uint32_t>(cells.text.size()), static_cast<std::uint32_t>(width)});
            widths[c] = std::max(widths[c], width);
        }
    }
}

// Aligned as a whole up to this many rows; of a longer table the first lines need not wait for the last ones.
constexpr std::size_t kAligned = 16'384;

void appendCell(std::string& line, std::string_view text, std::size_t padding, bool right, bool last) {
    if (right)
        line.append(padding, ' ');
    line += text;
    if (!last)
        line.append((right ? 0 : padding) + 2, ' ');
}

void cut(std::string& line, std::size_t start, std::size_t width) {
    if (width != 0)
        line.resize(start + fitting(std::string_view(line).substr(start), width));
}

} // namespace

bool writeTable(const Frame& frame, Columns columns, const TableStyle& style, const Output& output) {
    std::string text;
    const auto appendLine = [&](std::string_view before, const auto& appendCells) {
        text += before;
        const std::size_t start = text.size();
        appendCells();
        cut(text, start, style.width);
        text += before.empty() ? "" : kPlain;
        text += '\n';
    };
    std::vector<std::size_t> widths;
    for (const TextColumn* column : columns)
        widths.push_back(style.header ? widthOf(style.language.word(column->title)) : 0);
    const auto appendHeader = [&] {
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const auto title = style.language.word(columns[c]->title);
            appendCell(text, title, widths[c] - widthOf(title), columns[c]->right, c + 1 == columns.size());
        }
    };
    const Portion* portion = nullptr;
    const auto appendRow = [&](std::size_t row) {
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const std::size_t cell = row * columns.size() + c;
            appendCell(text, portion->cells.textOf(cell), widths[c] - portion->cells.cells[cell].width,
                       columns[c]->right, c + 1 == columns.size());
        }
    };
    const std::size_t rows = std::min(frame.shown.size(), style.maxRows);
    Portions<Portion> portions(rows, kAligned, [&](Portion& made, std::size_t first, std::size_t last) {
        layOut(made, frame, columns, style.language, first, last);
    });
    for (std::size_t first = 0; first == 0 || first < rows; first += kAligned) {
        const std::size_t last = std::min(first + kAligned, rows);
        portion = &portions.next();
        std::ranges::transform(widths, portion->widths, widths.begin(), [](auto a, auto b) { return std::max(a, b); });
        if (first == 0 && style.header)
            appendLine(style.colour ? "\x1b[1m" : "", appendHeader);
        for (std::size_t position = first; position < last; ++position) {
            const auto colour = style.colour ? colourOf(frame.shownRow(position).diagnosis) : std::string_view();
            appendLine(colour, [&] { appendRow(position - first); });
            if (text.size() > kFlushAt) {
                if (!output(text))
                    return false;
                text.clear();
            }
        }
    }
    return output(text);
}

bool writeCsv(const Frame& frame, std::span<const TextColumn* const> columns, const Output& output) {
    std::string text;
    std::string value;
    for (const TextColumn* column : columns)
        text += (column == columns.front() ? "" : ",") + std::string(column->csvTitle);
    text += '\n';
    for (const std::uint32_t index : frame.shown) {
        for (const TextColumn* column : columns) {
            value.clear();
            column->appendValue(value, frame.rows[index], frame, kEnglish);
            text += column == columns.front() ? "" : ",";
            column->foreign ? appendForeignCsv(text, value) : appendCsv(text, value);
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
