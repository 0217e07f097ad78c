// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/child_process.h"

#include "app/helper/confinement.h"

#include <unistd.h>

#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <cerrno>
#include <climits>
#include <csignal>
#include <utility>

namespace halfopen {

namespace {

/// The channels of the children before are none of its business.
void closeOthers(int channel) {
    if (channel > STDERR_FILENO + 1)
        ::close_range(STDERR_FILENO + 1, static_cast<unsigned>(channel) - 1, 0);
    ::close_range(static_cast<unsigned>(channel) + 1, UINT_MAX, 0);
}

[[noreturn]] void run(const char* name, std::initializer_list<int> capabilities, void (*serve)(int channel),
                      const UniqueFd& channel) {
    // The end of the channel ends it, and, should that ever fail, the end of its parent. The helper is told to end by a
    // signal to all its processes, and has to finish what it has begun.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::prctl(PR_SET_NAME, name);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP})
        ::signal(signal, SIG_IGN);
    closeOthers(channel.get());
    if (keepCapabilities(capabilities))
        serve(channel.get());
    ::_exit(0);
}

tl::unexpected<Error> notStarted() {
    return failure(ErrorCode::SomeFailed,
                   Sentence::tr("A process of the helper could not be started: {0}.", Errno{errno}));
}

} // namespace

Result<UniqueFd> startChild(const char* name, std::initializer_list<int> capabilities, void (*serve)(int channel),
                            std::chrono::seconds timeLimit) {
    int ends[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return notStarted();
    UniqueFd mine(ends[0]);
    UniqueFd theirs(ends[1]);
    const pid_t child = ::fork();
    if (child < 0)
        return notStarted();
    if (child == 0)
        run(name, capabilities, serve, theirs);
    const timeval limit{.tv_sec = timeLimit.count(), .tv_usec = 0};
    ::setsockopt(mine.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    return mine;
}

} // namespace halfopen
