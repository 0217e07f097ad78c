// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/process/proc_directory.h"
#include "core/kernel/process/process_about.h"
#include "core/kernel/sockets/own_rights.h"
#include "core/model/connection.h"
#include "core/model/owner.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// What kept a walk from seeing every descriptor of this machine.
struct WalkObstacles {
    bool denied = false;            ///< a process would not let us look
    bool tooFewDescriptors = false; ///< of our own (RLIMIT_NOFILE), or no memory
    bool notMounted = false;        ///< /proc is not there, or is no proc file system
    bool hidden = false;            ///< /proc does not show all processes (hidepid)

    void add(const WalkObstacles& other) {
        denied = denied || other.denied;
        tooFewDescriptors = tooFewDescriptors || other.tooFewDescriptors;
        notMounted = notMounted || other.notMounted;
        hidden = hidden || other.hidden;
    }
    bool any() const { return denied || tooFewDescriptors || notMounted || hidden; }
};

/// Which of several walks that share the processes between them one is: by their numbers, as processes come and go.
struct WalkShare {
    std::uint32_t number = 0;
    std::uint32_t of = 1;
};

/// Walks through the descriptors of all processes, /proc/PID/fd, one at a time. Only links are read (readlink(2)): no
/// descriptor of anybody is taken. Sockets that an io_uring holds in its table of registered files have no descriptor
/// there; they are found too (/proc/PID/fdinfo, "UserFiles", since Linux 5.1).
///
/// The kernel lists processes and descriptors in ascending order (fs/proc/base.c, next_tgid(); fs/proc/fd.c). One
/// thread.
class DescriptorWalk {
public:
    /// Opens /proc. Where that fails, the walk is over at once, and obstacles() say why.
    explicit DescriptorWalk(WalkShare share = {});

    /// The next process or descriptor. A step costs some microseconds. @return false: all were walked through
    bool step();

    std::int32_t pid() const { return m_pid; }      ///< of the process at hand
    bool atProcess() const { return m_atProcess; }  ///< the last step came to a process, none of its descriptors yet
    std::uint32_t inode() const { return m_inode; } ///< of the socket the last step came to; 0: it was no socket
    std::int32_t fd() const { return m_fd; }        ///< of that socket; -1: an io_uring holds it
    Owner owner();                                  ///< the process at hand with that descriptor
    const WalkObstacles& obstacles() const { return m_obstacles; }

private:
    bool nextProcess();
    void nextDescriptor();
    void readRing(const char* name);

    ProcDirectory m_processes;
    ProcDirectory m_descriptors;       ///< of the process at hand; not open: the next process is due
    std::vector<std::uint32_t> m_ring; ///< inodes of an io_uring at hand that are not handed out yet
    ProcessAbout m_about;              ///< of the process at hand; without a name: not read yet
    WalkObstacles m_obstacles;
    WalkShare m_share;
    std::int32_t m_pid = 0;
    std::int32_t m_fd = -1;
    std::uint32_t m_inode = 0;
    bool m_atProcess = false;
};

/// Why no owner was found of an open socket (one with an inode). Pure.
/// @param obstacles  of a walk that has come to its end
OwnerUnknown whyNobody(const Connection& connection, const WalkObstacles& obstacles, const OwnRights& rights);

/// The inodes of the sockets that an io_uring has registered. Pure.
/// @param info  text of /proc/PID/fdinfo/FD (io_uring/fdinfo.c)
std::vector<std::uint32_t> registeredSockets(std::string_view info);

} // namespace halfopen
