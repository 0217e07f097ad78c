// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/forecast/samples.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace samples;

struct Vector {
    int number;
    std::uint32_t quiet, expires;
    std::int32_t idle, interval;
    int probes, unanswered;
    std::uint32_t userTimeout;
    std::uint32_t next; ///< first probe, or the end
    int left;
    std::uint32_t end;
};

// Hand-computed from tcp_keepalive_timer(); times in ms, idle and interval in s.
constexpr Vector kVectors[] = {
    {1, 500, 2500, 3, 1, 3, 0, 0, 2500, 3, 5500},   {2, 100, 400, 3, 1, 3, 0, 0, 2900, 3, 5900},
    {4, 4400, 600, 3, 1, 3, 2, 0, 600, 1, 1600},    {5, 5400, 600, 3, 1, 3, 3, 0, 600, 0, 600},
    {6, 7400, 600, 3, 1, 2, 5, 0, 600, 0, 600},     {7, 600, 4400, 2, 5, 3, 0, 0, 4400, 3, 19400},
    {8, 10, 990, 3, 1, 3, 0, 0, 2990, 3, 5990},     {9, 60000, 3000, 3, 1, 3, 0, 0, 3000, 3, 6000},
    {10, 3000, 0, 2, 1, 3, 0, 0, 0, 3, 3000},       {11, 0, 7200000, 7200, 75, 9, 0, 0, 7200000, 9, 7875000},
    {12, 500, 1500, 6, 1, 3, 0, 0, 5500, 3, 8500},  {13, 1000, 29000, 2, 1, 3, 0, 0, 29000, 3, 32000},
    {14, 0, 3000, 3, 1, 3, 0, 5000, 3000, 2, 5000}, {15, 0, 2000, 2, 1, 2, 0, 9000, 2000, 7, 9000},
    {16, 0, 3000, 3, 1, 9, 0, 1000, 3000, 1, 4000}, {17, 0, 2000, 2, 3, 9, 0, 4000, 2000, 1, 5000},
    {18, 0, 3000, 3, 1, 9, 0, 3000, 3000, 1, 4000}, {19, 6500, 500, 3, 1, 9, 4, 10000, 500, 3, 3500},
    {20, 9000, 200, 3, 1, 9, 6, 5000, 200, 0, 200},
};

Sample sampleOf(const Vector& v) {
    return guarded(v.quiet, v.expires, v.unanswered, {v.idle, v.interval, v.probes, v.userTimeout});
}

class KeepaliveAtHz : public testing::TestWithParam<std::int32_t> {};

TEST_P(KeepaliveAtHz, nominalTimesAreTheFormulas) {
    for (const auto& v : kVectors) {
        SCOPED_TRACE(v.number);
        const Sample sample = sampleOf(v);
        const Forecast forecast = nominal(sample, GetParam());
        EXPECT_EQ(forecast.regime, Regime::Keepalive);
        // Ages that are no whole number of ticks cannot come from that kernel; they are taken to the nearest one.
        const double tolerance = GetParam() == 1000 ? 0 : 500.0 / GetParam();
        EXPECT_NEAR(forecast.next.expected.count(), v.next, tolerance);
        EXPECT_NEAR(forecast.givesUp.expected.count(), v.end, tolerance);
        EXPECT_EQ(nominalCount(sample, GetParam()), v.left);
        EXPECT_EQ(forecast.nextEvent, v.left > 0 ? NextEvent::KeepaliveProbe : NextEvent::GiveUp);
        EXPECT_EQ(forecast.cause, v.userTimeout > 0 ? GiveUpCause::KeepaliveUserTimeout : GiveUpCause::Keepalive);
        EXPECT_EQ(forecast.unanswered, v.unanswered);
        EXPECT_EQ(forecast.hasAllowed, v.userTimeout == 0 && v.unanswered <= v.probes);
        EXPECT_EQ(forecast.allowed, v.userTimeout == 0 ? v.probes : 0);
        EXPECT_FALSE(forecast.never);
    }
}

INSTANTIATE_TEST_SUITE_P(EveryTickRate, KeepaliveAtHz, testing::Values(100, 250, 300, 1000));

