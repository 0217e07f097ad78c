// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/bpf/owner_iterator.h"
#include "tests/core/kernel/bpf/exact_test.h"
#include "tests/core/processes.h"

#include <sched.h>
#include <unistd.h>

#include <sys/socket.h>

#include <algorithm>
#include <future>
#include <thread>
#include <utility>
#include <vector>

namespace halfopen {
namespace {

using namespace test;

class OwnerIteratorTest : public testing::Test {
protected:
    void SetUp() override { SKIP_WITHOUT_EXACT(); }

    static std::vector<OwnedSocket> pass() {
        OwnerIterator owners(exactPrograms());
        EXPECT_TRUE(owners.begin());
        std::vector<OwnedSocket> owned;
        Result<bool> more = true;
        while (more && *more)
            more = owners.next(owned);
        EXPECT_TRUE(more) << inEnglish(more.error());
        return owned;
    }
};

TEST_F(OwnerIteratorTest, everyDescriptorOfEveryProcessIsThere) {
    Loopback loopback;
    loopback.connectClient();
    const UniqueFd twice(dup(loopback.client.get()));
    const Child child([] {});
    const std::vector<OwnedSocket> owned = pass();
    const auto isThere = [&](pid_t pid, int fd) {
        return std::ranges::any_of(owned, [&](const OwnedSocket& one) {
            return one.pid == pid && one.fd == fd && one.inode == inodeOf(loopback.client.get()) &&
                   one.state == State::Established;
        });
    };
    for (const pid_t pid : {getpid(), child.pid()})
        for (const int fd : {loopback.client.get(), twice.get()})
            EXPECT_TRUE(isThere(pid, fd)) << pid << " " << fd;
    std::vector<std::pair<pid_t, int>> ours; // others may have threads with a table of their own
    for (const OwnedSocket& one : owned)
        if (one.pid == getpid() || one.pid == child.pid())
            ours.emplace_back(one.pid, one.fd);
    EXPECT_TRUE(std::ranges::is_sorted(ours));
}

/// clone(2), CLONE_FILES; its process is told.
TEST_F(OwnerIteratorTest, descriptorsOfAThreadWithATableOfItsOwnAreThere) {
    std::promise<std::uint32_t> opened;
    std::promise<void> looked;
    std::thread alone([&] {
        unshare(CLONE_FILES);
        const UniqueFd listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        EXPECT_EQ(listen(listener.get(), 1), 0);
        opened.set_value(inodeOf(listener.get()));
        looked.get_future().wait();
    });
    const std::uint32_t inode = opened.get_future().get();
    EXPECT_TRUE(
        std::ranges::any_of(pass(), [&](const OwnedSocket& one) { return one.pid == getpid() && one.inode == inode; }));
    looked.set_value();
    alone.join();
}

TEST_F(OwnerIteratorTest, theWholeOfAnMptcpConnectionIsThere) {
    constexpr int kMptcp = 262; // IPPROTO_MPTCP
    const UniqueFd whole(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, kMptcp));
    if (!whole)
        GTEST_SKIP() << "this kernel has no MPTCP, or net.mptcp.enabled is 0";
    EXPECT_TRUE(std::ranges::any_of(pass(), [&](const OwnedSocket& one) {
        return one.pid == getpid() && one.fd == whole.get() && one.inode == inodeOf(whole.get());
    }));
}

TEST_F(OwnerIteratorTest, otherSocketsAndFilesAreNot) {
    const UniqueFd local(socket(AF_UNIX, SOCK_STREAM, 0)), datagrams(socket(AF_INET, SOCK_DGRAM, 0));
    for (const OwnedSocket& one : pass())
        EXPECT_TRUE(one.pid != getpid() || (one.fd != local.get() && one.fd != datagrams.get()));
}

} // namespace
} // namespace halfopen
