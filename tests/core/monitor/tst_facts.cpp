// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/frame.h"
#include "core/model/row.h"
#include "core/monitor/facts.h"
#include "tests/core/fake_root.h"
#include "tests/frames/frame_maker.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace test;

std::vector<Condition> factsOfRow(const Scripted& row) {
    return factsOf(row.connection).list();
}

TEST(Facts, anAcceptQueueIsFullAboveItsBacklog) {
    Scripted listener = listening(1, "0.0.0.0", 8000, 4);
    listener.connection.receiveQueue = 4; // one more fits
    EXPECT_EQ(factsOfRow(listener), std::vector<Condition>{});
    listener.connection.receiveQueue = 5;
    EXPECT_EQ(factsOfRow(listener), std::vector{Condition::AcceptQueueFull});
    Scripted connected = unguarded(2);
    connected.connection.receiveQueue = 5;
    connected.connection.info.lastDataReceived = Millis(0);
    EXPECT_EQ(factsOfRow(connected), std::vector<Condition>{}) << "these are bytes";
}

TEST(Facts, nobodyReadsWhatHasWaitedForAMinute) {
    Scripted row = held(1);
    row.connection.receiveQueue = 9;
    row.connection.info.bytesReceived = 9;
    row.connection.info.lastDataReceived = Millis(59'999);
    EXPECT_EQ(factsOfRow(row), std::vector<Condition>{});
    row.connection.info.lastDataReceived = Millis(60'000);
    EXPECT_EQ(factsOfRow(row), std::vector{Condition::NobodyReads});
    row.connection.receiveQueue = 0;
    EXPECT_EQ(factsOfRow(row), std::vector<Condition>{});
}

TEST(Facts, aFinAloneIsNoData) {
    Scripted row = held(1);
    row.connection.state = State::CloseWait;
    row.connection.info.lastDataReceived = Millis(600'000);
    row.connection.receiveQueue = 1;
    EXPECT_EQ(factsOfRow(row), std::vector<Condition>{});
    row.connection.receiveQueue = 2;
    EXPECT_EQ(factsOfRow(row), std::vector{Condition::NobodyReads});
}

TEST(Facts, aGoneInterfaceKeepsItsName) {
    EXPECT_EQ(goneInterface("", 12), "if12 (gone)");
    EXPECT_EQ(goneInterface("eth0", 12), "eth0 (gone)");
    EXPECT_EQ(goneInterface("eth0 (gone)", 12), "eth0 (gone)");
    EXPECT_TRUE(isGoneInterface("if12 (gone)"));
    EXPECT_FALSE(isGoneInterface("gone"));
}

TEST(Facts, rowsOfAGoneInterfaceHaveTheFact) {
    Scripted bound = unguarded(1, "fe80::b");
    bound.connection.interface = 7;
    Scripted other = unguarded(2);
    other.connection.interface = 8;
    FrameSeries series;
    series.machine().interfaces = {{7, "vA"}, {8, "eth0"}};
    EXPECT_TRUE(series.next({bound, other, unguarded(3)})->rows[0].forecast.conditions.empty());
    series.machine().interfaces.erase(7);
    const Frame frame = *series.next({bound, other, unguarded(3)});
    EXPECT_EQ(frame.rows[0].forecast.conditions.list(), std::vector{Condition::InterfaceGone});
    EXPECT_TRUE(frame.rows[1].forecast.conditions.empty());
    EXPECT_TRUE(frame.rows[2].forecast.conditions.empty());
    EXPECT_EQ(frame.interfaceOf(frame.rows[0]), "vA (gone)");
    EXPECT_EQ(frame.zoneOf(frame.rows[0]), "7");
}

class StoppedTest : public testing::Test {
protected:
    /// Whether a row whose data waits is told as stopped, with these processes as its holders.
    bool told(std::vector<Owner> holders, std::uint32_t waiting = 9) {
        Scripted row = unguarded(1);
        row.connection.receiveQueue = waiting;
        row.connection.info.lastDataReceived = Millis(2000);
        row.owners = std::move(holders);
        Frame frame = makeFrame({row});
        OutsideFacts(root.at("")).addTo(frame);
        return frame.rows[0].forecast.conditions.has(Condition::OwnerStopped);
    }

    FakeRoot root;
};

TEST_F(StoppedTest, allHoldersMustBeStopped) {
    root.write("/proc/5/stat", "5 (a) b) R) T 1 5 5 0\n");
    root.write("/proc/6/stat", "6 (T ) S 1 6 6 0\n");
    root.write("/proc/8/stat", "8 (gdb) t 1 8 8 0\n");
    EXPECT_TRUE(told({{5, 3, "a"}}));
    EXPECT_TRUE(told({{5, 3, "a"}, {8, 4, "gdb"}}));
    EXPECT_FALSE(told({{5, 3, "a"}, {6, 3, "T"}}));
    EXPECT_FALSE(told({{9, 3, "gone"}}));
    EXPECT_FALSE(told({}));
    EXPECT_FALSE(told({{5, 3, "a"}}, 0)) << "nothing waits";
}

} // namespace
} // namespace halfopen
