// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/connection.h"
#include "core/model/diagnosis.h"
#include "core/model/forecast.h"
#include "core/model/keepalive_options.h"
#include "core/model/owner.h"
#include "core/model/read_refusal.h"
#include "core/model/seen_states.h"

#include <cstdint>

namespace halfopen {

enum class Change : std::uint8_t { None, New, Changed, Closed };

/// Everything known about one connection at one sample. 240 bytes, so that two frames with their indexes stay below
/// 512 bytes a connection.
struct Row {
    Connection connection;
    Forecast forecast;
    KeepaliveOptions options;
    Diagnosis diagnosis = Diagnosis::Closing;
    Change change : 3 = Change::None; ///< stays for 3 s; a Closed row vanishes then
    bool promiseBooked : 1 = false;   ///< the promise of its end is in the Grader's book
    std::uint8_t armedLevel : 4 = 0;  ///< Surroundings::armedLevel
    std::uint8_t changedAgo : 7 = 0;  ///< quarter seconds since the change, saturates; the sampler's own book-keeping
    /// This dump lacks it, the one before did not, and nothing tells that it has ended: the row is as it was then. A
    /// dump that goes on while its table changes can miss a socket that lives.
    bool missed : 1 = false;
    OwnerUnknown ownerUnknown : 4 = OwnerUnknown::NotLookedUp;
    ReadRefusal unread : 4 = ReadRefusal::None; ///< why `options` are not read from the socket itself
    std::uint32_t firstSeenTenths : 27 = 0;     ///< tenths of a second from Frame::origin; saturates after 155 days
    std::uint32_t statesSeen : 5 = 0;           ///< seen:: bits
};
static_assert(sizeof(Row) <= 240);

/// Whether the row's options or owners are for others to read only: another user's socket, or one of our own that the
/// system protects (not dumpable, kernel.yama.ptrace_scope).
inline bool needsPermission(const Row& row) {
    return (isForRoot(row.ownerUnknown) || isForRoot(row.unread)) && row.change != Change::Closed &&
           !row.connection.isMini();
}

/// Whether this program has seen it begin; else it is older than it has been seen.
inline bool hasSeenBegin(const Row& row) {
    return (row.statesSeen & seen::ThereBefore) == 0;
}

} // namespace halfopen
