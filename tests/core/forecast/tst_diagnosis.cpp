// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/forecast/samples.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace samples;

Diagnosis diagnosisOf(const Sample& sample) {
    return diagnose(sample.connection, sample.options, forecastOf(sample, ticking(250)));
}

/// Fits every line of the table but the states': suspect, stalled, active and guarded at once.
Sample everything() {
    Sample sample = inFlight(816, 816, 2, 408);
    sample.connection.info.sendWindow = 0;
    set(sample, {});
    return sample;
}

Sample quiet(TimerKind kind) {
    Sample sample = established(kind, 1000);
    auto& info = sample.connection.info;
    info.lastDataReceived = info.lastDataSent = info.lastAckReceived = Millis(60000);
    set(sample, {});
    sample.options.enabled = kind == TimerKind::Keepalive ? Switch::On : Switch::Off;
    return sample;
}

TEST(Diagnosis, stateDecidesFirst) {
    Sample sample = everything();
    const std::pair<State, Diagnosis> states[] = {
        {State::Listen, Diagnosis::Listening},    {State::SynSent, Diagnosis::Opening},
        {State::SynRecv, Diagnosis::Opening},     {State::FinWait1, Diagnosis::Closing},
        {State::Closing, Diagnosis::Closing},     {State::LastAck, Diagnosis::Closing},
        {State::TimeWait, Diagnosis::Closing},    {State::Close, Diagnosis::Abandoned},
        {State::Established, Diagnosis::Suspect},
    };
    for (const auto& [state, diagnosis] : states) {
        sample.connection.state = state;
        EXPECT_EQ(diagnosisOf(sample), diagnosis) << toString(state);
    }
}

TEST(Diagnosis, whatHasEndedIsAbandonedAsLongAsItsProgramHasIt) {
    Sample sample = quiet(TimerKind::None);
    sample.connection.state = State::Close;
    EXPECT_EQ(diagnosisOf(sample), Diagnosis::Abandoned);
    sample.connection.inode = 0;
    EXPECT_EQ(diagnosisOf(sample), Diagnosis::Closing);
}

/// A peer that has closed its window and answers is there; one that has vanished since is not, and no counter tells.
TEST(Diagnosis, aClosedWindowIsStalledOnlyAsLongAsThePeerAnswers) {
    Sample sample = inFlight(3000, 3264, 0, 0);
    auto& info = sample.connection.info;
    info.sendWindow = 0;
    info.backoff = 4;
    info.rttUs = 20'000;
    info.lastDataSent = Millis(1200);
    info.lastAckReceived = Millis(1180);
    EXPECT_EQ(diagnosisOf(sample), Diagnosis::Stalled);
    info.lastAckReceived = Millis(2900);
    EXPECT_EQ(diagnosisOf(sample), Diagnosis::Suspect);
    info.lastDataSent = Millis(20); // the answer may be on its way, but that to the one before is missing, too
    info.lastAckReceived = Millis(20 + 1632 + 816);
    EXPECT_EQ(diagnosisOf(sample), Diagnosis::Stalled) << "which may be late";
    info.lastAckReceived = Millis(20 + 1632 + 816 + 408 + 204);
    EXPECT_EQ(diagnosisOf(sample), Diagnosis::Suspect);
    info.rtoUs = 2'000'000; // cannot double any more, and each is answered
    info.lastAckReceived = Millis(20 + 1990);
    EXPECT_EQ(diagnosisOf(sample), Diagnosis::Stalled);
}

TEST(Diagnosis, closeWaitIsAbandonedOnlyWhereNothingMovesAndNothingWaits) {
    Sample sample = everything();
    sample.connection.state = State::CloseWait;
    EXPECT_EQ(diagnosisOf(sample), Diagnosis::Suspect);
    sample = inFlight(816, 816, 0, 0);
    sample.connection.state = State::CloseWait;
    EXPECT_EQ(diagnosisOf(sample), Diagnosis::Active);
    sample.connection.info.sendWindow = 0;
    EXPECT_EQ(diagnosisOf(sample), Diagnosis::Stalled);
    sample = quiet(TimerKind::Keepalive);
    sample.connection.state = State::CloseWait;
    EXPECT_EQ(diagnosisOf(sample), Diagnosis::Abandoned);
    sample.connection.info.lastDataSent = Millis(1000);
    EXPECT_EQ(diagnosisOf(sample), Diagnosis::Active);
}

TEST(Diagnosis, halfClosedByThisSideAndHeldIsLikeAnOpenOne) {
    Sample sample = quiet(TimerKind::None);
    sample.connection.state = State::FinWait2;
    EXPECT_EQ(diagnosisOf(sample), Diagnosis::Unguarded);
    EXPECT_TRUE(forecastOf(sample, ticking(250)).never);
    sample = quiet(TimerKind::Keepalive);
    sample.connection.state = State::FinWait2;
    EXPECT_EQ(diagnosisOf(sample), Diagnosis::Guarded);
    sample.connection.info.probes = sample.connection.timer.retransmits = 1;
    EXPECT_EQ(diagnosisOf(sample), Diagnosis::Suspect);
    sample.connection.inode = 0;
    EXPECT_EQ(diagnosisOf(sample), Diagnosis::Closing) << "an orphan's timer ends it";
    EXPECT_EQ(diagnosisOf(mini(State::FinWait2, TimerKind::TimeWait, 5000)), Diagnosis::Closing);
}

