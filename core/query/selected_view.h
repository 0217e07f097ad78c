// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"

#include <optional>

namespace halfopen {

/// What the other rows say about the one that frame.query has selected, but ListenCounters; nullopt where it is away.
/// O(rows). Pure.
std::optional<SelectedView> viewSelected(const Frame& frame);

} // namespace halfopen
