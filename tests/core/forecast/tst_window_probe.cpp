// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/flight_past.h"
#include "tests/core/forecast/samples.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace samples;

struct Told {
    Forecast forecast;
    std::int64_t sends;
};

Told tell(const Sample& sample, std::int32_t hz) {
    return {nominal(sample, hz), nominalCount(sample, hz)};
}

class WindowProbeAtHz : public testing::TestWithParam<std::int32_t> {};

TEST_P(WindowProbeAtHz, retriesEndASilentPeer) { // vectors 50, 56
    Sample sample = probing(1552, 208, 2, 3);
    sample.sysctls.retries2 = 3;
    const Told told = tell(sample, GetParam());
    EXPECT_EQ(told.forecast.regime, Regime::WindowProbe);
    EXPECT_EQ(told.forecast.nextEvent, NextEvent::WindowProbe);
    EXPECT_EQ(told.forecast.next.expected, Millis(1552));
    EXPECT_EQ(told.forecast.givesUp.expected, Millis(3216));
    EXPECT_EQ(told.forecast.cause, GiveUpCause::WindowProbe);
    EXPECT_EQ(told.sends, 1);
    EXPECT_EQ(told.forecast.allowed, 3);

    const Told fresh = tell(probing(204, 204, 0, 0), GetParam());
    EXPECT_EQ(fresh.forecast.givesUp.expected, Millis(928692));
    EXPECT_EQ(fresh.sends, 15);
}

TEST(WindowProbe, stepsThatALateTickCanMoveAreAPointThatIsPromisedAsABand) {
    Sample sample = probing(856, 208, 0, 4);
    sample.sysctls.retries2 = 5;
    sample.options.rtoMax = Millis(1148); // 287 ticks: 36 granules but for one tick
    const Forecast told = forecastOf(sample, ticking(250, 0));
    ASSERT_TRUE(told.exactPhase);
    EXPECT_TRUE(told.endIsPoint);
    EXPECT_EQ(told.next.earliest, told.next.latest);
    EXPECT_EQ(told.givesUp.earliest, told.givesUp.expected);
    EXPECT_EQ(told.givesUp.latest - told.givesUp.expected, Millis(5 * 32));
}

TEST_P(WindowProbeAtHz, userTimeoutCountsFromTheFirstProbe) { // vectors 51, 52
    Sample sample = probing(344, 208, 0, 1);
    sample.options.userTimeout = Millis(5000);
    const Told told = tell(sample, GetParam());
    EXPECT_EQ(told.forecast.givesUp.expected, Millis(4928));
    EXPECT_EQ(told.forecast.cause, GiveUpCause::WindowProbeUserTimeout);
    EXPECT_EQ(told.sends, 3);
    EXPECT_FALSE(told.forecast.hasAllowed);
    EXPECT_TRUE(told.forecast.assumes & assume::FirstRetransmission);

    Sample fresh = probing(208, 208, 0, 0);
    fresh.options.userTimeout = Millis(1000);
    EXPECT_EQ(tell(fresh, GetParam()).forecast.givesUp.expected, Millis(1208));
    EXPECT_EQ(tell(fresh, GetParam()).sends, 2);
}

TEST_P(WindowProbeAtHz, orphansHaveTheirOwnLimit) { // vectors 53, 54
    const Told told = tell(orphan(probing(600, 208, 1, 2), 2), GetParam());
    EXPECT_EQ(told.forecast.regime, Regime::Orphan);
    EXPECT_EQ(told.forecast.givesUp.expected, Millis(2264));
    EXPECT_EQ(told.forecast.cause, GiveUpCause::OrphanRetries);
    EXPECT_EQ(told.sends, 1);

    Sample sample = orphan(probing(612, 208, 1, 2), 0);
    sample.options.rtoMax = Millis(2000);
    EXPECT_EQ(tell(sample, GetParam()).forecast.givesUp.expected, Millis(4276));
    EXPECT_EQ(tell(sample, GetParam()).sends, 2);
}

INSTANTIATE_TEST_SUITE_P(TickRatesOfWholeMilliseconds, WindowProbeAtHz, testing::Values(250, 1000));

TEST(WindowProbe, thatThePeerStaysSilentIsAnAssumption) { // vector 55: a peer that answers lives for ever
    const Forecast forecast = nominal(probing(1664, 208, 0, 3));
    EXPECT_TRUE(forecast.assumes & assume::PeerSilent);
    EXPECT_TRUE(forecast.assumes & assume::ProgramIdle) << "closed, it would have the retries of an orphan";
    EXPECT_EQ(valuesAssumed(forecast), 0U);
    EXPECT_EQ(forecast.unanswered, 0);
}

