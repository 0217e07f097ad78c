// SPDX-License-Identifier: GPL-3.0-or-later
// What holds beyond a silent peer, of handshakes. The vectors are computed by hand from the kernel's timers and were
// seen on 6.18; nominal, without the wheel.
#include "tests/core/forecast/scene.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace samples;

Sample synSent(std::uint32_t expires, int sent, std::uint32_t since) {
    Sample sample = ipv4(inFlight(expires, 1000, sent, since));
    sample.connection.info.backoff = 0;
    sample.connection.state = State::SynSent;
    sample.sysctls.synRetries = 6;
    sample.sysctls.synLinearTimeouts = 4;
    return sample;
}

TEST(LocalDrop, ofSynsCountsEachHalfSecond) {
    const Forecast forecast = nominal(synSent(200, 5, 2348), 250);
    EXPECT_TRUE(holds(forecast, Condition::LocalDrop));
    EXPECT_EQ(forecast.givesUp.expected, Millis(200 + 5 * 500));
    EXPECT_FALSE(holds(nominal(synSent(700, 1, 300), 250), Condition::LocalDrop)) << "a second from SYN to SYN";
}

TEST(LocalDrop, ofSynsThatBeganLaterShowsInTwoSamples) {
    // Two SYNs were repeated after a second each; the third try was dropped 32 ms ago and comes again after 500 ms.
    Scene scene{synSent(468, 2, 1053)};
    Sample& sample = scene.sample;
    EXPECT_FALSE(holds(nominal(sample, 250), Condition::LocalDrop));
    scene.before = synSent(268, 1, 753).connection;
    scene.before.sampled = sample.connection.sampled - std::chrono::milliseconds(300);
    sample.around.before = &scene.before;
    EXPECT_TRUE(holds(nominal(sample, 250), Condition::LocalDrop));
    for (const int expires : {768, 728}) { // the same timer; and of a sample that was stamped late
        scene.before.timer.expires = Millis(expires);
        EXPECT_FALSE(holds(nominal(sample, 250), Condition::LocalDrop));
    }
    sample.around.heldBefore.add(Condition::LocalDrop);
    EXPECT_TRUE(holds(nominal(sample, 250), Condition::LocalDrop));
    scene.before.timer.expires = Millis(268);
    sample.around.heldBefore = {};
    sample.connection.timer.expires = Millis(968); // armed for the whole timeout
    EXPECT_FALSE(holds(nominal(sample, 250), Condition::LocalDrop));
}

TEST(LocalDrop, ofSynsLeavesTheUserTimeoutWhereItIs) {
    Sample sample = synSent(200, 3, 1321);
    sample.sysctls.synLinearTimeouts = 0;
    sample.options.userTimeout = Millis(2919); // 2321 ms of it are over
    const Forecast forecast = nominal(sample, 250);
    EXPECT_TRUE(holds(forecast, Condition::LocalDrop));
    EXPECT_EQ(forecast.givesUp.expected, Millis(200 + 500));
}

TEST(ConnectDeferred, waitsForTheProgramWithoutEnd) {
    Sample sample = synSent(0, 0, 0);
    sample.connection.timer = {};
    sample.connection.connectDeferred = true;
    const Forecast forecast = nominal(sample);
    EXPECT_TRUE(holds(forecast, Condition::ConnectDeferred));
    EXPECT_TRUE(forecast.never);
}

TEST(DeadNeighbour, ofAConnectingSocketEndsItWhenTheEntryFails) {
    Scene scene{synSent(600, 1, 400)};
    const Forecast forecast = forecastOf(scene.withPath(Neighbour::Incomplete, 1400), ticking(250, 0));
    EXPECT_TRUE(within(forecast.givesUp, 3072 - 1400));
    EXPECT_LE(forecast.givesUp.latest - forecast.givesUp.earliest, Millis(100));
}

