// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"
#include "core/model/error.h"

#include <chrono>
#include <initializer_list>

namespace halfopen {

/// Forks a process that does what takes a capability which the process that listens to the bus gives up, and that knows
/// neither the bus nor its callers. It ends with its parent. To be called in the only thread, before capabilities are
/// given up.
/// @param name          for ps(1); 15 bytes at most
/// @param capabilities  all that it keeps
/// @param serve         is given its end of the channel, of messages (SOCK_SEQPACKET); when it returns, the process
///                      ends
/// @param timeLimit     of what is received at the other end: EAGAIN then
/// @return              that end
Result<UniqueFd> startChild(const char* name, std::initializer_list<int> capabilities, void (*serve)(int channel),
                            std::chrono::seconds timeLimit);

} // namespace halfopen
