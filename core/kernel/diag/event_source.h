// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/decode.h"
#include "core/model/destroy_event.h"
#include "core/model/error.h"

#include <cstdint>
#include <vector>

namespace halfopen {

/// What else one drain() told.
struct EventDrain {
    std::uint32_t lost = 0;    ///< how many times the socket's buffer overflowed: each time at least one event is lost
    std::uint32_t damaged = 0; ///< messages that made no sense; as good as lost
};

/// Where destroy events come from: the kernel, or a test's script. One thread.
class EventSource {
public:
    EventSource() = default;
    EventSource(const EventSource&) = delete;
    EventSource& operator=(const EventSource&) = delete;
    virtual ~EventSource() = default;

    /// Takes what has come, without waiting; appends to `events` in the order of the kernel.
    virtual EventDrain drain(std::vector<DestroyEvent>& events) = 0;
    /// Readable for poll(2) when something has come; -1 where there is nothing to wait for.
    virtual int descriptor() const = 0;
    /// Ends are told as they come (DestroyEvent::What::Ended). Else what ended and was not told is held by a program.
    virtual bool tellsAtOnce() const { return false; }
};

/// Decodes one received datagram of destroy events.
/// @param received  when it was received
/// @return          how many of its messages made no sense; they are left out. Pure.
std::uint32_t decodeDestroyEvents(ByteView datagram, MonotonicTime received, std::vector<DestroyEvent>& events);

} // namespace halfopen
