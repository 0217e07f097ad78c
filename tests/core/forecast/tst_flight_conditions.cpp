// SPDX-License-Identifier: GPL-3.0-or-later
// What holds beyond a silent peer, of data in flight. The vectors are computed by hand from the kernel's timers and
// were seen on 6.18; nominal, without the wheel.
#include "tests/core/forecast/scene.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace samples;

TEST(LocalDrop, ofWhatIsInFlightEndsAtTheFirstHalfSecondAfterTheLimit) {
    Sample sample = flight(388, 1632, 4, 3, 112, 3048);
    sample.sysctls.retries2 = 5;
    const Forecast forecast = nominal(sample);
    EXPECT_TRUE(holds(forecast, Condition::LocalDrop));
    EXPECT_FALSE(holds(forecast, Condition::IcmpRevert));
    EXPECT_EQ(forecast.next.expected, Millis(388));
    EXPECT_EQ(forecast.givesUp.expected, Millis(9888));
    EXPECT_FALSE(forecast.hasAllowed);
    EXPECT_TRUE(forecast.assumes & assume::ConditionStays);
}

TEST(LocalDrop, isNotSaidWhereTheTimeoutItselfIsHalfASecond) {
    EXPECT_FALSE(holds(nominal(flight(388, 500, 4, 3, 112, 3048)), Condition::LocalDrop));
}

TEST(NotLeaving, countsTheLimitFromTheOriginalTransmission) {
    Scene scene{flight(640, 816, 2, 2, 804, 400)};
    scene.sample.connection.info.totalRetransmits = 0;
    scene.sample.sysctls.retries2 = 3; // 3000 ms
    const Forecast forecast = nominal(scene.sample);
    EXPECT_TRUE(holds(forecast, Condition::NotLeaving));
    // Runs at 640 and 640 + 1632: the first at or after 3000 - 804.
    EXPECT_EQ(forecast.givesUp.expected, Millis(2272));
}

TEST(DeadNeighbour, nextAttemptIsTheTimersBeforeTheEntryFails) {
    Scene scene{flight(640, 816, 2, 2, 804)};
    scene.sample.connection.info.totalRetransmits = 0;
    const Forecast forecast = nominal(scene.withPath(Neighbour::Incomplete, 800), 250);
    EXPECT_TRUE(holds(forecast, Condition::UnreachableNeighbour));
    EXPECT_TRUE(within(forecast.next, 640));
    EXPECT_LE(forecast.next.latest - forecast.next.earliest, Millis(1));
}

TEST(DeadNeighbour, failureRunsTheHandlerAsSoonAsTheHalvedTimeoutIsOver) {
    Scene overdue{flight(280, 1632, 3, 3, 2812)};
    const Forecast early = nominal(overdue.withPath(Neighbour::Incomplete, 2810), 250);
    EXPECT_TRUE(within(early.next, 262 - 72)) << "the cycle is 3072 ms on the wheel, 3000 nominally";
    EXPECT_LE(early.next.latest, Millis(280));
    Scene halved{flight(3172, 3264, 5, 4, 1756)};
    const Forecast late = forecastOf(halved.withPath(Neighbour::Incomplete, 1760), ticking(250, 0));
    EXPECT_TRUE(within(late.next, 1312));
    EXPECT_LE(late.next.latest - late.next.earliest, Millis(100));
}

TEST(DeadNeighbour, ofIpv6MayJustHaveFailedSoThatWhatWasQueuedIsSentAnewAtOnce) {
    Scene scene{flight(36, 1632, 3, 3, 3060)};
    scene.sample.connection.local.address = *IpAddress::parse("2001:db8::1");
    scene.sample.connection.remote.address = *IpAddress::parse("2001:db8::2");
    const Forecast forecast = forecastOf(scene.withPath(Neighbour::Failed), ticking(250, 0));
    EXPECT_EQ(forecast.next.earliest, Millis(0));
    EXPECT_GE(forecast.next.latest, Millis(36));
    scene.sample.connection.info.lastDataSent = Millis(2000); // a third of the series to go
    EXPECT_GE(forecastOf(scene.sample, ticking(250, 0)).next.earliest, Millis(36));
}

