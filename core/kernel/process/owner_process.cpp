// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/owner_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>

namespace halfopen {

bool OwnerProcess::enter(std::int32_t pid) {
    if (pid != m_pid) {
        m_pid = pid;
        m_directory.reset(::open(fmt::format("/proc/{}/task", pid).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        m_error = m_directory ? 0 : errno;
        m_about = m_directory ? readProcessAbout(m_directory.get()) : ProcessAbout{};
    }
    errno = m_error;
    return static_cast<bool>(m_directory);
}

Owner OwnerProcess::owner(std::int32_t fd) const {
    return {m_pid, fd, m_about.name, m_about.unit, m_about.program};
}

std::optional<std::vector<std::uint32_t>> OwnerProcess::ring(std::int32_t fd) const {
    if (!m_directory || faccessat(m_directory.get(), "../fdinfo", X_OK, AT_EACCESS) != 0)
        return std::nullopt;
    return readRing(m_directory.get(), fmt::format("{}", fd));
}

} // namespace halfopen
