// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/connection.h"
#include "core/model/contexts.h"

#include <cstdint>

namespace halfopen {

/// A key for a socket whose cookie is not told, or not its own: its addresses in its namespace, and of a listener its
/// inode. isStandIn() tells it from a cookie. Pure.
std::uint64_t standInFor(const Connection& connection, NetnsId netns);

} // namespace halfopen
