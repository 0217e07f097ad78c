// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/steps.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace halfopen::test {
namespace {

TEST(Steps, riseFromTheLeastToTheMostThatIsSane) {
    const auto sane = settingInfo(Setting::KeepaliveTime).sane;
    EXPECT_EQ(nearestStep(0), sane.lowest);
    EXPECT_EQ(nearestStep(1e9), sane.highest);
    int steps = 0;
    for (std::int32_t at = sane.lowest; at != sane.highest; at = stepFrom(at, 1)) {
        ASSERT_GT(stepFrom(at, 1), at);
        EXPECT_EQ(nearestStep(at), at);
        ++steps;
    }
    EXPECT_GT(steps, 30);
}

TEST(Steps, theKernelsDefaultsAreSteps) {
    EXPECT_EQ(nearestStep(7200), 7200);
    EXPECT_EQ(nearestStep(75), 75);
}

TEST(Steps, theNearestIsFoundByRatio) {
    EXPECT_EQ(nearestStep(0), 1);
    EXPECT_EQ(nearestStep(610), 600);
    EXPECT_EQ(nearestStep(700), 720);
    EXPECT_EQ(nearestStep(1e9), 32767);
}

TEST(Steps, aKeyGoesToTheNextStepAlsoFromBetween) {
    EXPECT_EQ(stepFrom(600, 1), 720);
    EXPECT_EQ(stepFrom(600, -1), 480);
    EXPECT_EQ(stepFrom(601, 1), 720);
    EXPECT_EQ(stepFrom(601, -1), 600);
    EXPECT_EQ(stepFrom(600, 0), 600);
}

TEST(Steps, theEndsHold) {
    EXPECT_EQ(stepFrom(32767, 1), 32767);
    EXPECT_EQ(stepFrom(1, -1), 1);
    EXPECT_EQ(stepFrom(2, -100), 1);
    EXPECT_EQ(stepFrom(2, 100), 32767);
}

TEST(Offered, anUnusualValueGivesWayToTheDefault) {
    EXPECT_EQ(offered({0, 75, 0}), (KeepaliveDefaults{7200, 75, 9}));
    EXPECT_EQ(offered({-7, 40000, 200}), (KeepaliveDefaults{7200, 75, 9}));
    EXPECT_EQ(offered({600, 30, 5}), (KeepaliveDefaults{600, 30, 5}));
    EXPECT_TRUE(isUnusual(KeepaliveDefaults{0, 75, 9}));
    EXPECT_FALSE(isUnusual(KeepaliveDefaults{1, 1, 1}));
}

TEST(NoticedAfter, isTimeAndAllIntervals) {
    EXPECT_EQ(noticedAfter({7200, 75, 9}), 7875);
    EXPECT_EQ(noticedAfter({600, 30, 5}), 750);
    EXPECT_EQ(noticedAfter({32767, 32767, 127}), 32767 + 32767LL * 127);
}

} // namespace
} // namespace halfopen::test
