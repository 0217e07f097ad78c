// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lab/in_child.h"

#include <grp.h>
#include <gtest/gtest.h>
#include <sched.h>

#include <linux/capability.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <csignal>

namespace halfopen::test {

namespace {

void become(uid_t uid) {
    // dumpable: a process that changed its uid could not write its own /proc/self/uid_map, one started as that uid can.
    const bool changed = ::setgroups(0, nullptr) == 0 && ::setresgid(uid, uid, uid) == 0 &&
                         ::setresuid(uid, uid, uid) == 0 && ::prctl(PR_SET_DUMPABLE, 1) == 0;
    if (!changed)
        ::_exit(99);
}

[[noreturn]] void childMain(int out, const std::function<std::string()>& body, std::optional<uid_t> uid) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (uid)
        become(*uid);
    const bool failedBefore = testing::Test::HasFailure();
    auto report = body();
    if (!failedBefore && testing::Test::HasFailure())
        report += " a check in the child failed"; // the parent's GoogleTest does not hear of it otherwise
    ::_exit(::write(out, report.data(), report.size()) == static_cast<ssize_t>(report.size()) ? 0 : 98);
}

std::string readAll(int fd) {
    std::string text;
    char buffer[4096];
    for (ssize_t length = 0; (length = ::read(fd, buffer, sizeof buffer)) > 0;)
        text.append(buffer, static_cast<std::size_t>(length));
    return text;
}

} // namespace

std::string inChild(const std::function<std::string()>& body, std::optional<uid_t> uid) {
    int ends[2];
    if (::pipe(ends) != 0)
        return "no pipe";
    const pid_t child = ::fork();
    if (child == 0)
        childMain(ends[1], body, uid);
    ::close(ends[1]);
    auto report = readAll(ends[0]);
    ::close(ends[0]);
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return "the child failed, wait status " + std::to_string(status) + ", it said: " + report;
    return report;
}

std::string inChildAlone(const std::function<std::string()>& body) {
    return inChild([&]() -> std::string {
        if (::unshare(CLONE_NEWNS | CLONE_NEWPID) != 0)
            return "no namespaces of its own";
        return inChild([&]() -> std::string {
            if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
                ::mount("proc", "/proc", "proc", 0, nullptr) != 0)
                return "no /proc of its own";
            return body();
        });
    });
}

void dropCapabilities() {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3]{};
    if (::syscall(SYS_capset, &header, none) != 0)
        ::_exit(97);
}

std::optional<std::string> whyNotRoot() {
    if (::geteuid() == 0)
        return std::nullopt;
    return "needs root, to become another user and to read /proc/timer_list";
}

} // namespace halfopen::test
