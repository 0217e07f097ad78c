// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/netns/netns_finder.h"
#include "core/kernel/process/netns_names.h"
#include "core/model/error.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// A network namespace with what a person calls it.
struct NamedNetns {
    FoundNetns netns;
    NetnsLabel label;
};

/// All that this process may see, those that only a descriptor keeps among them.
std::vector<NamedNetns> listNetns();

/// Which of them a person means: by a path ("/run/netns/blue", "/proc/4711/ns/net"), a process's number, a name ("web",
/// "cups.service", "host"), or with a word before it "pid:4711", "cookie:5", "inode:4026532177". Names are chosen by
/// whoever lives there, so none takes the place of anything else: a path is a path whatever is called so, "host" the
/// machine's own, and a bare number a process before it is a cookie, then an inode, and last a name of `ip netns`.
/// Pure, but for paths.
/// @return Usage where there is none, or more than one of that name: the sentence lists them. NotSupported where the
///         kernel has no namespaces
Result<NamedNetns> findNetns(const std::vector<NamedNetns>& all, std::string_view word);

/// In which of them the socket with this cookie lives; the own one is not looked into. A dump of each that may be
/// entered.
std::optional<NamedNetns> netnsOfSocket(const std::vector<NamedNetns>& all, std::uint64_t cookie);

/// What others there is to be looked at.
struct Elsewhere {
    std::size_t sockets = 0;    ///< listeners among them, TIME-WAITs not; 0: none, or no process lives with them
    std::size_t namespaces = 0; ///< where these are
};
/// As the kernel counts them, without a dump: some 5 us for each process of the machine.
Elsewhere countElsewhere();

/// What findNetns() takes for just this one: its name, where no other has it.
std::string wordFor(const NamedNetns& netns, const std::vector<NamedNetns>& all);

} // namespace halfopen
