// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/netns/netns_access.h"
#include "core/kernel/unique_fd.h"
#include "core/model/privilege_error.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace halfopen {

/// By what one network namespace is known.
struct NetnsNumbers {
    std::uint64_t cookie = 0;    ///< SO_NETNS_COOKIE, its name
    std::uint64_t inode = 0;     ///< of its nsfs file
    std::uint64_t procInode = 0; ///< FoundNetns::procInode; 0: no process lives there
};

/// The only process of the helper that may enter network namespaces: it keeps CAP_SYS_ADMIN, which the process that
/// listens to the bus gives up, and knows neither the bus nor anything that a caller says but one number. It finds the
/// namespace with this cookie itself, opens something there on a thread that ends with that, makes sure by the cookie
/// of a socket that this is the one, and hands it over. It never enters a mount, process or user namespace.
///
/// Any thread; one request at a time.
class Opener {
public:
    /// Forks. To be called in the only thread, before capabilities are given up: the child gives up all but
    /// CAP_SYS_ADMIN, CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH, and ends with this process.
    static Result<std::unique_ptr<Opener>> start();

    /// Those of this machine, at most some thousands.
    Outcome<std::vector<NetnsNumbers>> list() const;
    /// A way into one of them, for sockets of NETLINK_SOCK_DIAG and the files of the closed list of settings, those
    /// that may be changed alone for writing; no folder, by which whoever takes over this process would reach any
    /// setting of any namespace. It outlives neither this nor the namespace.
    /// @return WrongNamespace where no namespace has this cookie (any more), NotSupported where it cannot be entered
    Outcome<NetnsAccessPtr> enter(std::uint64_t cookie) const;

private:
    friend class OpenerAccess;
    struct Reply;

    explicit Opener(UniqueFd channel)
        : m_channel(std::move(channel)) {}
    Reply ask(std::uint32_t what, std::uint64_t cookie) const;

    UniqueFd m_channel;
    mutable std::mutex m_mutex;
    mutable std::uint32_t m_sequence = 0;
};

} // namespace halfopen
