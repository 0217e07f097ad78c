// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/selected_view.h"

#include <optional>
#include <string>
#include <string_view>

namespace halfopen {

/// Of the calling thread's network namespace. @return nullopt where /proc does not tell
std::optional<ListenCounters> readListenCounters(const std::string& path = "/proc/thread-self/net/netstat");

/// What a file like it says: lines in pairs, names and then numbers.
std::optional<ListenCounters> parseListenCounters(std::string_view text);

} // namespace halfopen
