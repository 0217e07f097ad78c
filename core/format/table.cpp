// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/table.h"

#include <algorithm>
#include <deque>
#include <future>
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

// A process may have control characters in its name; a terminal must not obey them.
void makeHarmless(std::string& text, std::size_t from) {
    for (std::size_t at = from; at < text.size(); ++at) {
        const auto c = static_cast<unsigned char>(text[at]);
        if (c < 0x20 || c == 0x7f)
            text[at] = '?';
    }
}

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

// Our own words are ASCII; in a name, UTF-8 continuation bytes take no place.
std::size_t displayWidth(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xc0) != 0x80; }));
}

using Columns = std::span<const TextColumn* const>;

/// Some rows of a table, ready to be written.
struct Portion {
    Cells cells;
    std::vector<std::size_t> widths; ///< of each column's widest cell
};

Portion layOut(const Frame& frame, Columns columns, std::size_t first, std::size_t last) {
    Portion portion{{}, std::vector<std::size_t>(columns.size())};
    auto& [cells, widths] = portion;
    cells.cells.reserve((last - first) * columns.size());
    for (std::size_t position = first; position < last; ++position) {
        const Row& row = frame.shownRow(position);
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const std::size_t start = cells.text.size();
            columns[c]->appendText(cells.text, row, frame);
            std::size_t width = cells.text.size() - start;
            if (columns[c]->foreign) {
                makeHarmless(cells.text, start);
                width = displayWidth(std::string_view(cells.text).substr(start));
            }
            cells.cells.push_back({static_cast<std::uint32_t>(cells.text.size()), static_cast<std::uint32_t>(width)});
            widths[c] = std::max(widths[c], width);
        }
    }
    return portion;
}

/// Lays out the portions of a long table in the background, a few ahead of the one that is being written: what a row
/// says takes twice as long to find out as to write. A frame is immutable, so nothing has to be locked.
class Portions {
public:
    // Aligned as a whole up to this many rows; of a longer table the first lines need not wait for the last ones.
    static constexpr std::size_t kAligned = 16'384;

    Portions(const Frame& frame, Columns columns, std::size_t rows)
        : m_frame(frame)
        , m_columns(columns)
        , m_rows(rows) {}

    Portion next() {
        const auto policy = m_rows > kAligned ? std::launch::async | std::launch::deferred : std::launch::deferred;
        while (m_ahead.size() < kAhead && (m_begun == 0 || m_begun < m_rows)) {
            const std::size_t first = m_begun;
            m_begun = std::min(first + kAligned, std::max(m_rows, std::size_t{1}));
            const std::size_t last = std::min(m_begun, m_rows);
            m_ahead.push_back(
                std::async(policy, [this, first, last] { return layOut(m_frame, m_columns, first, last); }));
        }
        auto portion = m_ahead.front().get();
        m_ahead.pop_front();
        return portion;
    }

private:
    static constexpr std::size_t kAhead = 3;

    const Frame& m_frame;
    Columns m_columns;
    std::size_t m_rows;
    std::size_t m_begun = 0;
    std::deque<std::future<Portion>> m_ahead; ///< waited for when it goes
};

void appendCell(std::string& line, std::string_view text, std::size_t padding, bool right, bool last) {
    if (right)
        line.append(padding, ' ');
    line += text;
    if (!last)
        line.append((right ? 0 : padding) + 2, ' ');
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
        widths.push_back(style.header ? column->title.size() : 0);
    const auto appendHeader = [&] {
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const auto title = columns[c]->title;
            appendCell(text, title, widths[c] - title.size(), columns[c]->right, c + 1 == columns.size());
        }
    };
    Portion portion;
    const auto appendRow = [&](std::size_t row) {
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const std::size_t cell = row * columns.size() + c;
            appendCell(text, portion.cells.textOf(cell), widths[c] - portion.cells.cells[cell].width, columns[c]->right,
                       c + 1 == columns.size());
        }
    };
    const std::size_t rows = std::min(frame.shown.size(), style.maxRows);
    Portions portions(frame, columns, rows);
    for (std::size_t first = 0; first == 0 || first < rows; first += Portions::kAligned) {
        const std::size_t last = std::min(first + Portions::kAligned, rows);
        portion = portions.next();
        std::ranges::transform(widths, portion.widths, widths.begin(), [](auto a, auto b) { return std::max(a, b); });
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
