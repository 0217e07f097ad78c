// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/process_unit.h"

#include <string_view>

namespace halfopen {

/// @param cgroup  the text of /proc/PID/cgroup, of either hierarchy
/// Pure; whatever the text, it names something or is empty. Sources: cgroups(7); systemd.slice(5), systemd.scope(5),
/// systemd-escape(1); the names that docker, podman, cri-o, containerd, the kubelet, lxc and systemd-machined give.
ProcessUnit parseCgroup(std::string_view cgroup);

/// The same of the path of one control group, from the root of its hierarchy. Pure.
ProcessUnit parseCgroupPath(std::string_view path);

/// Of the process whose directory below /proc (or any directory in it, with "../") this is relative to.
/// @return nullptr where it is part of nothing that has a name, or cannot be read
ProcessUnitPtr readProcessUnit(int directory, const char* relative);

} // namespace halfopen
