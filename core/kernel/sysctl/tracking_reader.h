// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/contexts.h"

#include <optional>

namespace halfopen {

/// The settings of connection tracking, and how many flows it has. Anybody may read them.
/// @param netfilter  an open folder /proc/sys/net/netfilter of the namespace; -1: there is none
/// @return           nullopt where this kernel, or this namespace, has no connection tracking
std::optional<ConnectionTracking> readConnectionTracking(int netfilter);

} // namespace halfopen
