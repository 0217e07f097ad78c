// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/lab/laboratory.h"
#include "core/lab/scenario.h"
#include "core/model/error.h"

#include <sys/types.h>

#include <functional>
#include <utility>
#include <vector>

namespace halfopen::lab {

/// The processes that keep a laboratory lively: one for the peer host, one for each program of the near one.
/// They do little (each wakes once a second) and end with this value, and with the thread that began them, whatever way
/// it ends (PR_SET_PDEATHSIG); a process that becomes another program by execve(2) keeps them.
class RunningScenario {
public:
    /// Forks them; call it in the local host while the process has one thread and from the thread that will live
    /// longest. Returns when every connection has come as far as it gets by itself, at most three seconds later. Every
    /// state is there then; guarded and unguarded ones count as active for their first five seconds, and the guarded
    /// one whose peer died turns suspect then too. Errors: SomeFailed where a process could not be made or the peer
    /// host could not be set up.
    static Result<RunningScenario> begin(const Laboratory& lab, const Scenario& scenario);

    RunningScenario(RunningScenario&& other) noexcept
        : m_processes(std::exchange(other.m_processes, {})) {}
    RunningScenario& operator=(RunningScenario&&) = delete;
    ~RunningScenario();

    const std::vector<pid_t>& processes() const { return m_processes; }

private:
    RunningScenario() = default;
    Result<void> start(const std::function<void()>& body);

    std::vector<pid_t> m_processes;
};

} // namespace halfopen::lab
