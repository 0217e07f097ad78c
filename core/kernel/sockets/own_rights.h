// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/read_refusal.h"

#include <cstdint>
#include <optional>

namespace halfopen {

/// What decides whose processes and sockets this process may look into.
struct OwnRights {
    std::uint32_t uid = 0;  ///< effective
    bool sysPtrace = false; ///< CAP_SYS_PTRACE is effective, in the user namespace of this process
    /// Under this uid the kernel shows users that do not exist in this user namespace; nullopt where all exist, or
    /// where somebody here has that very uid, so that nobody can tell. Source: user_namespaces(7), overflowuid.
    std::optional<std::uint32_t> unmappedUid;
};

/// As it is now. Reads /proc/self/uid_map.
OwnRights ownRights();

/// The same of a text of /proc/PID/uid_map. Pure. @return whether a user with this uid exists in its namespace
bool mapsUser(const char* uidMap, std::uint32_t uid);

/// Which refusal an EPERM of pidfd_getfd(2) stands for; it asks for PTRACE_MODE_ATTACH_REALCREDS, see ptrace(2). Reads
/// /proc/PID/status, the owner of /proc/PID/fd and kernel.yama.ptrace_scope.
ReadRefusal whyNotPermitted(std::int32_t pid);

} // namespace halfopen