TEST(DeadNeighbour, whoseErrorIsOnItsWayMayRunTheHandlerAtOnce) {
    Scene scene{flight(1860, 3264, 5, 4, 3068)};
    const Forecast forecast = forecastOf(scene.withPath(Neighbour::Failed), ticking(250, 0));
    EXPECT_EQ(forecast.next.earliest, Millis(0));
    EXPECT_GE(forecast.next.latest, Millis(1860));
    // The look at the path came after the sample, and after that attempt, which asks for the neighbour again.
    EXPECT_EQ(forecastOf(scene.withPath(Neighbour::Incomplete, 4), ticking(250, 0)).next, forecast.next);
    EXPECT_GE(forecastOf(scene.withPath(Neighbour::Incomplete, 400), ticking(250, 0)).next.earliest, Millis(1860));
}

TEST(DeadNeighbour, failedEntryIsAskedAgainByTheNextAttempt) {
    Scene scene{flight(3384, 6528, 6, 5, 3140)};
    EXPECT_EQ(nominal(scene.withPath(Neighbour::Failed), 250).next.expected, Millis(3384));
}

TEST(DeadNeighbour, timerThatItsFailureArmedHasTheGranuleOfWhatWasLeft) {
    // Sent 3088 ms ago, failed 16 ms ago: of the halved timeout of 3264 ms 192 were left.
    Scene scene{flight(172, 3264, 7, 4, 3088)};
    const Forecast forecast = forecastOf(scene.withPath(Neighbour::Failed), ticking(250, 0));
    EXPECT_TRUE(holds(forecast, Condition::IcmpRevert));
    EXPECT_GE(forecast.next.earliest, Millis(172));
    EXPECT_LE(forecast.next.latest, Millis(172 + 36));
}

TEST(DeadNeighbour, timerThatItsFailureArmedHasThatGranuleAlsoWhileItsRunIsDue) {
    // 192 ms were left when the entry had failed, and are over: not the 256 ms of what the handler armed.
    Scene scene{flight(0, 3264, 31, 4, 3260)};
    const Forecast forecast = forecastOf(scene.withPath(Neighbour::Failed), ticking(250, 0));
    EXPECT_TRUE(holds(forecast, Condition::IcmpRevert));
    EXPECT_LE(forecast.next.latest, Millis(36));
}

TEST(DeadNeighbour, timeoutThatWasCutToTheMaximumIsNotHalved) {
    // First timeout 204 ms: with backoff 5 6528 ms, cut to 3516; with backoff 4 3264 ms, of which 192 are left at 3072.
    Scene scene{flight(464, 3516, 6, 5, 3052)};
    auto& connection = scene.sample.connection;
    connection.info.rttUs = 4000;
    scene.sample.options.rtoMax = Millis(3516);
    const Forecast forecast = forecastOf(scene.withPath(Neighbour::Incomplete, 3052), ticking(250, 0));
    EXPECT_TRUE(within(forecast.next, 20 + 192));
    EXPECT_NEAR(forecast.next.expected.count(), 20 + 192, 40);
}

TEST(Retransmission, whatTheHandlerArmedForTheEdgeOfALevelIsOfTheFinerUnlessItRanLate) {
    Sample sample = flight(1652, 2016, 3, 3, 364, 1909); // 504 jiffies at HZ 250
    sample.options.userTimeout = Millis(5605);
    const Forecast forecast = forecastOf(sample, ticking(250, 0));
    EXPECT_GE(forecast.next.earliest, Millis(1652));
    EXPECT_LE(forecast.next.expected, Millis(1652 + 36));
    EXPECT_GT(forecast.next.latest, Millis(1652 + 36));
    EXPECT_LE(forecast.next.latest, Millis(1652 + 260));
}

