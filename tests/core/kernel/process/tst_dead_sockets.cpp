// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/netns/netns_access.h"
#include "core/kernel/process/owner_scan.h"
#include "core/lab/links.h"
#include "tests/core/own_network.h"
#include "tests/core/processes.h"
#include "tests/skip.h"

#include <gtest/gtest.h>
#include <sched.h>

#include <netinet/tcp.h>
#include <sys/un.h>

#include <algorithm>
#include <memory>
#include <thread>

namespace halfopen {
namespace {

using namespace std::chrono_literals;
using namespace test;

constexpr ScanPace kNoPause{0, 0s};

/// One round; the listener stands for all that a dump lists.
void scanOnce(OwnerScan& scan, const Loopback& loopback) {
    Connection listed;
    listed.state = State::Listen;
    listed.inode = inodeOf(loopback.listener.get());
    listed.uid = geteuid();
    scan.beginSample();
    scan.lookUp(listed);
    for (bool ended = false; !ended;)
        ended = scan.step(MonotonicClock::now() + 5ms) || scan.settled(MonotonicClock::now());
}

const DeadSocket* deadOf(const OwnerScan& scan, int socket) {
    const auto& all = *scan.dead();
    const auto found = std::ranges::find(all, inodeOf(socket), &DeadSocket::inode);
    return found == all.end() ? nullptr : &*found;
}

void resetOnClose(UniqueFd socket) {
    const linger now{1, 0};
    ASSERT_EQ(setsockopt(socket.get(), SOL_SOCKET, SO_LINGER, &now, sizeof now), 0);
}

/// The client of a connection that its peer has reset.
void beReset(Loopback& loopback) {
    loopback.connectClient();
    UniqueFd accepted = loopback.accepted();
    ASSERT_EQ(write(loopback.client.get(), "x", 1), 1);
    resetOnClose(std::move(accepted));
}

/// In a network of its own: other tests have dead sockets too.
struct DeadSocketsTest : testing::Test {
    void SetUp() override {
        if (whyNoNetwork())
            SKIP_UNLESS_CI(*whyNoNetwork());
    }
};

TEST_F(DeadSocketsTest, aResetConnectionThatItsProgramHoldsIsFound) {
    Loopback loopback;
    beReset(loopback);
    OwnerScan scan(kNoPause);
    scanOnce(scan, loopback);
    const DeadSocket* dead = deadOf(scan, loopback.client.get());
    ASSERT_NE(dead, nullptr);
    EXPECT_EQ(dead->cookie, cookieOf(loopback.client.get()));
    EXPECT_EQ(dead->uid, geteuid());
    EXPECT_EQ(dead->local.address.toString(), "127.0.0.1");
    sockaddr_in local{};
    socklen_t size = sizeof local;
    getsockname(loopback.client.get(), reinterpret_cast<sockaddr*>(&local), &size);
    EXPECT_EQ(dead->local.port, ntohs(local.sin_port));
    ASSERT_EQ(dead->owners.size(), 1u);
    EXPECT_EQ(dead->owners[0].pid, getpid());
    EXPECT_EQ(dead->owners[0].fd, loopback.client.get());
    EXPECT_TRUE(dead->info.present());
}

TEST_F(DeadSocketsTest, theErrorIsLeftForTheProgram) {
    Loopback loopback;
    beReset(loopback);
    OwnerScan scan(kNoPause);
    scanOnce(scan, loopback);
    ASSERT_NE(deadOf(scan, loopback.client.get()), nullptr);
    int error = 0;
    socklen_t size = sizeof error;
    ASSERT_EQ(getsockopt(loopback.client.get(), SOL_SOCKET, SO_ERROR, &error, &size), 0);
    EXPECT_EQ(error, ECONNRESET);
}

TEST_F(DeadSocketsTest, allOwnersAreNamed) {
    Loopback loopback;
    beReset(loopback);
    const UniqueFd again(dup(loopback.client.get()));
    const Child heir([] { prctl(PR_SET_NAME, "heir"); });
    OwnerScan scan(kNoPause);
    scanOnce(scan, loopback);
    const DeadSocket* dead = deadOf(scan, loopback.client.get());
    ASSERT_NE(dead, nullptr);
    ASSERT_EQ(dead->owners.size(), 4u);
    const auto ofHeir = std::ranges::count(dead->owners, "heir", &Owner::name);
    EXPECT_EQ(ofHeir, 2);
}

TEST_F(DeadSocketsTest, oneThatIsClosedIsForgottenInTheNextRound) {
    Loopback loopback;
    beReset(loopback);
    OwnerScan scan(kNoPause);
    scanOnce(scan, loopback);
    ASSERT_EQ(scan.dead()->size(), 1u);
    loopback.client.reset();
    scanOnce(scan, loopback);
    EXPECT_TRUE(scan.dead()->empty());
}

TEST_F(DeadSocketsTest, theSameFindingIsNoNews) {
    Loopback loopback;
    beReset(loopback);
    OwnerScan scan(kNoPause);
    scanOnce(scan, loopback);
    const DeadSocketsPtr before = scan.dead();
    ASSERT_EQ(before->size(), 1u);
    scanOnce(scan, loopback);
    EXPECT_EQ(scan.dead(), before);
}

TEST_F(DeadSocketsTest, whatIsNoDeadConnectionIsNot) {
    Loopback loopback;
    loopback.connectClient(); // lives, though this test's dump does not list it
    const UniqueFd fresh(socket(AF_INET, SOCK_STREAM, 0));
    const UniqueFd datagram(socket(AF_INET, SOCK_DGRAM, 0));
    const UniqueFd local(socket(AF_UNIX, SOCK_STREAM, 0));
    const UniqueFd six(socket(AF_INET6, SOCK_STREAM, 0));
    const UniqueFd refused(socket(AF_INET, SOCK_STREAM, 0));
    auto nobody = loopback.address;
    nobody.sin_port = htons(1); // tcpmux: nobody listens
    ASSERT_EQ(connect(refused.get(), reinterpret_cast<sockaddr*>(&nobody), sizeof nobody), -1);
    OwnerScan scan(kNoPause);
    scanOnce(scan, loopback);
    EXPECT_TRUE(scan.dead()->empty()) << scan.dead()->front().local.toString();
    scanOnce(scan, loopback); // and not in a round that knows them already
    EXPECT_TRUE(scan.dead()->empty());
}

TEST_F(DeadSocketsTest, oneThatItsProgramHasDisconnectedIsNot) {
    Loopback loopback;
    beReset(loopback);
    sockaddr nobody{};
    nobody.sa_family = AF_UNSPEC;
    ASSERT_EQ(connect(loopback.client.get(), &nobody, sizeof nobody), 0);
    OwnerScan scan(kNoPause);
    scanOnce(scan, loopback);
    EXPECT_TRUE(scan.dead()->empty());
}

TEST_F(DeadSocketsTest, aConnectionOfAnotherNetworkNamespaceIsNotOurs) {
    OwnerScan scan(kNoPause);
    const Loopback here;
    const Child stranger([] {
        Loopback loopback;
        beReset(loopback);
        if (unshare(CLONE_NEWNET) != 0)
            _exit(1);
        // The socket stays where it was made; what counts is where its process looks from.
        (void)loopback.client.release();
    });
    scanOnce(scan, here);
    EXPECT_TRUE(scan.dead()->empty());
}

TEST_F(DeadSocketsTest, oneThatWasMadeInAnotherNetworkNamespaceIsNotOurs) {
    OwnerScan scan(kNoPause);
    const Loopback here;
    Loopback* there = nullptr; // of this process, but made where it is not
    std::thread([&] {
        if (unshare(CLONE_NEWNET) != 0)
            return;
        auto links = lab::Links::open();
        if (!links || !links->setUp("lo"))
            return;
        there = new Loopback;
        beReset(*there);
    }).join();
    const std::unique_ptr<Loopback> owned(there);
    ASSERT_NE(owned, nullptr);
    ASSERT_NE(netnsCookieOf(owned->client.get()), netnsCookieOf(here.client.get()));
    scanOnce(scan, here);
    EXPECT_TRUE(scan.dead()->empty());
}

/// It is listed, since it keeps the port that its program has chosen; and dead all the same.
TEST_F(DeadSocketsTest, oneThatTheKernelStillListsIsFound) {
    Loopback loopback;
    beReset(loopback);
    Connection listed = connectionOf(loopback.client.get());
    listed.state = State::Close;
    OwnerScan scan(kNoPause);
    scan.beginSample();
    scan.lookUp(listed);
    for (bool ended = false; !ended;)
        ended = scan.step(MonotonicClock::now() + 5ms) || scan.settled(MonotonicClock::now());
    EXPECT_NE(deadOf(scan, loopback.client.get()), nullptr);
    EXPECT_EQ(scan.lookUp(listed), OwnerUnknown::Known);
}

} // namespace
} // namespace halfopen
