// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/netns/netns_access.h"
#include "core/model/privilege_error.h"
#include "core/monitor/netns_lookup.h"

#include <vector>

namespace halfopen {

/// The namespace that a frame knows by its inode.
/// @return NoSuchConnection where it is gone, NotAuthorized where it may not be seen
Outcome<NamedNetns> netnsOfInode(const std::vector<NamedNetns>& all, NetnsId inode);

/// A way into it, with this process's own rights. @return NotAuthorized, NoSuchConnection, NotSupported
Outcome<NetnsAccessPtr> enterNetns(const NamedNetns& named);

/// Both. Looks through /proc, some 10 ms: not on the GUI thread.
Outcome<NetnsAccessPtr> enterOtherNetns(NetnsId inode);

} // namespace halfopen
