// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/frame.h"
#include "core/model/row.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace halfopen {

/// The connections that a person has chosen to act on, as one frame knows them.
struct Targets {
    FramePtr frame;               ///< null: nothing is chosen
    std::vector<const Row*> rows; ///< into frame; in the order of the table

    bool empty() const { return rows.empty(); }
    std::size_t count() const { return rows.size(); }
    std::vector<SocketKey> keys() const;
};

/// Those that the frame has.
Targets chosenIn(const FramePtr& frame, const std::vector<SocketKey>& keys);
/// The same to act on: a recording has none.
Targets targetsIn(const FramePtr& frame, const std::vector<SocketKey>& keys);
/// Namespaces of several hosts may have one number.
using HostNetns = std::pair<std::uint32_t, NetnsId>;
HostNetns netnsOf(const SocketKey& key);
/// Takes those that one call can be about out of `left`: of one namespace, at most kSocketBatch, the first ones.
/// @param left  those of one namespace side by side; never empty
std::vector<SocketKey> takeBatch(std::vector<SocketKey>& left);
/// Puts those of one namespace side by side; else their order stays.
void sortByNetns(std::vector<SocketKey>& keys);
std::vector<std::uint64_t> cookiesOf(const std::vector<SocketKey>& keys);
/// Whether changeable() or closable() would have any; asks no further than the first.
bool anyChangeable(const Targets& targets);
bool anyClosable(const Targets& targets);
/// Those that have options to set: neither TIME-WAIT nor SYN-RECV, nothing that is closed, no stand-in (isStandIn():
/// seen from outside its namespace, with no cookie to name it by), no MPTCP connection that has lost its last subflow.
Targets changeable(const Targets& targets);
/// Those that can be closed: neither listeners nor what is merely bound, nothing that is closed already, no stand-in.
Targets closable(const Targets& targets);
/// Some are subflows of MPTCP connections, which can be ended alone or with the whole.
bool anySubflow(const Targets& targets);

} // namespace halfopen
