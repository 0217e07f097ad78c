// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/socket_report.h"
#include "core/model/privilege_error.h"

#include <cstdint>
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

} // namespace halfopen::ctl
