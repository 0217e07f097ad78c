// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/tick/offset_vote.h"
#include "core/kernel/tick/phase_calibration.h"
#include "core/kernel/tick/phase_estimate.h"
#include "core/kernel/tick/tick_source.h"
#include "tests/skip.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

namespace halfopen {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kTimerList = "Timer List Version: v0.10\n"
                                        "HRTIMER_MAX_CLOCK_BASES: 8\n"
                                        "now at 2534131589471 nsecs\n"
                                        "\n"
                                        "cpu: 0\n"
                                        "  .idle_jiffies   : 4295525736\n"
                                        "  .last_jiffies   : 4295525752\n"
                                        "jiffies: 4295525752\n"
                                        "\n"
                                        "cpu: 1\n"
                                        "jiffies: 4295525753\n";

TEST(TimerList, tellsClockAndJiffiesOfItsFirstCpu) {
    EXPECT_EQ(parseTimerList(kTimerList), (TimerListReading{2534131589471, 4295525752}));
}

TEST(TimerList, incompleteTextTellsNothing) {
    for (std::size_t length = 0; length < kTimerList.find("\ncpu: 1") - 1; ++length)
        EXPECT_FALSE(parseTimerList(kTimerList.substr(0, length))) << length;
    EXPECT_FALSE(parseTimerList("\nnow at x nsecs\njiffies: 1\n"));
    EXPECT_FALSE(parseTimerList("\nnow at 1 nsecs\njiffies: 99999999999999999999\n"));
}

TEST(TimerList, readingThatSpansATickDoesNotCount) {
    const TimerListReading reading{2534131589471, 4295525752};
    const TickClock clock{250, {}};
    EXPECT_EQ(offsetOf(reading, 2534131589471 + 300'000, clock), 4295525752 - 633532);
    EXPECT_FALSE(offsetOf(reading, 2534131589471 + 3'000'000, clock));
    EXPECT_FALSE(offsetOf({-1, 1}, 5, clock));
}

TEST(OffsetOfARecord, isThatOfTheJiffiesWhoseLowBitsItHas) {
    const TickClock clock{250, {}};
    const MonotonicTime at{2534131589471ns};
    for (const std::int64_t offset : {bootOffset(250), bootOffset(250) - 40, bootOffset(250) + 3})
        EXPECT_EQ(offsetOf(static_cast<std::uint32_t>(clock.ticksUntil(at) + offset), at, clock), offset);
    const MonotonicTime later = at + 24h * 365; // the low bits have gone round
    EXPECT_EQ(offsetOf(static_cast<std::uint32_t>(clock.ticksUntil(later) + bootOffset(250)), later, clock),
              bootOffset(250));
}

TEST(OffsetVote, isWhatMostReadingsSay) {
    OffsetVote vote;
    EXPECT_FALSE(vote.most());
    vote.add(10);
    vote.add(10);
    EXPECT_FALSE(vote.most()) << "too few";
    vote.add(11); // a tick in between
    for (int i = 0; i < 3; ++i) {
        vote.add(10);
        vote.add(9); // counted late
        vote.add(10);
    }
    EXPECT_EQ(vote.most(), 10);
    OffsetVote torn;
    for (int i = 0; i < 100; ++i)
        torn.add(i % 2);
    EXPECT_FALSE(torn.most());
}

TEST(TickRate, isRoundedFromTheCoarseClocksResolution) {
    EXPECT_EQ(tickRateOf(10'000'000), 100);
    EXPECT_EQ(tickRateOf(4'000'000), 250);
    EXPECT_EQ(tickRateOf(3'333'333), 300);
    EXPECT_EQ(tickRateOf(1'000'000), 1000);
    EXPECT_EQ(tickRateOf(0), 250);
}

TEST(PhaseEstimate, idleTimesAreTheShortestOnTheirGranule) {
    using namespace std::chrono_literals;
    EXPECT_EQ(idleForGranule(250, 2048ms), 17);
    EXPECT_EQ(idleForGranule(250, 16s), 130);
    EXPECT_EQ(idleForGranule(1000, 1500ms), 33);
    EXPECT_EQ(idleForGranule(300, 1500ms), 14);
    EXPECT_EQ(idleForGranule(100, 1500ms), 41);
}

/// The tick of the first run at or after `tick`, in a kernel whose jiffies have this offset.
std::int64_t runAfter(std::int64_t tick, std::int64_t offset, Jiffies granule) {
    return (tick + offset + granule - 1) / granule * granule - offset;
}

RC_GTEST_PROP(PhaseEstimate, oneRunSettlesAnyBootShorterThanHalfAGranule, ()) {
    const auto hz = *rc::gen::element(100, 250, 300, 1000);
    const auto idle = PhaseCalibration::defaultIdle(hz);
    const Jiffies granule = Wheel::band(hz).granule(Jiffies{idle.quick} * hz);
    const std::int64_t offset = bootOffset(hz) - *rc::gen::inRange<std::int64_t>(0, granule / 2 - 8);
    PhaseEstimate estimate(hz);
    estimate.ran(runAfter(*rc::gen::inRange<std::int64_t>(0, 1LL << 34), offset, granule), Jiffies{idle.quick} * hz);
    RC_ASSERT(estimate.clock().has_value());
    RC_ASSERT(estimate.clock()->offset == offset);
}

TEST(PhaseEstimate, lateHandlerIsCorrectedByAPunctualOne) {
    const std::int64_t offset = bootOffset(250) - 78;
    PhaseEstimate estimate(250);
    estimate.ran(runAfter(1'000'000, offset, 512) + 3, 5000);
    EXPECT_EQ(estimate.clock()->offset, offset - 3);
    estimate.ran(runAfter(1'010'000, offset, 512), 5000);
    EXPECT_EQ(estimate.clock()->offset, offset);
    estimate.ran(runAfter(1'020'000, offset, 512) + 2, 5000);
    EXPECT_EQ(estimate.clock()->offset, offset);
    EXPECT_FALSE(estimate.certain(4096));
    EXPECT_TRUE(estimate.certain(512));
}

TEST(PhaseEstimate, longBootWaitsForACoarserGranule) {
    const std::int64_t offset = bootOffset(250) - 400;
    PhaseEstimate estimate(250);
    estimate.ran(runAfter(1'000'000, offset, 512), 5000);
    EXPECT_FALSE(estimate.clock()) << "could as well be 112 ticks early as 400 late";
    estimate.ran(runAfter(1'000'000, offset, 4096), 32500);
    EXPECT_EQ(estimate.clock()->offset, offset);
    estimate.ran(runAfter(1'010'000, offset, 512), 5000);
    EXPECT_TRUE(estimate.certain(4096));
}

TEST(PhaseEstimate, coarserGranuleCorrectsAFinerOne) {
    const std::int64_t offset = bootOffset(250) - 600; // 88 on a granule of 512
    PhaseEstimate estimate(250);
    estimate.ran(runAfter(1'000'000, offset, 512), 5000);
    EXPECT_EQ(estimate.clock()->offset, offset + 512);
    estimate.ran(runAfter(1'000'000, offset, 4096), 32500);
    EXPECT_EQ(estimate.clock()->offset, offset);
    EXPECT_FALSE(estimate.certain(4096));
    estimate.ran(runAfter(1'010'000, offset, 512), 5000);
    EXPECT_EQ(estimate.clock()->offset, offset);
    EXPECT_TRUE(estimate.certain(4096));
}

TEST(TickSource, aTickThatIsNotCountedShowsInTheCoarseClock) {
    const TickClock clock{250, {}};
    const auto at = [](std::chrono::nanoseconds time) { return MonotonicTime(time); };
    EXPECT_TRUE(ticksCounted(at(1003ms), at(1003ms), clock));
    EXPECT_TRUE(ticksCounted(at(1003ms), at(998ms), clock)) << "it is set to less than a tick before the tick at 1000";
    EXPECT_TRUE(ticksCounted(at(1000ms), at(996ms), clock));
    EXPECT_FALSE(ticksCounted(at(1000ms), at(995ms), clock)) << "the tick at 1000 is late";
    EXPECT_FALSE(ticksCounted(at(1090ms), at(998ms), clock));
    const TickClock third{300, {}};
    EXPECT_TRUE(ticksCounted(at(3'333'333ns * 300), at(3'333'333ns * 299), third));
    EXPECT_FALSE(ticksCounted(at(3'333'333ns * 300), at(3'333'333ns * 299 - 1ns), third));
}

MonotonicTime readCoarseClock() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return MonotonicTime(std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec));
}

TEST(TickSource, thisKernelSetsTheCoarseClockWithItsTicks) {
    const TickClock clock{readTickRate(), {}};
    int counted = 0;
    for (int i = 0; i < 100; ++i) {
        const auto now = MonotonicClock::now();
        counted += ticksCounted(now, readCoarseClock(), clock);
        ::poll(nullptr, 0, 1);
    }
    EXPECT_GT(counted, 50); // a busy machine is late now and then
}

TEST(PhaseCalibration, knowsItsOwnSocketsAndHasNoPhaseAtFirst) {
    PhaseCalibration calibration(readTickRate());
    for (int i = 0; i < 100 && calibration.opening(); ++i)
        calibration.poll();
    ASSERT_TRUE(calibration.running());
    EXPECT_EQ(calibration.cookies().size(), 3U) << "listener and both ends";
    calibration.poll();
    EXPECT_FALSE(calibration.clock());
}

TEST(TickSource, offsetIsNearTheBootGuess) {
    if (geteuid() != 0)
        SKIP_UNLESS_CI("only root may read /proc/timer_list");
    const TickClock clock = readTickClock();
    if (!clock.phaseKnown())
        GTEST_SKIP() << "/proc/timer_list is not there or cannot be read";
    EXPECT_LE(*clock.offset, bootOffset(clock.hz));
    EXPECT_GT(*clock.offset, bootOffset(clock.hz) - 60 * clock.hz);
    EXPECT_NEAR(double(*readJiffiesOffset(clock.hz)), double(*clock.offset), 2)
        << "constant since boot, told late at most";
}

} // namespace
} // namespace halfopen
