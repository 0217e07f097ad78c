// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/contexts.h"

#include <cstdint>
#include <string>

namespace halfopen {

/// The network namespace of the calling thread; 0 where it cannot be read (no /proc).
NetnsId ownNetns();

/// That of a process; 0 where it cannot be read (gone, or another user's).
NetnsId netnsOfProcess(std::int32_t pid);

/// Whether that of the calling thread is the machine's first one, which alone has the settings of the whole machine
/// (net/ipv4/sysctl_net_ipv4.c, ipv4_table). @param root  the directory that stands for "/"
bool isFirstNetns(const std::string& root = {});

} // namespace halfopen
