// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace halfopen::promises {

/// Runs a shell command in the network namespace of the calling thread and waits for it; for what iproute2 does in one
/// line. Throws std::runtime_error with what the command said.
void run(const std::string& command);

} // namespace halfopen::promises
