// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"

#include <array>
#include <cstddef>

namespace halfopen {

/// A directory of /proc, read a few names at a time. readdir(3) asks for a thousand at once, for each of which the
/// kernel makes an inode on the way: several ms in one call, where a slice has five.
class ProcDirectory {
public:
    /// @param path  errno says why where isOpen() is false afterwards
    bool open(const char* path);
    void close() { m_directory.reset(); }
    bool isOpen() const { return static_cast<bool>(m_directory); }
    int descriptor() const { return m_directory.get(); }

    /// The next name, "." and ".." among them; nullptr at the end (also where the process is gone). Good until the next
    /// call.
    const char* next();

private:
    UniqueFd m_directory;
    alignas(8) std::array<std::byte, 2048> m_buffer;
    std::size_t m_at = 0, m_end = 0;
};

} // namespace halfopen
