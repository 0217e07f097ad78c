// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/descriptor_walk.h"
#include "core/kernel/process/owner_scan.h"
#include "tests/core/kernel/process/held_elsewhere.h"
#include "tests/core/processes.h"
#include "tests/skip.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>

#include <linux/capability.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include <cstring>
#include <optional>

namespace halfopen {
namespace {

using namespace std::chrono_literals;
using namespace test;

/// What a whole round says about it.
OwnerUnknown look(const Connection& connection, OwnerTablePtr* owners = nullptr) {
    OwnerScan scan;
    scan.beginSample();
    scan.lookUp(connection);
    while (!scan.settled(MonotonicClock::now()))
        scan.step(MonotonicClock::now() + 5ms);
    scan.beginSample();
    const OwnerUnknown why = scan.lookUp(connection);
    if (owners != nullptr)
        *owners = scan.owners();
    return why;
}

/// As the first process of namespaces of its own for processes and mounts, so that /proc shows nobody else.
int alone(const std::function<int()>& body, const char* options = "") {
    return resultInChild([&] {
        if (unshare(CLONE_NEWNS | CLONE_NEWPID) != 0)
            return 90;
        return resultInChild([&] {
            if (mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
                mount("proc", "/proc", "proc", 0, options) != 0)
                return 91;
            return body();
        });
    });
}

void dropCapability(int capability) {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct data[2] = {};
    syscall(SYS_capget, &header, data);
    data[capability / 32].effective &= ~(1U << (capability % 32));
    data[capability / 32].permitted &= ~(1U << (capability % 32));
    syscall(SYS_capset, &header, data);
}

constexpr int number(OwnerUnknown why) {
    return static_cast<int>(why);
}

TEST(DescriptorWalk, registeredSocketsAreReadOutOfTheText) {
    EXPECT_EQ(registeredSockets("pos:\t0\nUserFiles:\t3\n    0: socket:[123]\n    1: /etc/passwd\n    2: "
                                "socket:[4294967295]\n10000: socket:[7]\nUserBufs:\t0\nPollList:\n"),
              (std::vector<std::uint32_t>{123, 4294967295U, 7}));
    EXPECT_TRUE(registeredSockets("UserFiles:\t0\nUserBufs:\t1\n    0: 0x7f/10\n").empty());
    EXPECT_TRUE(registeredSockets("").empty());
    EXPECT_TRUE(registeredSockets("UserFiles:").empty());
    EXPECT_TRUE(registeredSockets("UserFiles:\t1\n    0: socket:[99999999999]").empty());
}

TEST(DescriptorWalk, socketThatOnlyAnIoUringHoldsIsItsProgramsAndSaysSo) {
    Loopback loopback;
    const Connection connection = connectionOf(loopback.client.get());
    const UniqueFd ring = intoRing(std::move(loopback.client));
    if (!ring)
        GTEST_SKIP() << "no io_uring here (kernel.io_uring_disabled, a seccomp filter)";
    OwnerTablePtr owners;
    ASSERT_EQ(look(connection, &owners), OwnerUnknown::Known);
    ASSERT_EQ(owners->at(connection.inode).size(), 1U);
    EXPECT_EQ(owners->at(connection.inode)[0].pid, getpid());
    EXPECT_EQ(owners->at(connection.inode)[0].fd, -1);
}

TEST(DescriptorWalk, socketThatAnIoUringHoldsBesideADescriptorIsToldByTheDescriptor) {
    const Loopback loopback;
    const Connection connection = connectionOf(loopback.client.get());
    const UniqueFd ring = intoRing(UniqueFd(dup(loopback.client.get())));
    if (!ring)
        GTEST_SKIP() << "no io_uring here (kernel.io_uring_disabled, a seccomp filter)";
    OwnerTablePtr owners;
    ASSERT_EQ(look(connection, &owners), OwnerUnknown::Known);
    ASSERT_EQ(owners->at(connection.inode).size(), 1U);
    EXPECT_EQ(owners->at(connection.inode)[0].fd, loopback.client.get());
}

TEST(DescriptorWalk, socketOnItsWayBetweenProcessesIsInNoDescriptorTable) {
    if (!isRoot())
        SKIP_UNLESS_CI("needs root for a /proc with no process but its own");
    EXPECT_EQ(alone([] {
                  Loopback loopback;
                  const Connection connection = connectionOf(loopback.client.get());
                  const auto away = sendAway(std::move(loopback.client));
                  return away ? number(look(connection)) : 92;
              }),
              number(OwnerUnknown::Nowhere));
}

TEST(DescriptorWalk, anOrdinaryUsersSocketOnItsWayIsNotBlamedOnAnotherUser) {
    if (!isRoot())
        SKIP_UNLESS_CI("needs root to become an ordinary user beside others");
    EXPECT_EQ(resultInChild([] {
                  becomeNobody();
                  Loopback loopback;
                  const Connection connection = connectionOf(loopback.client.get());
                  const auto away = sendAway(std::move(loopback.client));
                  return away ? number(look(connection)) : 92;
              }),
              number(OwnerUnknown::Unseen));
}

TEST(DescriptorWalk, rootWithoutItsCapabilityIsToldSo) {
    if (!isRoot())
        SKIP_UNLESS_CI("needs root");
    const Loopback loopback;
    const Connection connection = connectionOf(loopback.client.get());
    const Child owner([] {});
    EXPECT_EQ(resultInChild([&] {
                  close(loopback.client.get());
                  dropCapability(CAP_SYS_PTRACE);
                  return number(look(connection));
              }),
              number(OwnerUnknown::NoCapability));
}

TEST(DescriptorWalk, userThatDoesNotExistHereIsToldSo) {
    if (!isRoot())
        SKIP_UNLESS_CI("needs root to be another user first");
    const Loopback loopback;
    Connection connection = connectionOf(loopback.client.get());
    connection.uid = 65534; // as sock_diag tells a user that is not mapped
    const Child owner([] {});
    EXPECT_EQ(resultInChild([&] {
                  close(loopback.client.get());
                  if (setgid(1500) != 0 || setuid(1500) != 0 || prctl(PR_SET_DUMPABLE, 1) != 0 ||
                      unshare(CLONE_NEWUSER) != 0)
                      return 92;
                  const UniqueFd map(open("/proc/self/uid_map", O_WRONLY));
                  if (write(map.get(), "0 1500 1", 8) != 8)
                      return 93;
                  return number(look(connection));
              }),
              number(OwnerUnknown::UnmappedUser));
}

TEST(DescriptorWalk, withoutADescriptorLeftNobodyIsSaidToHoldNothing) {
    const Loopback loopback;
    const Connection connection = connectionOf(loopback.client.get());
    for (const rlim_t spare : {0, 1}) // none for /proc, or one for /proc and none for a process
        EXPECT_EQ(resultInChild([&] {
                      const UniqueFd lowest(dup(0));
                      const rlim_t most = static_cast<rlim_t>(lowest.get()) + spare;
                      const rlimit few{most, most};
                      setrlimit(RLIMIT_NOFILE, &few);
                      close(loopback.client.get());
                      const UniqueFd filler(spare > 0 ? dup(0) : -1); // in the place of the one just closed
                      return number(look(connection));
                  }),
                  number(OwnerUnknown::NoFiles))
            << spare;
}

TEST(DescriptorWalk, withoutProcNothingWasLookedUp) {
    if (!isRoot())
        SKIP_UNLESS_CI("needs root to cover /proc");
    const Loopback loopback;
    const Connection connection = connectionOf(loopback.client.get());
    EXPECT_EQ(resultInChild([&] {
                  if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
                      mount("none", "/proc", "tmpfs", 0, nullptr) != 0)
                      return 92;
                  return number(look(connection));
              }),
              number(OwnerUnknown::NoProc));
}

TEST(DescriptorWalk, whereProcHidesProcessesNothingIsSaidOfThem) {
    if (!isRoot())
        SKIP_UNLESS_CI("needs root to mount another /proc");
    EXPECT_EQ(alone(
                  [] {
                      Loopback loopback;
                      Connection connection = connectionOf(loopback.client.get());
                      const Child owner([] {}); // root's, and not to be seen by an ordinary user
                      connection.uid = kNobody; // whose socket it was
                      loopback.client.reset();
                      return resultInChild([&] {
                          becomeNobody();
                          return number(look(connection));
                      });
                  },
                  "hidepid=2"),
              number(OwnerUnknown::ProcHidden));
}

TEST(OwnerWords, everyOneHasAWordAndASentence) {
    for (int one = 1; one <= number(OwnerUnknown::ProcHidden); ++one) {
        const auto why = static_cast<OwnerUnknown>(one);
        EXPECT_FALSE(toString(why).empty()) << one;
        EXPECT_TRUE(inEnglish(sentenceOf(why)).ends_with('.')) << one;
    }
}

TEST(OwnRights, mapsOfUserNamespaces) {
    EXPECT_TRUE(mapsUser("         0          0 4294967295\n", 65534));
    EXPECT_FALSE(mapsUser("         0       1000          1\n", 65534));
    EXPECT_TRUE(mapsUser("0 1000 1\n1 100000 65535\n", 65534));
    EXPECT_FALSE(mapsUser("", 0));
}

} // namespace
} // namespace halfopen
