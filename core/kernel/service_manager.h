// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

namespace halfopen {

/// Tells systemd, or whoever else wants to know, how this program is: "READY=1" (sd_notify(3)).
/// @param socket  NOTIFY_SOCKET; empty: nobody wants to know
inline void tellServiceManager(const std::string& socket, std::string_view state) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (socket.empty() || socket.size() >= sizeof address.sun_path)
        return;
    std::memcpy(address.sun_path, socket.data(), socket.size());
    if (address.sun_path[0] == '@')
        address.sun_path[0] = '\0'; // an abstract address
    const UniqueFd fd(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    if (!fd)
        return;
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket.size());
    static_cast<void>(::sendto(fd.get(), state.data(), state.size(), MSG_NOSIGNAL,
                               reinterpret_cast<const sockaddr*>(&address), size));
}

} // namespace halfopen
