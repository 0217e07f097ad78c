// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/change_progress.h"
#include "tests/core/tuning/rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace halfopen::test {
namespace {

using namespace std::chrono_literals;

constexpr KeepaliveDefaults kOld{7200, 75, 9};
constexpr KeepaliveDefaults kNew{600, 30, 5};

struct ChangeProgressTest : testing::Test {
    Scripted first = follower(1, 40s);
    Scripted second = follower(2, 1h);
    ChangeProgress progress{makeFrame({first, second, owned(3)}), kOld, kNew};

    ChangeProgress::Counts look(std::vector<Scripted> rows) { return progress.look(makeFrame(std::move(rows))); }
};

TEST_F(ChangeProgressTest, onlyFollowersAreAwaited) {
    EXPECT_EQ(progress.counts(), (ChangeProgress::Counts{.total = 2, .waiting = 2}));
    EXPECT_TRUE(progress.waitsFor(keyOf(1)));
    EXPECT_FALSE(progress.waitsFor(keyOf(3)));
}

TEST_F(ChangeProgressTest, atTheMomentOfTheChangeNobodyFollows) {
    EXPECT_EQ(look({later(first, 1s, 39s), later(second, 1s, 3599s)}).followed, 0U);
}

TEST_F(ChangeProgressTest, aFewMillisecondsOfJitterAreNoNewTimer) {
    EXPECT_EQ(look({later(first, 1003ms, 39s), later(second, 1s, 3599s - 8ms)}).waiting, 2U);
}

TEST_F(ChangeProgressTest, aTimerThatIsDueStillWaits) {
    EXPECT_EQ(look({later(first, 50s, 0s), later(second, 50s, 3550s)}).waiting, 2U);
}

TEST_F(ChangeProgressTest, aTimerArmedAnewFollows) {
    const auto counts = look({later(first, 50s, 30s), later(second, 50s, 3550s)});
    EXPECT_EQ(counts.followed, 1U);
    EXPECT_EQ(counts.waiting, 1U);
    EXPECT_FALSE(progress.waitsFor(keyOf(1)));
}

TEST_F(ChangeProgressTest, whatFollowedStaysSo) {
    look({later(first, 50s, 30s), second});
    EXPECT_EQ(look({later(first, 50s, 30s), second}).followed, 1U);
    EXPECT_EQ(look({second}).followed, 1U);
}

TEST_F(ChangeProgressTest, aProgramThatMovesItsTimerForwardArmedItAnew) {
    EXPECT_EQ(look({first, later(second, 1s, 10s)}).followed, 1U);
}

TEST_F(ChangeProgressTest, whatHasEndedIsGone) {
    EXPECT_EQ(progress.look(afterAllClosed({second})).gone, 2U);
    EXPECT_THAT(progress.waiting(), testing::IsEmpty());
}

TEST_F(ChangeProgressTest, keepaliveSwitchedOffIsToldApart) {
    first.options->enabled = Switch::Off;
    first.connection.timer = {};
    const auto counts = look({first, second});
    EXPECT_EQ(counts.switched, 1U);
    EXPECT_EQ(counts.waiting, 1U);
}

TEST_F(ChangeProgressTest, aHiddenTimerComesBackToLight) {
    const Scripted hidden = retransmitting(later(first, 10s), 0, 200ms);
    EXPECT_EQ(look({hidden, second}).hidden, 1U);
    EXPECT_EQ(look({later(first, 11s, 29s), second}).waiting, 2U);
    EXPECT_EQ(look({later(first, 60s, 25s), second}).followed, 1U);
}

TEST_F(ChangeProgressTest, theLongestWaitComesFirst) {
    EXPECT_THAT(progress.waiting(), testing::ElementsAre(keyOf(2), keyOf(1)));
}

TEST_F(ChangeProgressTest, theHistogramCountsThoseThatWait) {
    EXPECT_EQ(progress.whenWaiting(first.connection.sampled), (WhenHistogram{0, 0, 1, 0, 0, 1}));
    EXPECT_EQ(progress.whenWaiting(first.connection.sampled + 45s), (WhenHistogram{0, 1, 0, 0, 0, 1}));
}

TEST(ChangeProgress, aTimerHiddenFromTheStartNeverCountsAsFollowed) {
    ChangeProgress progress(makeFrame({stalled(follower(1, 40s))}), kOld, kNew);
    EXPECT_EQ(progress.counts().hidden, 1U);
    EXPECT_EQ(progress.look(makeFrame({later(follower(1, 40s), 5h, 10s)})).hidden, 1U);
    EXPECT_THAT(progress.waiting(), testing::IsEmpty());
}

TEST(ChangeProgress, aTimerThatWasDueAtTheChangeFollowsOnceArmed) {
    ChangeProgress progress(makeFrame({follower(1, 0s)}), kOld, kNew);
    EXPECT_EQ(progress.look(makeFrame({later(follower(1, 0s), 90s, 0s)})).waiting, 1U);
    EXPECT_EQ(progress.look(makeFrame({later(follower(1, 0s), 100s, 30s)})).followed, 1U);
}

TEST_F(ChangeProgressTest, whatIsTakenBackBeforeATimerFollowedHadChangedNothing) {
    look({later(first, 1s, 39s), later(second, 1s, 3599s)});
    ChangeProgress back(makeFrame({later(first, 1s, 39s), later(second, 1s, 3599s)}), kNew, kOld, &progress);
    EXPECT_EQ(back.counts(), (ChangeProgress::Counts{.total = 2, .unchanged = 2}));
    EXPECT_THAT(back.waiting(), testing::IsEmpty());
    EXPECT_FALSE(back.waitsFor(keyOf(1)));
    const auto later10 = back.look(makeFrame({later(first, 10s, 30s), later(second, 10s, 3590s)}));
    EXPECT_EQ(later10.unchanged, 2U) << "and nothing is waited for later either";
}

TEST_F(ChangeProgressTest, whatHadFollowedWaitsForTheValuesThatCameBack) {
    first.options = second.options = exactOptions(600, 30, 5);  // what is in effect, read off the sockets
    look({later(first, 50s, 590s), later(second, 50s, 3550s)}); // the first one's timer has fired
    ChangeProgress back(makeFrame({later(first, 50s, 590s), later(second, 50s, 3550s)}), kNew, kOld, &progress);
    EXPECT_EQ(back.counts(), (ChangeProgress::Counts{.total = 2, .waiting = 1, .unchanged = 1}));
    EXPECT_THAT(back.waiting(), testing::ElementsAre(keyOf(1)));
}

TEST_F(ChangeProgressTest, thirdValuesAreWaitedForWhateverATimerWasArmedWith) {
    ChangeProgress third(makeFrame({later(first, 1s, 39s), later(second, 1s, 3599s)}), kNew, {900, 30, 5}, &progress);
    EXPECT_EQ(third.counts(), (ChangeProgress::Counts{.total = 2, .waiting = 2}));
}

} // namespace
} // namespace halfopen::test
