// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/operations.h"

namespace halfopen {

/// What a client answers where the helper ended before it answered, perhaps after it had written: only the kernel
/// knows.
/// @return what is in effect, where that is what was asked for and nothing had to be kept; else the error
Outcome<KeepaliveDefaults> lookAgain(const KeepaliveChange& change, const PrivilegeError& error);

} // namespace halfopen
