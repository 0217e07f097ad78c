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

/// It waits in the queue of its listener, whose options are taken for its own.
Sample waitingWith(Sample sample) {
    sample.connection.inode = 0;
    for (auto* from : {&sample.options.idleFrom, &sample.options.intervalFrom, &sample.options.probesFrom,
                       &sample.options.userTimeoutFrom})
        *from = Provenance::Inferred;
    return sample;
}

TEST(WaitingChild, restsOnItsListenersOptionsAndOnNoSamples) {
    const Forecast forecast = nominal(waitingWith(guarded(500, 59'500, 0, {60, 10, 3})));
    EXPECT_EQ(valuesAssumed(forecast), assume::ListenerOptions);
    EXPECT_EQ(forecast.givesUp.latest, forecast.givesUp.earliest);
}

TEST(WaitingChild, whoseListenerWasChangedEndsNobodyKnowsWhen) {
    Sample sample = waitingWith(guarded(2400, 37'600, 0, {40, 10, 2}));
    sample.options.idleFrom = Provenance::Derived;
    sample.around.listenerChanged = true;
    const Forecast forecast = forecastOf(sample, ticking(250, 0));
    EXPECT_TRUE(holds(forecast, Condition::ListenerChanged));
    EXPECT_NEAR(forecast.next.expected.count(), 37'600, 2100) << "which the timer shows";
    EXPECT_GT(forecast.givesUp.earliest.count(), forecast.next.earliest.count() + 900);
    EXPECT_EQ(forecast.givesUp.latest, Millis::max());
    EXPECT_EQ(forecast.shownEnd().latest, Millis::max()) << "no point is shown either";
    EXPECT_FALSE(forecast.hasAllowed);
    sample = waitingWith(guarded(47'000, 3000, 1, {40, 10, 2}));
    sample.around.listenerChanged = true;
    EXPECT_LE(forecastOf(sample, ticking(250, 0)).givesUp.earliest, Millis(3400)) << "at the next expiry, perhaps";
}

/// The last thing that came was the answer to a probe; nobody has read the options.
Sample answeredAgo(std::uint32_t ms, std::uint32_t expires, std::uint32_t silence, int idle, int interval) {
    Sample sample = guarded(ms, expires, 0, {idle, interval, 3});
    sample.connection.info.lastDataReceived = sample.connection.info.lastDataSent = Millis(ms + silence);
    sample.options.idleFrom = Provenance::Inferred;
    sample.options.intervalFrom = Provenance::Assumed;
    return sample;
}

TEST(GuessedIdle, aTimerThatIsArmedForAnotherTimeMayBringTheProbe) {
    const Forecast forecast = forecastOf(answeredAgo(724, 1276, 4'100, 4, 75), ticking(250, 0));
    EXPECT_LE(forecast.next.earliest, Millis(1284)) << "with the timer";
    EXPECT_GE(forecast.next.latest, Millis(3276)) << "or when the idle time is over";
}

TEST(GuessedIdle, mayBeTheIntervalAsLongAsNobodySawTheTimerArmed) {
    Sample sample = answeredAgo(724, 1276, 8'200, 2, 75);
    sample.connection.info.bytesReceived = 10;
    const Forecast forecast = forecastOf(sample, ticking(250, 0));
    EXPECT_LE(forecast.next.earliest, Millis(1284));
    EXPECT_GE(forecast.next.latest, Millis(8'200 - 724)) << "all that is known: it has been probed within 8.2 s";
    sample.around.armedLevel = 2;
    EXPECT_LE(forecastOf(sample, ticking(250, 0)).next.latest, Millis(1600)) << "a sample saw it";
    sample.around.armedLevel = 0;
    sample.options.idleFrom = Provenance::Exact;
    EXPECT_LE(forecastOf(sample, ticking(250, 0)).next.latest, Millis(1600)) << "it was read";
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
