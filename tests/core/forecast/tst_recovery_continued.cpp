// SPDX-License-Identifier: GPL-3.0-or-later
// A loss episode that began before the timeouts that count now; vectors as in tst_flight_conditions.cpp.
#include "tests/core/forecast/scene.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace samples;

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
    for (const std::uint8_t state : {3, 4}) { // TCP_CA_Recovery, TCP_CA_Loss
        sample.connection.info.caState = state;
        EXPECT_EQ(forecastOf(sample, ticking(250, 0)).next.earliest, Millis(0));
    }
    sample.connection.info.lastDataSent = Millis(400);
    sample.connection.timer.expires = Millis(432);
    EXPECT_GE(forecastOf(sample, ticking(250, 0)).next.earliest, Millis(432));
}

// 504 jiffies at HZ 250, armed by the reordering timer of the recovery: the kernel ran it 1713 ms later.
TEST(RecoveryContinued, whatARecoverySentMayHaveArmedTheEdgeOfALevelEitherWay) {
    Sample sample = flight(1688, 2016, 0, 3, 324);
    sample.connection.info.lastAckReceived = Millis(456);
    for (const std::uint8_t state : {3, 4}) { // TCP_CA_Recovery, TCP_CA_Loss
        sample.connection.info.caState = state;
        const Forecast forecast = forecastOf(sample, ticking(250, 0));
        EXPECT_LE(forecast.next.earliest, Millis(1688 + 36));
        EXPECT_GT(forecast.next.latest, Millis(1688 + 36));
        EXPECT_LE(forecast.next.latest, Millis(1688 + 260));
    }
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

/// Two segments, a tail loss probe of the second 688 ms ago, and the first acknowledged 128 ms ago: seen on 6.18.
struct SpentProbe {
    Connection before = flight(1800, 2384, 0, 0, 376).connection;
    Scene scene{flight(1288, 2384, 0, 0, 688)};
    Connection& now = scene.sample.connection;

    SpentProbe() {
        before.info.lastAckReceived = Millis(2120);
        before.sendQueue = 2800;
        before.info.unacked = 2;
        before.info.bytesAcked = 1;
        now.sampled = before.sampled + std::chrono::milliseconds(312);
        now.info.lastAckReceived = Millis(128);
        now.sendQueue = 1340;
        now.info.bytesAcked = 1461;
        for (Connection* one : {&before, &now}) {
            one->info.options = 2; // SACK
            one->info.rttUs = 607'275;
            one->info.totalRetransmits = 1;
        }
    }
    Forecast forecast() {
        scene.past = remember(before, {}, {}, ticking(250), {});
        scene.past = remember(now, {}, {}, ticking(250), {.past = &scene.past, .before = &before});
        return forecastOf(scene.withPast(), ticking(250, 0));
    }
};

TEST(TailLossProbe, isNotSentWhileOneIsOut) {
    const Forecast forecast = SpentProbe().forecast();
    EXPECT_LE(forecast.next.earliest, Millis(1292)) << "should the one before have been a timeout's";
    EXPECT_GE(forecast.next.latest, Millis(2384 - 688)) << "then it came by the timeout";
    EXPECT_LE(forecast.next.latest, Millis(2384 - 688 + 40));
}

TEST(TailLossProbe, isSentAgainOnceMoreIsAcknowledgedThanTheOneBeforeSent) {
    SpentProbe spent;
    spent.now.info.bytesAcked = 3000;
    EXPECT_TRUE(spent.forecast().next.exact());
    spent.now.info.bytesAcked = 2801;
    EXPECT_FALSE(spent.forecast().next.exact()) << "the probe repaired the loss and stays out";
}

} // namespace
} // namespace halfopen
