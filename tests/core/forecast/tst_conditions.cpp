// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/flight_past.h"
#include "tests/core/forecast/samples.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace samples;

/// A sample and what was looked up around it, which the sample points to.
struct Scene {
    Sample sample;
    Path path{};
    FlightPast past{};
    ListenerFacts listener{};
    Connection before{};

    Sample& withPath(Neighbour neighbour, std::uint32_t updatedMs = 0) {
        path.route = Route::OnLink;
        path.neighbour = neighbour;
        path.updated = Millis(updatedMs);
        path.taken = sample.connection.sampled;
        sample.around.path = &path;
        return sample;
    }
    Sample& withPast() {
        sample.around.past = &past;
        return sample;
    }
    Sample& withListener() {
        sample.around.listener = &listener;
        return sample;
    }
};

Sample ipv4(Sample sample) {
    sample.connection.local.address = IpAddress::v4({192, 0, 2, 1});
    sample.connection.remote.address = IpAddress::v4({192, 0, 2, 2});
    return sample;
}

Sample flight(std::uint32_t expires, std::uint32_t rto, int retransmits, int backoff, std::uint32_t sent,
              std::uint32_t since = 0) {
    Sample sample = ipv4(inFlight(expires, rto, retransmits, since));
    sample.connection.info.backoff = static_cast<std::uint8_t>(backoff);
    sample.connection.info.lastDataSent = Millis(sent);
    sample.connection.info.totalRetransmits = static_cast<std::uint32_t>(retransmits);
    return sample;
}

bool holds(const Forecast& forecast, Condition condition) {
    return forecast.conditions.has(condition);
}

bool within(const Moment& moment, std::int64_t at) {
    return moment.earliest.count() <= at && at <= moment.latest.count();
}

// The vectors are computed by hand from tcp_timer.c and were seen on 6.18; nominal, without the wheel.

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

TEST(LocalDrop, ofUnsentDataCountsEveryTry) {
    Sample sample = probing(344, 204, 3, 0);
    sample.connection.info.sendWindow = 65536;
    sample.sysctls.retries2 = 6;
    const Forecast forecast = nominal(sample);
    EXPECT_TRUE(holds(forecast, Condition::LocalDrop));
    EXPECT_EQ(forecast.givesUp.expected, Millis(344 + 3 * 500));
    EXPECT_EQ(nominalCount(sample), 3);
}

TEST(LocalDrop, ofUnsentDataEndsByCountOrUserTimeoutWhicheverComesFirst) {
    Sample sample = probing(416, 204, 1, 0);
    sample.connection.info.sendWindow = 65536;
    sample.sysctls.retries2 = 4;
    sample.options.userTimeout = Millis(3006);
    EXPECT_EQ(nominal(sample).givesUp.expected, Millis(416 + 3 * 500));
    EXPECT_EQ(nominal(sample).cause, GiveUpCause::WindowProbe);
    sample.options.userTimeout = Millis(1000); // since the first try, 84 ms ago
    EXPECT_EQ(nominal(sample).givesUp.expected, Millis(416 + 1 * 500));
    EXPECT_EQ(nominal(sample).cause, GiveUpCause::WindowProbeUserTimeout);
}

TEST(LocalDrop, ofTheVeryFirstUnsentSegmentShowsAsCwr) {
    Sample sample = probing(344, 204, 0, 0);
    sample.connection.info.sendWindow = 65536;
    sample.connection.info.caState = 2;
    sample.sysctls.retries2 = 6;
    EXPECT_TRUE(holds(nominal(sample), Condition::LocalDrop));
    EXPECT_EQ(nominal(sample).givesUp.expected, Millis(344 + 6 * 500));
}

TEST(LocalRefuse, backsOffAsIfItHadBeenSent) {
    Sample sample = probing(752, 204, 2, 2);
    sample.connection.info.sendWindow = 65536;
    sample.sysctls.retries2 = 4;
    const Forecast forecast = nominal(sample);
    EXPECT_TRUE(holds(forecast, Condition::LocalRefuse));
    EXPECT_EQ(forecast.givesUp.expected, Millis(752 + 1632 + 3264));
}

