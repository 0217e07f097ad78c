// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/machine_readings.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace halfopen {

/// Of the network namespace of the calling thread. A few small reads.
/// @param root  the directory that stands for "/"
MachineReadings readMachine(const std::string& root = {});

/// How many ports from `low` to `high` a list of ranges has: "1-3,7,9-10" as ip_local_reserved_ports prints it. What is
/// no list counts none.
std::uint32_t portsInList(std::string_view list, std::uint16_t low, std::uint16_t high);

} // namespace halfopen
