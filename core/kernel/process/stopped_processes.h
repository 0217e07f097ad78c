// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/owner.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace halfopen {

/// Which of the processes that hold sockets cannot run: stopped by a signal or a tracer (state T or t of
/// /proc/PID/stat, proc(5)), or in a frozen control group (cgroup.events of v2, freezer.state of v1, cgroups(7)).
///
/// A look at one process reads one file, and a second one every eighth time; those of its groups are read once for all
/// processes of a call. Measured: 9 us a process. Not thread-safe.
class StoppedProcesses {
public:
    /// @param root  the directory that stands for "/"
    explicit StoppedProcesses(std::string root = {})
        : m_root(std::move(root)) {}

    /// The processes of this table, and no others, from now on. Costs nothing for the same table again.
    void follow(const OwnerTablePtr& owners);
    /// Looks at these, whose state is to be known now.
    void look(std::span<const Owner> owners);
    /// Looks at so many more: those first that nobody has looked at for the longest time.
    void lookOn(std::size_t atMost);

    std::size_t size() const { return m_processes.size(); }
    bool any() const { return m_stopped > 0; }
    /// As of the last look.
    bool isStopped(std::int32_t pid) const;

private:
    struct Process {
        std::int32_t pid;
        bool stopped = false;
        std::uint8_t looks = 0;
        std::uint64_t lastLook = 0;             ///< number of the call; 0: never
        std::vector<std::string> freezers = {}; ///< files that tell whether its groups are frozen
    };

    void beginCall();
    void lookAt(Process& process);
    bool isFrozen(const std::string& freezer);
    std::vector<std::string> freezersOf(std::int32_t pid) const;

    std::string m_root;
    OwnerTablePtr m_owners;
    std::vector<Process> m_processes;
    std::unordered_map<std::int32_t, std::size_t> m_index; ///< by pid, into m_processes
    std::uint64_t m_calls = 0;                             ///< of look() and lookOn()
    std::size_t m_stopped = 0;
    std::unordered_map<std::string, bool> m_frozen; ///< of this call, by file
};

} // namespace halfopen
