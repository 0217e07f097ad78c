// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/process/process_unit.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace halfopen {

/// One descriptor of one process that refers to a socket.
struct Owner {
    std::int32_t pid = 0;
    std::int32_t fd = 0;           ///< -1: not told (read by the helper)
    std::string name;              ///< /proc/PID/comm
    ProcessUnitPtr unit = nullptr; ///< systemd unit or container of the process; null: none, or not known

    bool operator==(const Owner& other) const {
        return pid == other.pid && fd == other.fd && name == other.name &&
               (unit == other.unit || (unit && other.unit && *unit == *other.unit));
    }
};

/// Why no process is named for a socket.
enum class OwnerUnknown : std::uint8_t {
    Known,        ///< not unknown: at least one owner is named
    OtherUser,    ///< another user's process holds it; /proc/PID/fd is not ours to read
    NoDescriptor, ///< TIME-WAIT, SYN-RECV, orphan, or a socket of the kernel
    NotAccepted,  ///< waits in a listener's queue
    NotLookedUp,  ///< the scan has not come to it yet, or was not asked for
};

/// "other user", "no descriptor", "not accepted yet", "not looked up" (the JSON contract's words); "" for Known.
std::string_view toString(OwnerUnknown why);

/// Owners by socket inode; all processes that hold it, ordered by pid and fd. Immutable once published.
using OwnerTable = std::unordered_map<std::uint32_t, std::vector<Owner>>;
using OwnerTablePtr = std::shared_ptr<const OwnerTable>;

} // namespace halfopen
