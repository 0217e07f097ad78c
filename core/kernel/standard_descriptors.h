// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace halfopen {

/// To be called before anything is opened. Where a program is started with one of the descriptors 0 to 2 closed, the
/// next file that it opens gets that number: a socket of the program that it looks into, perhaps, and what it prints
/// would go out to that one's peer. Each that is closed becomes one that can be neither written nor read, so that it is
/// told.
inline void holdStandardDescriptors() {
    for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        if (::fcntl(fd, F_GETFD) == -1 && errno == EBADF)
            (void)!::open("/", O_RDONLY | O_DIRECTORY); // the lowest that is free: this one
}

} // namespace halfopen
