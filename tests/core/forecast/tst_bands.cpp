// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/forecast/samples.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace samples;

/// Every phase the jiffies can have is one exact forecast: the band must hold all of them.
class BandAtHz : public testing::TestWithParam<std::int32_t> {
protected:
    static void expectHolds(const Sample& sample) {
        const Forecast band = forecastOf(sample, ticking(GetParam()));
        for (std::int64_t offset = 0; offset < 40'000; offset += 37) {
            const Forecast exact = forecastOf(sample, ticking(GetParam(), offset));
            // One that is due may just be about to run, at a multiple of its granule.
            ASSERT_TRUE(exact.exactPhase || sample.connection.timer.expires.count() == 0);
            ASSERT_LE(band.next.earliest, exact.next.expected) << offset;
            ASSERT_GE(band.next.latest, exact.next.expected) << offset;
            ASSERT_LE(band.givesUp.earliest, exact.givesUp.expected) << offset;
            ASSERT_GE(band.givesUp.latest, exact.givesUp.expected) << offset;
        }
    }
};

TEST_P(BandAtHz, holdsKeepaliveInEveryPhase) {
    expectHolds(guarded(500, 2500, 0, {3, 1, 3}));
    expectHolds(guarded(100, 400, 0, {3, 1, 3}));
    expectHolds(guarded(0, 7'200'000, 0, {}));
    expectHolds(guarded(4400, 600, 2, {3, 1, 3}));
    expectHolds(guarded(60'000, 0, 0, {60, 20, 9}));
    expectHolds(
        guarded(58'900, 1000, 0, {60, 20, 9})); // idle for long enough in some phases, a little short of it in others
}

TEST_P(BandAtHz, holdsKeepaliveWithUserTimeoutInEveryPhase) {
    expectHolds(guarded(0, 3000, 0, {3, 1, 3, 5000}));
    expectHolds(guarded(0, 3000, 0, {3, 1, 9, 4100})); // within the slack of the second run
    expectHolds(guarded(0, 60'000, 0, {60, 1, 9, 60'700}));
    expectHolds(guarded(6500, 500, 4, {3, 1, 9, 10'000}));
}

TEST_P(BandAtHz, holdsRetransmissionsInEveryPhase) {
    expectHolds(inFlight(204, 204, 0, {}));
    expectHolds(inFlight(816, 816, 2, 408));
    expectHolds(orphan(inFlight(816, 816, 2, 408), 0));
    Sample timed = inFlight(204, 204, 0, {});
    timed.options.userTimeout = Millis(5000);
    expectHolds(timed);
    expectHolds(probing(204, 204, 0, 0));
    expectHolds(mini(State::TimeWait, TimerKind::TimeWait, 59'896));
    expectHolds(mini(State::SynRecv, TimerKind::Retransmit, 940));
}

INSTANTIATE_TEST_SUITE_P(EveryTickRate, BandAtHz, testing::Values(100, 250, 300, 1000));

TEST(Phase, stampAHairAfterATickIsOfTheJiffyBefore) {
    // The kernel counted before the tick, the dump was stamped after it: both samples are of one jiffy, so of one
    // probe.
    Sample before = guarded(0, 3000, 0, {3, 1, 3});
    before.connection.sampled = at(4'000'000'000'000 - 1000);
    Sample after = before;
    after.connection.sampled = at(4'000'000'000'000 + 30'000);
    const Forecast one = forecastOf(before, ticking(250, 21)); // so that one jiffy more would be 64 later
    const Forecast two = forecastOf(after, ticking(250, 21));
    EXPECT_NEAR(one.next.expected.count(), two.next.expected.count(), 1);
}

TEST(Phase, ticksOfThreeHundredHertzAreNotThirdsOfTenMilliseconds) {
    EXPECT_EQ(ticking(300).tickNanos(), 3'333'333);
    EXPECT_EQ(ticking(250).tickNanos(), 4'000'000);
    EXPECT_EQ(ticking(1000).tickNanos(), 1'000'000);
    EXPECT_EQ(ticking(100).tickNanos(), 10'000'000);
    EXPECT_EQ(ticking(0).tickNanos(), 4'000'000);
    EXPECT_EQ(ticking(-1).tickNanos(), 4'000'000);
}

Connection sampledAt(MonotonicTime sampled, std::uint16_t readBefore = 0) {
    Connection connection;
    connection.sampled = sampled;
    connection.timer.readBefore = readBefore;
    return connection;
}

TEST(Phase, everyWholeJiffyToldInMillisecondsIsFoundAgain) {
    for (const std::int32_t hz : {100, 250, 300, 1000}) {
        const SampleTime time(sampledAt(at(1'000'000'000'000)), ticking(hz), Slack::Wheel);
        for (std::int64_t jiffies = 0; jiffies < 5000; ++jiffies) {
            EXPECT_EQ(time.fromMillis((jiffies * 1000 + hz - 1) / hz), jiffies) << hz; // rounded up
            EXPECT_EQ(time.fromMillis(jiffies * 1000 / hz), jiffies) << hz;            // older kernels, rounded down
        }
    }
}

TEST(Phase, whatMayHaveBeenReadBeforeTheStampComesThatMuchEarlier) {
    TickClock clock = ticking(250);
    clock.offset = 4711;
    const MonotonicTime stamp = at(1'000'000'002'000);
    const Moment onTime = SampleTime(sampledAt(stamp), clock, Slack::Wheel).moment(Span::at(100));
    EXPECT_EQ(onTime.earliest, onTime.latest);
    const SampleTime late(sampledAt(stamp, 82), clock, Slack::Wheel);
    EXPECT_EQ(late.moment(Span::at(100)).latest.count(), onTime.latest.count() + 4); // of which tick is unknown, too
    EXPECT_EQ(late.moment(Span::at(100)).earliest.count(), onTime.earliest.count() - 84); // whole ticks
    EXPECT_FALSE(late.wheel().isExact());
}

TEST(Phase, momentsBeyondFortyNineDaysSaturate) {
    const SampleTime time(sampledAt(at(1'000'000'000'000)), ticking(250), Slack::Wheel);
    EXPECT_EQ(time.moment(Span::at(Jiffies{1} << 60)).expected, Millis::max());
    EXPECT_EQ(time.moment(Span::at(-(Jiffies{1} << 60))).latest, Millis(0));
}

} // namespace
} // namespace halfopen
