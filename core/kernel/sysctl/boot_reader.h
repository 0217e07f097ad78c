// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/boot_configuration.h"

#include <string>

namespace halfopen {

/// All that the files of this machine configure for the settings.
/// @param root  the directory that stands for "/"
BootConfiguration readBootConfiguration(const std::string& root = {});

} // namespace halfopen
