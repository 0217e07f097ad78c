// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/error.h"

#include <cstdint>
#include <string_view>

namespace halfopen {

/// Why the options of a socket could not be read from (or set through, or the socket closed through) the process that
/// holds it.
enum class ReadRefusal : std::uint8_t {
    None,         ///< they were read, or nobody has tried
    OtherUser,    ///< another user's process, and we have no CAP_SYS_PTRACE
    NotDumpable,  ///< our own user's process, but the kernel protects it (PR_SET_DUMPABLE 0, setuid, file capabilities)
    Yama,         ///< kernel.yama.ptrace_scope forbids it
    Denied,       ///< neither of these: a seccomp filter or a security module
    Gone,         ///< the process has ended or has closed the descriptor; looking for the owner again may help
    Reused,       ///< the descriptor is another socket or file by now; likewise
    MultipathTcp, ///< the descriptor is an MPTCP connection, and this kernel tells too little of it (before 6.9)
    NoDescriptors, ///< this process has no descriptor left (RLIMIT_NOFILE); later it may work
    Failed,        ///< getsockopt(2) or setsockopt(2) refused
    Listener,      ///< it listens: only connections are closed
    InUse,         ///< a thread of the program waits on the socket, and this kernel then closes nothing
    NoCapability,  ///< we are root, but without CAP_SYS_PTRACE
    UnmappedUser,  ///< the process is of a user that does not exist in our user namespace
    InRing,        ///< an io_uring of the process holds the socket, and no descriptor does
    NotSupported,  ///< the kernel has no pidfd_getfd(2) (before 5.6)
};

/// Why, and what to do about it; empty for None.
Sentence sentenceOf(ReadRefusal refusal);

/// One word for a program: "other-user", "not-dumpable", "yama", ...; "" for None.
std::string_view shortName(ReadRefusal refusal);

/// The same as an error for the exit codes: NotPermitted, NotFound, NotSupported or SomeFailed.
Error errorOf(ReadRefusal refusal);

/// It may be otherwise in a moment, without anybody's doing: the owner has to be looked for again.
inline bool isStale(ReadRefusal refusal) {
    return refusal == ReadRefusal::Gone || refusal == ReadRefusal::Reused;
}

/// Root, or the helper, may do it all the same.
inline bool isForRoot(ReadRefusal refusal) {
    return refusal == ReadRefusal::OtherUser || refusal == ReadRefusal::NotDumpable || refusal == ReadRefusal::Yama ||
           refusal == ReadRefusal::Denied;
}

} // namespace halfopen
