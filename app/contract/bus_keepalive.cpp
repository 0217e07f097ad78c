// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/contract/bus_keepalive.h"

#include "core/kernel/sysctl/sysctl_writer.h"

namespace halfopen {

Outcome<KeepaliveDefaults> lookAgain(const KeepaliveChange& change, const PrivilegeError& error) {
    const auto now = readKeepaliveDefaults();
    if (now && *now == change.values && !change.persist)
        return *now;
    return tl::unexpected(error);
}

} // namespace halfopen
