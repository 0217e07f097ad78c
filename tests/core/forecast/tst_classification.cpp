// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/forecast/samples.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace samples;

TEST(Classification, idleWithoutKeepaliveIsNeverEnded) { // vectors 23 to 26
    Sample sample = established(TimerKind::None, 0);
    for (const State state : {State::Established, State::CloseWait, State::FinWait2}) {
        sample.connection.state = state;
        const Forecast forecast = forecastOf(sample, ticking(250));
        EXPECT_TRUE(forecast.never);
        EXPECT_EQ(forecast.regime, Regime::None);
        EXPECT_EQ(forecast.nextEvent, NextEvent::None);
        EXPECT_EQ(forecast.cause, GiveUpCause::None);
        EXPECT_TRUE(forecast.assumes & assume::ProgramIdle) << "what it writes could be retransmitted in vain";
    }
    sample.connection.state = State::CloseWait;
    sample.connection.receiveQueue = 1; // the FIN
    sample.options.userTimeout = Millis(1000);
    EXPECT_TRUE(forecastOf(sample, ticking(250)).never) << "TCP_USER_TIMEOUT alone changes nothing";
}

TEST(Classification, delayedAckSaysNothing) { // vector 29
    EXPECT_TRUE(forecastOf(established(TimerKind::DelayedAck, 40), ticking(250)).never);
}

TEST(Classification, queuedDataWithoutATimerIsAMomentBetweenTwo) {
    Sample sample = established(TimerKind::None, 0);
    sample.connection.sendQueue = 10;
    sample.options.enabled = Switch::Unknown;
    const Forecast forecast = forecastOf(sample, ticking(250));
    EXPECT_FALSE(forecast.never);
    EXPECT_EQ(forecast.regime, Regime::None);
    EXPECT_EQ(forecast.assumes, assume::KeepaliveHidden);
}

TEST(Classification, listenAndCloseAreNeitherRegimeNorNever) {
    for (const State state : {State::Listen, State::Close, static_cast<State>(12), static_cast<State>(0)}) {
        Sample sample = established(TimerKind::None, 0);
        sample.connection.state = state;
        EXPECT_EQ(forecastOf(sample, ticking(250)), Forecast{});
        sample.connection.timer.raw = 2;
        EXPECT_EQ(forecastOf(sample, ticking(250)), Forecast{});
    }
}

TEST(Classification, childNotAcceptedYetIsGuardedLikeAnyOther) { // vector 27
    Sample sample = guarded(500, 2500, 0, {3, 1, 3});
    sample.connection.inode = 0;
    EXPECT_EQ(forecastOf(sample, ticking(250)).regime, Regime::Keepalive);
}

TEST(Classification, finInFlightWithoutADescriptorIsAnOrphan) { // vector 28
    for (const State state : {State::FinWait1, State::LastAck, State::Closing}) {
        const Sample sample = orphan(inFlight(816, 816, 2, 408), 3, state);
        EXPECT_EQ(forecastOf(sample, ticking(250)).regime, Regime::Orphan);
    }
}

TEST(Classification, timerOfAnUnknownKindCountsAsNone) {
    Sample sample = established(TimerKind::None, 500);
    sample.connection.timer.raw = 77;
    EXPECT_TRUE(forecastOf(sample, ticking(250)).never);
}

TEST(Timeline, isTheForecastEventByEvent) {
    const Sample sample = guarded(500, 2500, 1, {3, 1, 4});
    const Forecast forecast = forecastOf(sample, ticking(250));
    const auto events = timelineOf(sample, ticking(250));
    ASSERT_EQ(events.size(), 4U);
    EXPECT_EQ(events.front().at, forecast.next);
    EXPECT_EQ(events.front().ordinal, 2) << "one is out already";
    EXPECT_EQ(events[2].ordinal, 4);
    EXPECT_EQ(events.back().event, NextEvent::GiveUp);
    EXPECT_EQ(events.back().at, forecast.givesUp);
    EXPECT_EQ(events.back().ordinal, 0);
}

TEST(Timeline, endIsToldWhateverTheLimit) {
    const Sample sample = guarded(500, 2500, 0, {3, 1, 9});
    const Forecast forecast = forecastOf(sample, ticking(250));
    EXPECT_TRUE(timelineOf(sample, ticking(250), 0).empty());
    for (const std::size_t limit : {1U, 2U, 5U, 10U}) {
        const auto events = timelineOf(sample, ticking(250), limit);
        ASSERT_EQ(events.size(), limit);
        EXPECT_EQ(events.back().at, forecast.givesUp);
    }
    EXPECT_EQ(timelineOf(sample, ticking(250), 100).size(), 10U);
    EXPECT_TRUE(timelineOf(established(TimerKind::None, 0), ticking(250)).empty());
}

} // namespace
} // namespace halfopen
