// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/classifier.h"
#include "core/history/clock_log.h"
#include "tests/core/history/observations.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>

namespace halfopen {
namespace {

using namespace test;
using namespace std::chrono_literals;
using Code = EndingEvidence::Code;

bool has(const ClassifiedEnding& classified, Code code) {
    return std::ranges::find(classified.evidence, code, &EndingEvidence::code) != classified.evidence.end();
}

void expect(const ClassifiedEnding& classified, Ending ending, Confidence confidence) {
    EXPECT_EQ(toString(classified.ending), toString(ending));
    EXPECT_EQ(toString(classified.confidence), toString(confidence));
}

TEST(Classifier, keepaliveThatRanOutIsCertainWhereTheEventProvesSilence) {
    LastObservations gone = dying();
    gone.event = quietEvent(gone);
    gone.event->connection.sampled = kSampledAt + 700ms;
    gone.event->connection.info.probes = 3;
    const ClassifiedEnding classified = classify(gone);
    expect(classified, Ending::KeepaliveExhausted, Confidence::Certain);
    EXPECT_EQ(classified.unanswered, 3);
    EXPECT_EQ(classified.errorNumber, ETIMEDOUT);
    EXPECT_EQ(classified.ended, kSampledAt + 600ms) << "the forecast knows it better than the sample";
    EXPECT_EQ(classified.lastLife, kSampledAt - 5s);
}

TEST(Classifier, keepaliveThatRanOutIsLikelyWhileTheProgramHoldsTheDescriptor) {
    const ClassifiedEnding classified = classify(dying());
    expect(classified, Ending::KeepaliveExhausted, Confidence::Likely);
    EXPECT_TRUE(has(classified, Code::NoDestroyEvent));
    EXPECT_EQ(classified.unanswered, 3);
}

TEST(Classifier, anRstToTheLastProbeIsAResetAndNoTimeout) {
    LastObservations gone = dying();
    gone.event = quietEvent(gone);
    gone.event->connection.sampled = kSampledAt + 700ms;
    gone.event->connection.info.probes = 3;
    gone.event->connection.info.segmentsIn = 11;
    const ClassifiedEnding classified = classify(gone);
    expect(classified, Ending::Reset, Confidence::Certain);
    EXPECT_EQ(classified.errorNumber, ECONNRESET);
    EXPECT_TRUE(has(classified, Code::ResetReceived));
}

TEST(Classifier, beforeTheGiveUpItIsNotTheGiveUp) {
    LastObservations gone = dying();
    gone.last->forecast.givesUp = {Millis(20000), Millis(20000), Millis(20000)};
    gone.last->options.enabledFrom = gone.last->options.idleFrom = gone.last->options.intervalFrom =
        gone.last->options.probesFrom = gone.last->options.userTimeoutFrom = Provenance::Exact;
    const ClassifiedEnding classified = classify(gone);
    expect(classified, Ending::Reset, Confidence::Likely);
    EXPECT_TRUE(has(classified, Code::GiveUpNotDue));
}

TEST(Classifier, withAssumedOptionsAnEarlyEndIsUnknown) {
    LastObservations gone = dying();
    gone.last->forecast.givesUp = {Millis(20000), Millis(20000), Millis(20000)};
    expect(classify(gone), Ending::Unknown, Confidence::Unknown);
}

TEST(Classifier, assumedOptionsDoNotHideWhatTheEventProves) {
    LastObservations gone = dying();
    gone.last->forecast.givesUp = {Millis(20000), Millis(20000), Millis(20000)};
    gone.event = quietEvent(gone);
    gone.event->connection.info.probes = 3;
    expect(classify(gone), Ending::KeepaliveExhausted, Confidence::Likely);
}

TEST(Classifier, aLongIntervalAloneIsNoTimeout) {
    LastObservations gone = dying();
    gone.last->forecast.unanswered = 0;
    gone.last->connection.info.probes = 0;
    gone.event = quietEvent(gone);
    gone.event->connection.sampled = kSampledAt + 900ms;
    gone.event->connection.info.bytesReceived += 1;
    gone.event->connection.info.ackedBeyondPayload = 2;
    gone.event->connection.info.lastDataReceived = Millis(5900);
    expect(classify(gone), Ending::ClosedRemoteFirst, Confidence::Likely);
}

TEST(Classifier, whatItsProgramThrewAwayWasReset) {
    LastObservations gone = observed();
    gone.event = quietEvent(gone);
    gone.event->connection.remote.port = 0;
    gone.event->connection.info = TcpInfo{};
    gone.event->connection.info.length = 280;
    const ClassifiedEnding classified = classify(gone);
    expect(classified, Ending::Reset, Confidence::Certain);
    EXPECT_TRUE(has(classified, Code::Disconnected));
    EXPECT_EQ(classified.errorNumber, 0) << "its program asked for it";
}

TEST(Classifier, withoutEitherFinItWasAReset) {
    LastObservations gone = observed();
    gone.event = quietEvent(gone);
    expect(classify(gone), Ending::Reset, Confidence::Certain);
}

TEST(Classifier, bothFinsAfterTheLastSampleAreAnOrderlyClose) {
    LastObservations gone = observed();
    gone.event = quietEvent(gone);
    gone.event->connection.info.bytesReceived += 1;
    gone.event->connection.info.bytesAcked += 1;
    gone.event->connection.info.ackedBeyondPayload = 2;
    gone.event->connection.info.segmentsIn += 2;
    gone.event->connection.info.lastAckReceived = Millis(3);
    expect(classify(gone), Ending::ClosedRemoteFirst, Confidence::Likely);
}

TEST(Classifier, oneByteThatMayBePayloadIsNoProofOfAFin) {
    LastObservations gone = observed();
    gone.event = quietEvent(gone);
    gone.event->connection.info.bytesReceived += 1;
    gone.event->connection.info.lastDataReceived = Millis(100);
    gone.event->connection.info.segmentsIn += 1;
    gone.event->connection.info.lastAckReceived = Millis(100);
    const ClassifiedEnding classified = classify(gone);
    EXPECT_NE(classified.confidence, Confidence::Certain);
    EXPECT_TRUE(has(classified, Code::BytesInDoubt));
}

TEST(Classifier, closeWaitAndAnAcknowledgedFinAreCertain) {
    LastObservations gone = observed(State::CloseWait);
    gone.event = quietEvent(gone);
    gone.event->connection.info.ackedBeyondPayload = 2;
    expect(classify(gone), Ending::ClosedRemoteFirst, Confidence::Certain);
}

TEST(Classifier, theFinInFlightInLastAckIsTheLastOfTheQueue) {
    LastObservations gone = observed(State::LastAck);
    gone.last->connection.inode = 0;
    gone.last->connection.sendQueue = 1;
    gone.last->connection.info.unacked = 1;
    gone.event = quietEvent(gone);
    gone.event->connection.info.bytesAcked += 1;
    expect(classify(gone), Ending::ClosedRemoteFirst, Confidence::Certain);
}

TEST(Classifier, synSentThatGotASegmentWasRefused) {
    LastObservations gone = observed(State::SynSent);
    gone.last->connection.info.segmentsIn = 0;
    gone.event = quietEvent(gone);
    gone.event->connection.info.segmentsIn = 1;
    const ClassifiedEnding classified = classify(gone);
    expect(classified, Ending::SynRefused, Confidence::Certain);
    EXPECT_EQ(classified.errorNumber, ECONNREFUSED);
}

TEST(Classifier, synSentThatItsProgramMayHaveWithdrawnIsUnknown) {
    LastObservations gone = observed(State::SynSent);
    gone.last->connection.info.segmentsIn = 0;
    gone.event = quietEvent(gone);
    expect(classify(gone), Ending::Unknown, Confidence::Unknown);
}

TEST(Classifier, aConnectThatFailedHasForgottenThePeersPort) {
    LastObservations gone = observed(State::SynSent);
    gone.event = quietEvent(gone);
    gone.event->connection.remote.port = 0;
    expect(classify(gone), Ending::SynRefused, Confidence::Likely);
    gone.last->forecast.cause = GiveUpCause::SynRetries;
    gone.last->forecast.unanswered = 3;
    gone.last->forecast.givesUp = {Millis(400), Millis(390), Millis(410)};
    expect(classify(gone), Ending::SynTimedOut, Confidence::Likely);
    gone.last.reset();
    expect(classify(gone), Ending::Unknown, Confidence::Unknown);
}

TEST(Classifier, timeWaitEndsWithItsTimer) {
    LastObservations gone = observed(State::TimeWait);
    gone.last->connection.info = {};
    gone.last->forecast.cause = GiveUpCause::TimeWait;
    gone.last->forecast.givesUp = {Millis(500), Millis(500), Millis(500)};
    expect(classify(gone), Ending::TimeWaitOver, Confidence::Certain);
    gone.last->forecast.givesUp = {Millis(30000), Millis(30000), Millis(30000)};
    expect(classify(gone), Ending::TimeWaitOver, Confidence::Likely);
}

TEST(Classifier, whatHalfopenClosedIsTold) {
    LastObservations gone = observed();
    gone.closedByHalfopen = true; // by SOCK_DESTROY
    const ClassifiedEnding classified = classify(gone);
    expect(classified, Ending::ClosedByHalfopen, Confidence::Certain);
    EXPECT_EQ(classified.errorNumber, ECONNABORTED);
    gone.resetByHalfopen = true; // as its own program could, connect(2) to AF_UNSPEC
    EXPECT_EQ(classify(gone).errorNumber, ECONNRESET);
}

TEST(Classifier, withoutEventAndWithoutListeningNothingIsCertain) {
    for (const State state : {State::Established, State::SynSent, State::SynRecv, State::FinWait1, State::FinWait2,
                              State::CloseWait, State::LastAck, State::Closing}) {
        LastObservations gone = observed(state);
        gone.eventExpected = false;
        EXPECT_NE(classify(gone).confidence, Confidence::Certain) << toString(state);
    }
    LastObservations established = observed();
    established.eventExpected = false;
    expect(classify(established), Ending::Unknown, Confidence::Unknown);
}

TEST(Classifier, aConnectionBetweenTwoSamplesIsClassifiedByItsEventAlone) {
    LastObservations gone = observed();
    gone.event = quietEvent(gone);
    gone.last.reset();
    gone.passive = true;
    gone.event->connection.info.bytesReceived = 1;
    gone.event->dataSegmentsIn = 0;
    gone.event->connection.info.ackedBeyondPayload = 1;
    expect(classify(gone), Ending::ClosedRemoteFirst, Confidence::Likely);
    gone.passive = false;
    EXPECT_EQ(classify(gone).confidence, Confidence::Unknown) << "this side's FIN was not acknowledged";
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
