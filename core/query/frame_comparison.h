// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace halfopen {

/// What can be another of one connection in two frames.
enum class ComparedField : std::uint8_t {
    State,
    Diagnosis,
    Keepalive,  ///< whether it is on, and its three values, where both frames know them
    Unanswered, ///< probes or retransmissions since the last sign of life
    RecvQueue,
    SendQueue
};
inline constexpr std::size_t kComparedFieldCount = 6;
std::string_view toString(ComparedField field); ///< "state", "recv-queue": the words of JSON

/// One connection that is in both.
struct ChangedConnection {
    std::uint32_t before = 0; ///< into the rows of the earlier frame
    std::uint32_t now = 0;    ///< into the rows of the later one
    std::vector<ComparedField> fields;
};

/// The difference of two frames, which may be of two machines or boots: a connection is the same where cookie and both
/// addresses are.
struct Comparison {
    std::vector<std::uint32_t> appeared; ///< into the rows of the later frame, in the order that it shows
    std::vector<std::uint32_t> gone;     ///< into the rows of the earlier frame, likewise
    std::vector<ChangedConnection> changed;
    std::size_t alike = 0;

    bool isEmpty() const { return appeared.empty() && gone.empty() && changed.empty(); }
};

/// Of what either of them shows: one that only the other's filter lets through has changed, it is not gone. Pure.
Comparison compareFrames(const Frame& before, const Frame& now);

} // namespace halfopen
