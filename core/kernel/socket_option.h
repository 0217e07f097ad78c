// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/socket.h>

namespace halfopen {

/// getsockopt(2) of a value of a fixed size. @return false, with errno, where it is refused
template <class T>
bool getOption(int socket, int level, int name, T& value) {
    socklen_t size = sizeof value;
    return ::getsockopt(socket, level, name, &value, &size) == 0;
}

/// setsockopt(2). @return false, with errno, where it is refused
inline bool setOption(int socket, int level, int name, int value) {
    return ::setsockopt(socket, level, name, &value, sizeof value) == 0;
}

} // namespace halfopen