TEST(WindowProbe, patienceSpentByAPeerThatKeptAnsweringIsNotKnown) {
    Sample sample = probing(1000, 208, 0, 3);
    sample.sysctls.retries2 = 3; // the backoff stands at its maximum
    sample.options.userTimeout = Millis(60000);
    const Forecast forecast = forecastOf(sample, ticking(250, 0));
    EXPECT_FALSE(forecast.exactPhase);
    EXPECT_LE(forecast.givesUp.earliest, Millis(1400));
}

TEST(WindowProbe, openWindowMeansDataHeldBackThatThenIsInFlight) {
    Sample sample = probing(100, 204, 0, 0);
    sample.connection.info.sendWindow = 65535;
    sample.sysctls.retries2 = 3;
    const Forecast forecast = nominal(sample);
    EXPECT_EQ(forecast.regime, Regime::Retransmission);
    EXPECT_EQ(forecast.nextEvent, NextEvent::WindowProbe);
    EXPECT_EQ(forecast.next.expected, Millis(100));
    EXPECT_EQ(forecast.cause, GiveUpCause::Retries);
    EXPECT_EQ(forecast.givesUp.expected, Millis(100 + 204 * 31));
}

TEST(WindowProbe, withoutTcpInfoOnlyTheNextOneIsTold) {
    Sample sample = probing(600, 208, 1, 2);
    sample.connection.info = {};
    sample.connection.infoRequested = false;
    const Forecast forecast = nominal(sample);
    EXPECT_EQ(forecast.nextEvent, NextEvent::WindowProbe);
    EXPECT_EQ(forecast.cause, GiveUpCause::None);
}

TEST(WindowProbe, firstProbeIsRememberedThoughThePeerAnswers) {
    using std::chrono::milliseconds;
    Sample sample = probing(200, 208, 0, 0);
    sample.connection.info.sendWindow = 0;
    sample.options.userTimeout = Millis(6000);
    Connection before = sample.connection;
    EXPECT_FALSE(needsPast(before));
    sample.connection.info.backoff = 1; // the first probe was 84 ms ago
    sample.connection.timer.expires = Millis(416 - 84);
    sample.connection.sampled = before.sampled + milliseconds(300);
    ASSERT_TRUE(needsPast(sample.connection));
    Surroundings around{.before = &before};
    const auto clock = ticking(250);
    FlightPast past = remember(sample.connection, sample.options, sample.sysctls, clock, around);
    const MonotonicTime first = sample.connection.sampled - milliseconds(84);
    EXPECT_LE(past.stampEarliest, first);
    EXPECT_GE(past.stampLatest, first);
    EXPECT_LE(past.stampLatest - past.stampEarliest, milliseconds(60));
    // Seconds later: an answer has taken the probes back and armed the timer anew.
    before = sample.connection;
    sample.connection.info.backoff = 3;
    sample.connection.timer.expires = Millis(1500);
    sample.connection.sampled += milliseconds(4000);
    around = {.past = &past, .before = &before};
    past = remember(sample.connection, sample.options, sample.sysctls, clock, around);
    sample.around.past = &past;
    const Forecast forecast = forecastOf(sample, clock);
    EXPECT_LE(forecast.givesUp.earliest, Millis(6000 - 4084));
    EXPECT_GE(forecast.givesUp.latest, Millis(6000 - 4084));
    EXPECT_LE(forecast.givesUp.latest, Millis(6000 - 4084 + 400));
    EXPECT_FALSE(forecast.assumes & assume::FirstRetransmission);
}

TEST(WindowProbe, timerThatAUserTimeoutCutIsOfUnknownLength) {
    Sample sample = probing(1364, 208, 2, 5);
    sample.connection.info.sendWindow = 0;
    sample.options.userTimeout = Millis(7723);
    FlightPast past;
    past.stampEarliest = past.stampLatest = sample.connection.sampled - std::chrono::milliseconds(7723 - 1364);
    sample.around.past = &past;
    const Forecast forecast = forecastOf(sample, ticking(250, 0));
    EXPECT_LE(forecast.givesUp.earliest, Millis(1364 + 32));
    EXPECT_GE(forecast.givesUp.latest, Millis(1364 + 4));
    EXPECT_LE(forecast.givesUp.latest, Millis(1364 + 256));
}

} // namespace
} // namespace halfopen
