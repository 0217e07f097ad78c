// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>

namespace halfopen {

/// The upper ends of the classes in which times to a firing are counted; the last class has none.
inline constexpr std::array<std::chrono::seconds, 6> kWhenEnds{std::chrono::seconds(10),   std::chrono::seconds(60),
                                                               std::chrono::seconds(600),  std::chrono::seconds(1800),
                                                               std::chrono::seconds(3600), std::chrono::seconds(7200)};
inline constexpr std::size_t kWhenClasses = kWhenEnds.size() + 1;

using WhenHistogram = std::array<std::uint32_t, kWhenClasses>;

/// The class of a time; an upper end itself is within it.
inline std::size_t whenClass(std::chrono::milliseconds left) {
    return static_cast<std::size_t>(std::lower_bound(kWhenEnds.begin(), kWhenEnds.end(), left) - kWhenEnds.begin());
}

} // namespace halfopen
