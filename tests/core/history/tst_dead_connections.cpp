// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/dead_connections.h"
#include "tests/frames/frame_maker.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace std::chrono_literals;
using Code = EndingEvidence::Code;

NetnsContextPtr netnsWith(NetnsId inode) {
    return std::make_shared<const NetnsContext>(NetnsContext{.netns = inode});
}

DeadSocket deadSocket(std::uint64_t cookie, std::uint32_t inode) {
    DeadSocket dead;
    dead.cookie = cookie;
    dead.inode = inode;
    dead.uid = 1000;
    dead.local = {*IpAddress::parse("192.0.2.1"), 40'000};
    dead.looked = MonotonicClock::now();
    dead.info.length = 280;
    dead.info.lastDataReceived = Millis(90'000);
    dead.info.lastAckReceived = Millis(60'000);
    dead.owners = {{812, 5, "psql"}};
    return dead;
}

DeadSocketsPtr listOf(std::vector<DeadSocket> all) {
    return std::make_shared<const DeadSockets>(std::move(all));
}

EndedConnection recordOf(const DeadSocket& dead) {
    EndedConnection record;
    record.cookie = dead.cookie;
    record.netns = 1;
    record.inode = dead.inode;
    record.local = dead.local;
    record.remote = {*IpAddress::parse("198.51.100.7"), 5432};
    record.ending = Ending::KeepaliveExhausted;
    return record;
}

TEST(DeadConnections, oneFoundDeadTellsWhatItsSocketStillDoes) {
    DeadConnections held(nullptr, netnsWith(4026531840u));
    auto dead = deadSocket(0x1d2, 7000);
    dead.info.probes = 3;
    const auto all = held.join({}, listOf({dead}));
    ASSERT_EQ(all.size(), 1u);
    const EndedConnection& told = *all[0];
    EXPECT_TRUE(told.foundDead);
    EXPECT_EQ(told.number, kFoundDeadNumber | 7000);
    EXPECT_EQ(told.netns, 4026531840u);
    EXPECT_EQ(told.ending, Ending::Unknown);
    EXPECT_EQ(told.confidence, Confidence::Unknown);
    ASSERT_EQ(told.evidence.size(), 2u);
    EXPECT_EQ(told.evidence[0].code, Code::NoDestroyEvent);
    EXPECT_EQ(told.evidence[1], (EndingEvidence{Code::ProbesUnanswered, 3, 0}));
    EXPECT_EQ(told.unanswered, 3);
    EXPECT_EQ(told.owners, dead.owners);
    ASSERT_TRUE(told.lastLife);
    EXPECT_EQ(told.lastLife->monotonic, dead.looked - 60s);
    EXPECT_EQ(told.lastSeen, *told.lastLife);
    EXPECT_EQ(told.firstMissed.monotonic, dead.looked);
    EXPECT_FALSE(told.noticedAfter()) << "when it ended is not known";
}

TEST(DeadConnections, oneThatIsListedStillHasItsPeer) {
    DeadConnections held(nullptr, netnsWith(1));
    const auto dead = listOf({deadSocket(1, 1001), deadSocket(2, 1002)});
    test::Scripted listed = test::unguarded(1);
    listed.connection.state = State::Close;
    const FramePtr frame = test::FrameMaker{listed, test::unguarded(2)}.build(); // 2 lives in another namespace
    const auto all = held.join({}, dead, *frame);
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0]->remote, listed.connection.remote);
    EXPECT_EQ(all[1]->remote.port, 0);
    EXPECT_EQ(held.join({}, dead, *frame)[0], all[0]) << "no news";
}

TEST(DeadConnections, whatThisRunSawEndIsToldOnce) {
    DeadConnections held(nullptr, netnsWith(1));
    const auto dead = deadSocket(0x1d2, 7000);
    const auto seen = std::make_shared<const EndedConnection>(recordOf(dead));
    const auto all = held.join(std::vector<EndedConnectionPtr>{seen}, listOf({dead}));
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0], seen);
}

TEST(DeadConnections, theSameCookieOfAnotherNamespaceIsAnotherConnection) {
    DeadConnections held(nullptr, netnsWith(1));
    const auto dead = deadSocket(0x1d2, 7000);
    auto other = recordOf(dead);
    other.netns = 2;
    const auto seen = std::make_shared<const EndedConnection>(other);
    EXPECT_EQ(held.join(std::vector<EndedConnectionPtr>{seen}, listOf({dead})).size(), 2u);
}

TEST(DeadConnections, oneThatNobodyMayLookIntoIsHeldAsSeen) {
    DeadConnections held(nullptr, netnsWith(1));
    const auto seen = std::make_shared<const EndedConnection>(recordOf(deadSocket(0x1d2, 7000)));
    EXPECT_EQ(held.join(std::vector<EndedConnectionPtr>{seen}, listOf({})).size(), 1u);
    EXPECT_TRUE(held.join({}, listOf({})).empty());
}

TEST(DeadConnections, theRecordOfAnEarlierRunIsFound) {
    const auto dead = deadSocket(0x1d2, 7000);
    const auto history = std::make_shared<History>();
    DeadConnections held(history, netnsWith(1));
    EXPECT_TRUE(held.join({}, listOf({dead})).front()->foundDead);
    history->restore({recordOf(dead)}); // the archive is read a moment later
    const auto all = held.join({}, listOf({dead}));
    ASSERT_EQ(all.size(), 1u);
    EXPECT_FALSE(all[0]->foundDead);
    EXPECT_EQ(all[0]->remote.port, 5432);
}

TEST(DeadConnections, theSameCookieOfAnotherBootIsAnotherConnection) {
    const auto dead = deadSocket(0x1d2, 7000);
    auto earlier = recordOf(dead);
    earlier.inode = 6999;
    const auto history = std::make_shared<History>();
    history->restore({earlier});
    DeadConnections held(history, netnsWith(1));
    EXPECT_TRUE(held.join({}, listOf({dead})).front()->foundDead);
}

TEST(DeadConnections, theRecordStaysTheSameWhileNothingChanges) {
    DeadConnections held(nullptr, netnsWith(1));
    const auto first = held.join({}, listOf({deadSocket(0x1d2, 7000)}));
    const auto later = held.join({}, listOf({deadSocket(0x1d2, 7000), deadSocket(0x1d3, 7001)}));
    ASSERT_EQ(later.size(), 2u);
    EXPECT_EQ(later[0], first[0]);
}

} // namespace
} // namespace halfopen