TEST(DeadNeighbour, ofAConnectingSocketMayComeAfterItsUserTimeout) {
    Scene scene{synSent(700, 0, 0)};
    Sample& sample = scene.withPath(Neighbour::Incomplete, 300);
    sample.options.userTimeout = Millis(1500); // cut to 1500 ms: 300 ms after the first SYN 1200 are left
    const Forecast cut = nominal(sample, 250);
    EXPECT_EQ(cut.cause, GiveUpCause::UserTimeout);
    EXPECT_EQ(cut.givesUp.expected, Millis(1200));
    sample.options.userTimeout = Millis(2990); // about when the entry fails
    const Forecast either = nominal(sample, 250);
    EXPECT_TRUE(within(either.givesUp, 2990 - 300));
    EXPECT_TRUE(within(either.givesUp, 3000 - 300));
}

Sample request(std::uint32_t expires, int retransmits, int retries = 5) {
    Sample sample = ipv4(mini(State::SynRecv, TimerKind::Retransmit, expires, retransmits));
    sample.sysctls.synAckRetries = retries;
    return sample;
}

TEST(DeferredAccept, isSeenByTimeoutsThatSentNothing) {
    Scene scene{request(2812, 0)};
    scene.listener.deferAcceptRounds = 3;
    const Forecast forecast = nominal(scene.withListener());
    EXPECT_TRUE(holds(forecast, Condition::DeferredAccept));
    EXPECT_EQ(forecast.next.expected, Millis(2812)) << "the last round of deferring";
    EXPECT_EQ(forecast.givesUp.expected, Millis(2812 + 8000 + 16'000 + 32'000));
    EXPECT_TRUE(forecast.assumes & assume::ClientWaits);
    EXPECT_FALSE(forecast.hasAllowed);
}

