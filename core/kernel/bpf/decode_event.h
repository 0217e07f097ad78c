// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/destroy_event.h"
#include "core/model/error.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace halfopen {

/// One event of core/kernel/bpf/sockets.bpf.c.
struct NetnsEvent {
    DestroyEvent event;
    std::uint64_t netnsCookie = 0;
};

/// @param bytes  one record of the ring: an exact_event or an exact_ended; of any origin and alignment
/// @param hz     the kernel's tick
/// @return       Unreadable where it is too short, of another version or of an unknown kind. Pure.
Result<NetnsEvent> decodeEvent(std::span<const std::byte> bytes, std::int32_t hz);

} // namespace halfopen
