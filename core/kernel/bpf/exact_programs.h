// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"
#include "core/model/error.h"

#include <memory>
#include <utility>

namespace halfopen {

/// The programs of sockets.bpf.c in the kernel: two that read and none that acts. Each is held by its link alone, so it
/// goes with the last descriptor of it: nothing is pinned, and nothing is left behind. Immutable, any thread.
class ExactPrograms {
public:
    /// Loads them, which takes some 60 ms, most of it for the kernel's BTF. Takes CAP_BPF and CAP_PERFMON, or
    /// CAP_SYS_ADMIN, of the initial user namespace.
    /// @param owners  false: no owners() are needed, which saves a fifth of it
    /// @return NotSupported where this program was built without it, the kernel has no BTF or lacks what it takes
    ///         (5.15 has it all); NotPermitted where a right is missing, or the kernel is locked down
    static Result<std::shared_ptr<const ExactPrograms>> load(bool owners = true);

    /// What can be said before anybody has the rights for it. @return NotSupported as for load()
    static Result<void> check();

    /// Those that another process has loaded and handed on: nothing but read(2) and BPF_ITER_CREATE is needed to use
    /// them, whoever does it.
    static std::shared_ptr<const ExactPrograms> handed(UniqueFd sockets, UniqueFd owners) {
        return std::shared_ptr<const ExactPrograms>(new ExactPrograms(std::move(sockets), std::move(owners)));
    }

    /// Whether load() may be worth its time: the capabilities are there, and descriptors enough.
    static bool mayLoad();

    /// The link of iter/tcp, for a BPF_ITER_CREATE: the sockets of the network namespace that its caller is in.
    int sockets() const { return m_sockets.get(); }
    /// The link of iter/task_file: the descriptors of all processes of the caller's pid namespace; -1 where it was not
    /// loaded.
    int owners() const { return m_owners.get(); }

private:
    ExactPrograms(UniqueFd sockets, UniqueFd owners)
        : m_sockets(std::move(sockets))
        , m_owners(std::move(owners)) {}

    UniqueFd m_sockets;
    UniqueFd m_owners;
};
using ExactProgramsPtr = std::shared_ptr<const ExactPrograms>;

} // namespace halfopen
