// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/process_unit.h"
#include "core/model/program.h"
#include "core/model/sentence.h"

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
    std::int32_t fd = 0;           ///< -1: not told (read by the helper), or none (an io_uring of the process holds it)
    std::string name;              ///< /proc/PID/comm
    ProcessUnitPtr unit = nullptr; ///< systemd unit or container of the process; null: none, or not known
    ProgramPtr program = nullptr;  ///< null: not known

    /// The same process by the same descriptor; what it runs goes with it.
    bool operator==(const Owner& other) const {
        return pid == other.pid && fd == other.fd && name == other.name &&
               (unit == other.unit || (unit && other.unit && *unit == *other.unit));
    }
};

/// Why no process is named for a socket.
enum class OwnerUnknown : std::uint8_t {
    Known,        ///< not unknown: at least one owner is named
    OtherUser,    ///< another user's process holds it; /proc/PID/fd is not ours to read
    NoDescriptor, ///< TIME-WAIT, SYN-RECV, orphan: nobody holds it any more
    NotAccepted,  ///< waits in a listener's queue
    NotLookedUp,  ///< the scan has not come to it yet, or was not asked for
    Unseen,       ///< one of our own user, and none of the processes that we may look into holds it
    Nowhere,      ///< it is open, all processes were looked into, and none has a descriptor: a message in flight
                  ///< (SCM_RIGHTS), a process of another pid namespace, the kernel itself
    NoCapability, ///< we are root, but without CAP_SYS_PTRACE
    Denied,       ///< we are root, and some processes may not be looked into all the same
    UnmappedUser, ///< its user does not exist in our user namespace
    NoFiles,      ///< not looked up: we had no file descriptor left
    NoProc,       ///< not looked up: no proc file system on /proc
    ProcHidden,   ///< not looked up: /proc shows some processes only (hidepid)
};

/// "other user", "no descriptor", "not accepted yet", "not seen", "in no descriptor table", "no CAP_SYS_PTRACE",
/// "denied", "unmapped user", and for every reason why nobody looked "not looked up" (the JSON contract's words); ""
/// for Known.
std::string_view toString(OwnerUnknown why);

/// Who may hold it, and who can tell; empty for Known.
Sentence sentenceOf(OwnerUnknown why);

/// Somebody with more rights than ours can tell: the helper, or root.
constexpr bool isForRoot(OwnerUnknown why) {
    return why == OwnerUnknown::OtherUser || why == OwnerUnknown::Unseen || why == OwnerUnknown::ProcHidden;
}

/// For a person: "nginx (pid 812, descriptor 4, nginx.service)".
Sentence describe(const Owner& owner);

/// How many of a socket's owners are of another process than the first one; 0 where there is none.
std::size_t otherProcesses(const std::vector<Owner>& owners);

/// Owners by socket inode; all processes that hold it, ordered by pid and fd. Immutable once published.
using OwnerTable = std::unordered_map<std::uint32_t, std::vector<Owner>>;
using OwnerTablePtr = std::shared_ptr<const OwnerTable>;

} // namespace halfopen
