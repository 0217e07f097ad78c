// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace halfopen {

/// Durations as people type them, and as they are shown: 90, 90s, 2m, 2min, 1h30m, "1 h 30 min", 500ms, 1.5s, 2d,
/// 300us.
/// @param bareUnit  what a number without a unit counts, e.g. "s"
/// @return nullopt where it is none, negative, or beyond 100 years
std::optional<std::chrono::microseconds> parseTime(std::string_view text, std::string_view bareUnit);

} // namespace halfopen
