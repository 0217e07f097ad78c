// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/halfopenctl/source_options.h"
#include "core/format/socket_report.h"
#include "core/model/frame.h"
#include "core/model/privilege_error.h"
#include "core/monitor/monitor.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace halfopen::ctl {

/// COOKIE... of the command line, each once, in their order. @return Usage
Result<std::vector<std::uint64_t>> parseCookies(const std::vector<std::string>& words);

/// Where else on this machine the socket lives: a sentence with a blank before it, "" where no namespace that may be
/// entered has it.
Sentence elsewhere(std::uint64_t cookie);

/// Collects what failed for single sockets while the others go on.
class Failures {
public:
    /// Says it on stderr, with the socket's cookie.
    /// @param json  as JSON
    void add(std::uint64_t cookie, const PrivilegeError& error, bool json);
    const std::vector<SocketFailure>& all() const { return m_failures; }

    /// 0 where nothing failed, 1 where some did; where all did for the same kind of reason, the code of that.
    int exitCode(std::size_t done) const;

private:
    std::vector<SocketFailure> m_failures;
};

/// Sockets that a command is about to act on, as they are now.
struct Look {
    std::unique_ptr<Monitor> monitor;
    FramePtr frame;
};

/// Looks at them. What a program holds the lock of is told as a failure and taken out, for what is asked of it the
/// kernel does when the program lets go, and nobody can end whoever waits for that.
/// @param cookies  not empty; may be afterwards
Result<Look> lookAtFree(const SourceOptions& options, std::vector<std::uint64_t>& cookies, Failures& failures);

/// Takes out the one that the frame tells to be locked. @return whether there was one
bool takeOutLocked(std::vector<std::uint64_t>& cookies, const Frame& frame, bool json, Failures& failures);

} // namespace halfopen::ctl