TEST(Keepalive, aProbeThatWentOutRefutesAnAssumedIdleTime) {
    Sample sample = guarded(8600, 6500, 1, {7200, 10, 9}); // another user's: nobody could read it
    sample.options.idleFrom = sample.options.intervalFrom = sample.options.probesFrom = Provenance::Assumed;
    Forecast forecast = nominal(sample);
    EXPECT_EQ(forecast.next.expected, Millis(6500)) << "the timer itself";
    EXPECT_EQ(forecast.givesUp.expected, Millis(6500 + 8 * 10'000));
    EXPECT_EQ(forecast.assumes & (assume::KeepaliveTime | assume::IdleInferred), 0U) << "nothing rests on it any more";
    EXPECT_NE(forecast.assumes & assume::KeepaliveInterval, 0U);
    sample.options.idleFrom = Provenance::Exact; // lengthened by its program since: the kernel waits for it again
    forecast = nominal(sample);
    EXPECT_EQ(forecast.next.expected, Millis(7'200'000 - 8600));
    sample.options.idleFrom = Provenance::Assumed;
    sample.connection.timer.retransmits = sample.connection.info.probes = 0;
    EXPECT_NE(nominal(sample).assumes & assume::KeepaliveTime, 0U);
}

TEST(Keepalive, theYoungerOfDataAndAckIsTheSignOfLife) { // vector 3
    Sample sample = guarded(5000, 400, 0, {3, 1, 3});
    sample.connection.info.lastAckReceived = Millis(100);
    const Forecast forecast = nominal(sample);
    EXPECT_EQ(forecast.next.expected, Millis(2900));
    EXPECT_EQ(forecast.givesUp.expected, Millis(5900));
}

TEST(Keepalive, worksWhereThePeerHasClosed) { // vectors 21, 22
    Sample sample = guarded(500, 2500, 0, {3, 1, 3});
    for (const State state : {State::CloseWait, State::FinWait2}) {
        sample.connection.state = state;
        const Forecast forecast = nominal(sample);
        EXPECT_EQ(forecast.regime, Regime::Keepalive);
        EXPECT_EQ(forecast.givesUp.expected, Millis(5500));
    }
}

TEST(Keepalive, assumesNoValueWhereEverythingWasRead) {
    EXPECT_EQ(valuesAssumed(nominal(guarded(500, 2500, 0, {3, 1, 3}))), 0U);
}

TEST(Keepalive, namesWhatItTookFromSysctlsAndSamples) {
    Sample sample = guarded(500, 2500, 0, {3, 1, 3});
    sample.options.idleFrom = Provenance::Inferred;
    sample.options.intervalFrom = Provenance::Assumed;
    sample.options.probesFrom = Provenance::Assumed;
    sample.options.userTimeoutFrom = Provenance::Assumed;
    EXPECT_EQ(valuesAssumed(nominal(sample)),
              assume::IdleInferred | assume::KeepaliveInterval | assume::KeepaliveProbes | assume::UserTimeout);
}

TEST(Keepalive, countOfProbesIsNotAssumedWhereATimeDecides) {
    Sample sample = guarded(500, 2500, 0, {3, 1, 3, 5000});
    sample.options.probesFrom = Provenance::Assumed;
    EXPECT_EQ(valuesAssumed(nominal(sample)), 0U);
}

// The phase of these two comes from a run on a real kernel at HZ 250: first probe 3.168 s, then every 1.024 s,
// end 6.240 s.
TEST(Keepalive, exactPhaseGivesOneMomentOnTheWheelsGrid) {
    Sample sample = guarded(0, 3000, 0, {3, 1, 3});
    sample.connection.sampled = at(1'000'000'200'000);
    const std::int64_t offset = 64 * 4000 - 250 * 1000 + 22; // the sample's jiffy is 22 past a multiple of 64
    const auto events = timelineOf(sample, ticking(250, offset));
    ASSERT_EQ(events.size(), 4U);
    const std::int64_t first = (22 + 750 + 63) / 64 * 64 - 22;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const auto expected = Millis(static_cast<std::uint32_t>((first + 256 * static_cast<std::int64_t>(i)) * 4));
        EXPECT_TRUE(events[i].at.exact());
        EXPECT_NEAR(events[i].at.expected.count(), expected.count(), 1);
    }
    EXPECT_EQ(events.back().event, NextEvent::GiveUp);
    EXPECT_TRUE(forecastOf(sample, ticking(250, offset)).exactPhase);
}

TEST(Keepalive, unknownPhaseGivesABandOfOneGranuleAndNoMore) {
    const Sample sample = guarded(0, 3000, 0, {3, 1, 3});
    const Forecast forecast = forecastOf(sample, ticking(250));
    EXPECT_FALSE(forecast.exactPhase);
    EXPECT_GE(forecast.next.earliest, Millis(2999));
    EXPECT_LE(forecast.next.latest, Millis(3256));
    // Probes 2 and 3 and the end run on a finer grid than the first, so they add no doubt.
    const auto width = forecast.givesUp.latest - forecast.givesUp.earliest;
    EXPECT_EQ(width, forecast.next.latest - forecast.next.earliest);
}

TEST(Keepalive, withoutTcpInfoTheIdleTimeBoundsTheNextProbe) {
    Sample sample = guarded(0, 1000, 0, {60, 10, 3});
    sample.connection.info = {};
    sample.connection.infoRequested = false;
    const Forecast forecast = forecastOf(sample, ticking(250, 0));
    EXPECT_FALSE(forecast.exactPhase);
    EXPECT_LE(forecast.next.earliest, Millis(1300));
    EXPECT_GE(forecast.next.latest, Millis(60000));
}

TEST(Keepalive, handlerThatFoundItUsedMayHaveArmedTheRestOnly) {
    // 176 ms are left of 3 s since the last sign of life: filed under 3 s it runs on a grid of 256 ms, under less on a
    // finer one; which, nobody can tell. Only a connection that was never used has no such handler.
    Sample sample = guarded(2824, 176, 0, {3, 1, 1});
    sample.connection.info.bytesReceived = 5;
    const Forecast used = forecastOf(sample, ticking(250, 0));
    EXPECT_LE(used.next.earliest, Millis(176 + 32));
    EXPECT_GE(used.next.latest, Millis(176 + 4));
    EXPECT_EQ(used.next.expected, used.next.latest);
    sample.connection.info.bytesReceived = 0;
    EXPECT_TRUE(forecastOf(sample, ticking(250, 0)).next.exact());
}

TEST(Keepalive, idleTimeSetWhileProbesGoUnansweredArmsTheRest) {
    // TCP_KEEPIDLE 5 was set 2.7 s after the last sign of life: the timer was armed for 2.3 s, not for the interval.
    const Sample sample = guarded(3252, 1748, 1, {5, 2, 2, 2434});
    const Forecast forecast = forecastOf(sample, ticking(250, 0));
    EXPECT_FALSE(forecast.next.exact());
    EXPECT_GE(forecast.next.latest - forecast.next.earliest, Millis(32));
    EXPECT_TRUE(forecastOf(guarded(3252, 1600, 1, {5, 2, 2, 2434}), ticking(250, 0)).next.exact());
}

TEST(Keepalive, anIntervalThatIsOnlyLikelyLeavesTheGranuleOpen) {
    // 3 s are filed on a grid of 256 ms, 2 s on one of 32 ms; after 1.8 s of the interval both fit.
    Sample sample = guarded(4'700, 300, 1, {3, 3, 3});
    sample.connection.sampled = at(1'000'000'200'000);
    sample.options.idleFrom = sample.options.intervalFrom = Provenance::Inferred;
    const TickClock clock = ticking(250, 64 * 4000 - 250 * 1000 + 1);
    EXPECT_TRUE(forecastOf(sample, clock).next.exact()) << "one fits alone";
    sample.options.intervalIsLikely = 1;
    const Forecast forecast = forecastOf(sample, clock);
    EXPECT_LE(forecast.next.earliest, Millis(300 + 32));
    EXPECT_GE(forecast.next.latest, Millis(500)) << "of the grid of 3 s";
    sample.around.armedLevel = 1 + 1;
    EXPECT_TRUE(forecastOf(sample, clock).next.exact()) << "it was seen to be armed";
}

TEST(Keepalive, isNotWhatComesNextWhileAHandlerRetransmits) {
    // As it was sampled: retransmitted twice, for the second time within this millisecond, and no timer armed for it
    // yet.
    Sample sample = guarded(1'052, 2'948, 0, {4, 1, 3, 3'089});
    sample.connection.info.unacked = 1;
    sample.connection.sendQueue = 19;
    sample.connection.info.retransmits = sample.connection.info.backoff = 2;
    const Forecast forecast = forecastOf(sample, ticking(250, 0));
    EXPECT_EQ(forecast.nextEvent, NextEvent::None);
    EXPECT_EQ(forecast.cause, GiveUpCause::None);
    EXPECT_FALSE(forecast.never);
}

TEST(Keepalive, noCountIsToldThatIsExceeded) {
    const Forecast forecast = nominal(guarded(1600, 1832, 2, {1, 3, 1}));
    EXPECT_FALSE(forecast.hasAllowed);
    EXPECT_EQ(forecast.givesUp.expected, Millis(1832));
}

TEST(Keepalive, probeAnsweredBeforeTellsHowLongTheTimerWasArmedFor) {
    // idle 20 s is armed on a grid of 512 jiffies; the 10 s left after an answered probe on one of 64.
    Sample sample = guarded(11000, 9000, 0, {20, 10, 3});
    sample.connection.info.lastDataReceived = sample.connection.info.lastDataSent = Millis(500000);
    const Forecast answered = forecastOf(sample, ticking(250));
    EXPECT_LE(answered.next.expected - answered.next.earliest, Millis(200));
    sample.connection.info.lastDataReceived = sample.connection.info.lastDataSent = Millis(11000);
    const Forecast used = forecastOf(sample, ticking(250));
    EXPECT_GE(used.next.expected - used.next.earliest, Millis(1000));
}

/// Armed for a negative setting it lies beyond the wheel, and stays there when the setting becomes a sane one.
TEST(KeepaliveBeyondTheWheel, neverAsksThoughTheIdleTimeIsOver) {
    Sample sample = guarded(60'000, 0, 0, {10, 1, 3, 0});
    sample.connection.timer.expires = Millis::max();
    const Forecast forecast = nominal(sample, 250);
    EXPECT_TRUE(forecast.never);
    EXPECT_EQ(forecast.nextEvent, NextEvent::None);
    EXPECT_EQ(forecast.cause, GiveUpCause::None);
    EXPECT_EQ(diagnose(sample.connection, sample.options, forecast), Diagnosis::Unguarded);
}

} // namespace
} // namespace halfopen