TEST(Diagnosis, keepaliveThatCannotNoticeGuardsNothing) {
    Sample noProbes = guarded(60'000, 1000, 0, {7200, 75, 0});
    EXPECT_EQ(diagnosisOf(noProbes), Diagnosis::Unguarded);
    Sample never = guarded(60'000, 0, 0, {-1, 75, 9});
    EXPECT_EQ(diagnosisOf(never), Diagnosis::Unguarded);
    Sample dropped = guarded(60'000, 288, 0, {7, 75, 9});
    dropped.connection.info.caState = 2;
    EXPECT_EQ(diagnosisOf(dropped), Diagnosis::Unguarded);
}

TEST(Diagnosis, oneUnansweredProbeOrRetransmissionIsSuspect) {
    EXPECT_EQ(diagnosisOf(guarded(60000, 1000, 1, {})), Diagnosis::Suspect);
    EXPECT_EQ(diagnosisOf(inFlight(816, 816, 1, 0)), Diagnosis::Suspect);
    EXPECT_EQ(diagnosisOf(probing(600, 208, 1, 2)), Diagnosis::Suspect);
    Sample probedBeforeItWrote = inFlight(204, 204, 0, 0);
    probedBeforeItWrote.connection.info.probes = 2;
    EXPECT_EQ(diagnosisOf(probedBeforeItWrote), Diagnosis::Suspect);
}

TEST(Diagnosis, dataBeforeAClosedWindowIsStalled) {
    EXPECT_EQ(diagnosisOf(probing(600, 208, 0, 2)), Diagnosis::Stalled);
    Sample sample = inFlight(816, 816, 0, 0);
    sample.connection.info.sendWindow = 0;
    EXPECT_EQ(diagnosisOf(sample), Diagnosis::Stalled);
    sample = quiet(TimerKind::Keepalive);
    sample.connection.info.sendWindow = 0;
    EXPECT_EQ(diagnosisOf(sample), Diagnosis::Guarded) << "nothing waits";
}

TEST(Diagnosis, windowProbeOfKernelsThatDoNotTellTheWindowIsStalled) {
    Sample sample = probing(600, 208, 0, 2);
    sample.connection.info.length = 200;
    EXPECT_EQ(diagnosisOf(sample), Diagnosis::Stalled);
}

TEST(Diagnosis, dataHeldBackBehindAnOpenWindowIsActive) {
    Sample sample = probing(100, 208, 0, 0);
    sample.connection.info.sendWindow = 65535;
    EXPECT_EQ(diagnosisOf(sample), Diagnosis::Active);
}

TEST(Diagnosis, dataInFlightOrMovedInTheLastFiveSecondsIsActive) {
    EXPECT_EQ(diagnosisOf(inFlight(204, 204, 0, 0)), Diagnosis::Active);
    Sample sample = quiet(TimerKind::Keepalive);
    sample.connection.info.lastDataSent = Millis(5000);
    EXPECT_EQ(diagnosisOf(sample), Diagnosis::Active);
    sample.connection.info.lastDataSent = Millis(5001);
    EXPECT_EQ(diagnosisOf(sample), Diagnosis::Guarded);
    sample.connection.info.lastDataReceived = Millis(100);
    EXPECT_EQ(diagnosisOf(sample), Diagnosis::Active);
    sample.connection.info.lastDataReceived = Millis(60000);
    sample.connection.info.lastAckReceived = Millis(100);
    EXPECT_EQ(diagnosisOf(sample), Diagnosis::Guarded) << "an ACK is no payload";
}

TEST(Diagnosis, armedKeepaliveGuardsAndNothingElseDoes) {
    EXPECT_EQ(diagnosisOf(quiet(TimerKind::Keepalive)), Diagnosis::Guarded);
    EXPECT_EQ(diagnosisOf(quiet(TimerKind::None)), Diagnosis::Unguarded);
    Sample timed = quiet(TimerKind::None);
    timed.options.userTimeout = Millis(1000);
    EXPECT_EQ(diagnosisOf(timed), Diagnosis::Unguarded);
}

TEST(Diagnosis, agesOfZeroWithoutTcpInfoAreNotActivity) {
    Sample sample = quiet(TimerKind::Keepalive);
    sample.connection.info = {};
    sample.connection.infoRequested = false;
    EXPECT_EQ(diagnosisOf(sample), Diagnosis::Guarded);
}

} // namespace
} // namespace halfopen
