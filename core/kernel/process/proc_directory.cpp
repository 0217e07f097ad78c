// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/proc_directory.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <sys/syscall.h>

#include <cstdint>
#include <cstring>

namespace halfopen {
namespace {

// struct linux_dirent64 of getdents(2).
constexpr std::size_t kLengthAt = 16;
constexpr std::size_t kNameAt = 19;

} // namespace

bool ProcDirectory::open(const char* path) {
    m_directory.reset(::open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    m_at = m_end = 0;
    return isOpen();
}

const char* ProcDirectory::next() {
    if (m_at >= m_end) {
        const long size = syscall(SYS_getdents64, m_directory.get(), m_buffer.data(), m_buffer.size());
        if (size <= 0)
            return nullptr;
        m_at = 0;
        m_end = static_cast<std::size_t>(size);
    }
    const std::byte* entry = m_buffer.data() + m_at;
    std::uint16_t length = 0;
    std::memcpy(&length, entry + kLengthAt, sizeof length);
    m_at += length;
    return reinterpret_cast<const char*>(entry + kNameAt);
}

} // namespace halfopen
