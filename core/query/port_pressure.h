// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace halfopen {

/// The destinations that have used most, those first. Listeners' connections are not counted: their local port is the
/// service's. O(rows). Pure.
/// @param most  how many at most
std::vector<PortPressure> portPressure(const Frame& frame, std::size_t most);

/// Of the destination of one connection; `used` 0 where its port is none of the range, or a listener's. O(rows). Pure.
PortPressure portPressureOf(const Frame& frame, const Row& row);

} // namespace halfopen
