// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"
#include "core/model/contexts.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace halfopen {

/// A network namespace mounted at a path.
using NsfsMount = std::pair<NetnsId, std::string>;

/// Those that a mountinfo names, in its order. Pure. Source: proc_pid_mountinfo(5); fs/nsfs.c, the root of such a mount
/// is "net:[INODE]".
std::vector<NsfsMount> parseNsfsMounts(std::string_view mountinfo);

/// The network namespaces that are mounted where this process sees it (ip netns add, docker, podman). One thread.
class NsfsMounts {
public:
    /// @param file  a mountinfo
    explicit NsfsMounts(const std::string& file);

    /// Whether mounts have come or gone since the last read(); costs one poll(2).
    bool changed() const;
    std::vector<NsfsMount> read();

private:
    UniqueFd m_file;
};

} // namespace halfopen
