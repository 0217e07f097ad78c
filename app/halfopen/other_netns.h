// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/operations.h"
#include "core/kernel/netns/netns_access.h"
#include "core/model/privilege_error.h"

#include <cstdint>

namespace halfopen {

/// A way into a network namespace that the window has in view, with this process's own rights. Looks through /proc,
/// some 10 ms: not on the GUI thread.
/// @param netns  its inode
/// @return       NoSuchConnection where it is gone, NotAuthorized where it may not be seen or entered
Outcome<NetnsAccessPtr> enterOtherNetns(std::uint64_t netns);

/// Sets the keepalive defaults of another namespace. Nothing can be kept there, nor tried out.
Outcome<KeepaliveDefaults> applyInOtherNetns(const KeepaliveChange& change);

} // namespace halfopen
