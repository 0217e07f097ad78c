// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"
#include "core/model/error.h"

#include <cstdint>

namespace halfopen::lab {

/// A network namespace held by a descriptor: it lives as long as this value, a thread in it, or a device another one
/// keeps.
class NetNamespace {
public:
    /// The one of the calling thread. Errors: NotSupported where /proc or network namespaces are missing.
    static Result<NetNamespace> current();

    /// Moves the calling thread into this namespace. Needs CAP_SYS_ADMIN in the user namespaces of both.
    /// Errors: NotPermitted. Source: setns(2).
    Result<void> enter() const;

    int descriptor() const { return m_file.get(); }
    std::uint64_t inode() const { return m_inode; } ///< as /proc/PID/ns/net and sock_diag's callers know it

private:
    UniqueFd m_file;
    std::uint64_t m_inode = 0;
};

/// Moves the calling thread into a new network namespace with nothing but a loopback device that is down.
/// Without CAP_SYS_ADMIN the whole process first enters a user namespace of its own, in which it keeps its uid and has
/// every capability; that needs a process with one thread. Errors: NotPermitted with a sentence that names what forbids
/// it (max_user_namespaces, unprivileged_userns_clone, AppArmor, a sandbox), NotSupported where the kernel has no
/// namespaces. Source: unshare(2), user_namespaces(7), network_namespaces(7).
Result<void> enterNewNetNamespace();

/// Makes the capabilities that a command in the laboratory needs (CAP_NET_ADMIN, CAP_NET_RAW, CAP_NET_BIND_SERVICE,
/// CAP_SYS_PTRACE) survive execve(2), which a uid other than 0 would lose there. Harmless for root.
/// Errors: NotPermitted. Source: capabilities(7), ambient set.
Result<void> keepRightsAcrossExec();

/// One thread's stay in another network namespace; goes back at its end. Sockets belong to where they were made.
/// Stays in the thread that made it.
class Visit {
public:
    /// Enters it now. Errors: as NetNamespace::current(), or NotPermitted.
    static Result<Visit> to(const NetNamespace& there);
    Visit(Visit&&) = default;
    Visit& operator=(Visit&&) = delete;
    ~Visit();

private:
    explicit Visit(NetNamespace home)
        : m_home(std::move(home)) {}
    NetNamespace m_home;
};

} // namespace halfopen::lab
