// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/connection.h"
#include "core/model/payload.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace std::chrono_literals;

/// An established connection of a machine that has been up for `up`, with these ages of what was last received.
Connection connectionAt(std::chrono::milliseconds up, Millis received, Millis acknowledged) {
    Connection connection;
    connection.state = State::Established;
    connection.sampled = MonotonicTime(up);
    connection.info.length = 248;
    connection.info.lastDataSent = Millis(6000);
    connection.info.lastDataReceived = received;
    connection.info.lastAckReceived = acknowledged;
    return connection;
}

Millis sinceZero(std::chrono::milliseconds up) {
    return Millis(static_cast<std::uint32_t>((up - 300s).count()));
}

TEST(Ages, whatWasNeverSetIsTheTimeSinceJiffiesWereZero) {
    for (const std::chrono::milliseconds up : {946s, 7881s, 86'400s * 60}) { // 60 days: ages have wrapped
        Connection c = connectionAt(up, sinceZero(up + 265ms), Millis(6000));
        EXPECT_EQ(c.receivedAge(), std::nullopt) << up.count();
        EXPECT_EQ(c.ackAge(), Millis(6000));
        EXPECT_EQ(c.lifeAge(), Millis(6000));
        EXPECT_EQ(c.idleAge(), Millis(6000));
        c = connectionAt(up, Millis(6000), sinceZero(up));
        EXPECT_EQ(c.ackAge(), std::nullopt);
        EXPECT_EQ(c.lifeAge(), Millis(6000));
        c = connectionAt(up, sinceZero(up), sinceZero(up));
        EXPECT_EQ(c.lifeAge(), std::nullopt);
    }
}

TEST(Ages, beforeJiffiesWereZeroItIsAlmostTheWholeRange) {
    const Connection c = connectionAt(100s, sinceZero(100s), Millis(50));
    EXPECT_EQ(c.receivedAge(), std::nullopt);
    EXPECT_EQ(c.lifeAge(), Millis(50));
}

TEST(Ages, areToldWhereTheCountersTellOfSomething) {
    Connection c = connectionAt(7881s, sinceZero(7881s), sinceZero(7881s));
    c.info.bytesReceived = 2;
    c.info.bytesAcked = 1;
    EXPECT_EQ(c.receivedAge(), sinceZero(7881s));
    EXPECT_EQ(c.ackAge(), sinceZero(7881s));
}

TEST(Ages, ordinaryOnesAreToldAsTheyCame) {
    const Connection c = connectionAt(7881s, Millis(7'500'000), Millis(0));
    EXPECT_EQ(c.receivedAge(), Millis(7'500'000));
    EXPECT_EQ(c.ackAge(), Millis(0));
    EXPECT_EQ(c.sentAge(), Millis(6000));
}

TEST(Ages, thereAreNoneBeforeThereIsAConnection) {
    for (const State state : {State::SynSent, State::Listen, State::Bound}) {
        Connection c = connectionAt(7881s, Millis(5), Millis(5));
        c.state = state;
        EXPECT_FALSE(c.sentAge() || c.receivedAge() || c.ackAge() || c.lifeAge() || c.idleAge());
    }
    Connection mini = connectionAt(7881s, Millis(5), Millis(5));
    mini.info.length = 0;
    EXPECT_FALSE(mini.lifeAge() || mini.idleAge());
}

TEST(Ages, ofDataAreNotTheHandshakes) {
    Connection c = connectionAt(7881s, Millis(6000), Millis(6000));
    c.info.bytesAcked = 1; // its SYN
    c.info.ackedBeyondPayload = 1;
    EXPECT_EQ(dataSentAge(c), std::nullopt);
    EXPECT_EQ(dataReceivedAge(c), std::nullopt);
    c.state = State::FinWait2;
    c.info.bytesAcked = c.info.ackedBeyondPayload = 2; // and its FIN
    EXPECT_EQ(dataSentAge(c), std::nullopt);
    c.info.bytesAcked = 3;
    EXPECT_EQ(dataSentAge(c), Millis(6000));
    c.info.bytesReceived = 1; // the peer has not closed
    EXPECT_EQ(dataReceivedAge(c), Millis(6000));
    EXPECT_EQ(c.idleAge(), Millis(6000));
}

TEST(Ages, ofDataThatIsOnItsWayAreTold) {
    Connection c = connectionAt(7881s, Millis(6000), Millis(6000));
    c.info.bytesAcked = 1;
    c.info.ackedBeyondPayload = -126; // or more: 127 bytes of payload are not acknowledged
    EXPECT_EQ(dataSentAge(c), Millis(6000));
}

TEST(Ages, ofDataAreToldWhereNobodyCounts) {
    Connection c = connectionAt(7881s, Millis(6000), Millis(6000));
    c.info.length = 104;
    EXPECT_EQ(dataSentAge(c), Millis(6000));
    EXPECT_EQ(dataReceivedAge(c), Millis(6000));
    c.info.length = 232;
    c.info.bytesAcked = 2; // a SYN and a FIN, or a byte
    c.state = State::CloseWait;
    EXPECT_EQ(hasSentData(c), std::nullopt);
}

TEST(Ages, ofDataAreNotTakenFromAFin) {
    Connection c = connectionAt(7881s, Millis(6000), Millis(6000));
    c.info.length = 232;
    c.info.bytesReceived = 1;
    for (const State state : {State::CloseWait, State::LastAck, State::Closing}) {
        c.state = state;
        EXPECT_EQ(hasReceivedData(c), false) << "its FIN, in " << toString(state);
        EXPECT_EQ(dataReceivedAge(c), std::nullopt);
    }
    c.state = State::FinWait2;
    EXPECT_EQ(hasReceivedData(c), true) << "a byte: the FIN has not come";
    c.state = State::CloseWait;
    c.info.bytesReceived = 2;
    EXPECT_EQ(hasReceivedData(c), true);
}

} // namespace
} // namespace halfopen
