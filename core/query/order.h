// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"

namespace halfopen {

/// Fills frame.shown with the rows that frame.query lets through, in its order, and sums them up if it says so. Rows
/// that are equal in the sorted column stand in the order of their cookies, so nothing moves without a reason; rows
/// without a value come last either way.
void arrange(Frame& frame);

/// The same for another query than the frame's, which stays as it is: a picture that stands still is searched without
/// a copy of its rows.
std::vector<std::uint32_t> shownFor(const Frame& frame, const Query& query);

} // namespace halfopen
