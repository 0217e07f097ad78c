// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/sockets/fetched_socket.h"

#include "core/kernel/socket_option.h"

#include <sched.h>
#include <unistd.h>

#include <sys/socket.h>
#include <sys/syscall.h>

#include <memory>
#include <semaphore>
#include <system_error>
#include <thread>

#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_pidfd_getfd
#define SYS_pidfd_getfd 438
#endif

namespace halfopen {
namespace {

bool lingers(int socket) {
    linger how{};
    return getOption(socket, SOL_SOCKET, SO_LINGER, how) && how.l_onoff != 0 && how.l_linger > 0;
}

/// What the leaving thread and the one that stays tell each other.
struct Parting {
    std::binary_semaphore ready{0};
    std::binary_semaphore closed{0};
    bool hasTable = false; ///< the leaving thread holds the socket in a descriptor table of its own
};

/// The thread takes a copy of all descriptors, so our own close is not the last one; its copies end with it.
void letGoByALeavingThread(UniqueFd socket) {
    const auto parting = std::make_shared<Parting>();
    std::thread leaving([parting, fd = socket.get()] {
        parting->hasTable = unshare(CLONE_FILES) == 0;
        parting->ready.release();
        if (parting->hasTable)
            parting->closed.acquire();
        else
            ::close(fd); // forbidden by a filter: then it waits here, and not where others are served
    });
    leaving.detach();
    parting->ready.acquire();
    if (parting->hasTable)
        socket.reset();
    else
        static_cast<void>(socket.release());
    parting->closed.release();
}

} // namespace

void FetchedSocket::letGo() {
    if (!m_socket || !lingers(m_socket.get()))
        return m_socket.reset();
    try {
        letGoByALeavingThread(std::move(m_socket));
    } catch (const std::system_error&) { // no thread to be had
        m_socket.reset();
    }
}

UniqueFd openProcess(std::int32_t pid) {
    return UniqueFd(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
}

FetchedSocket fetchSocket(const UniqueFd& process, std::int32_t fd) {
    return FetchedSocket(UniqueFd(static_cast<int>(syscall(SYS_pidfd_getfd, process.get(), fd, 0))));
}

} // namespace halfopen
