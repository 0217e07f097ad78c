// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/course.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace halfopen {
namespace {

constexpr auto kProbe = NextEvent::KeepaliveProbe;
constexpr auto kCause = GiveUpCause::KeepaliveUserTimeout;

TEST(Course, limitInsideASpanEndsSomeRunsAndLeavesTheOthers) {
    Course course;
    Firing firing{{10, 20, 30}, 0};
    EXPECT_FALSE(course.endsFrom(Span::at(25), firing, kCause));
    EXPECT_EQ(firing.at, (Span{10, 20, 24}));
    EXPECT_FALSE(course.ended());
    firing.at = firing.at + Span::at(100);
    EXPECT_TRUE(course.endsFrom(Span::at(25), firing, kCause));
    EXPECT_EQ(course.end(), (Span{25, 120, 124}));
}

TEST(Course, firstEventIsToldUntilTheEndMayComeInstead) {
    Course course;
    Firing firing{{10, 20, 30}, 0};
    EXPECT_FALSE(course.endsFrom(Span::at(25), firing, kCause));
    course.happens(kProbe, firing);
    EXPECT_EQ(course.first().at, (Span{10, 20, 30}));
}

TEST(Course, eventsAfterTheExpectedEndAreNotTold) {
    std::vector<CourseEvent> log;
    Course course(log, 10);
    Firing firing{{10, 20, 30}, 0};
    course.happens(kProbe, firing);
    EXPECT_FALSE(course.endsFrom(Span::at(15), firing, kCause));
    course.happens(kProbe, firing);
    EXPECT_EQ(course.count(), 1);
    EXPECT_EQ(log.size(), 1U);
}

RC_GTEST_PROP(Course, repeatingAtOnceIsRepeatingStepByStep, ()) {
    const auto start = *rc::gen::inRange<Jiffies>(-50, 200);
    const auto step = *rc::gen::inRange<Jiffies>(1, 40);
    const auto limit = *rc::gen::inRange<Jiffies>(-100, 2000);
    std::vector<CourseEvent> atOnce, stepwise;
    Course fast(atOnce, 1000), slow(stepwise, 1000);
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

RC_GTEST_PROP(Course, boundsOfRepeatingHoldEveryRun, ()) {
    const auto earliest = *rc::gen::inRange<Jiffies>(-50, 200);
    const auto width = *rc::gen::inRange<Jiffies>(0, 60);
    const auto step = *rc::gen::inRange<Jiffies>(1, 40);
    const auto limit = *rc::gen::inRange<Jiffies>(-100, 1000);
    Course band;
    band.repeatsUntil(Span::at(limit), {{earliest, earliest + width / 2, earliest + width}, 0}, step, kProbe, kCause);
    for (Jiffies run = earliest; run <= earliest + width; ++run) {
        Course one;
        one.repeatsUntil(Span::at(limit), {Span::at(run), 0}, step, kProbe, kCause);
        RC_ASSERT(band.end().earliest <= one.end().expected && one.end().expected <= band.end().latest);
    }
    RC_ASSERT(band.end().earliest <= band.end().expected && band.end().expected <= band.end().latest);
}

} // namespace
} // namespace halfopen
