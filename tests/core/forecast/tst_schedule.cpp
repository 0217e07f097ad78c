// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/schedule.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace halfopen {
namespace {

constexpr auto kProbe = NextEvent::KeepaliveProbe;
constexpr auto kCause = GiveUpCause::KeepaliveUserTimeout;

TEST(Schedule, limitInsideASpanEndsSomeRunsAndLeavesTheOthers) {
    Schedule schedule;
    Firing firing{{10, 20, 30}, 0};
    EXPECT_FALSE(schedule.endsFrom(Span::at(25), firing, kCause));
    EXPECT_EQ(firing.at, (Span{10, 20, 24}));
    EXPECT_FALSE(schedule.ended());
    firing.at = firing.at + Span::at(100);
    EXPECT_TRUE(schedule.endsFrom(Span::at(25), firing, kCause));
    EXPECT_EQ(schedule.end(), (Span{25, 120, 124}));
}

TEST(Schedule, firstEventIsToldUntilTheEndMayComeInstead) {
    Schedule schedule;
    Firing firing{{10, 20, 30}, 0};
    EXPECT_FALSE(schedule.endsFrom(Span::at(25), firing, kCause));
    schedule.happens(kProbe, firing);
    EXPECT_EQ(schedule.first().at, (Span{10, 20, 30}));
}

TEST(Schedule, eventsAfterTheExpectedEndAreNotTold) {
    std::vector<ScheduledEvent> log;
    Schedule schedule(log, 10);
    Firing firing{{10, 20, 30}, 0};
    schedule.happens(kProbe, firing);
    EXPECT_FALSE(schedule.endsFrom(Span::at(15), firing, kCause));
    schedule.happens(kProbe, firing);
    EXPECT_EQ(schedule.count(), 1);
    EXPECT_EQ(log.size(), 1U);
}

RC_GTEST_PROP(Schedule, repeatingAtOnceIsRepeatingStepByStep, ()) {
    const auto start = *rc::gen::inRange<Jiffies>(-50, 200);
    const auto step = *rc::gen::inRange<Jiffies>(1, 40);
    const auto limit = *rc::gen::inRange<Jiffies>(-100, 2000);
    std::vector<ScheduledEvent> atOnce, stepwise;
    Schedule fast(atOnce, 1000), slow(stepwise, 1000);
    fast.repeatsUntil(Span::at(limit), {Span::at(start), 0}, step, kProbe, kCause);
    Firing firing{Span::at(start), 0};
    while (!slow.endsFrom(Span::at(limit), firing, kCause)) {
        slow.happens(kProbe, firing);
        firing.at = firing.at + Span::at(step);
    }
    RC_ASSERT(fast.end() == slow.end());
    RC_ASSERT(fast.count() == slow.count());
    RC_ASSERT(atOnce.size() == stepwise.size());
    for (std::size_t i = 0; i < atOnce.size(); ++i)
        RC_ASSERT(atOnce[i].at == stepwise[i].at);
}

RC_GTEST_PROP(Schedule, boundsOfRepeatingHoldEveryRun, ()) {
    const auto earliest = *rc::gen::inRange<Jiffies>(-50, 200);
    const auto width = *rc::gen::inRange<Jiffies>(0, 60);
    const auto step = *rc::gen::inRange<Jiffies>(1, 40);
    const auto limit = *rc::gen::inRange<Jiffies>(-100, 1000);
    Schedule band;
    band.repeatsUntil(Span::at(limit), {{earliest, earliest + width / 2, earliest + width}, 0}, step, kProbe, kCause);
    for (Jiffies run = earliest; run <= earliest + width; ++run) {
        Schedule one;
        one.repeatsUntil(Span::at(limit), {Span::at(run), 0}, step, kProbe, kCause);
        RC_ASSERT(band.end().earliest <= one.end().expected && one.end().expected <= band.end().latest);
    }
    RC_ASSERT(band.end().earliest <= band.end().expected && band.end().expected <= band.end().latest);
}

} // namespace
} // namespace halfopen
