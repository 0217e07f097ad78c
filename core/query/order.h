// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"

#include <cstdint>

namespace halfopen {

/// Arranges the rows that frame.query lets through in its order and groups, and sums them up if it says so. Rows that
/// are equal in the sorted column stand in the order of their cookies, so nothing moves without a reason; rows without
/// a value come last either way.
void arrange(Frame& frame);

/// The same for another query than the frame's, which stays as it is: a picture that stands still is searched without
/// a copy of its rows.
Arrangement arrangementFor(const Frame& frame, const Query& query);

/// 0 for what needs attention most.
std::uint8_t worryOf(Diagnosis diagnosis);

} // namespace halfopen
