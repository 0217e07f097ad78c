// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/diagnosis.h"
#include "core/model/port_pressure.h"
#include "core/model/socket_key.h"
#include "core/model/tracked_flow.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace halfopen {

/// What the kernel has counted of all listeners of a network namespace since it was made. Source: net/ipv4/proc.c,
/// LINUX_MIB_LISTENOVERFLOWS, LINUX_MIB_LISTENDROPS.
struct ListenCounters {
    std::uint64_t overflows = 0; ///< connections that an accept queue had no room for
    std::uint64_t drops = 0;     ///< and all others that were not taken, those included

    bool operator==(const ListenCounters&) const = default;
};

/// What the other rows of a frame say about the selected one.
struct SelectedView {
    SocketKey key;
    PortPressure ports;                     ///< of a connection; `used` 0: its port is a listener's
    DiagnosisCounts children{};             ///< of a listener: its connections, by Diagnosis
    std::uint32_t notAccepted = 0;          ///< of a listener: those that wait in its queue
    std::optional<ListenCounters> counters; ///< of a listener in the own namespace
    /// Of a connection: what the namespaces say that track flows on its way, its own first.
    std::vector<TrackedFlow> tracked;
};

} // namespace halfopen
