// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/sysctl_report.h"

#include <string>

namespace halfopen {

/// Reads the settings in effect and where they come from; the caller fills in netns and followers.
/// @param root  the directory that stands for "/"
SysctlReport readSysctlReport(const std::string& root = {});

} // namespace halfopen
