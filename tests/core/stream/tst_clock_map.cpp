// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stream/clock_map.h"

#include <gtest/gtest.h>

namespace halfopen::stream {
namespace {

using namespace std::chrono_literals;

MonotonicTime at(std::chrono::nanoseconds time) {
    return MonotonicTime(time);
}

TEST(ClockMap, halfARoundTripIsHowFarItMayBeOff) {
    ClockMap clocks;
    EXPECT_FALSE(clocks.best());
    clocks.add(at(100ms), at(110ms), 1000ms);
    EXPECT_EQ(clocks.best(), (ClockMap::Mapping{895ms, 5ms}));
    clocks.add(at(200ms), at(202ms), 1099ms);
    EXPECT_EQ(clocks.best(), (ClockMap::Mapping{898ms, 1ms}));
    clocks.add(at(300ms), at(390ms), 1300ms);
    EXPECT_EQ(clocks.best()->error, 1ms) << "a slow answer takes nothing away";
}

TEST(ClockMap, theTruthIsAlwaysWithinTheError) {
    constexpr auto kTruth = -3s;
    for (const auto readAt : {0ms, 3ms, 10ms}) { // anywhere between question and answer
        ClockMap clocks;
        clocks.add(at(10s), at(10s + 10ms), 10s + readAt + kTruth);
        const auto best = *clocks.best();
        EXPECT_LE(best.offset - best.error, kTruth);
        EXPECT_GE(best.offset + best.error, kTruth);
    }
}

TEST(ClockMap, oldAnswersGo) {
    ClockMap clocks;
    clocks.add(at(0ms), at(1ms), 0ms);
    for (std::size_t one = 0; one < ClockMap::kKept; ++one)
        clocks.add(at(0ms), at(20ms), 0ms);
    EXPECT_EQ(clocks.best()->error, 10ms);
    clocks.add(at(5ms), at(4ms), 0ms);
    EXPECT_EQ(clocks.best()->error, 10ms) << "an answer before its question is none";
}

} // namespace
} // namespace halfopen::stream
