// SPDX-License-Identifier: GPL-3.0-or-later
// What holds beyond a silent peer, of keepalive probes. The vectors are computed by hand from the kernel's timers and
// were seen on 6.18; nominal, without the wheel.
#include "tests/core/forecast/scene.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace samples;

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
    scene.before.timer.expires = Millis(1248);
    EXPECT_FALSE(holds(nominal(scene.sample, 250), Condition::LocalDrop)) << "and a sample was stamped late";
    scene.before.timer.expires = Millis(300);
    EXPECT_TRUE(holds(nominal(scene.sample, 250), Condition::LocalDrop)) << "it was armed anew";
    scene.before.sampled = scene.sample.connection.sampled - std::chrono::milliseconds(100);
    scene.before.timer.expires = Millis(388);
    EXPECT_FALSE(holds(nominal(scene.sample, 250), Condition::LocalDrop));
    scene.sample.connection.info.caState = 2;
    EXPECT_TRUE(holds(nominal(scene.sample, 250), Condition::LocalDrop));
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

} // namespace
} // namespace halfopen
