// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/error.h"
#include "core/model/frame.h"
#include "core/model/row.h"
#include "core/model/sentence.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// One column of the terminal's table and of the CSV. The id is what --columns takes.
struct TextColumn {
    std::string_view id;
    Template<0> title;
    bool right; ///< numbers stand right
    /// Appends what a person reads, e.g. "1:12:04..1:14:15".
    void (*appendText)(std::string& to, const Row& row, const Frame& frame, const Language& language);
    /// Appends what a program reads: plain numbers with the unit the CSV title names, empty where unknown. In English.
    void (*appendValue)(std::string& to, const Row& row, const Frame& frame, const Language& english);
    std::string_view csvTitle; ///< e.g. "gives_up_ms"
    bool foreign = false;      ///< text that others chose (names): may hold control characters and any UTF-8
};

/// The ids of the usual selection, with commas between them.
std::string_view usualColumns();
/// Those of a CSV, which nobody has to fit into a line: with namespace, unit and container at the end.
std::string_view usualCsvColumns();

/// @param ids  comma-separated; empty: the usual selection
/// @return     Usage, naming the unknown id and all there are
Result<std::vector<const TextColumn*>> selectColumns(std::string_view ids);

/// "on 60/10/6", "on ~7200/~75/~9" (~: inferred or assumed, not read), "off", "?" (hidden behind another timer).
std::string keepaliveText(const KeepaliveOptions& options, const Language& language = kEnglish);

} // namespace halfopen
