// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/sysctl/sysctl_lines.h"
#include "core/model/boot_configuration.h"

#include <string>
#include <vector>

namespace halfopen {

/// A line that a service applies after the files of sysctl.d(5).
struct ServiceLine {
    SysctlLine line;
    std::string file;
    unsigned number = 0;
    AppliedBy by = AppliedBy::Ufw;
    bool yields = false; ///< see SysctlAssignment
};

struct ServiceLines {
    std::vector<ServiceLine> lines;      ///< in the order in which they are applied
    std::vector<std::string> unreadable; ///< files that could not be opened
};

/// Adds what ufw sets with "sysctl -p" when it starts: the file that IPT_SYSCTL of /etc/default/ufw names. Nothing
/// where /etc/ufw/ufw.conf says that ufw is not enabled. Source: ufw(8), /lib/ufw/ufw-init-functions.
/// @param root  the directory that stands for "/"
void readUfw(const std::string& root, ServiceLines& lines);

/// Adds what tuned sets: the sections of type sysctl of the profiles that /etc/tuned/active_profile names, and of those
/// that they include. Where reapply_sysctl of /etc/tuned/tuned-main.conf is on, tuned applies the files of /etc and
/// /run again after that, and its lines yield to them. Source: tuned(8), tuned-main.conf(5), tuned.conf(5).
void readTuned(const std::string& root, ServiceLines& lines);

} // namespace halfopen