/// Overdue by more than the wheel can delay it, and in CWR as a drop leaves it.
Sample overdue(std::uint32_t quiet, std::uint32_t expires) {
    Sample sample = guarded(quiet, expires, 0, {3, 1, 3});
    sample.connection.info.caState = 2;
    return sample;
}

TEST(LocalDrop, ofKeepaliveProbesHasNoEnd) {
    const Sample sample = overdue(3860, 288);
    const Forecast forecast = nominal(sample, 250);
    EXPECT_TRUE(holds(forecast, Condition::LocalDrop));
    EXPECT_TRUE(forecast.never);
    EXPECT_EQ(forecast.cause, GiveUpCause::None);
    EXPECT_EQ(forecast.next.expected, Millis(288));
}

TEST(LocalDrop, isNotSaidOfAProbeThatTheWheelDelays) {
    const Forecast forecast = forecastOf(overdue(3100, 288), ticking(250));
    EXPECT_FALSE(holds(forecast, Condition::LocalDrop));
    EXPECT_EQ(forecast.cause, GiveUpCause::Keepalive);
}

TEST(LocalDrop, isNotSaidOfKeepaliveThatWasSwitchedOnLate) {
    Scene scene{overdue(60'000, 288)};
    scene.sample.connection.info.caState = 0;
    EXPECT_FALSE(holds(nominal(scene.sample, 250), Condition::LocalDrop));
    scene.sample.connection.info.caState = 2;
    scene.before = scene.sample.connection;
    scene.before.sampled -= std::chrono::milliseconds(1000);
    scene.before.timer.expires = Millis(1288);
    scene.sample.around.before = &scene.before;
    EXPECT_FALSE(holds(nominal(scene.sample, 250), Condition::LocalDrop)) << "the timer has run on";
    scene.sample.connection.info.caState = 0;
    scene.before.timer.expires = Millis(300);
    EXPECT_TRUE(holds(nominal(scene.sample, 250), Condition::LocalDrop)) << "it was armed anew";
    scene.before.sampled = scene.sample.connection.sampled - std::chrono::milliseconds(100);
    scene.before.timer.expires = Millis(388);
    EXPECT_FALSE(holds(nominal(scene.sample, 250), Condition::LocalDrop));
    scene.sample.connection.info.caState = 2;
    EXPECT_TRUE(holds(nominal(scene.sample, 250), Condition::LocalDrop));
}

Sample synSent(std::uint32_t expires, int sent, std::uint32_t since) {
    Sample sample = ipv4(inFlight(expires, 1000, sent, since));
    sample.connection.info.backoff = 0;
    sample.connection.state = State::SynSent;
    sample.sysctls.synRetries = 6;
    sample.sysctls.synLinearTimeouts = 4;
    return sample;
}

TEST(LocalDrop, ofSynsCountsEachHalfSecond) {
    const Forecast forecast = nominal(synSent(200, 5, 2348), 250);
    EXPECT_TRUE(holds(forecast, Condition::LocalDrop));
    EXPECT_EQ(forecast.givesUp.expected, Millis(200 + 5 * 500));
    EXPECT_FALSE(holds(nominal(synSent(700, 1, 300), 250), Condition::LocalDrop)) << "a second from SYN to SYN";
}

TEST(LocalDrop, ofSynsThatBeganLaterShowsInTwoSamples) {
    // Two SYNs were repeated after a second each; the third try was dropped 32 ms ago and comes again after 500 ms.
    Scene scene{synSent(468, 2, 1053)};
    Sample& sample = scene.sample;
    EXPECT_FALSE(holds(nominal(sample, 250), Condition::LocalDrop));
    scene.before = synSent(268, 1, 753).connection;
    scene.before.sampled = sample.connection.sampled - std::chrono::milliseconds(300);
    sample.around.before = &scene.before;
    EXPECT_TRUE(holds(nominal(sample, 250), Condition::LocalDrop));
    scene.before.timer.expires = Millis(768); // the same timer
    EXPECT_FALSE(holds(nominal(sample, 250), Condition::LocalDrop));
    sample.around.heldBefore.add(Condition::LocalDrop);
    EXPECT_TRUE(holds(nominal(sample, 250), Condition::LocalDrop));
    scene.before.timer.expires = Millis(268);
    sample.around.heldBefore = {};
    sample.connection.timer.expires = Millis(968); // armed for the whole timeout
    EXPECT_FALSE(holds(nominal(sample, 250), Condition::LocalDrop));
}

TEST(LocalDrop, ofSynsLeavesTheUserTimeoutWhereItIs) {
    Sample sample = synSent(200, 3, 1321);
    sample.sysctls.synLinearTimeouts = 0;
    sample.options.userTimeout = Millis(2919); // 2321 ms of it are over
    const Forecast forecast = nominal(sample, 250);
    EXPECT_TRUE(holds(forecast, Condition::LocalDrop));
    EXPECT_EQ(forecast.givesUp.expected, Millis(200 + 500));
}

TEST(ConnectDeferred, waitsForTheProgramWithoutEnd) {
    Sample sample = synSent(0, 0, 0);
    sample.connection.timer = {};
    sample.connection.connectDeferred = true;
    const Forecast forecast = nominal(sample);
    EXPECT_TRUE(holds(forecast, Condition::ConnectDeferred));
    EXPECT_TRUE(forecast.never);
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

TEST(DeadNeighbour, ofAConnectingSocketEndsItWhenTheEntryFails) {
    Scene scene{synSent(600, 1, 400)};
    const Forecast forecast = forecastOf(scene.withPath(Neighbour::Incomplete, 1400), ticking(250, 0));
    EXPECT_TRUE(within(forecast.givesUp, 3072 - 1400));
    EXPECT_LE(forecast.givesUp.latest - forecast.givesUp.earliest, Millis(100));
}

TEST(DeadNeighbour, ofAConnectingSocketMayComeAfterItsUserTimeout) {
    Scene scene{synSent(700, 0, 0)};
    Sample& sample = scene.withPath(Neighbour::Incomplete, 300);
    sample.options.userTimeout = Millis(1500); // cut to 1500 ms: 300 ms after the first SYN 1200 are left
    const Forecast cut = nominal(sample, 250);
    EXPECT_EQ(cut.cause, GiveUpCause::UserTimeout);
    EXPECT_EQ(cut.givesUp.expected, Millis(1200));
    sample.options.userTimeout = Millis(2990); // about when the entry fails
    const Forecast either = nominal(sample, 250);
    EXPECT_TRUE(within(either.givesUp, 2990 - 300));
    EXPECT_TRUE(within(either.givesUp, 3000 - 300));
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

Sample closedWindow(std::uint32_t expires, std::uint32_t rto, int backoff) {
    Sample sample = ipv4(inFlight(expires, rto, 0, 0));
    sample.connection.info.backoff = static_cast<std::uint8_t>(backoff);
    sample.connection.info.sendWindow = 0;
    sample.connection.info.totalRtoRecoveries = 1;
    return sample;
}

TEST(ClosedWindow, timerIsCutToTheUserTimeoutWhichMustBeExceeded) {
    Scene scene{closedWindow(452, 1632, 3)};
    scene.sample.options.userTimeout = Millis(3000);
    scene.sample.connection.info.lastAckReceived = Millis(9000);
    scene.past.closedFrom = scene.sample.connection.sampled - std::chrono::milliseconds(2436);
    const Forecast forecast = nominal(scene.withPast(), 250);
    EXPECT_TRUE(holds(forecast, Condition::ClosedWindow));
    EXPECT_EQ(forecast.next.expected, Millis(452));
    EXPECT_EQ(forecast.givesUp.expected, Millis(568));
}

TEST(ClosedWindow, firstRunCountsFromTheOriginalTransmission) {
    Sample sample = flight(1288, 1708, 0, 0, 760);
    sample.connection.info.sendWindow = 0;
    sample.options.rtoMax = Millis(1706);
    sample.options.userTimeout = Millis(1837); // 760 + 1288 are more
    EXPECT_EQ(nominal(sample, 250).givesUp.expected, Millis(1288));
    sample.options.userTimeout = Millis(3000);
    EXPECT_GT(nominal(sample, 250).givesUp.expected, Millis(1288));
}

TEST(ClosedWindow, timerThatTheUserTimeoutCutDatesTheFirstRetransmission) {
    // 108 ms ago armed for 1032 ms instead of 1064: 3205 ms are over when it expires, whatever the backoff suggests.
    Sample sample = flight(924, 1064, 0, 3, 108);
    auto& info = sample.connection.info;
    info.sendWindow = 0;
    info.caState = 4;
    info.lastAckReceived = Millis(64);
    sample.options.rtoMax = Millis(1062);
    sample.options.userTimeout = Millis(3205);
    const Forecast forecast = forecastOf(sample, ticking(250, 0));
    EXPECT_LE(forecast.givesUp.earliest, Millis(924 + 32));
    EXPECT_GE(forecast.givesUp.earliest, Millis(924));
    EXPECT_LE(forecast.givesUp.latest, Millis(924 + 48));
}

TEST(ClosedWindow, timeoutAtItsMaximumBeganWithWhatTheRttMadeOfIt) {
    // RTT 200 ms, deviation 100 ms: a first timeout of 600 ms, then 1064, 1064. The first retransmission was 60 + 2128
    // ms ago, of which 2 * 1064 ms are over at the next run.
    Sample sample = flight(1004, 1064, 0, 3, 60);
    auto& info = sample.connection.info;
    info.sendWindow = 0;
    info.caState = 4;
    info.rttUs = 200'000;
    info.rttVarUs = 100'000;
    info.lastAckReceived = Millis(9000);
    sample.options.rtoMax = Millis(1062);
    EXPECT_EQ(nominal(sample, 250).givesUp.expected, Millis(1004));
}

TEST(ClosedWindow, anEarlierRunThatJustMissesALimitDoesNotHideTheEnd) {
    Sample sample = flight(632, 2236, 0, 7, 1604);
    auto& info = sample.connection.info;
    info.sendWindow = 0;
    info.caState = 4;
    info.lastAckReceived = Millis(1600);
    sample.options.rtoMax = Millis(2235);
    const Forecast forecast = forecastOf(sample, ticking(250));
    EXPECT_LE(forecast.givesUp.earliest, Millis(632 + 2236 + 8)) << "as early as the timers allow";
    EXPECT_GE(forecast.givesUp.latest, Millis(632 + 2236 + 512));
}

TEST(ClosedWindow, tailLossProbeOfTheOnlySegmentIsSentAndIsNoTimeout) {
    // The ACK that closed the window 136 ms ago armed a probe for 232 ms: it runs in 96 ms, the first timeout 232 ms
    // later. From there timeouts of 464, 928, 1464 (the longest), 1464 ms; 2 * 1464 ms after the first of them are
    // over.
    Sample sample = flight(96, 232, 0, 0, 160);
    auto& info = sample.connection.info;
    info.sendWindow = 0;
    info.options = 2;
    info.rttUs = 29'000;
    info.lastAckReceived = Millis(136);
    sample.options.rtoMax = Millis(1461);
    const Forecast forecast = nominal(sample, 250);
    EXPECT_EQ(forecast.next.expected, Millis(96));
    EXPECT_EQ(forecast.givesUp.expected, Millis(96 + 232 + 464 + 928 + 1464 + 1464));
    sample.sysctls.earlyRetrans = 0;
    EXPECT_EQ(nominal(sample, 250).givesUp.expected, Millis(96 + 464 + 928 + 1464 + 1464)) << "a timeout's";
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

TEST(ClosedWindow, tailLossProbeThatMayHaveBeenSentLeavesBothEnds) {
    Sample sample = flight(96, 232, 0, 0, 136);
    auto& info = sample.connection.info;
    info.sendWindow = 0;
    info.options = 2;
    info.rttUs = 29'000;
    info.lastAckReceived = Millis(136);
    info.totalRetransmits = 1; // of this flight, or of one before
    sample.options.rtoMax = Millis(1461);
    const Forecast forecast = nominal(sample, 250);
    EXPECT_TRUE(forecast.assumes & assume::TailLossProbe);
    EXPECT_EQ(forecast.givesUp.earliest, Millis(96 + 464 + 928 + 1464 + 1464));
    EXPECT_EQ(forecast.givesUp.latest, Millis(96 + 232 + 464 + 928 + 1464 + 1464));
}

TEST(ClosedWindow, timerThatTheUserTimeoutCutWaitsForItsOwnGranule) {
    Sample sample = flight(1764, 2216, 0, 3, 92); // armed for 1856 ms: a grid of 32 ms at HZ 250, not of 256
    sample.connection.info.sendWindow = 0;
    sample.options.rtoMax = Millis(2213);
    sample.options.userTimeout = Millis(4738);
    EXPECT_LE(forecastOf(sample, ticking(250, 0)).next.latest, Millis(1764 + 32));
}

TEST(ClosedWindow, tailLossProbeOfALaterSegmentSendsNothing) {
    Sample sample = flight(880, 1476, 0, 0, 256);
    sample.connection.info.sendWindow = 0;
    sample.connection.info.lastAckReceived = Millis(52);
    sample.connection.info.unacked = 2;
    EXPECT_EQ(nominal(sample, 250).next.expected, Millis(1476 - 256));
    sample.connection.info.unacked = 1;
    EXPECT_EQ(nominal(sample, 250).next.expected, Millis(880));
}

TEST(ClosedWindow, silentPeerIsGivenUpWhenBothClocksHavePassedTwiceTheLongestTimeout) {
    Sample sample = closedWindow(224, 1000, 3);
    sample.options.rtoMax = Millis(1000);
    sample.connection.info.totalRtoTimeMs = 2024;
    sample.connection.info.lastAckReceived = Millis(2428);
    sample.connection.info.lastDataSent = Millis(776);
    const Forecast forecast = nominal(sample, 250);
    EXPECT_EQ(forecast.givesUp.expected, Millis(224));
    sample.options.userTimeout = Millis(60'000);
    EXPECT_EQ(nominal(sample, 250).givesUp.expected, Millis(224)) << "a longer user timeout does not help";
}

TEST(ClosedWindow, peerThatAnswersHasTheWholeUserTimeout) {
    Sample sample = closedWindow(224, 1000, 3);
    sample.options.rtoMax = Millis(1000);
    sample.options.userTimeout = Millis(10'000);
    sample.connection.info.totalRtoTimeMs = 2024;
    sample.connection.info.lastAckReceived = Millis(770);
    sample.connection.info.lastDataSent = Millis(776);
    const Forecast forecast = nominal(sample, 250);
    EXPECT_GE(forecast.givesUp.expected, Millis(10'000 - 2024));
    EXPECT_LE(forecast.givesUp.earliest, Millis(3300)) << "silent from now on";
}

Sample request(std::uint32_t expires, int retransmits, int retries = 5) {
    Sample sample = ipv4(mini(State::SynRecv, TimerKind::Retransmit, expires, retransmits));
    sample.sysctls.synAckRetries = retries;
    return sample;
}

TEST(DeferredAccept, isSeenByTimeoutsThatSentNothing) {
    Scene scene{request(2812, 0)};
    scene.listener.deferAcceptRounds = 3;
    const Forecast forecast = nominal(scene.withListener());
    EXPECT_TRUE(holds(forecast, Condition::DeferredAccept));
    EXPECT_EQ(forecast.next.expected, Millis(2812)) << "the last round of deferring";
    EXPECT_EQ(forecast.givesUp.expected, Millis(2812 + 8000 + 16'000 + 32'000));
    EXPECT_TRUE(forecast.assumes & assume::ClientWaits);
    EXPECT_FALSE(forecast.hasAllowed);
}

TEST(DeferredAccept, requestThatIsDueIsNotArmedAnew) {
    Connection before = request(40, 2).connection;
    Connection now = request(0, 2).connection; // waits for the wheel, up to 256 ms
    now.sampled = before.sampled + std::chrono::milliseconds(200);
    FlightPast past;
    past.timeouts = 2;
    const Surroundings around{.past = &past, .before = &before};
    EXPECT_EQ(remember(now, {}, {}, ticking(250), around).timeouts, 2);
    now.timer.expires = Millis(7950);
    EXPECT_EQ(remember(now, {}, {}, ticking(250), around).timeouts, 3);
}

TEST(DeferredAccept, withoutTheListenersOptionTheEndIsOpen) {
    const Forecast forecast = nominal(request(2812, 0));
    EXPECT_TRUE(holds(forecast, Condition::DeferredAccept));
    EXPECT_LE(forecast.givesUp.earliest, Millis(2812));
    EXPECT_EQ(forecast.givesUp.latest, Millis::max());
}

TEST(DeferredAccept, beforeTheFirstTimeoutBothAreTold) {
    Scene scene{request(900, 0, 2)};
    scene.listener.deferAcceptRounds = 5;
    const Forecast forecast = nominal(scene.withListener());
    EXPECT_TRUE(within(forecast.givesUp, 900 + 2000 + 4000));
    EXPECT_TRUE(within(forecast.givesUp, 900 + 2000 + 4000 + 8000 + 16'000 + 32'000));
    EXPECT_TRUE(within(forecast.next, 900));
    EXPECT_TRUE(within(forecast.next, 900 + 2000 + 4000 + 8000));
}

TEST(SynQueuePressure, canEndARequestAtItsThirdRun) {
    Scene scene{request(3988, 2)};
    scene.listener.requests = 14;
    scene.listener.backlog = 16;
    Forecast forecast = nominal(scene.withListener());
    EXPECT_TRUE(holds(forecast, Condition::SynQueuePressure));
    EXPECT_EQ(forecast.givesUp.earliest, Millis(3988));
    EXPECT_EQ(forecast.givesUp.latest, Millis(3988 + 8000 + 16'000 + 32'000));
    scene.listener.requests = 8;
    forecast = forecastOf(scene.sample, ticking(250, 0));
    EXPECT_FALSE(holds(forecast, Condition::SynQueuePressure));
    EXPECT_TRUE(forecast.endIsPoint);
    EXPECT_LE(forecast.givesUp.earliest, Millis(4600)) << "the queue can fill later";
}

TEST(DeadNeighbour, ofTheClientEndsARequest) {
    Scene scene{request(500, 1)};
    const Forecast forecast = nominal(scene.withPath(Neighbour::Incomplete, 2000), 250);
    EXPECT_TRUE(within(forecast.givesUp, 1072));
    EXPECT_LE(forecast.givesUp.latest, Millis(1300));
}

TEST(FastOpen, childIsGoneOneRunAfterOthers) {
    Sample sample = ipv4(inFlight(900, 3000, 0, 0));
    sample.connection.state = State::SynRecv;
    sample.sysctls.synAckRetries = 2;
    const Forecast forecast = nominal(sample);
    EXPECT_EQ(forecast.regime, Regime::SynAck);
    EXPECT_TRUE(holds(forecast, Condition::FastOpenPending));
    EXPECT_EQ(forecast.givesUp.expected, Millis(900 + 2000 + 4000 + 8000));
    sample.connection.state = State::FinWait1;
    sample.connection.inode = 0;
    sample.connection.info.lastAckReceived = Millis(700'000); // never: the machine is up for 1,000 s
    EXPECT_EQ(nominal(sample).givesUp.expected, Millis(900 + 2000 + 4000 + 8000));
    sample.connection.info.lastAckReceived = Millis(4000);
    EXPECT_EQ(nominal(sample).regime, Regime::Orphan);
}

TEST(NoProbes, endsAtTheFirstExpiryWhateverThePeerDoes) {
    const Forecast forecast = nominal(guarded(500, 1500, 0, {2, 1, 0}));
    EXPECT_TRUE(holds(forecast, Condition::NoProbes));
    EXPECT_EQ(forecast.givesUp.expected, Millis(1500));
    EXPECT_EQ(forecast.nextEvent, NextEvent::GiveUp);
    EXPECT_FALSE(forecast.assumes & assume::PeerSilent);
    EXPECT_FALSE(forecast.hasAllowed);
    const Forecast timed = nominal(guarded(500, 1500, 0, {2, 1, 0, 5000}));
    EXPECT_FALSE(holds(timed, Condition::NoProbes)) << "the user timeout decides, and probes are sent";
    EXPECT_EQ(timed.nextEvent, NextEvent::KeepaliveProbe);
}

TEST(Keepalive, negativeIdleTimeNeverRuns) {
    const Forecast forecast = forecastOf(guarded(60'000, 0, 0, {-1, 75, 9}), ticking(250, 0));
    EXPECT_TRUE(forecast.never);
    EXPECT_EQ(forecast.nextEvent, NextEvent::None);
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

} // namespace
} // namespace halfopen
