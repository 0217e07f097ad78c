// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/direct_socket_operations.h"
#include "core/model/units.h"

#include <cstdint>
#include <string>
#include <vector>

namespace halfopen {

/// Changes the options of each of these sockets through a process that holds it. Where the kernel refuses one of
/// several options of a socket, those set before it are set back.
/// @param change  a checked one (checkChange())
/// @param until   for the looks through /proc
/// @param netns   where they live
/// @param changeMany  changes many at once, and those that no process has a descriptor of, where it can
/// @return        one for each cookie, in their order; Busy for those that the look had not come to by then
Outcome<std::vector<OptionsSet>> setSockets(const std::vector<std::uint64_t>& cookies, const OptionsChange& change,
                                            MonotonicTime until, const NetnsAccessPtr& netns,
                                            const ChangeMany& changeMany);

/// The part of it that whoever asked is told.
std::vector<SetResult> resultsOf(const std::vector<OptionsSet>& sets);

/// "keepalive off -> on, idle 7200 -> 60 s": the options that differ; "" where none does.
std::string differenceOf(const KeepaliveOptions& before, const KeepaliveOptions& after);

} // namespace halfopen
