// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/process/process_about.h"
#include "core/kernel/unique_fd.h"
#include "core/model/owner.h"

#include <cstdint>
#include <vector>

namespace halfopen {

/// The process whose descriptors are told one after the other: what it is called is read with the first of them.
class OwnerProcess {
public:
    /// Moves to this one, which it may be at. @return false: it cannot be looked into, having ended
    bool enter(std::int32_t pid);
    /// It, by one of its descriptors.
    Owner owner(std::int32_t fd) const;
    /// The inodes of the sockets that an io_uring of it holds.
    std::vector<std::uint32_t> ring(std::int32_t fd) const;

private:
    std::int32_t m_pid = 0;
    UniqueFd m_descriptors; ///< /proc/PID/fd
    ProcessAbout m_about;
};

} // namespace halfopen
