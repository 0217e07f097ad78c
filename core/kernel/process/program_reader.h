// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/program.h"

#include <string>
#include <string_view>

namespace halfopen {

/// @param executable   what /proc/PID/exe leads to; "" where it may not be read
/// @param commandLine  the text of /proc/PID/cmdline, arguments that each end with a zero byte (proc(5))
/// Pure; whatever the texts.
Program programOf(std::string_view executable, std::string_view commandLine);

} // namespace halfopen
