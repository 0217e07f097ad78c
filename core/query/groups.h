// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"

#include <cstdint>
#include <vector>

namespace halfopen {

/// Gathers what is shown into groups, and makes the lines of the table; does nothing where the query groups nothing, or
/// there is nothing to fold. O(rows), and O(groups log groups). Pure.
/// @param arrangement  its `shown` is in the query's order already, and within each group stays so
/// @param ranks        for each of `shown` its place, the same for neighbours that are equal in the column they are
///                     sorted by; empty unless groups are ordered by GroupSort::Column
void gather(const Frame& frame, const Query& query, const std::vector<std::uint32_t>& ranks, Arrangement& arrangement);

/// Whether gather() would look at the rows at all.
inline bool groups(const Grouping& grouping) {
    return grouping.by != GroupBy::None || grouping.foldTimeWait;
}

} // namespace halfopen
