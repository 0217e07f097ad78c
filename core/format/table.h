// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/columns.h"
#include "core/format/json.h"

#include <span>

namespace halfopen {

/// How a table is written.
struct TableStyle {
    bool colour = false; ///< ANSI colours by diagnosis; only ever for a terminal
    bool header = true;
    std::size_t maxRows = SIZE_MAX;
    std::size_t width = 0; ///< cut lines to this many columns; 0: do not
    Language language{};
};

/// The rows shown as aligned text, as ss does it: each column as wide as its widest cell. Beyond 16,384 rows a column
/// may still widen from one such portion to the next.
/// @return false when the output refused
bool writeTable(const Frame& frame, std::span<const TextColumn* const> columns, const TableStyle& style,
                const Output& output);

/// RFC 4180, one header line, LF line ends; values of TextColumn::appendValue.
/// @return false when the output refused
bool writeCsv(const Frame& frame, std::span<const TextColumn* const> columns, const Output& output);

} // namespace halfopen
