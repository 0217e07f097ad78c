// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/regime/rto.h"
#include "core/forecast/wheel.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <utility>

namespace halfopen {
namespace {

/// calc_wheel_index() as the kernel spells it, level by level.
std::uint64_t kernelFire(std::uint64_t expires, std::uint64_t armed) {
    const std::uint64_t delta = expires - armed;
    int level = 0;
    while (level < 8 && delta >= (std::uint64_t{63} << (3 * level)))
        ++level;
    return ((expires >> (3 * level)) + 1) << (3 * level);
}

TEST(Wheel, runsAtTheNextMultipleOfTheGranule) {
    const std::array<std::pair<std::uint64_t, std::uint64_t>, 15> runs{{{1050, 1051},
                                                                        {1062, 1063},
                                                                        {1063, 1064},
                                                                        {1250, 1256},
                                                                        {1503, 1504},
                                                                        {1504, 1536},
                                                                        {1750, 1792},
                                                                        {5031, 5056},
                                                                        {5032, 5120},
                                                                        {6000, 6144},
                                                                        {16000, 16384},
                                                                        {33255, 33280},
                                                                        {33256, 36864},
                                                                        {1801000, 1802240},
                                                                        {7201000, 7340032}}};
    for (const auto& [expires, run] : runs)
        EXPECT_EQ(wheelFire(expires, wheelLevel(static_cast<Jiffies>(expires) - 1000)), run) << expires;
}

TEST(Wheel, whatAHandlerArmsIsFiledAJiffyLessDeep) {
    const Wheel wheel = Wheel::exact(1000, 250);
    const auto runs = [&](Jiffies length) { return wheel.after({Span::at(0), 0}, length).at.expected; };
    EXPECT_EQ(runs(63), 64) << "1063, still of level 0";
    EXPECT_EQ(runs(64), 72) << "1064 of level 1";
    EXPECT_EQ(runs(504), 512) << "1504, still of level 1: 1512";
    EXPECT_EQ(runs(505), 536) << "1505 of level 2: 1536";
    EXPECT_EQ(wheel.period(504), 512);
}

TEST(Wheel, levelsChangeAtSixtyThreeTimesPowersOfEight) {
    Jiffies edge = 63;
    for (int level = 0; level < 8; ++level, edge *= 8) {
        EXPECT_EQ(wheelLevel(edge - 1), level);
        EXPECT_EQ(wheelLevel(edge), level + 1);
    }
    EXPECT_EQ(wheelLevel(Jiffies{1} << 40), 8);
    EXPECT_EQ(wheelLevel(Jiffies{1} << 40, 8), 7);
    EXPECT_EQ(wheelLevel(0), 0);
    EXPECT_EQ(wheelLevel(-5), 0);
}

RC_GTEST_PROP(Wheel, agreesWithTheKernelsLoop, ()) {
    const auto armed = *rc::gen::inRange<std::uint64_t>(0, std::uint64_t{1} << 34);
    const auto length = *rc::gen::inRange<std::uint64_t>(0, std::uint64_t{1} << *rc::gen::inRange(1, 33));
    RC_ASSERT(wheelFire(armed + length, wheelLevel(static_cast<Jiffies>(length))) == kernelFire(armed + length, armed));
}

RC_GTEST_PROP(Wheel, bandHoldsEveryPhase, ()) {
    const auto base = *rc::gen::inRange<std::int64_t>(0, std::int64_t{1} << 33);
    const auto first = *rc::gen::inRange<Jiffies>(0, Jiffies{1} << *rc::gen::inRange(1, 24));
    const auto chain =
        *rc::gen::container<std::vector<Jiffies>>(5, rc::gen::mapcat(rc::gen::inRange(1, 24), [](int bits) {
                                                      return rc::gen::inRange<Jiffies>(0, Jiffies{1} << bits);
                                                  }));
    const Wheel exact = Wheel::exact(base, 250);
    const Wheel band = Wheel::band(250);
    Firing truth = exact.pending(first, {first, first, first});
    Firing bounds = band.pending(first, {first, first, first});
    for (const Jiffies length : chain) {
        RC_ASSERT(bounds.at.earliest <= truth.at.expected && truth.at.expected <= bounds.at.latest);
        RC_ASSERT(bounds.at.earliest <= bounds.at.expected && bounds.at.expected <= bounds.at.latest);
        truth = exact.after(truth, length);
        bounds = band.after(bounds, length);
    }
}

TEST(Wheel, finerTimersAfterACoarserOneHaveOneSlackInEveryPhase) {
    const Wheel band = Wheel::band(250);
    const Firing first = band.pending(750, {750, 750, 750});
    const Firing second = band.after(first, 250);
    EXPECT_EQ(first.at.latest - first.at.earliest, 63);
    EXPECT_EQ(second.at.earliest - first.at.earliest, 256);
    EXPECT_EQ(second.at.latest - first.at.latest, 256);
    EXPECT_EQ(band.period(250), 256);
}

TEST(Wheel, aHandlerThatIsATickLateSlipsWhereThatTickTakesTheNextSlot) {
    const Wheel wheel = Wheel::exact(1000, 250);
    const Firing robust = wheel.after({Span::at(0), 3}, 286); // 1286 of level 1: 1288; a tick later the same
    EXPECT_EQ(robust.at, Span::at(288));
    EXPECT_EQ(robust.slip, 0);
    const Firing fragile = wheel.after({Span::at(0), 3}, 287); // 1287: 1288; a tick later 1296
    EXPECT_EQ(fragile.at, Span::at(288));
    EXPECT_EQ(fragile.slip, 8);
    EXPECT_EQ(wheel.after(fragile, 287).slip, 16) << "and again";
    EXPECT_EQ(wheel.after(fragile, 50).slip, 8) << "where a granule is a tick it only moves on";
    EXPECT_EQ(Wheel::band(250).after({Span::at(0), 3}, 287).slip, 8);
    EXPECT_EQ(Wheel::band(250).after({Span::at(0), 3}, 286).slip, 0);
}

TEST(Wheel, dueTimerRunsAtTheNextMultipleOfItsGranule) {
    const Firing firing = Wheel::exact(1000, 250).pending(0, {0, 750, 750});
    EXPECT_EQ(firing.at, Span::at(1024 - 1000));
}

TEST(ModelTimeout, isTheKernelsLadder) {
    using regime::modelTimeout;
    EXPECT_EQ(modelTimeout(15, 200, 120000), 924600);
    EXPECT_EQ(modelTimeout(10, 200, 120000), 324600);
    EXPECT_EQ(modelTimeout(9, 200, 120000), 204600);
    EXPECT_EQ(modelTimeout(8, 200, 120000), 102200);
    EXPECT_EQ(modelTimeout(5, 200, 120000), 12600);
    EXPECT_EQ(modelTimeout(3, 200, 120000), 3000);
    EXPECT_EQ(modelTimeout(0, 200, 120000), 200);
    EXPECT_EQ(modelTimeout(7, 200, 1000), 6400);
    EXPECT_EQ(modelTimeout(15, 200, 1000), 14400);
    EXPECT_EQ(modelTimeout(6, 1000, 120000), 127000);
    EXPECT_EQ(modelTimeout(2, 1000, 120000), 7000);
}

TEST(Wheel, whatIsDueAtAMultipleOfItsGranuleMayRunAtOnce) {
    const Armed fourSeconds{1000, 1000, 1000}; // at HZ 250: a grid of 64
    EXPECT_EQ(Wheel::exact(64 * 100, 250).pending(0, fourSeconds).at, (Span{0, 64, 64}));
    EXPECT_EQ(Wheel::exact(64 * 100 + 1, 250).pending(0, fourSeconds).at, (Span{0, 63, 63}));
    EXPECT_EQ(Wheel::exact(64 * 100 + 2, 250).pending(0, fourSeconds).at, Span::at(62));
    EXPECT_EQ(Wheel::exact(64 * 100, 250).pending(1, fourSeconds).at, Span::at(64));
}

} // namespace
} // namespace halfopen
