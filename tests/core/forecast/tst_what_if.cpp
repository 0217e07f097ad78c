// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/what_if.h"
#include "tests/core/forecast/samples.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using samples::Sample;

Sample idleWithout() {
    Sample sample = samples::established(TimerKind::None, 0);
    sample.options = {.idleSeconds = 7200,
                      .intervalSeconds = 75,
                      .probes = 9,
                      .enabled = Switch::Off,
                      .enabledFrom = Provenance::Derived};
    sample.connection.info.lastDataReceived = Millis(40'000);
    sample.connection.info.lastAckReceived = Millis(40'000);
    return sample;
}

Forecast after(const Sample& sample, const OptionsChange& change) {
    return forecastAfter(change, sample.connection, sample.options, sample.sysctls, TickClock{1000, 0},
                         forecast(sample.connection, sample.options, sample.sysctls, TickClock{1000, 0}));
}

/// What surrounds the connection is not known here: where keepalive rests, all stays as it was told.
TEST(WhatIf, whatTheChangeDoesNotReachStaysAsItIs) {
    Sample sample = samples::established(TimerKind::Retransmit, 400);
    sample.connection.info.unacked = 1;
    Forecast now = forecast(sample.connection, sample.options, sample.sysctls, TickClock{1000, 0});
    now.givesUp = {Millis(854'000), Millis(850'000), Millis(858'000)}; // as a dead next hop makes it
    const auto afterChange = [&](const OptionsChange& change) {
        return forecastAfter(change, sample.connection, sample.options, sample.sysctls, TickClock{1000, 0}, now);
    };
    EXPECT_EQ(afterChange({.enabled = true, .idleSeconds = 60, .probes = 2}), now);
    EXPECT_NE(afterChange({.userTimeoutMs = 9000}), now) << "that one counts here";
}

TEST(WhatIf, switchingOnArmsTheWholeIdleTime) {
    const auto sample = idleWithout();
    const OptionsChange change{.enabled = true, .idleSeconds = 30, .intervalSeconds = 10, .probes = 6};
    const auto connection = withChange(sample.connection, sample.options, change);
    EXPECT_EQ(connection.timer.kind(), TimerKind::Keepalive);
    EXPECT_EQ(connection.timer.expires, Millis(30'000));
    const auto forecast = after(sample, change);
    EXPECT_EQ(forecast.cause, GiveUpCause::Keepalive);
    EXPECT_FALSE(forecast.never);
    EXPECT_NEAR(forecast.givesUp.expected.count(), 90'000, 2000);
    EXPECT_EQ(forecast.assumes & (assume::KeepaliveTime | assume::KeepaliveInterval | assume::KeepaliveProbes), 0);
}

TEST(WhatIf, anotherIdleTimeArmsWhatIsLeftOfIt) {
    auto sample = samples::guarded(40'000, 7'160'000, 0, {});
    const auto connection = withChange(sample.connection, sample.options, {.idleSeconds = 60});
    EXPECT_EQ(connection.timer.expires, Millis(20'000));
    const auto overdue = withChange(sample.connection, sample.options, {.idleSeconds = 10});
    EXPECT_EQ(overdue.timer.expires, Millis(0));
}

TEST(WhatIf, intervalAndProbesLeaveTheTimerAlone) {
    auto sample = samples::guarded(40'000, 7'160'000, 0, {});
    const auto connection = withChange(sample.connection, sample.options, {.intervalSeconds = 5, .probes = 2});
    EXPECT_EQ(connection.timer.expires, sample.connection.timer.expires);
}

TEST(WhatIf, switchingOnWhatIsOnDoesNotArmIt) {
    auto sample = samples::guarded(40'000, 7'160'000, 0, {});
    const auto connection = withChange(sample.connection, sample.options, {.enabled = true});
    EXPECT_EQ(connection.timer.expires, sample.connection.timer.expires);
}

TEST(WhatIf, switchingOffStopsTheTimer) {
    auto sample = samples::guarded(40'000, 7'160'000, 0, {});
    EXPECT_TRUE(after(sample, {.enabled = false}).never);
}

TEST(WhatIf, anotherTimerStaysAsItIs) {
    auto sample = samples::established(TimerKind::Retransmit, 300);
    const auto connection = withChange(sample.connection, sample.options, {.enabled = true, .idleSeconds = 5});
    EXPECT_EQ(connection.timer.kind(), TimerKind::Retransmit);
    EXPECT_EQ(connection.timer.expires, Millis(300));
}

TEST(WhatIf, whatIsSetIsExactAndWhatIsNotStays) {
    const auto options = withChange(idleWithout().options, {.enabled = true, .idleSeconds = 60});
    EXPECT_EQ(options.enabledFrom, Provenance::Exact);
    EXPECT_EQ(options.idleFrom, Provenance::Exact);
    EXPECT_EQ(options.intervalFrom, Provenance::Assumed);
    EXPECT_EQ(options.intervalSeconds, 75);
}

} // namespace
} // namespace halfopen
