// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/change_progress.h"
#include "core/tuning/effect.h"
#include "tests/core/tuning/rows.h"

#include <gtest/gtest.h>

#include <numeric>

namespace halfopen::test {
namespace {

using namespace std::chrono_literals;

constexpr KeepaliveDefaults kNow{7200, 75, 9};
constexpr KeepaliveDefaults kThen{600, 30, 5};

Effect effectOf(std::vector<Scripted> rows, const KeepaliveDefaults& then = kThen) {
    return countEffect(makeFrame(std::move(rows)), kNow, then);
}

TEST(Effect, armedTimersFollowWhenTheyFire) {
    const auto effect = effectOf({follower(1, 12s), follower(2, 118min), follower(3, 40s)});
    EXPECT_EQ(effect.concerned, 3U);
    EXPECT_EQ(effect.atTimer, 3U);
    EXPECT_EQ(effect.followers(), 3U);
    EXPECT_GE(effect.first->earliest, 12s);
    EXPECT_LT(effect.first->earliest, 13s);
    EXPECT_GE(effect.last->earliest, 118min);
}

TEST(Effect, theHistogramHoldsEveryArmedTimerOnce) {
    const auto effect = effectOf({follower(1, 0s), follower(2, 9999ms), follower(3, 10s), follower(4, 59s),
                                  follower(5, 20min), follower(6, 2h), follower(7, 8h)});
    EXPECT_EQ(effect.when, (std::array<std::uint32_t, kWhenClasses>{0, 0, 4, 1, 0, 0, 2}));
    EXPECT_EQ(std::accumulate(effect.when.begin(), effect.when.end(), 0U), effect.atTimer);
}

/// 32768 jiffies at HZ 250 for a timer that was armed for two hours: kernel/time/timer.c, LVL_GRAN.
constexpr std::chrono::milliseconds kGranule(131'072);

TEST(Effect, theWheelMayAddAGranuleToEach) {
    MachineFacts machine = usualMachine();
    machine.clock.offset.reset(); // nobody knows where its granules begin
    FrameSeries series(machine);
    const auto effect = countEffect(*series.next({follower(1, 30s), follower(2, 2h)}), kNow, kThen);
    EXPECT_NEAR((std::chrono::milliseconds(effect.first->latest) - (30s + kGranule)).count(), 0, 8) << "two ticks";
    EXPECT_NEAR((std::chrono::milliseconds(effect.last->latest) - (2h + kGranule)).count(), 0, 8);
    EXPECT_GE(effect.first->earliest, 30s);
}

TEST(Effect, aKnownPhaseTellsHowMuchOfIt) {
    const auto effect = effectOf({follower(1, 2h)}); // as usualMachine() has it
    EXPECT_GE(effect.last->earliest, 2h);
    EXPECT_LT(effect.last->latest, 2h + kGranule);
    EXPECT_EQ(effect.last->earliest, effect.last->latest);
}

TEST(Effect, aValueReadFromTheSocketThatDiffersIsItsOwn) {
    Scripted row = follower(1, 30s);
    row.options->idleSeconds = 60;
    row.options->intervalSeconds = 10;
    row.options->probes = 6;
    const auto effect = effectOf({row, follower(2, 30s)});
    EXPECT_EQ(effect.ownValues, 1U);
    EXPECT_EQ(effect.atTimer, 1U);
}

TEST(Effect, oneOwnValueOfThreeFollowsInPart) {
    Scripted row = follower(1, 30s);
    row.options->idleSeconds = 60;
    const auto effect = effectOf({row});
    EXPECT_EQ(effect.atTimer, 1U);
    EXPECT_EQ(effect.partly, 1U);
    EXPECT_EQ(effect.ownValues, 0U);
}

TEST(Effect, onlyTheSettingsThatChangeDecide) {
    Scripted row = follower(1, 30s);
    row.options->idleSeconds = 60;
    const auto timeOnly = effectOf({row}, {600, 75, 9});
    EXPECT_EQ(timeOnly.ownValues, 1U);
    const auto intervalOnly = effectOf({row}, {7200, 30, 9});
    EXPECT_EQ(intervalOnly.atTimer, 1U);
    EXPECT_EQ(intervalOnly.partly, 0U);
}

TEST(Effect, anAssumedValueIsNeverAnOwnOneAndIsCounted) {
    const auto effect = effectOf({follower(1, 30s, false), follower(2, 30s)});
    EXPECT_EQ(effect.atTimer, 2U);
    EXPECT_EQ(effect.assumed, 1U);
}

TEST(Effect, keepaliveOffNeverFollows) {
    const auto effect = effectOf({owned(1), owned(2)});
    EXPECT_EQ(effect.off, 2U);
    EXPECT_EQ(effect.followers(), 0U);
    EXPECT_FALSE(effect.first);
}

TEST(Effect, whatAnotherTimerHidesIsToldAsSuch) {
    const Scripted hiddenSwitch = retransmitting(owned(1), 0, 200ms);
    const Scripted hiddenTimer = retransmitting(follower(2, 30s), 0, 200ms);
    const auto effect = effectOf({hiddenSwitch, hiddenTimer});
    EXPECT_EQ(effect.unknown, 1U);
    EXPECT_EQ(effect.atHiddenTimer, 1U);
    EXPECT_EQ(effect.atTimer, 0U);
    EXPECT_FALSE(effect.last);
}

TEST(Effect, socketsWithoutKeepaliveOfTheirOwnAreNotConcerned) {
    EXPECT_EQ(effectOf({listening(1), opening(2), orphan(3), timeWait(4)}).concerned, 0U);
    EXPECT_EQ(countEffect(afterAllClosed({follower(5, 30s)}), kNow, kThen).concerned, 0U);
    Scripted bound = owned(6);
    bound.connection.state = State::Bound;
    bound.connection.remote = endpoint("0.0.0.0", 0);
    EXPECT_EQ(effectOf({bound}).concerned, 0U);
}

TEST(Effect, otherNamespacesHaveSettingsOfTheirOwn) {
    FrameMaker maker;
    maker.script.others = {{.connections = {follower(1, 30s)}}};
    maker.query.netns = 0;
    const auto effect = countEffect(*maker.build(), kNow, kThen);
    EXPECT_EQ(effect.elsewhere, 1U);
    EXPECT_EQ(effect.concerned, 0U);
}

TEST(Effect, fewerProbesThanAreUnansweredEndAConnection) {
    Scripted row = follower(1, 30s);
    row.connection.timer.retransmits = row.connection.info.probes = 6;
    EXPECT_EQ(effectOf({row}).ended, 1U);
    EXPECT_EQ(effectOf({row}, {600, 30, 7}).ended, 0U);
    row.options->userTimeout = Millis(5000);
    EXPECT_EQ(effectOf({row}).ended, 0U);
}

TEST(Effect, theCostIsOneProbeForEveryIdleTime) {
    Scripted own = follower(1, 30s);
    own.options->idleSeconds = 60;
    const auto effect = effectOf({own, follower(2, 30s), follower(3, 30s)}, {600, 75, 9});
    EXPECT_DOUBLE_EQ(effect.probesNow, 1.0 / 60 + 2.0 / 7200);
    EXPECT_DOUBLE_EQ(effect.probesThen, 1.0 / 60 + 2.0 / 600);
}

TEST(Effect, unusualIdleTimesCostNothingThatCouldBeCounted) {
    Scripted row = follower(1, 30s);
    row.options.reset(); // no socket can have it of its own
    row.connection.info.lastAckReceived += Millis(300);
    row.connection.info.lastDataReceived += Millis(300);
    FrameMaker maker{row};
    maker.machine.sysctls.keepaliveTime = -7;
    const FramePtr frame = maker.build();
    ASSERT_EQ(frame->rows[0].options.idleSeconds, -7);
    EXPECT_DOUBLE_EQ(countEffect(*frame, {-7, 75, 9}, kThen).probesNow, 0);
}

TEST(Effect, everyConnectionStandsAtItsIdleTimeOrOnItsProbe) {
    Scripted probing = follower(1, 30s);
    probing.connection.timer.retransmits = probing.connection.info.probes = 2;
    const auto effect = effectOf({probing, follower(2, 1h), owned(3)});
    ASSERT_EQ(effect.probing.size(), 3U);
    EXPECT_EQ(effect.probing[2].follow, 1U);
    std::uint32_t idle = 0;
    for (const Crowd& crowd : effect.idle)
        idle += crowd.total();
    EXPECT_EQ(idle, 2U);
    const auto column = static_cast<std::size_t>(idleFraction(3600) * kIdleColumns);
    EXPECT_EQ(effect.idle[column].follow, 1U);
    const auto off = static_cast<std::size_t>(idleFraction(65) * kIdleColumns);
    EXPECT_EQ(effect.idle[off].off, 1U);
}

TEST(Effect, theSumsAgree) {
    Scripted own = follower(4, 30s);
    own.options->idleSeconds = own.options->intervalSeconds = own.options->probes = 3;
    const auto effect = effectOf({follower(1, 1s), owned(2), listening(3), own, stalled(follower(5, 30s))});
    EXPECT_EQ(effect.concerned, effect.atTimer + effect.atHiddenTimer + effect.ownValues + effect.off + effect.unknown);
    EXPECT_EQ(effect.concerned, 4U);
}

TEST(Effect, anOldValueStillArmedIsNoValueOfItsOwn) {
    const Frame before = makeFrame({follower(1, 1h)});
    const ChangeProgress earlier(before, kNow, kThen);
    EXPECT_EQ(countEffect(before, kThen, {300, 20, 4}).ownValues, 1U);
    EXPECT_EQ(countEffect(before, kThen, {300, 20, 4}, &earlier).atTimer, 1U);
}

TEST(IdleAxis, fractionAndSecondsAreInverse) {
    for (const double seconds : {1.0, 10.0, 600.0, 7200.0, 432000.0})
        EXPECT_NEAR(secondsAtFraction(idleFraction(seconds)), seconds, seconds * 1e-9);
    EXPECT_EQ(idleFraction(0), 0);
    EXPECT_EQ(idleFraction(1e9), 1);
}

} // namespace
} // namespace halfopen::test
