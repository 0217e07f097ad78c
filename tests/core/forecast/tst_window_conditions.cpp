// SPDX-License-Identifier: GPL-3.0-or-later
// What holds beyond a silent peer, of data that waits for a window. The vectors are computed by hand from the kernel's
// timers and were seen on 6.18; nominal, without the wheel.
#include "tests/core/forecast/scene.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace samples;

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

/// Cut to TCP_RTO_MAX_MS (2357) after timeouts of 471, 942 and 1884 ms: seen on 6.18, where its next run ended it.
Sample cutTimeout() {
    Sample sample = closedWindow(2324, 2360, 3);
    sample.options.rtoMax = Millis(2360);
    sample.connection.info.lastDataSent = Millis(36);
    sample.connection.info.lastAckReceived = Millis(3224);
    return sample;
}

TEST(ClosedWindow, timeoutThatWasCutMayHaveBegunWithAnyLength) {
    const Forecast forecast = forecastOf(cutTimeout(), ticking(250, 0));
    EXPECT_TRUE(within(forecast.givesUp, 2394));
    EXPECT_TRUE(within(forecast.givesUp, 4954)) << "had it begun with 295 ms";
}

TEST(ClosedWindow, timeoutThatWasSeenBeforeItWasCutDatesTheFirstRetransmission) {
    Scene scene{cutTimeout()};
    Sample before = closedWindow(1500, 1884, 2);
    before.connection.sampled -= std::chrono::milliseconds(1000);
    scene.past = remember(before.connection, scene.sample.options, {}, ticking(250), {});
    scene.past = remember(scene.sample.connection, scene.sample.options, {}, ticking(250),
                          {.past = &scene.past, .before = &before.connection});
    const Forecast forecast = forecastOf(scene.withPast(), ticking(250, 0));
    EXPECT_GE(forecast.givesUp.earliest, Millis(2324));
    EXPECT_LE(forecast.givesUp.latest, Millis(2324 + 256));
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

TEST(ClosedWindow, runThatWaitsForTheWheelWasArmedWhenItsDataWasSent) {
    // Armed for 2240 ms 2000 ms ago; 300 ms later its run is due since 60 ms and comes with the next granule.
    Sample sample = flight(240, 2240, 0, 3, 2000);
    auto& info = sample.connection.info;
    info.sendWindow = 0;
    info.caState = 4;
    info.lastAckReceived = Millis(2000);
    sample.options.rtoMax = Millis(2244);
    sample.options.userTimeout = Millis(5679);
    const auto laterBy300 = [](Sample earlier) {
        earlier.connection.sampled += std::chrono::milliseconds(300);
        earlier.connection.timer.expires = Millis(0);
        earlier.connection.info.lastDataSent = earlier.connection.info.lastAckReceived = Millis(2300);
        return earlier;
    };
    for (int jiffy = 0; jiffy < 64; ++jiffy) {
        sample.connection.sampled += std::chrono::milliseconds(4);
        const Moment then = forecastOf(sample, ticking(250, 0)).givesUp;
        const Moment due = forecastOf(laterBy300(sample), ticking(250, 0)).givesUp;
        EXPECT_LE(std::abs(std::int64_t{then.expected.count()} - 300 - due.expected.count()), 4) << jiffy;
    }
}

TEST(ClosedWindow, timerOfTheEdgeOfALevelMayHaveBeenArmedByAHandlerThatRanLate) {
    // 2016 ms are 63 << 3 jiffies: on time the wheel, a jiffy ahead, files them under level 1, else under level 2.
    Sample sample = flight(96, 2016, 0, 3, 1920);
    sample.connection.info.sendWindow = 0;
    sample.connection.info.caState = 4;
    const Moment either = forecastOf(sample, ticking(250, 0)).next;
    EXPECT_LE(either.earliest, Millis(96 + 32));
    EXPECT_GT(either.latest, either.earliest);
    EXPECT_LE(either.latest, Millis(96 + 256));
    sample.connection.info.rtoUs = 2'020'000;
    sample.connection.info.lastDataSent = Millis(1924);
    EXPECT_TRUE(forecastOf(sample, ticking(250, 0)).next.exact());
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

TEST(ClosedWindow, aProbeThatSendsNothingLeavesADoubtOfTheFirstTimeout) {
    // The first timeout in 828 ms; 4400 ms after it have or have not passed at the third run after.
    Sample sample = flight(460, 980, 0, 0, 152);
    auto& info = sample.connection.info;
    info.unacked = 2;
    info.sendWindow = 0;
    info.options = 2;
    info.lastAckReceived = Millis(132);
    sample.options.rtoMax = Millis(2199);
    const Forecast forecast = forecastOf(sample, ticking(250, 0));
    EXPECT_TRUE(within(forecast.givesUp, 5245));
    EXPECT_TRUE(within(forecast.givesUp, 7548));
}

TEST(ClosedWindow, aRunThatMayJustMeetTheLimitIsPromisedToo) {
    // 2711 ms after the first retransmission, where 2688 had to pass: a few jiffies of slack less would have missed it.
    Sample sample = flight(308, 432, 0, 1, 124);
    auto& info = sample.connection.info;
    info.sendWindow = 0;
    info.caState = 4;
    info.lastAckReceived = Millis(564);
    sample.options.rtoMax = Millis(1342);
    EXPECT_TRUE(within(forecastOf(sample, ticking(250)).givesUp, 2587));
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

} // namespace
} // namespace halfopen
