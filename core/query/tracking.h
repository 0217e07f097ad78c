// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"

#include <cstdint>
#include <optional>

namespace halfopen {

/// After how many seconds without a packet this machine's connection tracking forgets a connection, where it tracks
/// any: that of its namespace and of the own one, which what leaves a container passes through; the shorter one.
/// Whether it tracks this very connection is not known. @return nullopt: none, or not one that lasts (ESTABLISHED)
std::optional<std::int32_t> trackingTimeout(const Frame& frame, const Row& row);

/// What its keepalive makes of that.
enum class TrackingRace : std::uint8_t {
    NotKnown,    ///< whether probes go out
    TooLate,     ///< no probe goes out before
    IfByDefault, ///< a probe goes out before, if its idle time is the system's
    InTime,      ///< a probe goes out before
};
TrackingRace raceOf(const KeepaliveOptions& options, std::int32_t timeout);

} // namespace halfopen
