// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/operations.h"
#include "core/model/privilege_error.h"

namespace halfopen {

/// Sets the keepalive defaults of another namespace. Nothing can be kept there, nor tried out.
Outcome<KeepaliveDefaults> applyInOtherNetns(const KeepaliveChange& change);

} // namespace halfopen
