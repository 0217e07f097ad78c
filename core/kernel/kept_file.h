// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <span>
#include <string>
#include <utility>

namespace halfopen {

/// A small file of procfs that is read again and again. It stays open, because finding a name below /proc/sys/net takes
/// the longer the more network namespaces the machine has had: their entries of one name share a hash chain
/// (fs/proc/proc_sysctl.c, proc_sys_compare()). It shows the network namespace of the thread that read it first.
class KeptFile {
public:
    explicit KeptFile(std::string path)
        : m_path(std::move(path)) {}

    const std::string& path() const { return m_path; }

    /// From its beginning. @return how many bytes, or errno below 0; then it is opened anew the next time
    ssize_t read(std::span<char> into) {
        if (!m_file)
            m_file.reset(::open(m_path.c_str(), O_RDONLY | O_CLOEXEC));
        ssize_t got = m_file ? 0 : -1;
        if (m_file)
            do
                got = ::pread(m_file.get(), into.data(), into.size(), 0);
            while (got < 0 && errno == EINTR);
        if (got >= 0)
            return got;
        const int error = errno;
        m_file.reset();
        return -error;
    }

private:
    std::string m_path;
    UniqueFd m_file;
};

} // namespace halfopen
