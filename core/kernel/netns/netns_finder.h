// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/netns/nsfs_mounts.h"
#include "core/kernel/unique_fd.h"
#include "core/model/contexts.h"
#include "core/model/units.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace halfopen {

/// A network namespace of this machine, as far as this process may see it.
struct FoundNetns {
    NetnsId inode = 0; ///< of its nsfs file; 0: this process may not read it
    NetnsId procInode =
        0; ///< of /proc/PID/net/stat, which anybody may read; only equality means anything. 0: no process
    std::uint64_t cookie = 0;            ///< its name for as long as the machine runs; 0: not known
    bool own = false;                    ///< of the thread that looked
    std::vector<std::int32_t> processes; ///< ascending; empty: only mounts or descriptors keep it
    std::vector<std::string> mounts;     ///< where it is mounted, as `ip netns` and container engines do
    std::int32_t descriptorPid = 0;      ///< a process with a descriptor of it, where there is nothing else
    std::int32_t descriptor = -1;

    bool operator==(const FoundNetns&) const = default;
};

/// Opens its nsfs file. @return no descriptor and errno: EACCES where this process may not, ENOENT or ESTALE where it
/// has ended, or its mounts are beneath other ones
UniqueFd openNetnsFile(const FoundNetns& netns);

/// Finds the network namespaces of this machine and keeps up with them. A look reads the list of processes and asks
/// each new one (4 us) for its namespace; all are asked again every ten seconds, and where a mount has come or gone. A
/// process counts as new for its first looks, since whoever makes a namespace moves into it after its start.
/// Sources: namespaces(7); fs/proc/proc_net.c, get_proc_task_net(): PID/net has no ptrace check. One thread.
class NetnsFinder {
public:
    /// Some namespaces only a descriptor of a process keeps. What is found so is followed by quick looks. One of
    /// Halfopen's own keeps none, or two that look would keep it for each other.
    enum class Depth : std::uint8_t {
        Quick,
        InTurn,      ///< reads as many descriptors as 2 ms are enough for, and goes on there with the next look
        Descriptors, ///< reads all of them that it may
    };

    /// @param proc  where proc is mounted; only tests give another
    explicit NetnsFinder(std::string proc = "/proc");

    /// @return whether namespaces() has changed: one has come or gone, or is lived in by others
    bool look(MonotonicTime now, Depth depth = Depth::Quick);

    /// /proc does not show the processes of others (hidepid), and so not where these live. As the last look found it.
    bool othersHidden() const { return m_othersHidden; }

    /// The own one first, then by cookie and inode.
    const std::vector<FoundNetns>& namespaces() const { return m_found; }

private:
    /// Both inodes tell namespaces apart; which of them is known depends on the rights.
    struct Home {
        NetnsId inode = 0;
        NetnsId procInode = 0;
        std::uint8_t looks = 0;
    };
    using Homes = std::unordered_map<std::int32_t, Home>;

    Home homeOf(std::int32_t pid) const;
    void followProcesses(bool all);
    std::vector<FoundNetns> group() const;
    void addMounts(std::vector<FoundNetns>& found);
    void addDescriptorsOf(std::int32_t pid, std::size_t most, std::vector<FoundNetns>& found) const;
    void addDescriptors(std::vector<FoundNetns>& found) const;
    void addDescriptorsInTurn(std::vector<FoundNetns>& found, MonotonicTime now);
    void keepDescriptors(std::vector<FoundNetns>& found) const;
    void nameByCookie(std::vector<FoundNetns>& found, bool all);

    std::string m_proc;
    NsfsMounts m_mounts;
    Homes m_homes;
    std::vector<FoundNetns> m_found;
    MonotonicTime m_nextPass{};
    bool m_othersHidden = false;
    std::int32_t m_turn = 0;    ///< descriptors have been read up to those of this process
    MonotonicTime m_nextTurn{}; ///< when the next turn through all processes begins
};

} // namespace halfopen
