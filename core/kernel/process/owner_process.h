// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/process/process_about.h"
#include "core/kernel/unique_fd.h"
#include "core/model/owner.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace halfopen {

/// The process whose descriptors are told one after the other: what it is called is read with the first of them.
class OwnerProcess {
public:
    /// Moves to this one, which it may be at. @return false and errno: it has ended, or /proc hides it (EACCES, EPERM)
    bool enter(std::int32_t pid);
    /// It, by one of its descriptors.
    Owner owner(std::int32_t fd) const;
    /// The inodes of the sockets that an io_uring of it holds; nullopt: it may not be looked into that far.
    std::optional<std::vector<std::uint32_t>> ring(std::int32_t fd) const;

private:
    std::int32_t m_pid = 0;
    int m_error = 0;      ///< why it could not be entered
    UniqueFd m_directory; ///< /proc/PID/task, which everybody may open, whoever's process it is
    ProcessAbout m_about;
};

} // namespace halfopen
