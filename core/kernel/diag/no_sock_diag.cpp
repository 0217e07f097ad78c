// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/no_sock_diag.h"

#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/utsname.h>

#include <cerrno>
#include <string_view>

namespace halfopen {

namespace {

/// gVisor tells one version since its beginnings. Source: gvisor.dev, pkg/sentry/kernel/version.go.
bool isGvisor(const KernelKind& kernel) {
    return kernel.version == "#1 SMP Sun Jan 10 15:06:54 PST 2016";
}

/// "4.4.0-19041-Microsoft"; WSL 2 has a kernel, "...-microsoft-standard-WSL2".
bool isWsl1(const KernelKind& kernel) {
    return std::string_view(kernel.release).ends_with("-Microsoft");
}

} // namespace

KernelKind kernelKind() {
    KernelKind kind;
    utsname names{};
    if (::uname(&names) == 0) {
        kind.release = names.release;
        kind.version = names.version;
    }
    kind.filtered = ::prctl(PR_GET_SECCOMP) == SECCOMP_MODE_FILTER;
    return kind;
}

Error noSockDiag(int errorNumber, const Sentence& words, const KernelKind& kernel) {
    if (isGvisor(kernel))
        return {
            ErrorCode::NotSupported,
            Sentence::tr("TCP sockets cannot be listed ({0}): this is gVisor, whose kernel has no sock_diag.", words)};
    if (isWsl1(kernel))
        return {ErrorCode::NotSupported,
                Sentence::tr("TCP sockets cannot be listed ({0}): this is WSL 1, which has no Linux kernel and no "
                             "sock_diag. WSL 2 has: wsl --set-version NAME 2",
                             words)};
    if (errorNumber == EAFNOSUPPORT)
        return {ErrorCode::NotSupported,
                kernel.filtered
                    ? Sentence::tr("TCP sockets cannot be listed ({0}): the seccomp filter of this process's unit or "
                                   "sandbox forbids netlink sockets. In a unit: RestrictAddressFamilies=AF_NETLINK",
                                   words)
                    : Sentence::tr("TCP sockets cannot be listed ({0}): there are no netlink sockets here.", words)};
    if (kernel.filtered)
        return {
            ErrorCode::NotSupported,
            Sentence::tr("The kernel cannot list TCP sockets ({0}): either the seccomp filter forbids it that is in "
                         "force for this process, or the modules inet_diag and tcp_diag are missing. Try it "
                         "outside of the sandbox, or: sudo modprobe tcp_diag",
                         words)};
    return {ErrorCode::NotSupported,
            Sentence::tr("The kernel cannot list TCP sockets ({0}): its modules inet_diag and tcp_diag are missing. "
                         "Try: sudo modprobe tcp_diag",
                         words)};
}

} // namespace halfopen
