// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/aftermath.h"
#include "tests/core/tuning/rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace halfopen::test {
namespace {

using namespace std::chrono_literals;

constexpr KeepaliveDefaults kOld{7200, 75, 9};
constexpr KeepaliveDefaults kNew{600, 30, 5};

struct AftermathTest : testing::Test {
    Scripted first = follower(1, 40s);
    Scripted second = follower(2, 1h);
    Aftermath aftermath{makeFrame({first, second, held(3)}), kOld, kNew};

    Aftermath::Progress look(std::vector<Scripted> rows) { return aftermath.look(makeFrame(std::move(rows))); }
};

TEST_F(AftermathTest, onlyFollowersAreAwaited) {
    EXPECT_EQ(aftermath.progress(), (Aftermath::Progress{.total = 2, .waiting = 2}));
    EXPECT_TRUE(aftermath.waitsFor(keyOf(1)));
    EXPECT_FALSE(aftermath.waitsFor(keyOf(3)));
}

TEST_F(AftermathTest, atTheMomentOfTheChangeNobodyFollows) {
    EXPECT_EQ(look({later(first, 1s, 39s), later(second, 1s, 3599s)}).followed, 0U);
}

TEST_F(AftermathTest, aFewMillisecondsOfJitterAreNoNewTimer) {
    EXPECT_EQ(look({later(first, 1003ms, 39s), later(second, 1s, 3599s - 8ms)}).waiting, 2U);
}

TEST_F(AftermathTest, aTimerThatIsDueStillWaits) {
    EXPECT_EQ(look({later(first, 50s, 0s), later(second, 50s, 3550s)}).waiting, 2U);
}

TEST_F(AftermathTest, aTimerArmedAnewFollows) {
    const auto progress = look({later(first, 50s, 30s), later(second, 50s, 3550s)});
    EXPECT_EQ(progress.followed, 1U);
    EXPECT_EQ(progress.waiting, 1U);
    EXPECT_FALSE(aftermath.waitsFor(keyOf(1)));
}

TEST_F(AftermathTest, whatFollowedStaysSo) {
    look({later(first, 50s, 30s), second});
    EXPECT_EQ(look({later(first, 50s, 30s), second}).followed, 1U);
    EXPECT_EQ(look({second}).followed, 1U);
}

TEST_F(AftermathTest, aProgramThatMovesItsTimerForwardArmedItAnew) {
    EXPECT_EQ(look({first, later(second, 1s, 10s)}).followed, 1U);
}

TEST_F(AftermathTest, whatHasEndedIsGone) {
    EXPECT_EQ(aftermath.look(afterAllClosed({second})).gone, 2U);
    EXPECT_THAT(aftermath.waiting(), testing::IsEmpty());
}

TEST_F(AftermathTest, keepaliveSwitchedOffIsToldApart) {
    first.options->enabled = Switch::Off;
    first.connection.timer = {};
    const auto progress = look({first, second});
    EXPECT_EQ(progress.switched, 1U);
    EXPECT_EQ(progress.waiting, 1U);
}

TEST_F(AftermathTest, aHiddenTimerComesBackToLight) {
    const Scripted hidden = retransmitting(later(first, 10s), 0, 200ms);
    EXPECT_EQ(look({hidden, second}).hidden, 1U);
    EXPECT_EQ(look({later(first, 11s, 29s), second}).waiting, 2U);
    EXPECT_EQ(look({later(first, 60s, 25s), second}).followed, 1U);
}

TEST_F(AftermathTest, theLongestWaitComesFirst) {
    EXPECT_THAT(aftermath.waiting(), testing::ElementsAre(keyOf(2), keyOf(1)));
}

TEST_F(AftermathTest, theHistogramCountsThoseThatWait) {
    EXPECT_EQ(aftermath.whenWaiting(first.connection.sampled), (WhenHistogram{0, 1, 0, 0, 0, 1}));
    EXPECT_EQ(aftermath.whenWaiting(first.connection.sampled + 45s), (WhenHistogram{1, 0, 0, 0, 1}));
}

TEST(Aftermath, aTimerHiddenFromTheStartNeverCountsAsFollowed) {
    Aftermath aftermath(makeFrame({stalled(follower(1, 40s))}), kOld, kNew);
    EXPECT_EQ(aftermath.progress().hidden, 1U);
    EXPECT_EQ(aftermath.look(makeFrame({later(follower(1, 40s), 5h, 10s)})).hidden, 1U);
    EXPECT_THAT(aftermath.waiting(), testing::IsEmpty());
}

TEST(Aftermath, aTimerThatWasDueAtTheChangeFollowsOnceArmed) {
    Aftermath aftermath(makeFrame({follower(1, 0s)}), kOld, kNew);
    EXPECT_EQ(aftermath.look(makeFrame({later(follower(1, 0s), 90s, 0s)})).waiting, 1U);
    EXPECT_EQ(aftermath.look(makeFrame({later(follower(1, 0s), 100s, 30s)})).followed, 1U);
}

} // namespace
} // namespace halfopen::test
