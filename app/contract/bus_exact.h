// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/bpf/exact_programs.h"
#include "core/kernel/unique_fd.h"
#include "core/model/privilege_error.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace halfopen {

/// What OpenExactSource answers, as D-Bus has it: the links of ExactPrograms, which records they make, and ExactEnds in
/// the order of its members; an empty array where there are none.
inline constexpr std::string_view kExactAnswer = "hhuuaht";

/// Does the same without the helper.
inline constexpr std::string_view kCommandToReadExactly = "sudo halfopenctl list --source bpf";

/// The programs that an answer has handed over. Tried once: where this process may not make a pass (a sandbox that
/// forbids bpf(2)), nothing that comes would.
/// @param sockets  of one's own, as `owners` and `ends`: what came with a message goes with it
/// @param netns    ExactEnds::netns
/// @return         NotSupported where their records are of another version, or cannot be had here
Outcome<ExactProgramsPtr> programsFrom(UniqueFd sockets, UniqueFd owners, std::uint32_t recordVersion,
                                       std::uint32_t recordSize, std::vector<UniqueFd> ends, std::uint64_t netns);

} // namespace halfopen
