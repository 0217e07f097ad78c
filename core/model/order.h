// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/close_step.h"
#include "core/model/query.h"
#include "core/model/socket_key.h"
#include "core/model/socket_results.h"

#include <variant>
#include <vector>

namespace halfopen {

/// Options and owners of sockets of one network namespace that were read elsewhere (SocketOperations::inspect()): rows
/// have them from the next frame on, which comes soon.
struct ReadingsOrder {
    NetnsId netns = 0;
    std::vector<SocketReading> readings;
    std::uint32_t host = 0; ///< HostContext::host
};

/// How far it is with the close of these connections, which a person has asked Halfopen for: Asked before the kernel is
/// asked, then what became of it.
struct CloseNote {
    CloseStep step = CloseStep::Asked;
    std::vector<SocketKey> sockets;
};

/// What a person does, on its way to the sampling thread. A Query that differs from the one before is answered by a
/// frame soon.
using Order = std::variant<Query, ReadingsOrder, CloseNote>;

} // namespace halfopen
