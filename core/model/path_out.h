// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/condition.h"

namespace halfopen {

/// What the kernel sends does not leave this machine: it only tries.
constexpr bool nothingLeaves(Conditions holds) {
    return holds.has(Condition::UnreachableNeighbour) || holds.has(Condition::LocalDrop) ||
           holds.has(Condition::LocalRefuse) || holds.has(Condition::InterfaceGone);
}

} // namespace halfopen
