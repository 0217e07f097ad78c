// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/admission.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

TEST(Admission, callerHasItsLimitAndGetsRoomBack) {
    Admission admission({2, 10, 10});
    const auto first = admission.enter(":1.1");
    EXPECT_TRUE(first && admission.enter(":1.1"));
    EXPECT_FALSE(admission.enter(":1.1"));
    EXPECT_TRUE(admission.enter(":1.2"));
    admission.leave(*first);
    EXPECT_TRUE(admission.enter(":1.1"));
}

TEST(Admission, userHasItsLimitOverAllItsConnections) {
    Admission admission({1, 2, 10});
    EXPECT_TRUE(admission.assignUser(*admission.enter(":1.1"), 1000));
    EXPECT_TRUE(admission.assignUser(*admission.enter(":1.2"), 1000));
    const auto third = admission.enter(":1.3");
    EXPECT_FALSE(admission.assignUser(*third, 1000));
    EXPECT_TRUE(admission.assignUser(*third, 1001));
}

TEST(Admission, totalHasItsLimit) {
    Admission admission({1, 10, 2});
    EXPECT_TRUE(admission.enter(":1.1"));
    EXPECT_TRUE(admission.enter(":1.2"));
    EXPECT_FALSE(admission.enter(":1.3"));
    EXPECT_EQ(admission.waiting(), 2U);
}

TEST(Admission, whoIsRefusedTooOftenIsNotListenedToForAWhile) {
    using namespace std::chrono_literals;
    Admission admission({.refused = 100ms, .least = 10ms, .recovery = 5});
    const MonotonicTime now{1h};
    for (int call = 0; call < 9; ++call)
        admission.countRefused(1000, 1us, now);
    EXPECT_TRUE(admission.assignUser(*admission.enter(":1.1"), 1000, now));
    admission.countRefused(1000, 50ms, now);
    EXPECT_FALSE(admission.assignUser(*admission.enter(":1.2"), 1000, now));
    EXPECT_TRUE(admission.assignUser(*admission.enter(":1.3"), 1001, now)) << "another user";
    EXPECT_FALSE(admission.assignUser(*admission.enter(":1.2"), 1000, now + 100ms)) << "120 of 140 ms are left";
    EXPECT_TRUE(admission.assignUser(*admission.enter(":1.2"), 1000, now + 250ms));
}

/// The usual limits: 400 calls at once, 40 a second for ever.
TEST(Admission, whoAsksFortyTimesASecondIsListenedToForEver) {
    using namespace std::chrono_literals;
    Admission admission;
    MonotonicTime now{1h};
    const auto isHeard = [&](std::uint32_t uid) {
        const auto request = admission.enter(":1.1");
        const bool heard = admission.assignUser(*request, uid, now);
        admission.leave(*request);
        return heard;
    };
    for (int call = 0; call < 4000; ++call, now += 25ms)
        admission.countRefused(1000, 1us, now);
    EXPECT_TRUE(isHeard(1000));
    for (int call = 0; call < 4000; ++call, now += 20ms)
        admission.countRefused(1001, 1us, now);
    EXPECT_FALSE(isHeard(1001));
    for (int call = 0; call < 399; ++call)
        admission.countRefused(1002, 1us, now);
    EXPECT_TRUE(isHeard(1002));
    admission.countRefused(1002, 1us, now);
    EXPECT_FALSE(isHeard(1002));
}

TEST(Admission, whoHasLeftIsNobody) {
    Admission admission;
    const auto request = admission.enter(":1.1");
    admission.leave(*request);
    admission.leave(*request);
    EXPECT_FALSE(admission.assignUser(*request, 1000));
    EXPECT_EQ(admission.waiting(), 0U);
}

} // namespace
} // namespace halfopen
