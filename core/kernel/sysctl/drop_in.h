// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/sysctl/config_file.h"
#include "core/model/keepalive_defaults.h"

#include <string>

namespace halfopen {

/// The file that keeps the three values over a reboot (kDropInPath).
/// @return  NotPermitted, NotFound or SomeFailed, naming the directory or file
Result<ConfigFile> prepareDropIn(const KeepaliveDefaults& values, const std::string& root = {});

/// What the drop-in holds for these values, with a first line that says where it is from.
std::string dropInText(const KeepaliveDefaults& values);

/// Removes the drop-in (or the link that stands in its place). The live values stay as they are.
/// @return  whether there was one; the same errors as prepareDropIn()
Result<bool> removeDropIn(const std::string& root = {});

} // namespace halfopen
