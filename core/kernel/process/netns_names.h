// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/netns/netns_finder.h"
#include "core/model/contexts.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace halfopen {

/// What a person calls a namespace. Every word but the kind is text of others: a label to be shown, never an identity,
/// never a path.
struct NetnsLabel {
    std::string name; ///< "host", "blue", "web", "cups.service", "firefox 4711"; never empty
    NetnsKind kind = NetnsKind::Empty;
    ProcessUnit unit;        ///< of its oldest process, a sandbox's own (bwrap) left out where there is another
    std::string program;     ///< the name of its oldest process; "" where there is none
    std::int32_t oldest = 0; ///< its pid
};

/// Reads the names around its oldest process: its control group, its engine's monitor, the engine's files as far as
/// they may be read. Some 50 us; for a namespace that has come or has another oldest process.
/// @param root  the directory that stands for "/"; only tests give another
NetnsLabel labelOf(const FoundNetns& netns, const std::string& root = {});

/// The part of it that a frame shows.
NetnsInside insideOf(const FoundNetns& netns, const NetnsLabel& label);

/// A name for a mount of `ip netns`: the file's, where a person chose it; "" for what engines make up ("cni-...").
std::string nameOfMount(std::string_view path);

/// The container's name in the words of an engine's monitor, conmon's "-n"; "" where they are none of these, or that is
/// no name that an engine takes. @param commandLine  /proc/PID/cmdline, with a zero byte after each word. Pure.
std::string nameInMonitor(std::string_view commandLine);

} // namespace halfopen
