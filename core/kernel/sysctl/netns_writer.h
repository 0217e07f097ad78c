// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/error.h"
#include "core/model/keepalive_defaults.h"

namespace halfopen {

/// Writes the three values into another network namespace and reads them back; a failure puts back what was there.
/// Allowed to whoever has CAP_NET_ADMIN over the namespace, and to the owner of its user namespace, from outside as
/// well (net/sysctl_net.c, net_ctl_permissions()).
/// @param ipv4  the folder net.ipv4 of the namespace (NetnsAccess::settings())
/// @return      the values read back. Usage for what the table forbids, before anything is written; NotPermitted,
///              NotFound where the namespace is gone, SomeFailed
Result<KeepaliveDefaults> applyKeepaliveDefaultsIn(int ipv4, const KeepaliveDefaults& values);

} // namespace halfopen
