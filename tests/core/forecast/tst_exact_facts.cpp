// SPDX-License-Identifier: GPL-3.0-or-later
// What the kernel's own structures tell takes the place of what one sample has to leave open.
#include "tests/core/forecast/samples.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using samples::established;
using samples::guarded;
using samples::Keepalive;
using samples::Sample;

constexpr std::int64_t kOffset = 4'294'892'296; // of a machine at HZ 250 that has booted
constexpr TickClock kClock{.hz = 250, .offset = kOffset};
constexpr std::int64_t kTicks = 250'000; // of samples::established(), 1000 s

/// @param late  ticks that the kernel had not counted yet
ExactFacts facts(TimerRun run, std::uint32_t late = 0) {
    ExactFacts exact;
    exact.jiffies = static_cast<std::uint32_t>(kTicks + kOffset) - late;
    exact.run = run;
    return exact;
}

Forecast forecastOf(const Sample& sample, const ExactFacts& exact, const TickClock& clock = kClock) {
    Surroundings around;
    around.exact = &exact;
    return forecast(sample.connection, sample.options, sample.sysctls, clock, around);
}

TEST(ExactFacts, timerRunsWhereItLiesWhateverItWasArmedFor) {
    // Idle time 7200 s, of which nobody knows how much was left when a handler armed the timer.
    Sample sample = guarded(6'100'000, 1'100'000, 0, Keepalive{});
    sample.connection.info.segmentsIn = sample.connection.info.segmentsOut = 40;
    const Forecast told = forecastOf(sample, facts({280'000, 4}));
    EXPECT_EQ(told.next.expected, Millis(280'000 * 4));
    EXPECT_TRUE(told.next.exact());
    EXPECT_TRUE(told.exactPhase);
    const Forecast guessed = forecast(sample.connection, sample.options, sample.sysctls, kClock);
    EXPECT_NE(guessed.next.expected, told.next.expected) << "or the case has nothing to show";
}

TEST(ExactFacts, jiffyIsThatOfTheRecord) {
    const Sample sample = guarded(0, 60'000, 0, Keepalive{.idle = 60});
    EXPECT_EQ(forecastOf(sample, facts({15'040, 3})).next.expected, Millis(15'040 * 4));
    EXPECT_EQ(forecastOf(sample, facts({15'040, 3}, 2)).next.expected, Millis(15'038 * 4));
}

TEST(ExactFacts, withoutThePhaseItIsABandOfOneTick) {
    const Sample sample = guarded(0, 60'000, 0, Keepalive{.idle = 60});
    const Forecast told = forecastOf(sample, facts({15'040, 3}), {.hz = 250, .offset = std::nullopt});
    EXPECT_EQ(told.next.latest, Millis(15'040 * 4));
    EXPECT_EQ(told.next.earliest, Millis(15'039 * 4));
    EXPECT_FALSE(told.exactPhase);
}

TEST(ExactFacts, timerThatIsDueRunsNow) {
    const Sample sample = guarded(60'000, 0, 0, Keepalive{.idle = 60});
    EXPECT_EQ(forecastOf(sample, facts({-3, 2})).next.expected, Millis(0));
}

Sample inFlight(std::uint32_t expiresMs, std::uint8_t retransmits) {
    Sample sample = established(TimerKind::Retransmit, expiresMs);
    sample.connection.info.unacked = 1;
    sample.connection.info.retransmits = sample.connection.timer.retransmits = retransmits;
    sample.connection.info.backoff = retransmits;
    sample.connection.info.totalRetransmits = 5; // of another flight, as far as one sample tells
    sample.connection.info.rtoUs = 204'000U << retransmits;
    sample.connection.info.options = 7;
    return sample;
}

Millis secondTransmission(const Sample& sample, const ExactFacts& exact) {
    Surroundings around;
    around.exact = &exact;
    return timeline(sample.connection, sample.options, sample.sysctls, kClock, around).at(1).at.expected;
}

TEST(ExactFacts, tailLossProbeAndTimeoutAreToldApart) {
    const Sample sample = inFlight(30, 0);
    ExactFacts exact = facts({8, 0});
    exact.pending = PendingKind::TailLossProbe;
    EXPECT_EQ(secondTransmission(sample, exact), Millis(32 + 204 + 4)) << "the timeouts begin one later";
    EXPECT_EQ(forecastOf(sample, exact).assumes & assume::TailLossProbe, 0U);
    exact.pending = PendingKind::Retransmission;
    EXPECT_EQ(secondTransmission(sample, exact), Millis(32 + 408 + 8));
    EXPECT_EQ(forecastOf(sample, exact).assumes & assume::TailLossProbe, 0U);
}

TEST(ExactFacts, limitCountsFromTheStampOfTheFirstRetransmission) {
    Sample sample = inFlight(1'600, 3);
    sample.options.userTimeout = Millis(20'000);
    ExactFacts exact = facts({403, 1});
    exact.pending = PendingKind::Retransmission;
    exact.sinceRetransmission = 1'000'000;
    const Forecast early = forecastOf(sample, exact);
    exact.sinceRetransmission = 9'000'000;
    const Forecast late = forecastOf(sample, exact);
    for (const Forecast& told : {early, late})
        EXPECT_EQ(told.assumes & assume::FirstRetransmission, 0U);
    EXPECT_EQ(early.cause, GiveUpCause::UserTimeout);
    EXPECT_EQ(late.cause, GiveUpCause::UserTimeout);
    EXPECT_GE(early.shownEnd().expected, Millis(19'000));
    EXPECT_LT(early.shownEnd().expected, Millis(19'500));
    EXPECT_GE(late.shownEnd().expected, Millis(11'000));
    EXPECT_LT(late.shownEnd().expected, Millis(11'500));
}

TEST(ExactFacts, requestThatWaitsForDataIsNoGuess) {
    Sample sample = established(TimerKind::Retransmit, 900);
    sample.connection.state = State::SynRecv;
    sample.connection.info = {};
    ExactFacts exact = facts({226, 1});
    exact.listenerCookie = 7;
    exact.listenerDeferAccept = 3;
    EXPECT_FALSE(forecastOf(sample, exact).conditions.has(Condition::DeferredAccept));
    exact.requestAcked = true;
    EXPECT_TRUE(forecastOf(sample, exact).conditions.has(Condition::DeferredAccept));
    exact.requestAcked = false;
    exact.listenerSynRetries = 2;
    EXPECT_EQ(forecastOf(sample, exact).allowed, 2);
}

} // namespace
} // namespace halfopen
