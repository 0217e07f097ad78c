// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/socket_targets.h"
#include "core/kernel/bpf/socket_changer.h"
#include "core/kernel/netns/netns_access.h"
#include "core/kernel/sockets/socket_access.h"
#include "core/model/options_change.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <unordered_map>
#include <vector>

namespace halfopen {

/// From so many sockets on one pass over all there are costs less than a look for who holds them.
inline constexpr std::size_t kTogether = 64;

/// What the kernel has done to sockets in one pass (core/kernel/bpf/socket_changer.h), by cookie.
struct SetTogether {
    std::unordered_map<std::uint64_t, OptionsWriting> done;
    bool stopped = false; ///< a program holds the lock of its socket, and those that came after it were not changed
    bool mayNot = false;  ///< nothing was done, for want of a right
};

/// changeSockets(), or somebody with more rights who does that.
using ChangeMany = std::function<Result<ChangePass>(std::span<const std::uint64_t> cookies, const OptionsChange& change,
                                                    const NetnsAccess& netns)>;

/// changeSockets() where this process may load programs; else NotPermitted.
Result<ChangePass> changeByOwnRights(std::span<const std::uint64_t> cookies, const OptionsChange& change,
                                     const NetnsAccess& netns);

/// No part of an MPTCP connection, whose program has the whole, and one that has options: not in TIME-WAIT, say, nor
/// one without a program in FIN-WAIT-2, which the keepalive timer ends.
bool canBeSetTogether(const Connection& connection);

/// Changes those of these sockets in one pass that can be.
/// @param change  a checked one
/// @return        empty where this process may not, or the kernel cannot; nothing was changed then
SetTogether setTogether(const SocketTargets& targets, const std::vector<std::uint64_t>& cookies,
                        const OptionsChange& change, const NetnsAccess& netns, const ChangeMany& changeMany);

} // namespace halfopen
