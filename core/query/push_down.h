// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/socket_filter.h"
#include "core/query/filter.h"

namespace halfopen {

/// What of a filter the kernel can apply itself, for whoever looks once: states, ports and addresses. It lets through
/// all that the filter does, and all listeners, because what is told of a connection that waits in a listener's queue
/// depends on that. Pure.
SocketFilter pushDownOf(const Filter& filter);

/// Whether the dump alone decides what the filter lets through: states, ports, addresses and the like, and nothing of
/// processes, options and what is concluded from them.
bool isOfTheDump(const Filter& filter);

} // namespace halfopen
