// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/process/machine_watch.h"
#include "tests/core/fake_root.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace std::chrono_literals;

MachineClocks g_clocks;
int g_reads = 0;
std::chrono::nanoseconds g_catchesUpAt{0}; ///< the read at which the coarse clock is right again

MachineClocks scripted() {
    ++g_reads;
    if (g_catchesUpAt.count() > 0 && g_reads >= g_catchesUpAt.count())
        g_clocks.coarse = g_clocks.monotonicBefore;
    return g_clocks;
}

class MachineWatchTest : public testing::Test {
protected:
    MachineWatchTest() {
        g_clocks = {.monotonicBefore = 1000s, .coarse = 1000s - 3ms, .boot = 1200s, .monotonic = 1000s};
        g_reads = 0;
        g_catchesUpAt = 0ns;
    }
    MachineState after(std::chrono::nanoseconds awake, std::chrono::nanoseconds asleep = 0ns) {
        g_clocks.monotonicBefore += awake;
        g_clocks.monotonic += awake;
        g_clocks.coarse += awake;
        g_clocks.boot += awake + asleep;
        return watch.look(1s, 4ms);
    }

    FakeRoot root;
    MachineWatch watch{root.at(""), scripted};
};

TEST_F(MachineWatchTest, nothingIsToldOfAMachineAtEase) {
    for (int i = 0; i < 3; ++i) {
        const MachineState state = after(1s);
        EXPECT_FALSE(state.orphanPressure || state.suspended || state.ticksLate);
    }
}

TEST_F(MachineWatchTest, sleepIsToldOnce) {
    after(1s);
    EXPECT_TRUE(after(1s, 40s).suspended);
    EXPECT_FALSE(after(1s).suspended);
}

/// The thread is put aside between two clocks, for longer than any sleep.
TEST_F(MachineWatchTest, aReaderThatIsPutAsideHasNotSlept) {
    after(1s);
    MachineClocks aside = g_clocks;
    aside.monotonic += 90s; // after BOOTTIME was read: the sleep looks shorter
    g_clocks = aside;
    EXPECT_FALSE(after(1s).suspended);
    g_clocks.monotonicBefore = g_clocks.monotonic;
    g_clocks.coarse = g_clocks.monotonic;
    g_clocks.boot = g_clocks.monotonic + 200s;
    EXPECT_FALSE(after(1s).suspended) << "and is as long as it was afterwards";
    g_clocks.boot += 50s; // before BOOTTIME was read
    g_clocks.monotonic += 50s;
    EXPECT_FALSE(after(1s).suspended);
    g_clocks.monotonicBefore = g_clocks.monotonic;
    g_clocks.coarse = g_clocks.monotonic;
    EXPECT_FALSE(after(1s).suspended);
}

TEST_F(MachineWatchTest, aSleepThatThePauseHidesIsToldAtTheNextLook) {
    after(1s);
    g_clocks.monotonic += 90s;
    EXPECT_FALSE(after(1s, 40s).suspended) << "the pause may have been longer than the sleep";
    g_clocks.boot += 90s;
    g_clocks.monotonicBefore = g_clocks.monotonic;
    g_clocks.coarse = g_clocks.monotonic;
    EXPECT_TRUE(after(1s).suspended);
    EXPECT_FALSE(after(1s).suspended);
}

TEST_F(MachineWatchTest, aLookThatComesLateIsTold) {
    after(1s);
    EXPECT_FALSE(after(1900ms).ticksLate);
    EXPECT_TRUE(after(2100ms).ticksLate);
    EXPECT_FALSE(after(1s).ticksLate);
}

TEST_F(MachineWatchTest, ticksCountedLateAreToldUnlessItWasThisThread) {
    after(1s);
    g_clocks.coarse = g_clocks.monotonicBefore - 30ms;
    EXPECT_TRUE(after(1s).ticksLate);
    g_clocks.coarse = g_clocks.monotonicBefore - 30ms;
    g_catchesUpAt = std::chrono::nanoseconds(g_reads + 2);
    EXPECT_FALSE(after(1s).ticksLate);
}

TEST_F(MachineWatchTest, orphansAreComparedWithTheirLimits) {
    const auto sockstat = [&](const char* orphans, const char* pages) {
        root.write("/proc/net/sockstat", std::string("sockets: used 9\nTCP: inuse 5 orphan ") + orphans +
                                             " tw 0 alloc 7 mem " + pages + "\nUDP: inuse 1 mem 99999\n");
    };
    sockstat("2049", "1");
    EXPECT_FALSE(after(1s).orphanPressure) << "there is no limit to be read";
    root.sysctl("tcp_max_orphans", "8192\n");
    root.sysctl("tcp_mem", "22\t30\t44\n");
    EXPECT_TRUE(after(1s).orphanPressure);
    sockstat("2048", "44");
    EXPECT_FALSE(after(1s).orphanPressure);
    sockstat("0", "45");
    EXPECT_TRUE(after(1s).orphanPressure);
}

std::chrono::nanoseconds g_awake{0};
int g_pauseBefore = 0; ///< which reading the thread is put aside before, from 1 on

/// A machine that has slept for 200 s, and a thread that is put aside for a minute between two clocks.
std::chrono::nanoseconds clockOfSlowReader(clockid_t clock) {
    if (--g_pauseBefore == 0)
        g_awake += 60s;
    return clock == CLOCK_BOOTTIME ? g_awake + 200s : g_awake;
}

TEST(MachineWatch, wheneverTheReaderPausesTheBoundsHold) {
    for (int pauseBefore = 1; pauseBefore <= 5; ++pauseBefore) {
        g_awake = 1000s;
        g_pauseBefore = pauseBefore;
        const MachineClocks clocks = readMachineClocks(clockOfSlowReader);
        EXPECT_LE(clocks.leastAsleep(), 200s) << pauseBefore;
        EXPECT_GE(clocks.mostAsleep(), 200s) << pauseBefore;
        EXPECT_LE(clocks.leastLag(), 0s) << pauseBefore << ": the coarse clock was right";
    }
}

TEST(MachineWatch, theRealClocksGoTogether) {
    const MachineClocks now = readMachineClocks();
    EXPECT_GT(now.monotonicBefore.count(), 0);
    EXPECT_GE(now.monotonic, now.monotonicBefore);
    EXPECT_GE(now.mostAsleep(), 0s);
    EXPECT_LE(now.coarse, now.monotonic);
}

} // namespace
} // namespace halfopen
