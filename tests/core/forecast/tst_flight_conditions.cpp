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

TEST(Retransmission, whatTheHandlerArmedForTheEdgeOfALevelIsOfTheFiner) {
    Sample sample = flight(1652, 2016, 3, 3, 364, 1909); // 504 jiffies at HZ 250
    sample.options.userTimeout = Millis(5605);
    const Forecast forecast = forecastOf(sample, ticking(250, 0));
    EXPECT_GE(forecast.next.earliest, Millis(1652));
    EXPECT_LE(forecast.next.latest, Millis(1652 + 36));
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

TEST(RecoveryContinued, limitCountsFromAnOlderStamp) {
    Scene scene{flight(400, 3264, 1, 4, 2864, 10)};
    auto& info = scene.sample.connection.info;
    info.caState = 4;
    info.totalRtoRecoveries = 2;
    scene.past.begun = true;
    scene.past.stampEarliest = scene.past.stampLatest =
        scene.sample.connection.sampled - std::chrono::milliseconds(3000);
    scene.sample.sysctls.retries2 = 5;
    const Forecast forecast = nominal(scene.withPast());
    EXPECT_TRUE(holds(forecast, Condition::RecoveryContinued));
    EXPECT_NEAR(forecast.givesUp.earliest.count(), 12'600 - 3000, 2);
}

TEST(RecoveryContinued, withoutMemoryTheStampIsWithinBounds) {
    Sample sample = flight(400, 3264, 1, 4, 2864, 3000);
    sample.connection.info.caState = 4;
    sample.connection.info.totalRtoRecoveries = 2;
    sample.sysctls.retries2 = 5;
    const Forecast forecast = nominal(sample);
    EXPECT_TRUE(holds(forecast, Condition::RecoveryContinued));
    EXPECT_LE(forecast.givesUp.earliest, Millis(12'600 - 6000));
    EXPECT_GE(forecast.givesUp.latest, Millis(12'600));
}

TEST(RecoveryContinued, stampMayBeOfTheTimeoutsThatCountNow) {
    // A partial ACK came 1.9 s ago; the only timeout since was 220 ms ago, and its stamp may be of then.
    Sample sample = flight(3108, 3328, 1, 4, 220, 2749);
    sample.connection.info.caState = 4;
    sample.connection.info.totalRtoRecoveries = 2;
    sample.connection.info.lastAckReceived = Millis(1948);
    sample.sysctls.retries2 = 5; // 12.6 s
    const Forecast forecast = nominal(sample, 250);
    EXPECT_TRUE(holds(forecast, Condition::RecoveryContinued));
    EXPECT_TRUE(within(forecast.givesUp, 3108 + 6656 + 13'312)) << "the first run 12.6 s after the timeout";
}

TEST(RecoveryContinued, undoneEpisodeMayGoOnWithItsOldStamp) {
    using std::chrono::milliseconds;
    Connection before = flight(1000, 1632, 2, 2, 600, 1200).connection;
    FlightPast past;
    past.stampEarliest = past.stampLatest = before.sampled - milliseconds(1200);
    Connection undone = flight(1500, 1632, 0, 2, 900).connection; // a part was acknowledged
    undone.sampled = before.sampled + milliseconds(300);
    undone.info.totalRetransmits = 2;
    past = remember(undone, {}, {}, ticking(250), {.past = &past, .before = &before});
    EXPECT_EQ(past.stampEarliest, before.sampled - milliseconds(1200));
    Connection chatting = undone;
    chatting.sampled += milliseconds(300);
    chatting.info.bytesAcked += 1000;
    const Surroundings around{.past = &past, .before = &undone};
    EXPECT_EQ(remember(chatting, {}, {}, ticking(250), around).stampLatest, MonotonicTime{});
    Connection again = undone;
    again.sampled += milliseconds(300);
    again.info.caState = 3;
    again.info.lastDataSent = Millis(40);
    past = remember(again, {}, {}, ticking(250), {.past = &past, .before = &undone});
    EXPECT_EQ(past.stampEarliest, before.sampled - milliseconds(1200));
    EXPECT_EQ(past.stampLatest, again.sampled - milliseconds(40));
}

TEST(RecoveryContinued, fastRetransmissionAfterAnUndoneTimeoutMayHaveAStampOfItsOwn) {
    using std::chrono::milliseconds;
    Connection before = flight(584, 1664, 3, 3, 1080, 2386).connection;
    before.info.caState = 4;
    Scene scene{flight(1608, 1664, 0, 3, 56)}; // of six segments four were acknowledged 88 ms ago: two are left
    Connection& now = scene.sample.connection;
    now.sampled = before.sampled + milliseconds(302);
    now.info.caState = 3;
    now.info.bytesAcked = before.info.bytesAcked + 5840;
    now.info.totalRetransmits = 6;
    const MonotonicTime first = before.sampled - milliseconds(2386);
    scene.past.stampEarliest = scene.past.stampLatest = first;
    scene.past = remember(now, {}, {}, ticking(250), {.past = &scene.past, .before = &before});
    EXPECT_EQ(scene.past.stampEarliest, first);
    EXPECT_EQ(scene.past.stampLatest, now.sampled - milliseconds(56));
    scene.sample.sysctls.retries2 = 5; // 12.6 s
    const Forecast forecast = nominal(scene.withPast());
    EXPECT_NEAR(forecast.givesUp.earliest.count(), 12'600 - 2688, 8) << "since the first timeout";
    EXPECT_NEAR(forecast.givesUp.expected.count(), 1608 + 3328 + 6656 + 13'312, 8) << "since the fast retransmission";
}

TEST(RecoveryContinued, fastRetransmissionBeforeTheFirstSampleIsRememberedForTheTimeouts) {
    using std::chrono::milliseconds;
    Connection first = flight(204, 212, 0, 0, 8).connection; // it came 8 ms ago
    first.info.caState = 3;
    first.info.lastAckReceived = Millis(8);
    first.info.totalRetransmits = 3;
    Scene scene{flight(128, 424, 1, 1, 296, 297)}; // since the first timeout
    Connection& now = scene.sample.connection;
    scene.past = remember(first, {}, {}, ticking(250), {});
    EXPECT_NEAR(static_cast<double>((first.sampled - scene.past.stampLatest).count()), 8e6, 4e6);
    now.sampled = first.sampled + milliseconds(504);
    now.info.caState = 4;
    now.info.totalRetransmits = 4;
    scene.past = remember(now, {}, {}, ticking(250), {.past = &scene.past, .before = &first});
    scene.sample.options.userTimeout = Millis(8847);
    EXPECT_NEAR(nominal(scene.withPast()).givesUp.expected.count(), 8847 - 512, 8);
}

TEST(RecoveryContinued, whatWasUndoneInPartMayGoOnWithItsOldStampOrANewOne) {
    using std::chrono::milliseconds;
    Scene scene{flight(1824, 1896, 0, 0, 72)};
    scene.past.begun = true;
    scene.past.stampEarliest = scene.sample.connection.sampled - milliseconds(1900);
    scene.past.stampLatest = scene.past.stampEarliest;
    scene.sample.connection.info.caState = 1;
    scene.sample.options.userTimeout = Millis(8774);
    EXPECT_NEAR(nominal(scene.withPast()).givesUp.earliest.count(), 8774 - 1900, 8);
    Scene again{flight(2576, 2812, 1, 1, 236, 236)};
    again.past = scene.past;
    again.past.stampEarliest = again.sample.connection.sampled - milliseconds(3000);
    again.past.stampLatest = again.sample.connection.sampled - milliseconds(236);
    again.sample.connection.info.caState = 4;
    again.sample.options.userTimeout = Millis(8774);
    const Forecast forecast = nominal(again.withPast());
    EXPECT_NEAR(forecast.givesUp.earliest.count(), 8774 - 3000, 8);
    EXPECT_GE(forecast.givesUp.latest.count(), 8774 - 236);
}

TEST(RecoveryContinued, aBurstThatGoesOnNeedsNoTimer) {
    Sample sample = flight(824, 832, 0, 1, 8);
    sample.connection.info.caState = 3;
    EXPECT_EQ(forecastOf(sample, ticking(250, 0)).next.earliest, Millis(0));
    sample.connection.info.lastDataSent = Millis(400);
    sample.connection.timer.expires = Millis(432);
    EXPECT_GE(forecastOf(sample, ticking(250, 0)).next.earliest, Millis(432));
}

TEST(RecoveryContinued, timeoutsThatAreCountedAnewMayHaveAStampOfTheirOwn) {
    using std::chrono::milliseconds;
    Connection before = flight(584, 1664, 3, 3, 1080, 2386).connection;
    before.info.caState = 4;
    before.info.totalRtoRecoveries = 1;
    Connection now = flight(3136, 3328, 1, 4, 192, 2795).connection;
    now.sampled = before.sampled + milliseconds(2100);
    now.info.caState = 4;
    now.info.totalRtoRecoveries = 2;
    FlightPast past;
    past.stampEarliest = past.stampLatest = before.sampled - milliseconds(2386);
    const Surroundings around{.past = &past, .before = &before};
    EXPECT_EQ(remember(now, {}, {}, ticking(250), around).stampLatest, past.stampLatest) << "no ACK came";
    now.info.bytesAcked += 5840;
    const FlightPast anew = remember(now, {}, {}, ticking(250), around);
    EXPECT_EQ(anew.stampEarliest, past.stampEarliest);
    EXPECT_EQ(anew.stampLatest, now.sampled - milliseconds(192));
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
    EXPECT_TRUE(nominal(scene.withPast()).assumes & assume::TailLossProbe);
    now.info.totalRetransmits = 0;
    scene.past = remember(now, {}, {}, ticking(250), {.past = nullptr, .before = &idle});
    EXPECT_FALSE(nominal(scene.withPast()).assumes & assume::TailLossProbe);
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

} // namespace
} // namespace halfopen
