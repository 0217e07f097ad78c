// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history/clock_log.h"
#include "core/history/history.h"
#include "core/model/dead_socket.h"
#include "core/model/ended_connection.h"
#include "core/model/frame.h"

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace halfopen {

/// Joins the two ways to know of a dead connection whose program holds its descriptor: this run saw it end and no
/// event told that it was freed (Recorder::dead()), or a look at /proc came upon it (OwnerScan::dead()). One that had
/// ended before this run gets the record of an earlier run, or one that tells what its socket still does.
///
/// One thread, the one that samples.
class DeadConnections {
public:
    /// @param history  for records of earlier runs; may be null
    /// @param netns    in which OwnerScan looks for them
    DeadConnections(HistoryPtr history, NetnsContextPtr netns)
        : m_history(std::move(history))
        , m_netns(std::move(netns)) {}

    /// @param seen   Recorder::dead(), the last to end last
    /// @param dead   OwnerScan::dead()
    /// @param frame  of the same sample: it may list peers
    /// @return       all of them, each socket once; those found dead first
    std::vector<EndedConnectionPtr> join(std::span<const EndedConnectionPtr> seen, const DeadSocketsPtr& dead,
                                         const Frame& frame = {});

private:
    void addPeers(const Frame& frame);
    void identify(const DeadSockets& dead);
    EndedConnectionPtr fromHistory(const DeadSocket& dead, std::span<const EndedConnectionPtr> kept) const;
    EndedConnectionPtr recordFor(const DeadSocket& dead) const;

    HistoryPtr m_history;
    NetnsContextPtr m_netns;
    ClockLog m_clock;
    DeadSocketsPtr m_dead;                                         ///< those that m_known was made of
    std::unordered_map<std::uint64_t, EndedConnectionPtr> m_known; ///< those of m_dead, by cookie
};

/// The records of connections found dead are in no History; their numbers have this bit, and their inode below.
inline constexpr std::uint64_t kFoundDeadNumber = std::uint64_t{1} << 63;

} // namespace halfopen
