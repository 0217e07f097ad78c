// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/connection.h"
#include "core/model/owner.h"

namespace halfopen {

/// Why nobody is known to own it before anybody has looked.
inline OwnerUnknown whyNoOwner(const Connection& connection) {
    // A Fast Open child can be accepted while its handshake goes on: then it has an inode.
    if (connection.isNotAccepted() || (connection.state == State::SynRecv && connection.inode == 0))
        return OwnerUnknown::NotAccepted;
    return connection.inode == 0 ? OwnerUnknown::NoDescriptor : OwnerUnknown::NotLookedUp;
}

} // namespace halfopen
