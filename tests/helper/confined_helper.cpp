// SPDX-License-Identifier: GPL-3.0-or-later
// The helper as it is, under the filter that systemd makes of its unit's RestrictNamespaces=net (systemd.exec(5)): no
// other kind of namespace is made or entered, and setns(2) has to say which.
#include "app/helper/run.h"
#include "tests/core/processes.h"

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include <cerrno>

namespace {

constexpr std::uint32_t kOtherKinds =
    CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWCGROUP | 0x80U; // CLONE_NEWTIME

constexpr std::uint32_t argument(int number) {
    return offsetof(seccomp_data, args) + static_cast<std::uint32_t>(number) * sizeof(std::uint64_t);
}

/// clone3(2), whose flags no filter can see, is not there, and the C library goes back to clone(2).
bool restrictToNetworkNamespaces() {
    const sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 10, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_unshare, 2, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 1, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_setns, 2, 5),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, argument(0)),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, kOtherKinds, 4, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, argument(1)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 2, 0),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, kOtherKinds, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
    };
    return halfopen::test::filterCalls(filter);
}

bool isRefused(const char* kind, int flags) {
    const int file = ::open(kind, O_RDONLY | O_CLOEXEC);
    const bool refused = file >= 0 && ::setns(file, flags) != 0 && errno == EPERM;
    ::close(file);
    return refused;
}

} // namespace

int main() {
    const bool tight = restrictToNetworkNamespaces() && isRefused("/proc/self/ns/net", 0) &&
                       isRefused("/proc/self/ns/mnt", CLONE_NEWNS) && isRefused("/proc/self/ns/uts", CLONE_NEWUTS);
    return tight ? halfopen::runHelper(std::chrono::minutes(1)) : 1;
}
