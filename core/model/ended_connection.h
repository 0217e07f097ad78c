// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/ending.h"
#include "core/model/endpoint.h"
#include "core/model/evidence.h"
#include "core/model/forecast.h"
#include "core/model/grade.h"
#include "core/model/keepalive_options.h"
#include "core/model/owner.h"
#include "core/model/socket_key.h"
#include "core/model/state.h"
#include "core/model/units.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace halfopen {

using WallTime = std::chrono::time_point<std::chrono::system_clock, std::chrono::milliseconds>;

/// One moment on both clocks. The monotonic one is of the boot it was seen in and means nothing in another.
struct Instant {
    MonotonicTime monotonic{};
    WallTime wall{};

    bool operator==(const Instant&) const = default;
};

/// What became of one connection, when, and how that is known. Plain value; immutable once published.
struct EndedConnection {
    std::uint64_t number = 0; ///< counts up in one History, with those of earlier runs before
    std::uint64_t cookie = 0;
    NetnsId netns = 0;
    std::string netnsName;  ///< NetnsContext::name
    std::uint32_t host = 0; ///< HostContext::host
    Endpoint local;
    Endpoint remote;
    State lastState = State::Close; ///< of the last sample; Close where no sample saw it
    bool sampled = true;            ///< false: it lived wholly between two samples, or was found dead
    /// It had ended before looking began, and its program still holds it: when it ended is not known, `ended` is only
    /// when it was found, and `remote` is there where BPF reads it. Such a record is in Frame::dead and in no History.
    bool foundDead = false;

    Ending ending = Ending::Unknown;
    Confidence confidence = Confidence::Unknown;
    std::vector<EndingEvidence> evidence;
    /// What the program is told by its socket (ETIMEDOUT, ...); 0 where it is told none or it is not known.
    int errorNumber = 0;

    std::optional<Instant> firstSeen; ///< nullopt where no sample saw it
    bool thereBefore = false;         ///< it was there when looking began, so it was opened earlier than firstSeen
    Instant lastSeen;                 ///< it ended not before; equals firstMissed where no sample saw it
    Instant ended;                    ///< the best estimate; the forecast's give-up where that decided
    Instant firstMissed;              ///< it ended not after
    std::optional<Instant> lastLife;  ///< when the peer was last heard; nullopt where it never was, or it is not known

    std::optional<std::uint32_t> uid; ///< nullopt: not known (mini sockets never seen before, events)
    std::string user;                 ///< "" where the uid has no name
    std::string interface;            ///< name of the interface it was bound to; "" for any
    std::uint32_t inode = 0;
    std::vector<Owner> owners; ///< as last known; ordered by pid and fd
    OwnerUnknown ownersUnknown = OwnerUnknown::NotLookedUp;
    ProcessUnit unit; ///< that it belonged to, also where no process was named: Frame::unitOf()

    bool optionsKnown = false; ///< options and forecast mean something
    KeepaliveOptions options;
    std::uint16_t unanswered = 0;          ///< probes, retransmissions, SYNs since the last sign of life
    std::optional<std::uint16_t> allowed;  ///< nullopt where a time decides, or nothing
    Regime regime = Regime::None;          ///< of the last forecast
    GiveUpCause cause = GiveUpCause::None; ///< of the last forecast
    std::optional<Instant> forecastEnd;    ///< expected give-up of the last forecast; nullopt: never
    EndGrade grade;                        ///< how the forecast of its end was kept
    BrokenPromisePtr broken;               ///< the last promise about it that was broken; nullptr: none was

    SocketKey key() const { return {cookie, netns, host}; } ///< in the boot it was seen in
    /// From the last sign of life to the end; nullopt where either is not known.
    std::optional<std::chrono::milliseconds> noticedAfter() const;
    /// From the first sample that saw it to the end; at least so long did it live. nullopt where none saw it.
    std::optional<std::chrono::milliseconds> lifetime() const;
    /// When its TIME-WAIT began, of one that ended with it: then it was closed, on both sides. Late by what the peer's
    /// repeated FINs have begun anew. nullopt where it is not known, or it ended otherwise.
    /// Source: TCP_TIMEWAIT_LEN, include/net/tcp.h.
    std::optional<Instant> timeWaitSince() const;
    /// When it ended for its program and its peer: where a TIME-WAIT followed, before that.
    Instant closed() const { return timeWaitSince().value_or(ended); }
    /// No sample saw more of it than its TIME-WAIT: who had it is not known, nor how long.
    bool isOnlyTimeWait() const;
    bool operator==(const EndedConnection&) const = default;
};
using EndedConnectionPtr = std::shared_ptr<const EndedConnection>;

} // namespace halfopen
