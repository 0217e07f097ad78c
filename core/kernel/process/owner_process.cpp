// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/owner_process.h"

#include <fcntl.h>
#include <fmt/format.h>

namespace halfopen {

bool OwnerProcess::enter(std::int32_t pid) {
    if (pid == m_pid)
        return static_cast<bool>(m_directory);
    m_pid = pid;
    m_directory.reset(open(fmt::format("/proc/{}/task", pid).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    m_about = m_directory ? readProcessAbout(m_directory.get()) : ProcessAbout{};
    return static_cast<bool>(m_directory);
}

Owner OwnerProcess::owner(std::int32_t fd) const {
    return {m_pid, fd, m_about.name, m_about.unit, m_about.program};
}

std::vector<std::uint32_t> OwnerProcess::ring(std::int32_t fd) const {
    return m_directory ? readRing(m_directory.get(), fmt::format("{}", fd)) : std::vector<std::uint32_t>();
}

} // namespace halfopen
