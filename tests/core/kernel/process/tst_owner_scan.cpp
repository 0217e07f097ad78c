// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/owner_scan.h"
#include "tests/core/processes.h"
#include "tests/skip.h"

#include <gtest/gtest.h>
#include <sched.h>

#include <sys/eventfd.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include <algorithm>
#include <deque>
#include <vector>

namespace halfopen {
namespace {

using namespace std::chrono_literals;
using namespace test;

/// One whole sample with these connections, and then all there is to do.
void sampleAndScan(OwnerScan& scan, const std::vector<Connection>& connections) {
    scan.beginSample();
    for (const Connection& connection : connections)
        scan.lookUp(connection);
    while (!scan.settled(MonotonicClock::now()))
        scan.step(MonotonicClock::now() + 5ms);
}

/// The next sample may scan at once.
constexpr ScanPace kNoPause{0, 10s};

const std::vector<Owner>& ownersOf(const OwnerScan& scan, std::uint32_t inode) {
    static const std::vector<Owner> none;
    const auto it = scan.owners()->find(inode);
    return it == scan.owners()->end() ? none : it->second;
}

std::string ownName() {
    char name[17] = {};
    prctl(PR_GET_NAME, name);
    return name;
}

TEST(OwnerScan, severalThreadsFindWhatOneFinds) {
    const Loopback one;
    const Loopback other;
    std::vector<Connection> connections;
    for (const int socket : {one.listener.get(), one.client.get(), other.listener.get(), other.client.get()})
        connections.push_back(connectionOf(socket));
    std::deque<Child> heirs;
    for (int i = 0; i < 7; ++i)
        heirs.emplace_back([i] { prctl(PR_SET_NAME, ("heir" + std::to_string(i)).c_str()); });
    OwnerScan alone;
    OwnerScan together;
    together.setThreads(3);
    sampleAndScan(alone, connections);
    sampleAndScan(together, connections);
    for (const Connection& connection : connections) {
        EXPECT_EQ(ownersOf(together, connection.inode).size(), 8U);
        EXPECT_EQ(ownersOf(together, connection.inode), ownersOf(alone, connection.inode)) << "and in the same order";
        EXPECT_EQ(together.lookUp(connection), OwnerUnknown::Known);
    }
    together.setThreads(1); // the next round is nobody's hurry; it finds no change
    const auto table = together.owners();
    together.distrust();
    sampleAndScan(together, connections);
    EXPECT_EQ(together.owners(), table);
}

TEST(OwnerScan, namesEveryDescriptorOfEveryProcess) {
    const Loopback loopback;
    const UniqueFd again(dup(loopback.client.get()));
    const Child heir([] { prctl(PR_SET_NAME, "heir"); });
    const Connection connection = connectionOf(loopback.client.get());
    OwnerScan scan;
    EXPECT_EQ(scan.lookUp(connection), OwnerUnknown::NotLookedUp);
    sampleAndScan(scan, {connection});
    EXPECT_EQ(scan.lookUp(connection), OwnerUnknown::Known);

    std::vector<Owner> expected{{getpid(), loopback.client.get(), ownName()},
                                {getpid(), again.get(), ownName()},
                                {heir.pid(), loopback.client.get(), "heir"},
                                {heir.pid(), again.get(), "heir"}};
    std::sort(expected.begin(), expected.end(),
              [](const Owner& a, const Owner& b) { return std::pair(a.pid, a.fd) < std::pair(b.pid, b.fd); });
    EXPECT_EQ(ownersOf(scan, connection.inode), expected);
}

TEST(OwnerScan, keepsOnlyWhatWasAskedFor) {
    const Loopback loopback;
    OwnerScan scan;
    sampleAndScan(scan, {connectionOf(loopback.client.get())});
    EXPECT_EQ(scan.owners()->size(), 1u);
}

TEST(OwnerScan, saysWhyNobodyIsNamed) {
    OwnerScan scan;
    Connection orphan;
    orphan.state = State::FinWait1;
    EXPECT_EQ(scan.lookUp(orphan), OwnerUnknown::NoDescriptor);
    Connection waiting;
    waiting.state = State::Established;
    EXPECT_EQ(scan.lookUp(waiting), OwnerUnknown::NotAccepted);
    Connection timeWait;
    timeWait.state = State::TimeWait;
    EXPECT_EQ(scan.lookUp(timeWait), OwnerUnknown::NoDescriptor);
    Connection request;
    request.state = State::SynRecv;
    EXPECT_EQ(scan.lookUp(request), OwnerUnknown::NotAccepted);
    EXPECT_TRUE(scan.settled(MonotonicClock::now())) << "none of them is worth a scan";
}

TEST(OwnerScan, aFastOpenChildThatIsAcceptedHasAnOwner) {
    const Loopback loopback;
    Connection child = connectionOf(loopback.client.get());
    child.state = State::SynRecv; // accepted before its handshake is finished
    OwnerScan scan;
    sampleAndScan(scan, {child});
    EXPECT_EQ(scan.lookUp(child), OwnerUnknown::Known);
}

Connection connectionThatNobodyHolds() {
    const Loopback loopback;
    return connectionOf(loopback.client.get());
}

TEST(OwnerScan, socketThatNobodyHoldsIsLookedForOnce) {
    const Connection lost = connectionThatNobodyHolds();
    OwnerScan scan;
    sampleAndScan(scan, {lost});
    scan.beginSample();
    const OwnerUnknown why = scan.lookUp(lost);
    // Which, depends on whether there are processes that we may not look into.
    EXPECT_TRUE(why == OwnerUnknown::Nowhere || why == OwnerUnknown::Denied || why == OwnerUnknown::NoCapability ||
                why == OwnerUnknown::Unseen)
        << toString(why);
    EXPECT_TRUE(scan.settled(MonotonicClock::now() + 5s)) << "but again after ten seconds";
    EXPECT_FALSE(scan.settled(MonotonicClock::now() + 3600s));
}

TEST(OwnerScan, whereEveryProcessWasLookedIntoItIsInNoDescriptorTable) {
    if (!isRoot())
        SKIP_UNLESS_CI("needs root for a /proc with no process but its own");
    const Connection lost = connectionThatNobodyHolds();
    const int word = resultInChild([&] {
        if (unshare(CLONE_NEWNS | CLONE_NEWPID) != 0)
            return 90;
        return resultInChild([&] {
            if (mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
                mount("proc", "/proc", "proc", 0, nullptr) != 0)
                return 91;
            OwnerScan scan;
            sampleAndScan(scan, {lost});
            return static_cast<int>(scan.lookUp(lost));
        });
    });
    EXPECT_EQ(word, static_cast<int>(OwnerUnknown::Nowhere));
}

TEST(OwnerScan, otherUsersSocketIsToldAsSuch) {
    if (!isRoot())
        SKIP_UNLESS_CI("needs root to become another user");
    const Loopback loopback;
    const Connection connection = connectionOf(loopback.client.get());
    const Child owner([] {}); // a child of root's holds it; the reader below closes its own copy
    const int word = resultInChild([&] {
        close(loopback.client.get());
        becomeNobody();
        OwnerScan scan;
        sampleAndScan(scan, {connection});
        return static_cast<int>(scan.lookUp(connection));
    });
    EXPECT_EQ(word, static_cast<int>(OwnerUnknown::OtherUser));
}

TEST(OwnerScan, ownerThatEndedIsForgottenAndANewSocketFound) {
    const Loopback first, second;
    const Connection a = connectionOf(first.client.get());
    const Connection b = connectionOf(second.client.get());
    Child owner([] {});
    OwnerScan scan(kNoPause);
    sampleAndScan(scan, {a});
    EXPECT_EQ(ownersOf(scan, a.inode).size(), 2u);
    const OwnerTablePtr before = scan.owners();
    owner.end();
    sampleAndScan(scan, {a, b});
    EXPECT_EQ(ownersOf(scan, b.inode).size(), 1u);
    EXPECT_EQ(ownersOf(scan, a.inode).size(), 1u) << "the round for the new socket corrects the old one";
    EXPECT_EQ(before->at(a.inode).size(), 2u) << "a table once published does not change";
}

TEST(OwnerScan, unchangedOwnersKeepTheirTable) {
    const Loopback loopback;
    OwnerScan scan(kNoPause);
    sampleAndScan(scan, {connectionOf(loopback.client.get())});
    const OwnerTablePtr before = scan.owners();
    scan.distrust();
    scan.beginSample();
    ASSERT_FALSE(scan.settled(MonotonicClock::now())) << "a table that is not trusted is made anew";
    while (!scan.settled(MonotonicClock::now()))
        scan.step(MonotonicClock::now() + 5ms);
    EXPECT_EQ(scan.owners(), before);
}

TEST(OwnerScan, pausesAfterARoundInProportionToItsCost) {
    const Loopback first, second;
    OwnerScan scan({1'000'000, 10s});
    sampleAndScan(scan, {connectionOf(first.client.get())});
    sampleAndScan(scan, {connectionOf(first.client.get()), connectionOf(second.client.get())});
    EXPECT_EQ(scan.lookUp(connectionOf(second.client.get())), OwnerUnknown::NotLookedUp);
    EXPECT_FALSE(scan.settled(MonotonicClock::now() + 10000 * 24h)); // also where a round takes seconds
}

TEST(OwnerScan, processWithVeryManyDescriptorsIsLookedAtInSlices) {
    constexpr rlim_t kMany = 4000;
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_max < kMany)
        SKIP_UNLESS_CI("needs " + std::to_string(kMany) + " open files; the hard limit is " +
                       std::to_string(limit.rlim_max));
    const Loopback loopback;
    const Connection connection = connectionOf(loopback.client.get());
    const Child crowd([] {
        const rlimit raised{kMany, kMany};
        setrlimit(RLIMIT_NOFILE, &raised);
        const int event = eventfd(0, 0);
        while (dup(event) >= 0) {
        }
    });
    OwnerScan scan;
    scan.beginSample();
    scan.lookUp(connection);
    int slices = 0;
    for (; !scan.settled(MonotonicClock::now()); ++slices)
        scan.step(MonotonicClock::now());
    EXPECT_GT(slices, static_cast<int>(kMany) / 64) << "one slice is a few descriptors, however many there are";
    EXPECT_EQ(ownersOf(scan, connection.inode).size(), 2u);
}

} // namespace
} // namespace halfopen
