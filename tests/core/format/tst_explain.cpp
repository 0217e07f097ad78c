// SPDX-License-Identifier: GPL-3.0-or-later
// No two sentences about one connection contradict each other.
#include "core/format/condition_text.h"
#include "core/format/explain.h"
#include "tests/frames/frame_maker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace test;
using testing::HasSubstr;
using testing::Not;

std::string explained(Scripted connection) {
    const FramePtr frame = FrameMaker{std::move(connection)}.build();
    std::string text;
    for (const Sentence& sentence : explain(frame->rows[0], *frame))
        text += inEnglish(sentence) + '\n';
    return text;
}

TEST(Explain, aNumberOfProbesThatIsTakenForGrantedIsNoFact) {
    for (const bool read : {false, true}) {
        FrameMaker maker{follower(1, std::chrono::seconds(90), read)};
        maker.machine.sysctls.keepaliveProbes = 0;
        if (read)
            maker.script.connections.front().options->probes = 0;
        const FramePtr frame = maker.build();
        EXPECT_EQ(isWithoutProbesAsAssumed(frame->rows[0].forecast), !read);
        std::string text;
        for (const Sentence& sentence : explain(frame->rows[0], *frame))
            text += inEnglish(sentence) + '\n';
        EXPECT_EQ(text.find("answers or not: tcp_keepalive_probes is 0.") != std::string::npos, read) << text;
        EXPECT_EQ(text.find("Its number of keepalive probes is 0") != std::string::npos, read) << text;
        EXPECT_EQ(text.find("If its number of probes is tcp_keepalive_probes, 0,") != std::string::npos, !read) << text;
        EXPECT_EQ(text.find("if this connection's is, too") != std::string::npos, !read) << text;
    }
}

TEST(Explain, whatDoesNotLeaveThisMachineDoesNotGoOut) {
    for (const Scripted& one : {droppedHere(unguarded(1)),
                                behindDeadNeighbour(retransmitting(unguarded(1), 2, std::chrono::milliseconds(700)))}) {
        const std::string text = explained(one);
        EXPECT_THAT(text, HasSubstr("The kernel tries to send ")) << text;
        EXPECT_THAT(text, Not(HasSubstr("goes out"))) << text;
    }
}

TEST(Explain, dataThatCannotBeSentIsNoWindowProbe) {
    Scripted refused = unguarded(1);
    Connection& c = refused.connection;
    c.sendQueue = 5;
    c.timer = {.expires = Millis(752), .raw = 4, .retransmits = 2};
    c.info.notSentBytes = 5;
    c.info.sendWindow = 65536;
    c.info.probes = c.info.backoff = 2;
    c.info.rtoUs = 204'000;
    const std::string text = explained(refused);
    EXPECT_THAT(text, HasSubstr("This machine refuses to send"));
    EXPECT_THAT(text, HasSubstr("2 attempts to send its data failed"));
    EXPECT_THAT(text, HasSubstr("its data cannot be sent"));
    EXPECT_THAT(text, Not(HasSubstr("window probes unanswered"))) << text;
    EXPECT_THAT(text, Not(HasSubstr("of 15 are unanswered"))) << text;
}

TEST(Explain, whatAClosedWindowDoesNotCountIsNotToldAsZero) {
    Scripted closed = retransmitting(unguarded(1), 0, std::chrono::milliseconds(700));
    closed.connection.info.sendWindow = 0;
    closed.connection.info.backoff = 3;
    EXPECT_THAT(explained(closed), Not(HasSubstr("0 retransmissions went unanswered"))) << explained(closed);
}

TEST(Explain, aConnectionWithoutDataHasMovedNone) {
    Scripted fresh = unguarded(1);
    TcpInfo& info = fresh.connection.info;
    info.lastDataSent = info.lastDataReceived = info.lastAckReceived = Millis(1500);
    info.bytesReceived = 0;
    info.bytesAcked = 1;
    info.ackedBeyondPayload = 1;
    const std::string text = explained(fresh);
    EXPECT_THAT(text, HasSubstr("has moved no data yet"));
    EXPECT_THAT(text, HasSubstr("No data was ever received, no data was ever sent, last acknowledgement 1 s ago"));
}

} // namespace
} // namespace halfopen
