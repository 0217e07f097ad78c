// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/clock_log.h"
#include "core/history/judge.h"
#include "tests/core/history/departures.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>

namespace halfopen {
namespace {

using namespace test;
using namespace std::chrono_literals;
using Code = EndingEvidence::Code;

bool has(const Judgement& verdict, Code code) {
    return std::ranges::find(verdict.evidence, code, &EndingEvidence::code) != verdict.evidence.end();
}

void expect(const Judgement& verdict, Ending ending, Confidence confidence) {
    EXPECT_EQ(toString(verdict.ending), toString(ending));
    EXPECT_EQ(toString(verdict.confidence), toString(confidence));
}

TEST(Judge, keepaliveThatRanOutIsCertainWhereTheEventProvesSilence) {
    Departure gone = dying();
    gone.event = quietEvent(gone);
    gone.event->connection.sampled = kSampledAt + 700ms;
    gone.event->connection.info.probes = 3;
    const Judgement verdict = judge(gone);
    expect(verdict, Ending::KeepaliveExhausted, Confidence::Certain);
    EXPECT_EQ(verdict.unanswered, 3);
    EXPECT_EQ(verdict.errorNumber, ETIMEDOUT);
    EXPECT_EQ(verdict.ended, kSampledAt + 600ms) << "the forecast knows it better than the sample";
    EXPECT_EQ(verdict.lastLife, kSampledAt - 5s);
}

TEST(Judge, keepaliveThatRanOutIsLikelyWhileTheProgramHoldsTheDescriptor) {
    const Judgement verdict = judge(dying());
    expect(verdict, Ending::KeepaliveExhausted, Confidence::Likely);
    EXPECT_TRUE(has(verdict, Code::NoDestroyEvent));
    EXPECT_EQ(verdict.unanswered, 3);
}

TEST(Judge, anRstToTheLastProbeIsAResetAndNoTimeout) {
    Departure gone = dying();
    gone.event = quietEvent(gone);
    gone.event->connection.sampled = kSampledAt + 700ms;
    gone.event->connection.info.probes = 3;
    gone.event->connection.info.segmentsIn = 11;
    const Judgement verdict = judge(gone);
    expect(verdict, Ending::Reset, Confidence::Certain);
    EXPECT_EQ(verdict.errorNumber, ECONNRESET);
    EXPECT_TRUE(has(verdict, Code::ResetReceived));
}

TEST(Judge, beforeTheGiveUpItIsNotTheGiveUp) {
    Departure gone = dying();
    gone.last->forecast.givesUp = {Millis(20000), Millis(20000), Millis(20000)};
    gone.last->options.enabledFrom = gone.last->options.idleFrom = gone.last->options.intervalFrom =
        gone.last->options.probesFrom = gone.last->options.userTimeoutFrom = Provenance::Exact;
    const Judgement verdict = judge(gone);
    expect(verdict, Ending::Reset, Confidence::Likely);
    EXPECT_TRUE(has(verdict, Code::GiveUpNotDue));
}

TEST(Judge, withAssumedOptionsAnEarlyEndIsUnknown) {
    Departure gone = dying();
    gone.last->forecast.givesUp = {Millis(20000), Millis(20000), Millis(20000)};
    expect(judge(gone), Ending::Unknown, Confidence::Unknown);
}

TEST(Judge, assumedOptionsDoNotHideWhatTheEventProves) {
    Departure gone = dying();
    gone.last->forecast.givesUp = {Millis(20000), Millis(20000), Millis(20000)};
    gone.event = quietEvent(gone);
    gone.event->connection.info.probes = 3;
    expect(judge(gone), Ending::KeepaliveExhausted, Confidence::Likely);
}

TEST(Judge, aLongIntervalAloneIsNoTimeout) {
    Departure gone = dying();
    gone.last->forecast.unanswered = 0;
    gone.last->connection.info.probes = 0;
    gone.event = quietEvent(gone);
    gone.event->connection.sampled = kSampledAt + 900ms;
    gone.event->connection.info.bytesReceived += 1;
    gone.event->connection.info.ackedBeyondPayload = 2;
    gone.event->connection.info.lastDataReceived = Millis(5900);
    expect(judge(gone), Ending::ClosedRemoteFirst, Confidence::Likely);
}

TEST(Judge, whatItsProgramThrewAwayWasReset) {
    Departure gone = departure();
    gone.event = quietEvent(gone);
    gone.event->connection.remote.port = 0;
    gone.event->connection.info = TcpInfo{};
    gone.event->connection.info.length = 280;
    const Judgement verdict = judge(gone);
    expect(verdict, Ending::Reset, Confidence::Certain);
    EXPECT_TRUE(has(verdict, Code::Disconnected));
    EXPECT_EQ(verdict.errorNumber, 0) << "its program asked for it";
}

TEST(Judge, withoutEitherFinItWasAReset) {
    Departure gone = departure();
    gone.event = quietEvent(gone);
    expect(judge(gone), Ending::Reset, Confidence::Certain);
}

TEST(Judge, bothFinsAfterTheLastSampleAreAnOrderlyClose) {
    Departure gone = departure();
    gone.event = quietEvent(gone);
    gone.event->connection.info.bytesReceived += 1;
    gone.event->connection.info.bytesAcked += 1;
    gone.event->connection.info.ackedBeyondPayload = 2;
    gone.event->connection.info.segmentsIn += 2;
    gone.event->connection.info.lastAckReceived = Millis(3);
    expect(judge(gone), Ending::ClosedRemoteFirst, Confidence::Likely);
}

TEST(Judge, oneByteThatMayBePayloadIsNoProofOfAFin) {
    Departure gone = departure();
    gone.event = quietEvent(gone);
    gone.event->connection.info.bytesReceived += 1;
    gone.event->connection.info.lastDataReceived = Millis(100);
    gone.event->connection.info.segmentsIn += 1;
    gone.event->connection.info.lastAckReceived = Millis(100);
    const Judgement verdict = judge(gone);
    EXPECT_NE(verdict.confidence, Confidence::Certain);
    EXPECT_TRUE(has(verdict, Code::BytesInDoubt));
}

TEST(Judge, closeWaitAndAnAcknowledgedFinAreCertain) {
    Departure gone = departure(State::CloseWait);
    gone.event = quietEvent(gone);
    gone.event->connection.info.ackedBeyondPayload = 2;
    expect(judge(gone), Ending::ClosedRemoteFirst, Confidence::Certain);
}

TEST(Judge, theFinInFlightInLastAckIsTheLastOfTheQueue) {
    Departure gone = departure(State::LastAck);
    gone.last->connection.inode = 0;
    gone.last->connection.sendQueue = 1;
    gone.last->connection.info.unacked = 1;
    gone.event = quietEvent(gone);
    gone.event->connection.info.bytesAcked += 1;
    expect(judge(gone), Ending::ClosedRemoteFirst, Confidence::Certain);
}

TEST(Judge, synSentThatGotASegmentWasRefused) {
    Departure gone = departure(State::SynSent);
    gone.last->connection.info.segmentsIn = 0;
    gone.event = quietEvent(gone);
    gone.event->connection.info.segmentsIn = 1;
    const Judgement verdict = judge(gone);
    expect(verdict, Ending::SynRefused, Confidence::Certain);
    EXPECT_EQ(verdict.errorNumber, ECONNREFUSED);
}

TEST(Judge, synSentThatItsProgramMayHaveWithdrawnIsUnknown) {
    Departure gone = departure(State::SynSent);
    gone.last->connection.info.segmentsIn = 0;
    gone.event = quietEvent(gone);
    expect(judge(gone), Ending::Unknown, Confidence::Unknown);
}

TEST(Judge, aConnectThatFailedHasForgottenThePeersPort) {
    Departure gone = departure(State::SynSent);
    gone.event = quietEvent(gone);
    gone.event->connection.remote.port = 0;
    expect(judge(gone), Ending::SynRefused, Confidence::Likely);
    gone.last->forecast.cause = GiveUpCause::SynRetries;
    gone.last->forecast.unanswered = 3;
    gone.last->forecast.givesUp = {Millis(400), Millis(390), Millis(410)};
    expect(judge(gone), Ending::SynTimedOut, Confidence::Likely);
    gone.last.reset();
    expect(judge(gone), Ending::Unknown, Confidence::Unknown);
}

TEST(Judge, timeWaitEndsWithItsTimer) {
    Departure gone = departure(State::TimeWait);
    gone.last->connection.info = {};
    gone.last->forecast.cause = GiveUpCause::TimeWait;
    gone.last->forecast.givesUp = {Millis(500), Millis(500), Millis(500)};
    expect(judge(gone), Ending::TimeWaitOver, Confidence::Certain);
    gone.last->forecast.givesUp = {Millis(30000), Millis(30000), Millis(30000)};
    expect(judge(gone), Ending::TimeWaitOver, Confidence::Likely);
}

TEST(Judge, whatHalfopenClosedIsTold) {
    Departure gone = departure();
    gone.closedByHalfopen = true; // by SOCK_DESTROY
    const Judgement verdict = judge(gone);
    expect(verdict, Ending::ClosedByHalfopen, Confidence::Certain);
    EXPECT_EQ(verdict.errorNumber, ECONNABORTED);
    gone.resetByHalfopen = true; // as its own program could, connect(2) to AF_UNSPEC
    EXPECT_EQ(judge(gone).errorNumber, ECONNRESET);
}

TEST(Judge, withoutEventAndWithoutListeningNothingIsCertain) {
    for (const State state : {State::Established, State::SynSent, State::SynRecv, State::FinWait1, State::FinWait2,
                              State::CloseWait, State::LastAck, State::Closing}) {
        Departure gone = departure(state);
        gone.eventExpected = false;
        EXPECT_NE(judge(gone).confidence, Confidence::Certain) << toString(state);
    }
    Departure established = departure();
    established.eventExpected = false;
    expect(judge(established), Ending::Unknown, Confidence::Unknown);
}

TEST(Judge, aConnectionBetweenTwoSamplesIsJudgedByItsEventAlone) {
    Departure gone = departure();
    gone.event = quietEvent(gone);
    gone.last.reset();
    gone.passive = true;
    gone.event->connection.info.bytesReceived = 1;
    gone.event->dataSegmentsIn = 0;
    gone.event->connection.info.ackedBeyondPayload = 1;
    expect(judge(gone), Ending::ClosedRemoteFirst, Confidence::Likely);
    gone.passive = false;
    EXPECT_EQ(judge(gone).confidence, Confidence::Unknown) << "this side's FIN was not acknowledged";
}

TEST(ClockLog, aMomentIsToldAsTheClockWasThen) {
    ClockLog log;
    const auto wall = [](std::chrono::seconds time) { return std::chrono::system_clock::time_point(time); };
    const auto monotonic = [](std::chrono::seconds time) { return MonotonicTime(time); };
    log.note(monotonic(100s), wall(5000s));
    log.note(monotonic(110s), wall(5010s));
    log.note(monotonic(120s), wall(9000s)); // slept in between, or the clock was set
    EXPECT_EQ(log.instant(monotonic(90s)).wall, WallTime(4990s)) << "before the first sample";
    EXPECT_EQ(log.instant(monotonic(115s)).wall, WallTime(5015s));
    EXPECT_EQ(log.instant(monotonic(130s)).wall, WallTime(9010s));
}

} // namespace
} // namespace halfopen
