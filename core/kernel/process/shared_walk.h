// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/process/descriptor_walk.h"
#include "core/model/units.h"

#include <deque>
#include <functional>
#include <vector>

namespace halfopen {

/// A walk through the descriptors of all processes on several threads at once, for a program that looks once and has
/// nothing else to do: following a link costs a microsecond or two of the kernel's time.
class SharedWalk {
public:
    /// A socket that was seen.
    struct Seen {
        std::uint32_t inode;
        Owner owner; ///< fd -1: an io_uring holds it
    };

    explicit SharedWalk(std::uint32_t threads);

    /// Goes on until `until` at most. @return whether all is walked through
    bool goOn(MonotonicTime until);

    /// What was seen, by process in ascending order, each in the order of its descriptors. After goOn() has said true.
    /// @param process  called where another process begins
    void tell(const std::function<void(std::int32_t pid)>& process, const std::function<void(Seen& seen)>& socket);
    WalkObstacles obstacles() const;

private:
    struct Part {
        explicit Part(WalkShare share)
            : walk(share) {}
        bool goOn(MonotonicTime until);

        DescriptorWalk walk;
        std::vector<Seen> seen;
        bool done = false;
    };

    std::deque<Part> m_parts; ///< they stay where they are
};

} // namespace halfopen
