// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"
#include "core/model/error.h"

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

namespace halfopen::stream {

/// A program that was started, without a shell, with a pipe to each of its standard descriptors. Ended and reaped with
/// the object. One thread.
class FarProcess {
public:
    /// @param words  the program, looked for in PATH, and its arguments; before it NAME=VALUE for its environment
    /// @return       NotFound where there is no such program, SomeFailed where it cannot be started
    static Result<std::unique_ptr<FarProcess>> start(const std::vector<std::string>& words);
    ~FarProcess();
    FarProcess(const FarProcess&) = delete;
    FarProcess& operator=(const FarProcess&) = delete;

    // All of them without waiting (O_NONBLOCK).
    const UniqueFd& input() const { return m_input; } ///< what is written goes to its standard input
    const UniqueFd& output() const { return m_output; }
    const UniqueFd& errors() const { return m_errors; }

    /// Closes its input and waits for its end a moment, then ends it. @return its wait status (waitpid(2))
    int end();
    pid_t pid() const { return m_pid; }

private:
    FarProcess() = default;
    bool reap(int flags);

    pid_t m_pid = 0; ///< 0: reaped
    int m_status = 0;
    UniqueFd m_input, m_output, m_errors;
};

} // namespace halfopen::stream
