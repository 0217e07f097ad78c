// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/halfopenctl/text_file.h"

#include "core/kernel/unique_fd.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <sys/stat.h>

#include <cerrno>

namespace halfopen::ctl {

namespace {

int writeAll(int fd, std::string_view text) {
    while (!text.empty()) {
        const ssize_t wrote = ::write(fd, text.data(), text.size());
        if (wrote < 0 && errno != EINTR)
            return errno;
        text.remove_prefix(wrote < 0 ? 0 : static_cast<std::size_t>(wrote));
    }
    return 0;
}

/// @return 0 or errno
int fill(int fd, std::string_view text) {
    if (const int error = writeAll(fd, text))
        return error;
    return ::fchmod(fd, 0644) != 0 || ::fsync(fd) != 0 ? errno : 0;
}

} // namespace

Result<void> replaceFile(const std::string& file, std::string_view text) {
    std::string beside = file + ".XXXXXX";
    const auto refuse = [&](int error) {
        return failure(ErrorCode::Unreadable, Sentence::tr("Cannot write {0}: {1}.", file, Errno{error}));
    };
    const UniqueFd made(::mkostemp(beside.data(), O_CLOEXEC));
    if (!made)
        return refuse(errno);
    int error = fill(made.get(), text);
    if (error == 0 && ::rename(beside.c_str(), file.c_str()) != 0)
        error = errno;
    if (error == 0)
        return {};
    ::unlink(beside.c_str());
    return refuse(error);
}

} // namespace halfopen::ctl
