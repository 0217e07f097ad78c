// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/netns/setting_files.h"
#include "core/model/error.h"
#include "core/model/keepalive_defaults.h"
#include "core/model/settings.h"

#include <cstdint>
#include <string>

namespace halfopen {

/// In effect in the network namespace of the calling thread.
Result<KeepaliveDefaults> readKeepaliveDefaults(const std::string& root = {});

/// In effect in another one. @param files  of the namespace (NetnsAccess::settingFiles())
/// @return  NotFound where the namespace is gone
Result<KeepaliveDefaults> readKeepaliveDefaultsIn(const SettingFiles& files);

/// Sets back what was, in whatever range that was, if `expected` is what is in effect: else somebody has changed it
/// meanwhile, and nothing is touched.
/// @return  whether it was set back; the errors of writeSetting()
Result<bool> restoreKeepaliveDefaults(const KeepaliveDefaults& before, const KeepaliveDefaults& expected,
                                      const std::string& root = {});

/// Writes one setting in plain decimal (the kernel would take "010" for 8) and reads it back.
/// @return  the value read back. Usage where the table forbids it (before anything is opened); NotPermitted,
///          NotSupported, Unreadable; SomeFailed where the kernel refused it or holds something else afterwards
Result<std::int32_t> writeSetting(Setting id, std::int32_t value, const std::string& root = {});

/// The whole change in the order that leaves nothing half done: check, prepare the drop-in (if wished), write and read
/// back those of the three live values that differ, put the drop-in in its place; a failure puts the live values back.
/// @param persist  also keep them in the drop-in (core/kernel/sysctl/drop_in.h); false leaves a drop-in as it is
/// @return         the values read back
Result<KeepaliveDefaults> applyKeepaliveDefaults(const KeepaliveDefaults& values, bool persist,
                                                 const std::string& root = {});

/// The same in another network namespace, from outside of it and never to be kept. Allowed to whoever has CAP_NET_ADMIN
/// over the namespace, and to the owner of its user namespace (net/sysctl_net.c, net_ctl_permissions()).
/// @param files  of the namespace, opened for SettingUse::Change
/// @return       likewise; NotFound where the namespace is gone
Result<KeepaliveDefaults> applyKeepaliveDefaultsIn(const SettingFiles& files, const KeepaliveDefaults& values);

} // namespace halfopen
