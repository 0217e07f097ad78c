// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/netns/netns_access.h"
#include "core/model/error.h"
#include "core/model/keepalive_options.h"
#include "core/model/options_change.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace halfopen {

/// What became of one socket. Values are Exact; those that a setting decides are named in `followed` and stand as 0, as
/// in ExactFacts::options.
struct ChangedSocket {
    std::uint64_t cookie = 0;
    KeepaliveOptions before;
    KeepaliveOptions after;
    /// The option that the kernel did not take, and where it stopped: CHANGE_* of change_record.h; 0: it took all.
    std::uint32_t refused = 0;
    std::int32_t error = 0; ///< with `refused`: the errno
};
static_assert(std::is_trivially_copyable_v<ChangedSocket>, "it goes from one process to another");

/// What one socket is to become.
struct WantedChange {
    std::uint64_t cookie = 0;
    OptionsChange change; ///< a checked one (checkChange()): of values out of range the kernel would take a part
};

/// "TCP_KEEPCNT"; "" for 0. @param option  ChangedSocket::refused
std::string_view optionName(std::uint32_t option);

/// What one pass did; each socket is there once.
struct ChangePass {
    std::vector<ChangedSocket> changed;
    bool stopped = false; ///< the kernel waited for the lock of a socket: what came after that was not changed
};

/// Changes the options of these TCP sockets in one pass of a BPF iterator over all of the namespace, as setsockopt(2)
/// would: also of those that no process has a descriptor of (waiting in a listener's queue, closed by their program and
/// still sending, in an io_uring or in a message). What is not there is not told, nor what has no options (TIME-WAIT,
/// half-open), is part of an MPTCP connection, or is in FIN-WAIT-2 with no program, where the keepalive timer ends it.
/// Where a socket is locked by its program, the pass is given up, and nothing more is changed when the lock is let go.
/// Takes what ExactPrograms::load() takes, some 60 ms for that, and a microsecond for each socket there is.
/// @param changes  each with values of its own, as an undo has them; of a cookie that is named twice the last one
/// counts
/// @return         as ExactPrograms::load(); nothing was changed then
Result<ChangePass> changeSockets(std::span<const WantedChange> changes, const NetnsAccess& netns);

/// The same change for each of them.
Result<ChangePass> changeSockets(std::span<const std::uint64_t> cookies, const OptionsChange& change,
                                 const NetnsAccess& netns);

} // namespace halfopen