TEST(DeadNeighbour, endIsABandOfOneCycleAfterTheLimitFromTheStart) {
    // Nothing has been retransmitted yet; 8 retries are 102.2 s.
    Scene scene{flight(104, 204, 0, 0, 100)};
    scene.sample.sysctls.retries2 = 8;
    const Forecast forecast = forecastOf(scene.withPath(Neighbour::Incomplete, 100), ticking(250, 0));
    EXPECT_TRUE(within(forecast.givesUp, 104'600));
    EXPECT_GE(forecast.givesUp.earliest, Millis(102'000));
    EXPECT_LE(forecast.givesUp.latest, Millis(106'200));
    EXPECT_FALSE(forecast.exactPhase);
    EXPECT_FALSE(forecast.endIsPoint);
    EXPECT_FALSE(forecast.hasAllowed);
}

TEST(DeadNeighbour, forgottenEntryCountsOnlyWithDataInFlight) {
    Scene scene{flight(104, 204, 0, 0, 100)};
    EXPECT_TRUE(holds(nominal(scene.withPath(Neighbour::None)), Condition::UnreachableNeighbour));
    scene.sample.connection.info.unacked = 0;
    EXPECT_FALSE(holds(nominal(scene.sample), Condition::UnreachableNeighbour));
}

TEST(IcmpRevert, leavesTheUniversalBandAndNoCount) {
    Sample sample = flight(400, 816, 5, 2, 416, 3000);
    sample.sysctls.retries2 = 5;
    const Forecast forecast = forecastOf(sample, ticking(250, 0));
    EXPECT_TRUE(holds(forecast, Condition::IcmpRevert));
    EXPECT_FALSE(forecast.hasAllowed);
    EXPECT_FALSE(forecast.endIsPoint);
    EXPECT_NEAR(forecast.givesUp.earliest.count(), 12'600 - 3000, 8);
}

TEST(UniversalBand, showsThePointAndPromisesTheBand) {
    Sample sample = ipv4(inFlight(816, 816, 2, 408));
    sample.sysctls.retries2 = 5;
    sample.connection.info.totalRetransmits = 2;
    const Forecast forecast = forecastOf(sample, ticking(250, 0));
    EXPECT_TRUE(forecast.exactPhase);
    EXPECT_TRUE(forecast.endIsPoint);
    EXPECT_TRUE(forecast.shownEnd().exact());
    EXPECT_NEAR(forecast.givesUp.earliest.count(), 12'600 - 408, 8);
    EXPECT_GT(forecast.givesUp.latest, forecast.givesUp.expected);
    EXPECT_TRUE(forecast.assumes & assume::NoIcmpError);
    EXPECT_TRUE(forecast.assumes & assume::NeighbourAnswers);
}

TEST(ThinLinear, sixTimeoutsDoNotDouble) {
    Sample sample = flight(204, 204, 0, 0, 0);
    sample.sysctls.thinLinearTimeouts = 1;
    sample.sysctls.retries2 = 5; // 12600 ms
    // Timeouts at 204, 408, .. 1428 (six repeats of 204 after the first), then 408, 816, .. : 1428 + 204 * 2^k.
    std::int64_t at = 204, timeout = 204;
    for (int sent = 1; at - 204 < 12'600; ++sent) {
        if (sent > 6)
            timeout *= 2;
        at += timeout;
    }
    EXPECT_EQ(nominal(sample).givesUp.expected.count(), at);
    sample.connection.info.unacked = 4;
    EXPECT_NE(nominal(sample).givesUp.expected.count(), at) << "not thin";
}

TEST(TailLossProbe, needsEarlyRetrans) {
    Sample sample = inFlight(200, 204, 0, 0);
    sample.sysctls.retries2 = 3;
    sample.connection.info.options = 2;
    EXPECT_EQ(nominalCount(sample), 5);
    sample.sysctls.earlyRetrans = 0;
    EXPECT_EQ(nominalCount(sample), 4);
}

TEST(TailLossProbe, mayHaveBeenSentBetweenTheSamplesThatTheFlightBeganBetween) {
    Connection idle = flight(0, 240, 0, 0, 400).connection;
    idle.timer = {};
    idle.info.unacked = 0;
    Scene scene{flight(232, 240, 0, 0, 8)};
    Connection& now = scene.sample.connection;
    now.info.options = 2;
    now.info.rttUs = 40'000;
    now.info.bytesAcked = idle.info.bytesAcked + 2920;
    now.info.totalRetransmits = 1;
    scene.past = remember(now, {}, {}, ticking(250), {.past = nullptr, .before = &idle});
    EXPECT_TRUE(within(nominal(scene.withPast()).next, 232)) << "the timeout's, or another one's";
    EXPECT_TRUE(within(nominal(scene.withPast()).next, 233)) << "another one's, that is not sent";
    now.info.totalRetransmits = 0;
    scene.past = remember(now, {}, {}, ticking(250), {.past = nullptr, .before = &idle});
    EXPECT_TRUE(nominal(scene.withPast()).next.exact());
}

TEST(OrphanPressure, canEndAnOrphanAtItsNextRun) {
    Sample sample = ipv4(orphan(inFlight(816, 816, 2, 408), 3));
    sample.around.machine.orphanPressure = true;
    const Forecast forecast = nominal(sample);
    EXPECT_TRUE(holds(forecast, Condition::OrphanPressure));
    EXPECT_EQ(forecast.givesUp.earliest, Millis(816));
    sample.connection.inode = 1;
    EXPECT_FALSE(holds(nominal(sample), Condition::OrphanPressure));
}

TEST(TimelineOfRow, isThatOfTheForecastWhereSurroundingsMoveIt) {
    Scene overdue{flight(280, 1632, 3, 3, 2812)};
    const Sample& sample = overdue.withPath(Neighbour::Incomplete, 2810);
    const Forecast told = forecastOf(sample, ticking(250));
    const auto events = timelineOfRow(told, sample.connection, sample.options, sample.sysctls, ticking(250));
    ASSERT_EQ(events.size(), 2U) << "what comes between is not known";
    EXPECT_EQ(events.front().event, told.nextEvent);
    EXPECT_EQ(events.front().at, told.next);
    EXPECT_EQ(events.back().event, NextEvent::GiveUp);
    EXPECT_EQ(events.back().at, told.shownEnd());
}

TEST(TimelineOfRow, isTheWholeWalkWhereNothingMovesIt) {
    const Sample sample = guarded(1000, 59'000, 0, {60, 10, 5, 0});
    const Forecast told = forecastOf(sample, ticking(250));
    const auto events = timelineOfRow(told, sample.connection, sample.options, sample.sysctls, ticking(250));
    EXPECT_GT(events.size(), 2U);
    EXPECT_EQ(events.front().at, told.next);
    EXPECT_EQ(events.back().at, told.givesUp);
}

TEST(FastRetransmission, beforeTheFirstTimeoutMayHaveSetTheStamp) {
    Sample sample = flight(440, 440, 1, 1, 0); // the first timeout was just now
    sample.options.userTimeout = Millis(8253);
    sample.connection.info.caState = 4;
    sample.connection.info.totalRetransmits = 3;
    sample.connection.info.lastAckReceived = Millis(244); // a SACK came after what is in flight was sent
    const Forecast fast = nominal(sample, 250);
    EXPECT_LE(fast.givesUp.earliest, Millis(8253 - 179)) << "as it came on the real kernel";
    EXPECT_FALSE(fast.endIsPoint);
    sample.connection.info.lastAckReceived = Millis(9000); // nothing came: a tail loss probe sets no stamp
    sample.connection.info.totalRetransmits = 2;
    EXPECT_GE(nominal(sample, 250).givesUp.earliest, Millis(8230));
}

TEST(FastRetransmission, isNoneWhereNothingCameSinceNothingWasInFlight) {
    Scene scene{flight(440, 440, 1, 1, 0)};
    scene.sample.options.userTimeout = Millis(8253);
    scene.sample.connection.info.caState = 4;
    scene.sample.connection.info.totalRetransmits = 2;
    scene.sample.connection.info.lastAckReceived = Millis(230); // which the program answered at once
    scene.sample.connection.info.segmentsIn = 5;
    EXPECT_LT(nominal(scene.sample, 250).givesUp.earliest, Millis(8100));
    scene.before = scene.sample.connection;
    scene.before.info.unacked = 0;
    scene.sample.around.before = &scene.before;
    EXPECT_GE(nominal(scene.sample, 250).givesUp.earliest, Millis(8230));
}

} // namespace
} // namespace halfopen
