// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/frame_builder.h"
#include "tests/core/monitor/built_frames.h"
#include "tests/core/monitor/scripted_source.h"
#include "tests/frames/frame_maker.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace halfopen {
namespace {

using namespace test;
using namespace std::chrono_literals;

NetnsContextPtr settings(const TcpSysctls& sysctls, const TickClock& clock = {}) {
    auto netns = std::make_shared<NetnsContext>();
    netns->sysctls = sysctls;
    netns->host = std::make_shared<const HostContext>(HostContext{.clock = clock});
    return netns;
}

TEST(FrameBuilder, rowsOfTheFirstFrameAreNotNew) {
    const auto frame = build(nullptr, 0s, {connection(1), connection(2)});
    EXPECT_EQ(frame->rows.size(), 2U);
    EXPECT_TRUE(std::ranges::all_of(frame->rows, [](const Row& row) { return row.change == Change::None; }));
    EXPECT_EQ(frame->appeared, 0U);
    EXPECT_EQ(frame->quickCounts[static_cast<std::size_t>(QuickFilter::Unguarded)], 2U);
}

/// A subflow, or what is left of its connection without any, of a program's descriptor with this inode.
Connection mptcpPart(std::uint64_t cookie, std::uint32_t inode, UpperLayer layer = UpperLayer::Mptcp) {
    Connection c = connection(cookie);
    c.inode = inode;
    c.upperLayer = layer;
    return c;
}

std::vector<std::uint64_t> subflowsOf(const Frame& frame, std::uint64_t cookie) {
    std::vector<std::uint64_t> cookies;
    const MptcpPart* part = frame.mptcpOf(*frame.find(cookie));
    for (const Row* row : part ? frame.subflowsOf(*part) : std::vector<const Row*>())
        cookies.push_back(row->connection.cookie);
    return cookies;
}

TEST(FrameBuilder, subflowsAreTiedToTheirConnectionByTokenAndInode) {
    FrameBuilder builder(nullptr, {.now = kStart});
    builder.beginNetns({});
    builder.add(connection(1));
    builder.addToken(1, 99);      // said of what no row is a part of
    builder.add(mptcpPart(2, 0)); // not accepted yet: there is no inode
    builder.addToken(2, 7);
    builder.add(mptcpPart(3, 0));
    builder.addToken(3, 7);
    builder.add(mptcpPart(4, 0));
    builder.addToken(4, 8);
    builder.add(mptcpPart(5, 40)); // without tcp_info no token is told
    builder.add(mptcpPart(6, 40));
    builder.endNetns(summaryAt(0s));
    const auto frame = builder.finish();
    EXPECT_EQ(frame->mptcpOf(*frame->find(1)), nullptr);
    EXPECT_EQ(frame->mptcpOf(*frame->find(3))->token, 7U);
    EXPECT_EQ(subflowsOf(*frame, 3), (std::vector<std::uint64_t>{2, 3}));
    EXPECT_EQ(subflowsOf(*frame, 4), std::vector<std::uint64_t>{4});
    EXPECT_EQ(subflowsOf(*frame, 5), (std::vector<std::uint64_t>{5, 6})) << "by their inode";
}

TEST(FrameBuilder, aConnectionWithoutSubflowKeepsTheTokenThatItsSubflowsHad) {
    FrameBuilder builder(nullptr, {.now = kStart});
    builder.beginNetns({});
    builder.add(mptcpPart(2, 40));
    builder.addToken(2, 7);
    builder.endNetns(summaryAt(0s));
    FramePtr frame = builder.finish();
    const Connection whole = mptcpPart(9, 40, UpperLayer::MptcpWithoutSubflow);
    for (int second = 1; second < 4; ++second) {
        frame = build(frame, std::chrono::seconds(second), {whole});
        EXPECT_EQ(frame->mptcpOf(*frame->find(9))->token, 7U) << second;
        EXPECT_EQ(subflowsOf(*frame, 9).empty(), second > 1) << "one dump may miss a socket: " << second;
    }
    ASSERT_NE(frame->find(2), nullptr) << "marked as closed";
    EXPECT_EQ(frame->mptcpOf(*frame->find(2))->token, 7U);
}

TEST(FrameBuilder, whatWasInferredAndEqualsAChangedSettingIsAssumedAtOnce) {
    const auto idling = [](std::uint32_t quiet) {
        Connection c = connection(1);
        c.sampled = kStart + std::chrono::milliseconds(quiet);
        c.timer = {.expires = Millis(7'200'000 - quiet), .raw = 2};
        c.info.lastAckReceived = c.info.lastDataReceived = c.info.lastDataSent = Millis(quiet);
        return c;
    };
    auto frame = build(nullptr, 0s, {idling(1000)});
    ASSERT_EQ(frame->find(1)->options.idleFrom, Provenance::Inferred) << "a whole second at first sight";
    frame = build(frame, 1s, {idling(2000)});
    ASSERT_EQ(frame->find(1)->options.idleFrom, Provenance::Inferred);
    TcpSysctls raised;
    raised.keepaliveTime = 14'400;
    for (int second = 2; second < 5; ++second) {
        frame =
            build(frame, std::chrono::seconds(second), {idling(second * 1000U + 1000U)}, {.netns = settings(raised)});
        EXPECT_EQ(frame->find(1)->options.idleFrom, Provenance::Assumed) << second;
        EXPECT_EQ(frame->find(1)->options.idleSeconds, 14'400) << second;
    }
}

TEST(FrameBuilder, whatWasInferredAndIsItsOwnStaysWhenTheSettingChanges) {
    Connection own = connection(1);
    own.timer = {.expires = Millis(599'000), .raw = 2};
    own.info.lastAckReceived = own.info.lastDataReceived = own.info.lastDataSent = Millis(1000);
    auto frame = build(nullptr, 0s, {own});
    ASSERT_EQ(frame->find(1)->options.idleSeconds, 600);
    own.timer.expires = Millis(598'000);
    own.sampled += 1s;
    own.info.lastAckReceived = own.info.lastDataReceived = own.info.lastDataSent = Millis(2000);
    TcpSysctls raised;
    raised.keepaliveTime = 14'400;
    frame = build(frame, 1s, {own}, {.netns = settings(raised)});
    EXPECT_EQ(frame->find(1)->options.idleFrom, Provenance::Inferred);
    EXPECT_EQ(frame->find(1)->options.idleSeconds, 600);
}

TEST(FrameBuilder, newRowsStayMarkedForThreeSeconds) {
    auto frame = build(nullptr, 0s, {connection(1)});
    frame = build(frame, 1s, {connection(1), connection(2)});
    EXPECT_EQ(frame->find(2)->change, Change::New);
    EXPECT_EQ(frame->find(1)->change, Change::None);
    EXPECT_EQ(frame->appeared, 1U);
    frame = build(frame, 3s, {connection(1), connection(2)});
    EXPECT_EQ(frame->find(2)->change, Change::New);
    EXPECT_EQ(frame->appeared, 0U);
    frame = build(frame, 4s, {connection(1), connection(2)});
    EXPECT_EQ(frame->find(2)->change, Change::None);
}

/// A program that has chosen its local port keeps it when the connection ends, and the kernel goes on listing its
/// socket.
TEST(FrameBuilder, aConnectionEndsThoughItsSocketKeepsItsPort) {
    for (const auto& [was, is] : {std::pair{State::Established, State::Close}, std::pair{State::SynSent, State::Bound},
                                  std::pair{State::Listen, State::Bound}}) {
        auto frame = build(nullptr, 0s, {connection(1, was), connection(2)});
        FrameBuilder::Context context;
        context.now = kStart + 1s;
        FrameBuilder builder(frame, std::move(context));
        builder.beginNetns({});
        for (const Connection& c : {connection(1, is), connection(2)})
            builder.add(c);
        builder.restart(); // what was seen is seen again
        for (const Connection& c : {connection(1, is), connection(2)})
            builder.add(c);
        builder.endNetns(summaryAt(1s));
        frame = builder.finish();
        EXPECT_EQ(builder.vanished(), std::vector<std::uint32_t>{0}) << toString(was);
        EXPECT_EQ(frame->vanished, 1U);
        EXPECT_EQ(frame->appeared, 0U);
        ASSERT_EQ(frame->rows.size(), 2U);
        EXPECT_EQ(frame->find(1)->connection.state, is);
        EXPECT_EQ(frame->find(1)->change, Change::Changed);
        frame = build(frame, 2s, {connection(1, is), connection(2)});
        EXPECT_EQ(frame->vanished, 0U) << "once";
    }
}

TEST(FrameBuilder, aSocketThatIsConnectedHasNotEnded) {
    auto frame = build(nullptr, 0s, {connection(1, State::Bound)});
    frame = build(frame, 1s, {connection(1, State::SynSent)});
    EXPECT_EQ(frame->vanished, 0U);
    EXPECT_EQ(frame->rows.size(), 1U);
}

TEST(FrameBuilder, closedRowsStayForThreeSecondsAndAreNotCounted) {
    auto frame = build(nullptr, 0s, {connection(1), connection(2)});
    frame = build(frame, 1s, {connection(2)}, {.freed = {1}});
    ASSERT_NE(frame->find(1), nullptr);
    EXPECT_EQ(frame->find(1)->change, Change::Closed);
    EXPECT_EQ(frame->vanished, 1U);
    EXPECT_EQ(frame->liveCount(), 1U);
    frame = build(frame, 3500ms, {connection(2)});
    EXPECT_NE(frame->find(1), nullptr);
    EXPECT_EQ(frame->vanished, 0U);
    frame = build(frame, 4s, {connection(2)});
    EXPECT_EQ(frame->find(1), nullptr);
}

TEST(FrameBuilder, aRowThatOneDumpLacksStaysAsItWas) {
    const auto first = build(nullptr, 0s, {connection(1), connection(2)});
    auto frame = build(first, 1s, {connection(2)});
    ASSERT_NE(frame->find(1), nullptr);
    EXPECT_TRUE(frame->find(1)->missed);
    EXPECT_EQ(frame->find(1)->change, Change::None);
    EXPECT_EQ(frame->find(1)->connection.sampled, first->find(1)->connection.sampled);
    EXPECT_EQ(frame->missed, 1U);
    EXPECT_EQ(frame->vanished, 0U);
    EXPECT_EQ(frame->liveCount(), 2U);
    frame = build(frame, 2s, {connection(2), connection(1)});
    EXPECT_FALSE(frame->find(1)->missed);
    EXPECT_EQ(frame->find(1)->change, Change::None) << "neither closed nor new";
    EXPECT_EQ(frame->appeared + frame->vanished + frame->missed, 0U);
}

TEST(FrameBuilder, aRowThatTwoDumpsLackGoesOnWhereItsSocketIsFound) {
    test::ScriptedSource source({});
    source.hidden = {1};
    Connection waiting = connection(3);
    waiting.state = State::TimeWait;
    waiting.info = {};
    auto frame = build(nullptr, 0s, {connection(1), connection(2), waiting});
    for (int second = 1; second < 5; ++second) {
        frame = build(frame, std::chrono::seconds(second), {}, {.source = &source});
        EXPECT_TRUE(frame->find(1)->missed) << second;
        EXPECT_EQ(frame->find(1)->change, Change::None) << second;
        EXPECT_EQ(frame->vanished, second == 2 ? 2U : 0U) << second << ": the others have ended";
    }
    frame = build(frame, 5s, {connection(1)}, {.source = &source});
    EXPECT_FALSE(frame->find(1)->missed);
    frame = build(frame, 6s, {}, {.source = &source, .freed = {1}});
    EXPECT_EQ(frame->find(1)->change, Change::Closed) << "the kernel told so";
}

TEST(FrameBuilder, aRowThatTwoDumpsInARowLackHasEnded) {
    auto frame = build(nullptr, 0s, {connection(1), connection(2)});
    frame = build(frame, 1s, {connection(2)});
    frame = build(frame, 2s, {connection(2)});
    EXPECT_EQ(frame->find(1)->change, Change::Closed);
    EXPECT_FALSE(frame->find(1)->missed);
    EXPECT_EQ(frame->vanished, 1U);
    EXPECT_EQ(frame->liveCount(), 1U);
}

TEST(FrameBuilder, whatTheKernelHasFreedAndStillListsGoesOn) {
    auto frame = build(nullptr, 0s, {connection(1)});
    frame = build(frame, 1s, {connection(1, State::TimeWait)}, {.freed = {1}});
    EXPECT_EQ(frame->find(1)->change, Change::Changed);
    EXPECT_EQ(frame->vanished, 0U);
}

TEST(FrameBuilder, aCookieThatADumpListsTwiceIsOneRow) {
    auto frame = build(nullptr, 0s, {connection(1), connection(2), connection(1)});
    EXPECT_EQ(frame->rows.size(), 2U);
    EXPECT_EQ(frame->liveCount(), 2U);
    frame = build(frame, 1s, {connection(1), connection(3), connection(2), connection(1), connection(3)});
    EXPECT_EQ(frame->rows.size(), 3U);
    EXPECT_EQ(frame->liveCount(), 3U);
    EXPECT_EQ(frame->appeared, 1U);
    FrameBuilder builder(frame, {});
    builder.beginNetns({});
    builder.add(connection(4));
    builder.restart();
    builder.add(connection(4));
    builder.endNetns(summaryAt(2s));
    EXPECT_NE(builder.finish()->find(4), nullptr) << "of what was void nothing counts";
}

TEST(FrameBuilder, stateAndDiagnosisChangesAreMarkedCountersAreNot) {
    auto frame = build(nullptr, 0s, {connection(1), connection(2)});
    Connection busier = connection(2);
    busier.info.rttUs = 99'999;
    frame = build(frame, 1s, {connection(1, State::CloseWait), busier});
    EXPECT_EQ(frame->find(1)->change, Change::Changed);
    EXPECT_EQ(frame->find(2)->change, Change::None);
}

TEST(FrameBuilder, rowsAreJoinedByCookieWhateverTheOrderOfTheDump) {
    auto frame = build(nullptr, 0s, {connection(1), connection(2), connection(3)});
    frame = build(frame, 1s, {connection(3), connection(1), connection(2)});
    EXPECT_EQ(frame->appeared + frame->vanished, 0U);
}

TEST(FrameBuilder, sameTupleWithAnotherCookieIsAnotherConnection) {
    Connection reused = connection(9);
    reused.local = connection(1).local;
    auto frame = build(nullptr, 0s, {connection(1)});
    frame = build(frame, 1s, {reused});
    EXPECT_EQ(frame->find(9)->change, Change::New);
    EXPECT_TRUE(frame->find(1)->missed);
}

TEST(FrameBuilder, restartedDumpLeavesNothingBehind) {
    FrameBuilder builder(nullptr, {});
    builder.beginNetns({});
    builder.add(connection(1));
    builder.restart();
    builder.add(connection(2));
    builder.endNetns(summaryAt(0s));
    const auto frame = builder.finish();
    ASSERT_EQ(frame->rows.size(), 1U);
    EXPECT_EQ(frame->rows[0].connection.cookie, 2U);
}

TEST(FrameBuilder, halfopensOwnSocketsAreNotListed) {
    const auto frame = build(nullptr, 0s, {connection(1), connection(2)}, {.ownCookies = {2}});
    EXPECT_EQ(frame->find(2), nullptr);
    EXPECT_EQ(frame->liveCount(), 1U);
}

TEST(FrameBuilder, aSampleThatMayBelongToTheTickBeforeIsToldAsABand) {
    Connection sure = connection(1);
    sure.timer = {Millis(3'600'000), 2, 0};
    sure.info.rtoUs = 204'000;
    Connection unsure = sure;
    unsure.cookie = 2;
    unsure.tickCertain = false;
    const auto frame =
        build(nullptr, 0s, {sure, unsure}, {.netns = settings({}, {.hz = 250, .offset = 4'294'892'220})});
    EXPECT_TRUE(frame->find(1)->forecast.next.exact());
    EXPECT_FALSE(frame->find(2)->forecast.next.exact());
    EXPECT_FALSE(frame->find(2)->forecast.exactPhase);
}

TEST(FrameBuilder, exactOptionsTravelToTheNextFrame) {
    FrameSeries series;
    Scripted one = guarded(1);
    series.next({one}); // is told what was read, once
    one = later(one, 1s);
    const auto frame = series.next({one});
    EXPECT_EQ(frame->find(1)->options, *one.options);
}

TEST(FrameBuilder, aHundredThousandRowsAreAllFoundAgain) {
    std::vector<Connection> many;
    for (std::uint64_t cookie = 1; cookie <= 100'000; ++cookie)
        many.push_back(connection(cookie));
    const auto frame = build(nullptr, 0s, many);
    for (const std::uint64_t cookie : {1ULL, 77'777ULL, 100'000ULL})
        EXPECT_EQ(frame->find(cookie)->connection.cookie, cookie);
    EXPECT_EQ(frame->find(100'001), nullptr);
    EXPECT_EQ(frame->find(0), nullptr);
}

TEST(FrameBuilder, whyNobodyHoldsASocketIsKnownFromItsState) {
    Connection waiting = connection(1);
    waiting.inode = 0;
    Connection ended = connection(2, State::TimeWait);
    ended.inode = 0;
    ended.info = {};
    ended.timer.raw = 3;
    const auto frame = build(nullptr, 0s, {waiting, ended, connection(3)});
    EXPECT_EQ(frame->find(1)->ownerUnknown, OwnerUnknown::NotAccepted);
    EXPECT_EQ(frame->find(2)->ownerUnknown, OwnerUnknown::NoDescriptor);
    EXPECT_EQ(frame->find(3)->ownerUnknown, OwnerUnknown::NotLookedUp);
}

} // namespace
} // namespace halfopen
