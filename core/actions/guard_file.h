// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/sysctl/config_file.h"
#include "core/model/error.h"
#include "core/model/guard_rule.h"

#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// Where the rules are kept over a reboot: /etc/halfopen/guard.conf.
ConfigPlace guardPlace();

/// A line for each rule: "postgresql.service idle=60 interval=10 probes=3"; "*" is every connection; what is 0 is left
/// out. With a first line that says where it is from.
std::string guardFileText(const std::vector<GuardRule>& rules);

/// Pure. Comments (#), blank lines and blanks are passed over.
/// @return Unreadable, naming the line: not a rule, or a second one of the same unit
Result<std::vector<GuardRule>> parseGuardFile(std::string_view text);

/// @param root  stands for "/"
/// @return none where there is no file; NotPermitted where it or its directory is a link, belongs to somebody other
/// than
///         the user of /etc (root), or can be written by others: so no one else decides; Unreadable as parseGuardFile()
Result<std::vector<GuardRule>> readGuardFile(const std::string& root = {});

} // namespace halfopen
