// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/bpf/exact_ends.h"
#include "core/kernel/unique_fd.h"
#include "core/model/error.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

namespace halfopen {

/// The programs of sockets.bpf.c in the kernel, which read and do not act. Each is held by its link alone, so it goes
/// with the last descriptor of it: nothing is pinned, and nothing is left behind. Immutable, any thread.
class ExactPrograms {
public:
    /// Who is told of ends, and of which: of connections of others no more than sock_diag's multicast tells anybody.
    struct EndsReader {
        std::uint32_t uid = 0;   ///< 0 is told everything
        std::uint64_t netns = 0; ///< cookie; 0: those of all namespaces
    };
    struct Wanted {
        bool owners = true;                            ///< false: no owners(), which saves a fifth of the time
        std::optional<EndsReader> ends = std::nullopt; ///< nullopt: no ends()
    };

    /// Loads them, which takes some 60 ms, most of it for the kernel's BTF. Takes CAP_BPF and CAP_PERFMON, or
    /// CAP_SYS_ADMIN, of the initial user namespace.
    /// Where the kernel lacks what ends() takes, the others are there without it.
    /// @return NotSupported where this program was built without it, the kernel has no BTF or lacks what it takes
    ///         (5.15 has it all); NotPermitted where a right is missing, or the kernel is locked down
    static Result<std::shared_ptr<const ExactPrograms>> load(const Wanted& wanted);
    static Result<std::shared_ptr<const ExactPrograms>> load() { return load(Wanted()); }

    /// What can be said before anybody has the rights for it. @return NotSupported as for load()
    static Result<void> check();

    /// Those that another process has loaded and handed on: nothing but read(2), mmap(2) and BPF_ITER_CREATE is needed
    /// to use them, whoever does it.
    static std::shared_ptr<const ExactPrograms> handed(UniqueFd sockets, UniqueFd owners,
                                                       std::optional<ExactEnds> ends = std::nullopt) {
        return std::shared_ptr<const ExactPrograms>(
            new ExactPrograms(std::move(sockets), std::move(owners), std::move(ends)));
    }

    /// Whether load() may be worth its time: the capabilities are there, and descriptors enough.
    static bool mayLoad();

    /// The link of iter/tcp, for a BPF_ITER_CREATE: the sockets of the network namespace that its caller is in.
    int sockets() const { return m_sockets.get(); }
    /// The link of iter/task_file: the descriptors of all processes of the caller's pid namespace; -1 where it was not
    /// loaded.
    int owners() const { return m_owners.get(); }
    /// Null where they were not asked for, or cannot be had.
    const ExactEnds* ends() const { return m_ends ? &*m_ends : nullptr; }

private:
    ExactPrograms(UniqueFd sockets, UniqueFd owners, std::optional<ExactEnds> ends)
        : m_sockets(std::move(sockets))
        , m_owners(std::move(owners))
        , m_ends(std::move(ends)) {}

    UniqueFd m_sockets;
    UniqueFd m_owners;
    std::optional<ExactEnds> m_ends;
};
using ExactProgramsPtr = std::shared_ptr<const ExactPrograms>;

} // namespace halfopen
