// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/boot_configuration.h"

#include <string>

namespace halfopen {

/// All that the files of this machine configure for the settings.
/// @param root  the directory that stands for "/"
BootConfiguration readBootConfiguration(const std::string& root = {});

/// The same as far as it reaches the network namespace of the calling thread: nothing does but in the machine's first
/// one, and in a container's that is booted as a machine is. All others begin with the kernel's defaults.
BootConfiguration readBootConfigurationHere(const std::string& root = {});

} // namespace halfopen