/// Of one sample the timer tells only that its timeout is at least as long as what is left of it.
TEST(DeferredAccept, whatNobodySawFromItsBeginningMayBeNearerToItsLastRound) {
    Scene scene{request(3800, 0)};
    scene.listener.deferAcceptRounds = 5;
    const Forecast forecast = nominal(scene.withListener());
    EXPECT_EQ(forecast.next.earliest, Millis(3800)) << "if this is the fourth timeout";
    EXPECT_EQ(forecast.next.latest, Millis(3800 + 8000 + 16'000)) << "if it is the second";
    EXPECT_EQ(forecast.givesUp.earliest, Millis(3800));
    EXPECT_EQ(forecast.givesUp.latest, Millis(3800 + 8000 + 16'000 + 32'000));
}

TEST(DeferredAccept, requestThatIsDueIsNotArmedAnew) {
    Connection before = request(40, 2).connection;
    Connection now = request(0, 2).connection; // waits for the wheel, up to 256 ms
    now.sampled = before.sampled + std::chrono::milliseconds(200);
    FlightPast past;
    past.timeouts = 2;
    const Surroundings around{.past = &past, .before = &before};
    EXPECT_EQ(remember(now, {}, {}, ticking(250), around).timeouts, 2);
    now.timer.expires = Millis(7950);
    EXPECT_EQ(remember(now, {}, {}, ticking(250), around).timeouts, 3);
    before.timer.expires = Millis(205);
    now.timer.expires = Millis(36); // a sample was stamped late
    EXPECT_EQ(remember(now, {}, {}, ticking(250), around).timeouts, 2);
}

TEST(DeferredAccept, withoutTheListenersOptionTheEndIsOpen) {
    const Forecast forecast = nominal(request(2812, 0));
    EXPECT_TRUE(holds(forecast, Condition::DeferredAccept));
    EXPECT_LE(forecast.givesUp.earliest, Millis(2812));
    EXPECT_EQ(forecast.givesUp.latest, Millis::max());
}

TEST(DeferredAccept, theEndIsOpenWhateverIsKnownOfTheTick) {
    for (const int hz : {100, 250, 1000}) {
        TickClock clock = ticking(hz);
        clock.offset.reset();
        const Sample sample = request(2812, 0);
        const Forecast forecast = forecastOf(sample, clock);
        EXPECT_EQ(forecast.givesUp.latest, Millis::max()) << hz;
        EXPECT_EQ(forecast.next.latest, Millis::max()) << hz;
    }
}

TEST(DeferredAccept, beforeTheFirstTimeoutBothAreTold) {
    Scene scene{request(900, 0, 2)};
    scene.listener.deferAcceptRounds = 5;
    const Forecast forecast = nominal(scene.withListener());
    EXPECT_TRUE(within(forecast.givesUp, 900 + 2000 + 4000));
    EXPECT_TRUE(within(forecast.givesUp, 900 + 2000 + 4000 + 8000 + 16'000 + 32'000));
    EXPECT_TRUE(within(forecast.next, 900));
    EXPECT_TRUE(within(forecast.next, 900 + 2000 + 4000 + 8000));
}

TEST(SynQueuePressure, canEndARequestAtItsThirdRun) {
    Scene scene{request(3988, 2)};
    scene.listener.requests = 14;
    scene.listener.backlog = 16;
    Forecast forecast = nominal(scene.withListener());
    EXPECT_TRUE(holds(forecast, Condition::SynQueuePressure));
    EXPECT_EQ(forecast.givesUp.earliest, Millis(3988));
    EXPECT_EQ(forecast.givesUp.latest, Millis(3988 + 8000 + 16'000 + 32'000));
    scene.listener.requests = 8;
    forecast = forecastOf(scene.sample, ticking(250, 0));
    EXPECT_FALSE(holds(forecast, Condition::SynQueuePressure));
    EXPECT_TRUE(forecast.endIsPoint);
    EXPECT_LE(forecast.givesUp.earliest, Millis(4600)) << "the queue can fill later";
}

TEST(DeadNeighbour, ofTheClientEndsARequest) {
    Scene scene{request(500, 1)};
    const Forecast forecast = nominal(scene.withPath(Neighbour::Incomplete, 2000), 250);
    EXPECT_TRUE(within(forecast.givesUp, 1072));
    EXPECT_LE(forecast.givesUp.latest, Millis(1300));
}

TEST(DeadNeighbour, whoseAgeWasReadSomeTimeBeforeItsStampMayFailSoMuchSooner) {
    Scene scene{request(500, 1)};
    const Millis usual = nominal(scene.withPath(Neighbour::Incomplete, 2000), 250).givesUp.earliest;
    scene.path.readBefore = Millis(240); // the thread waited for a processor
    const Forecast forecast = nominal(scene.sample, 250);
    EXPECT_TRUE(within(forecast.givesUp, 1072 - 240));
    EXPECT_EQ(forecast.givesUp.earliest, usual - Millis(240));
    EXPECT_LE(forecast.givesUp.latest, Millis(1300));
}

TEST(DeadNeighbour, thatFailsWhileItIsLookedUpEndsARequestNow) {
    Scene scene{request(3972, 2, 2)};
    scene.withPath(Neighbour::Failed, 10);
    scene.path.taken += std::chrono::milliseconds(40); // 30 ms after the sample it failed
    const Forecast forecast = nominal(scene.sample, 250);
    EXPECT_EQ(forecast.givesUp.earliest, Millis(0));
    EXPECT_TRUE(within(forecast.givesUp, 30));
    EXPECT_LE(forecast.givesUp.latest, Millis(200));
    scene.path.updated = Millis(400); // long before, so this request was not in its queue
    EXPECT_GT(nominal(scene.sample, 250).givesUp.earliest, Millis(3972));
}

TEST(FastOpen, childIsGoneOneRunAfterOthers) {
    Sample sample = ipv4(inFlight(900, 3000, 0, 0));
    sample.connection.state = State::SynRecv;
    sample.sysctls.synAckRetries = 2;
    const Forecast forecast = nominal(sample);
    EXPECT_EQ(forecast.regime, Regime::SynAck);
    EXPECT_TRUE(holds(forecast, Condition::FastOpenPending));
    EXPECT_EQ(forecast.givesUp.expected, Millis(900 + 2000 + 4000 + 8000));
    sample.connection.state = State::FinWait1;
    sample.connection.inode = 0;
    sample.connection.info.lastAckReceived = Millis(700'000); // never: the machine is up for 1,000 s
    EXPECT_EQ(nominal(sample).givesUp.expected, Millis(900 + 2000 + 4000 + 8000));
    sample.connection.info.lastAckReceived = Millis(4000);
    EXPECT_EQ(nominal(sample).regime, Regime::Orphan);
}

} // namespace
} // namespace halfopen
