// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/unique_fd.h"

#include <cstdint>

namespace halfopen {

/// A second reference to an open socket of another process, as pidfd_getfd(2) gives it.
///
/// While it is held, the owner's close(2) does not close the connection: it is to be held for some microseconds. And
/// where the owner closes in just these, ours is the last reference, so what the owner asked for is done by us: with
/// SO_LINGER that is to wait, up to hours, in our close(2). So that nobody can stop this program in this way, a socket
/// that lingers is let go by a thread that ends, for which the kernel does not wait (net/ipv4/af_inet.c,
/// inet_release(): PF_EXITING); the connection is finished in the background, as it is without SO_LINGER.
///
/// SO_ERROR is never read from it: whoever reads it takes the error away from the program.
class FetchedSocket {
public:
    FetchedSocket() = default;
    /// @param socket  -1: none
    explicit FetchedSocket(UniqueFd socket)
        : m_socket(std::move(socket)) {}
    FetchedSocket(FetchedSocket&&) noexcept = default;
    FetchedSocket& operator=(FetchedSocket&& other) noexcept {
        letGo();
        m_socket = std::move(other.m_socket);
        return *this;
    }
    ~FetchedSocket() { letGo(); }

    int get() const { return m_socket.get(); }
    explicit operator bool() const { return static_cast<bool>(m_socket); }

private:
    void letGo();

    UniqueFd m_socket;
};

/// pidfd_open(2). @return none, with errno, where it is refused
UniqueFd openProcess(std::int32_t pid);
/// pidfd_getfd(2). @return none, with errno, where it is refused
FetchedSocket fetchSocket(const UniqueFd& process, std::int32_t fd);

} // namespace halfopen
