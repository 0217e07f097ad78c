// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lab/net_namespace.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sched.h>

#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <cerrno>
#include <fstream>
#include <string>
#include <system_error>

namespace halfopen::lab {

namespace {

std::string firstWord(const char* path) {
    std::string word;
    std::ifstream(path) >> word;
    return word;
}

/// What on this machine forbids a namespace of one's own, as a sentence; the general one where nothing is known to.
Sentence whyForbidden(int error) {
    if (error == ENOSPC || error == EUSERS)
        return Sentence::tr(
            "no more namespaces are allowed here: raise user.max_user_namespaces and user.max_net_namespaces "
            "(sysctl)");
    if (firstWord("/proc/sys/kernel/unprivileged_userns_clone") == "0")
        return Sentence::tr(
            "user namespaces are switched off for ordinary users: set kernel.unprivileged_userns_clone to 1 "
            "(sysctl)");
    if (firstWord("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == "1")
        return Sentence::tr(
            "AppArmor restricts user namespaces: set kernel.apparmor_restrict_unprivileged_userns to 0 (sysctl) or "
            "give "
            "this program a profile that allows userns");
    return Sentence::tr("a sandbox, a container or a security policy forbids them");
}

Error namespaceError(const Sentence& what, int error) {
    if (error == EINVAL)
        return {
            ErrorCode::NotSupported,
            Sentence::tr("The laboratory needs {0}, but {1}: this kernel has none, or the process has several threads.",
                         what, Errno{error})};
    return {ErrorCode::NotPermitted, Sentence::tr("The laboratory needs {0}, but {1}; {2}. Or start it as root.", what,
                                                  Errno{error}, whyForbidden(error))};
}

int writeLine(const char* path, const std::string& script) {
    const UniqueFd file(::open(path, O_WRONLY | O_CLOEXEC));
    if (!file)
        return errno;
    return ::write(file.get(), script.data(), script.size()) == static_cast<ssize_t>(script.size()) ? 0 : errno;
}

/// The same uid and gid inside as outside, so that files, the session bus and X11 go on working.
Result<void> enterOwnUserNamespace() {
    const auto uid = ::geteuid();
    const auto gid = ::getegid();
    if (::unshare(CLONE_NEWUSER) != 0)
        return tl::unexpected(namespaceError(Sentence::tr("a user namespace"), errno));
    // "deny" must come first: user_namespaces(7), "Defining user and group ID mappings". Kernels before 3.19 have no
    // such file.
    if (const int error = writeLine("/proc/self/setgroups", "deny"); error != 0 && error != ENOENT)
        return tl::unexpected(namespaceError(Sentence::tr("a user namespace of its own (setgroups)"), error));
    if (const int error = writeLine("/proc/self/uid_map", fmt::format("{} {} 1\n", uid, uid)); error != 0)
        return tl::unexpected(namespaceError(Sentence::tr("a user namespace of its own (uid_map)"), error));
    if (const int error = writeLine("/proc/self/gid_map", fmt::format("{} {} 1\n", gid, gid)); error != 0)
        return tl::unexpected(namespaceError(Sentence::tr("a user namespace of its own (gid_map)"), error));
    return {};
}

} // namespace

Result<NetNamespace> NetNamespace::current() {
    NetNamespace result;
    result.m_file = UniqueFd(::open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC));
    struct stat status {};
    if (!result.m_file || ::fstat(result.m_file.get(), &status) != 0)
        return failure(
            ErrorCode::NotSupported,
            Sentence::tr("The network namespace of this process could not be opened (/proc/thread-self/ns/net): {0}.",
                         Errno{errno}));
    result.m_inode = status.st_ino;
    return result;
}

Result<void> NetNamespace::enter() const {
    if (::setns(m_file.get(), CLONE_NEWNET) == 0)
        return {};
    return failure(ErrorCode::NotPermitted,
                   Sentence::tr("The network namespace {0} could not be entered: {1}.", m_inode, Errno{errno}));
}

Result<void> enterNewNetNamespace() {
    if (::unshare(CLONE_NEWNET) == 0)
        return {};
    if (errno != EPERM)
        return tl::unexpected(namespaceError(Sentence::tr("a network namespace"), errno));
    if (auto entered = enterOwnUserNamespace(); !entered)
        return entered;
    if (::unshare(CLONE_NEWNET) != 0)
        return tl::unexpected(namespaceError(Sentence::tr("a network namespace"), errno));
    return {};
}

Result<void> keepRightsAcrossExec() {
    constexpr unsigned kKept[] = {CAP_NET_ADMIN, CAP_NET_RAW, CAP_NET_BIND_SERVICE, CAP_SYS_PTRACE};
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3]{};
    if (::syscall(SYS_capget, &header, data) != 0)
        return failure(ErrorCode::NotPermitted, Sentence::tr("The capabilities could not be read: {0}.", Errno{errno}));
    for (const unsigned capability : kKept)
        data[CAP_TO_INDEX(capability)].inheritable |= CAP_TO_MASK(capability);
    if (::syscall(SYS_capset, &header, data) != 0)
        return failure(ErrorCode::NotPermitted, Sentence::tr("The capabilities could not be kept: {0}.", Errno{errno}));
    for (const unsigned capability : kKept)
        if (::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0) != 0)
            return failure(ErrorCode::NotPermitted,
                           Sentence::tr("The capabilities could not be kept: {0}.", Errno{errno}));
    return {};
}

Result<Visit> Visit::to(const NetNamespace& there) {
    auto home = NetNamespace::current();
    if (!home)
        return tl::unexpected(home.error());
    if (auto entered = there.enter(); !entered)
        return tl::unexpected(entered.error());
    return Visit(std::move(*home));
}

Visit::~Visit() {
    // The way back was open when it was left; a failure here cannot be told to anyone.
    if (m_home.descriptor() >= 0)
        static_cast<void>(m_home.enter());
}

} // namespace halfopen::lab
