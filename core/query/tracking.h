// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace halfopen {

/// The places in Frame::namespaces that the segments of a connection pass through: its own, and the one of the machine,
/// where it leaves its own.
std::vector<std::uint16_t> namespacesOnItsWay(const Frame& frame, const Row& row);

/// What of this machine forgets a connection that is silent.
struct MachineTimeout {
    std::int32_t seconds = 0;
    bool service = false; ///< IPVS, through which it goes as its peer is a virtual service; else connection tracking

    bool operator==(const MachineTimeout&) const = default;
};

/// After how many seconds without a packet this machine forgets a connection: the connection tracking of the namespaces
/// on its way, where it tracks any, or IPVS of one of them; the least. Whether this very connection is tracked is not
/// known by that. @return nullopt: nothing forgets it, or it is not one that lasts (ESTABLISHED)
std::optional<MachineTimeout> trackingTimeout(const Frame& frame, const Row& row);

/// What its keepalive makes of that.
enum class TrackingRace : std::uint8_t {
    NotKnown,    ///< whether probes go out
    TooLate,     ///< no probe goes out before
    IfByDefault, ///< a probe goes out before, if its idle time is the system's
    InTime,      ///< a probe goes out before
};
TrackingRace raceOf(const KeepaliveOptions& options, std::int32_t timeout);

/// What was asked of the flow of the selected connection, where `row` is that.
/// @return empty: nobody has asked, or nothing is tracked
std::span<const TrackedFlow> trackedFlowsOf(const Frame& frame, const Row& row);
/// Of those the one that is forgotten first; nullptr: none is tracked, or none has a time.
const TrackedFlow* firstForgotten(std::span<const TrackedFlow> flows);
/// Every namespace on its way has been asked and tracks none of it.
bool isTrackedNowhere(std::span<const TrackedFlow> flows);
/// When it is forgotten, if no packet comes, from the row's sample; may be negative, as what goes before the sample.
/// @param flow  with a time
std::chrono::milliseconds forgottenAfter(const TrackedFlow& flow, const Frame& frame, const Row& row);

/// What goes out before its flow is forgotten, as foretold.
enum class FlowRace : std::uint8_t {
    Ends,    ///< nothing goes out, and it ends by itself
    Nothing, ///< nothing is to go out at all
    TooLate, ///< what goes out next does so afterwards
    Close,   ///< it may be before or after
    InTime,  ///< before
};
FlowRace raceOf(const Forecast& forecast, std::chrono::milliseconds forgotten);

} // namespace halfopen
