// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/contexts.h"

#include <cstdint>

namespace halfopen {

/// The network namespace of the calling thread; 0 where it cannot be read (no /proc).
NetnsId ownNetns();

/// That of a process; 0 where it cannot be read (gone, or another user's).
NetnsId netnsOfProcess(std::int32_t pid);

} // namespace halfopen
