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

using namespace std::chrono_literals;

/// As of its first sample.
std::vector<Condition> factsOfRow(const Scripted& row) {
    return factsOf(row.connection, unreadSince(row.connection, nullptr, std::nullopt)).list();
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

TEST(Facts, nobodyReadsWhatHasWaited) {
    Scripted row = owned(1);
    row.connection.receiveQueue = 9;
    row.connection.info.bytesReceived = 9;
    row.connection.info.lastDataReceived = Millis(2'999);
    EXPECT_EQ(factsOfRow(row), std::vector<Condition>{});
    row.connection.info.lastDataReceived = Millis(3'000);
    EXPECT_EQ(factsOfRow(row), std::vector{Condition::NobodyReads});
    row.connection.receiveQueue = 0;
    EXPECT_EQ(factsOfRow(row), std::vector<Condition>{});
}

/// A queue from sample to sample, a second apart.
class UnreadTest : public testing::Test {
protected:
    /// What the row tells after `came` more bytes came and `read` were taken out; how long they have waited.
    std::optional<Millis> next(std::uint32_t came, std::uint32_t read) {
        if (frame)
            row = later(row, 1s);
        if (came > 0)
            row.connection.info.lastDataReceived = Millis(100);
        row.connection.info.bytesReceived += came;
        row.connection.receiveQueue += came - read;
        frame = series.next({row});
        return frame->unreadFor(frame->rows[0]);
    }
    bool isTold() const { return frame->rows[0].forecast.conditions.has(Condition::NobodyReads); }

    FrameSeries series;
    Scripted row = owned(1);
    FramePtr frame;
};

TEST_F(UnreadTest, itIsToldSinceTheFirstDataThatStaysThoughMoreComes) {
    EXPECT_EQ(next(0, 0), std::nullopt);
    EXPECT_EQ(next(500, 0), Millis(100));
    EXPECT_EQ(next(500, 0), Millis(1100));
    EXPECT_EQ(next(0, 0), Millis(2100));
    EXPECT_FALSE(isTold());
    EXPECT_EQ(next(1, 0), Millis(3100));
    EXPECT_TRUE(isTold());
}

TEST_F(UnreadTest, aProgramThatReadsSlowerThanDataComesReads) {
    next(5000, 0);
    for (int i = 0; i < 6; ++i) {
        EXPECT_EQ(next(5000, 100), Millis(0)) << "the queue grows, and was read";
        EXPECT_FALSE(isTold());
    }
    EXPECT_EQ(next(0, 0), Millis(1000));
}

TEST_F(UnreadTest, withoutCountersAQueueThatShrinksWasRead) {
    row.connection.info.length = 104;
    next(5000, 0);
    EXPECT_EQ(next(0, 0), Millis(1100));
    EXPECT_EQ(next(0, 100), Millis(0));
    EXPECT_EQ(next(1000, 0), Millis(1000));
}

TEST_F(UnreadTest, aSampleThatFailsForgetsNothing) {
    next(500, 0);
    frame = series.fail({ErrorCode::Unreadable, Sentence::tr("no")});
    EXPECT_EQ(frame->unreadFor(frame->rows[0]), Millis(100)) << "as of its sample";
    row = later(row, 3s);
    EXPECT_EQ(next(0, 0), Millis(4100));
    EXPECT_TRUE(isTold());
    EXPECT_EQ(next(0, 500), std::nullopt);
    EXPECT_TRUE(frame->unread.empty());
}

TEST(Facts, aFinAloneIsNoData) {
    Scripted row = owned(1);
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

/// Rows and the processes that hold them, whose states are below a root of the test's own.
class StoppedTest : public testing::Test {
protected:
    /// Whether a row is told as stopped with these owners, whatever waits in it.
    bool areStopped(std::vector<Owner> by) {
        Scripted row = unguarded(1);
        row.owners = std::move(by);
        Frame frame = makeFrame({row});
        facts.addTo(frame, OutsideFacts::Look::All);
        return frame.rows[0].forecast.conditions.has(Condition::OwnerStopped);
    }
    void process(int pid, const std::string& stat, const std::string& cgroup = "0::/\n") const {
        const std::string directory = "/proc/" + std::to_string(pid);
        root.write(directory + "/stat", stat);
        root.write(directory + "/cgroup", cgroup);
    }

    FakeRoot root;
    OutsideFacts facts{root.at("")};
    OwnerTablePtr owners; ///< the same from sample to sample
};

TEST_F(StoppedTest, allOwnersMustBeStopped) {
    process(5, "5 (a) b) R) T 1 5 5 0\n");
    process(6, "6 (T ) S 1 6 6 0\n");
    process(8, "8 (gdb) t 1 8 8 0\n");
    EXPECT_TRUE(areStopped({{5, 3, "a"}}));
    EXPECT_TRUE(areStopped({{5, 3, "a"}, {8, 4, "gdb"}}));
    EXPECT_FALSE(areStopped({{5, 3, "a"}, {6, 3, "T"}}));
    EXPECT_FALSE(areStopped({{9, 3, "gone"}}));
    EXPECT_FALSE(areStopped({}));
}

TEST_F(StoppedTest, aFrozenGroupStopsItsProcesses) {
    process(5, "5 (a) S 1\n", "1:name=systemd:/x\n0::/app.slice/a.scope\n");
    process(6, "6 (b) D 1\n", "6:freezer:/docker/0123\n0::/\n");
    root.write("/sys/fs/cgroup/app.slice/a.scope/cgroup.events", "populated 1\nfrozen 0\n");
    root.write("/sys/fs/cgroup/freezer/docker/0123/freezer.state", "THAWED\n");
    EXPECT_FALSE(areStopped({{5, 3, "a"}}));
    EXPECT_FALSE(areStopped({{6, 3, "b"}}));
    root.write("/sys/fs/cgroup/app.slice/a.scope/cgroup.events", "populated 1\nfrozen 1\n");
    root.write("/sys/fs/cgroup/freezer/docker/0123/freezer.state", "FROZEN\n");
    EXPECT_TRUE(areStopped({{5, 3, "a"}}));
    EXPECT_TRUE(areStopped({{6, 3, "b"}}));
    process(7, "7 (c) S 1\n", "0::/../../sys/fs/cgroup/app.slice/a.scope\n");
    EXPECT_FALSE(areStopped({{7, 3, "c"}})) << "a group outside of what can be seen from here";
}

/// 64 processes in a sample: the others' turn comes with the next ones, and the selected row's at once.
TEST_F(StoppedTest, ofManyProcessesSomeAreLookedAtInEachSample) {
    std::vector<Scripted> rows;
    for (int i = 0; i < 150; ++i) {
        Scripted row = unguarded(static_cast<std::uint64_t>(i) + 1);
        row.owners = {{1000 + i, 3, "p"}};
        process(1000 + i, "1 (p) T 1\n");
        rows.push_back(row);
    }
    const auto stoppedAfterSample = [&](std::uint64_t selected) {
        FrameMaker maker(rows);
        Frame frame = *maker.build();
        frame.query.selected = keyOf(selected);
        frame.owners = owners ? owners : frame.owners;
        owners = frame.owners;
        facts.addTo(frame, OutsideFacts::Look::Some);
        EXPECT_TRUE(selected == 0 || frame.find(selected)->forecast.conditions.has(Condition::OwnerStopped));
        return std::ranges::count_if(
            frame.rows, [](const Row& row) { return row.forecast.conditions.has(Condition::OwnerStopped); });
    };
    EXPECT_EQ(stoppedAfterSample(0), 64);
    EXPECT_EQ(stoppedAfterSample(0), 128);
    EXPECT_EQ(stoppedAfterSample(0), 150);
    for (const std::uint64_t selected : {1, 75, 150}) {
        facts = OutsideFacts(root.at(""));
        EXPECT_LE(stoppedAfterSample(selected), 65);
    }
}

/// What a source tells of its machine, and nothing of this one: pid 1 here is no business of the script's.
TEST(Facts, aScriptTellsWhichProcessesAreStopped) {
    FrameSeries series;
    Scripted one = unguarded(1);
    one.owners = {{1, 3, "init"}};
    EXPECT_FALSE(series.next({one})->rows[0].forecast.conditions.has(Condition::OwnerStopped));
    series.machine().stopped = {1};
    EXPECT_TRUE(series.next({one})->rows[0].forecast.conditions.has(Condition::OwnerStopped));
}

} // namespace
} // namespace halfopen
