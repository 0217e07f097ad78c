// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/query/filter_error.h"
#include "core/query/filter_names.h"
#include "core/query/filter_tests.h"

#include <string_view>

namespace halfopen::filter {

/// The tree of a filter's text, whatever the text. Pure.
///
///     filter    := [list]
///     list      := factor { ["and" | "or"] factor }       from the left, neither before the other, as ss reads it
///     factor    := {"not"} ( "(" list ")" | condition )
///     condition := "state" VALUES {("state" | "exclude") VALUES}     the states of ss together
///                | SS-KEY [OPERATOR] VALUES | KEY ":" VALUES | KEY OPERATOR VALUES | "autobound" | WORD
///     VALUES    := VALUE {"," VALUE}
Parsed<FilterTree> parse(std::string_view text, const FilterNames& names);

} // namespace halfopen::filter
