// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/model/query.h"

#include <optional>
#include <string>
#include <vector>

namespace halfopen {

/// The conditions of the filter's language that say what one cell of the table shows, the narrowest first; a row that
/// shows the same there passes them. Empty where the cell shows nothing, or nothing that others have too.
std::vector<std::string> conditionsOf(const Frame& frame, const Row& row, SortKey column);

/// The one condition that says what the members of a group have in common; nullopt where the language has none for it.
/// @param frame  with the group's members
std::optional<std::string> conditionOf(const Frame& frame, const Group& group);

} // namespace halfopen
