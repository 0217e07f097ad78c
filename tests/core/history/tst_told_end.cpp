// SPDX-License-Identifier: GPL-3.0-or-later
// What the state, the error and the counts of an end prove that the kernel has told at once.
#include "core/history/told_end.h"
#include "tests/core/history/observations.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>

namespace halfopen {
namespace {

using namespace test;
using namespace std::chrono_literals;
using Code = EndingEvidence::Code;

DestroyEvent endIn(State before, int error) {
    DestroyEvent event = quietEvent(observed());
    event.what = DestroyEvent::What::Ended;
    event.before = before;
    event.held = true;
    event.errorTold = true;
    event.error = error;
    return event;
}

LastObservations endedBy(const DestroyEvent& event) {
    LastObservations gone = observed();
    gone.eventExpected = false;
    gone.event = event;
    return gone;
}

bool tells(const ClassifiedEnding& classified, Code code, std::int64_t value = 0) {
    return std::ranges::any_of(classified.evidence,
                               [&](const EndingEvidence& one) { return one.code == code && one.value == value; });
}

TEST(ToldEnd, eachErrorHasOneReasonInItsState) {
    EXPECT_EQ(reasonOf(endIn(State::Established, ETIMEDOUT)), EndReason::TimedOut);
    EXPECT_EQ(reasonOf(endIn(State::Established, ECONNRESET)), EndReason::ResetByPeer);
    EXPECT_EQ(reasonOf(endIn(State::CloseWait, EPIPE)), EndReason::ResetByPeer);
    EXPECT_EQ(reasonOf(endIn(State::Established, EPIPE)), EndReason::Unknown);
    EXPECT_EQ(reasonOf(endIn(State::Established, ECONNABORTED)), EndReason::Aborted);
    EXPECT_EQ(reasonOf(endIn(State::SynSent, ECONNREFUSED)), EndReason::Refused);
    EXPECT_EQ(reasonOf(endIn(State::SynSent, EHOSTUNREACH)), EndReason::Refused) << "ICMP";
    EXPECT_EQ(reasonOf(endIn(State::Established, ECONNREFUSED)), EndReason::Unknown) << "IP_RECVERR";
    EXPECT_EQ(reasonOf(endIn(State::LastAck, 0)), EndReason::LastAcknowledged);
    EXPECT_EQ(reasonOf(endIn(State::Established, 0)), EndReason::ThrownAway);
    EXPECT_EQ(reasonOf(endIn(State::FinWait2, 0)), EndReason::Unknown);
    DestroyEvent masked = endIn(State::Established, 0);
    masked.errorTold = false;
    EXPECT_EQ(reasonOf(masked), EndReason::Unknown);
    DestroyEvent notAccepted = endIn(State::Established, 0);
    notAccepted.held = false;
    EXPECT_EQ(reasonOf(notAccepted), EndReason::Unknown) << "its listener was closed";
}

TEST(ToldEnd, whatIcmpHadSaidIsToldWhenItTimesOut) {
    DestroyEvent event = endIn(State::Established, EHOSTUNREACH);
    event.softError = EHOSTUNREACH;
    EXPECT_EQ(reasonOf(event), EndReason::Unknown) << "nothing was unanswered";
    event.connection.info.retransmits = 4;
    EXPECT_EQ(reasonOf(event), EndReason::TimedOut);
}

TEST(ToldEnd, whatRanOutIsWhatWasCounted) {
    DestroyEvent event = endIn(State::Established, ETIMEDOUT);
    event.connection.info.probes = 2;
    event.connection.sendQueue = 0;
    EXPECT_EQ(timedOutBy(event, false), Ending::KeepaliveExhausted);
    EXPECT_EQ(timedOutBy(event, true), Ending::UserTimeout);
    event.connection.sendQueue = 10;
    EXPECT_EQ(timedOutBy(event, false), Ending::WindowProbesExhausted);
    event.connection.info.retransmits = 4;
    EXPECT_EQ(timedOutBy(event, false), Ending::RetransmissionTimeout);
    event.held = false;
    EXPECT_EQ(timedOutBy(event, false), Ending::OrphanGivenUp);
    event.before = State::SynSent;
    EXPECT_EQ(timedOutBy(event, false), Ending::SynTimedOut);
}

TEST(ToldEnd, aTimeoutIsCertainAndHasItsMoment) {
    DestroyEvent event = endIn(State::Established, ETIMEDOUT);
    event.connection.sampled = kSampledAt + 605ms;
    event.connection.info.probes = 3;
    event.connection.info.segmentsIn = 11; // which alone would speak for an RST
    LastObservations gone = dying();
    gone.event = event;
    const ClassifiedEnding classified = classify(gone);
    EXPECT_EQ(toString(classified.ending), toString(Ending::KeepaliveExhausted));
    EXPECT_EQ(classified.confidence, Confidence::Certain);
    EXPECT_EQ(classified.errorNumber, ETIMEDOUT);
    EXPECT_EQ(classified.unanswered, 3);
    EXPECT_EQ(classified.ended, kSampledAt + 605ms) << "the kernel knows it better than the forecast";
    EXPECT_TRUE(tells(classified, Code::EndReported, ETIMEDOUT));
    EXPECT_TRUE(tells(classified, Code::DescriptorHeld));
}

TEST(ToldEnd, itsErrorIsWhatItsProgramGets) {
    EXPECT_EQ(classify(endedBy(endIn(State::Established, ECONNRESET))).errorNumber, ECONNRESET);
    DestroyEvent orphan = endIn(State::FinWait1, ECONNRESET);
    orphan.held = false;
    EXPECT_EQ(classify(endedBy(orphan)).errorNumber, 0) << "nobody is there to get it";
    EXPECT_EQ(toString(classify(endedBy(orphan)).ending), toString(Ending::Reset));
}

TEST(ToldEnd, lastAcknowledgementIsProofOfAnOrderlyClose) {
    DestroyEvent event = endIn(State::LastAck, 0);
    event.held = false;
    const ClassifiedEnding classified = classify(endedBy(event));
    EXPECT_EQ(toString(classified.ending), toString(Ending::ClosedRemoteFirst));
    EXPECT_EQ(classified.confidence, Confidence::Certain);
    LastObservations unsampled = endedBy(event);
    unsampled.last.reset();
    EXPECT_EQ(toString(classify(unsampled).ending), toString(Ending::ClosedRemoteFirst));
}

TEST(ToldEnd, whatMayNotBeKnownIsConcludedAsEver) {
    DestroyEvent event = endIn(State::Established, 0);
    event.errorTold = false;
    event.connection.info.segmentsIn = 11;
    const ClassifiedEnding classified = classify(endedBy(event));
    EXPECT_EQ(toString(classified.ending), toString(Ending::Reset));
    EXPECT_TRUE(tells(classified, Code::EndReported, -1));
    EXPECT_EQ(classified.errorNumber, ECONNRESET) << "a segment came that acknowledged nothing";
}

TEST(ToldEnd, whatHalfopenClosedKeepsItsError) {
    LastObservations gone = endedBy(endIn(State::Established, 0));
    gone.closedByHalfopen = gone.resetByHalfopen = true;
    EXPECT_EQ(classify(gone).errorNumber, ECONNRESET) << "tcp_disconnect() says it after the end";
    gone.event->error = ECONNABORTED;
    gone.resetByHalfopen = false;
    EXPECT_EQ(classify(gone).errorNumber, ECONNABORTED);
    EXPECT_EQ(toString(classify(gone).ending), toString(Ending::ClosedByHalfopen));
}

TEST(ToldEnd, itIsHeldUntilItIsFreed) {
    LastObservations gone = endedBy(endIn(State::Established, ECONNRESET));
    EXPECT_TRUE(gone.isHeld());
    gone.released = true;
    EXPECT_FALSE(gone.isHeld());
    EXPECT_FALSE(gone.isDeadSocket());
}

} // namespace
} // namespace halfopen
