// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/owner_process.h"

#include <fcntl.h>
#include <fmt/format.h>

namespace halfopen {

bool OwnerProcess::enter(std::int32_t pid) {
    if (pid == m_pid)
        return static_cast<bool>(m_descriptors);
    m_pid = pid;
    m_descriptors.reset(open(fmt::format("/proc/{}/fd", pid).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    m_about = m_descriptors ? readProcessAbout(m_descriptors.get()) : ProcessAbout{};
    return static_cast<bool>(m_descriptors);
}

Owner OwnerProcess::owner(std::int32_t fd) const {
    return {m_pid, fd, m_about.name, m_about.unit, m_about.program};
}

std::vector<std::uint32_t> OwnerProcess::ring(std::int32_t fd) const {
    return m_descriptors ? readRing(m_descriptors.get(), fmt::format("{}", fd)) : std::vector<std::uint32_t>();
}

} // namespace halfopen
