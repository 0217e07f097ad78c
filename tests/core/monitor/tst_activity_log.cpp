// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/activity_log.h"

#include <gtest/gtest.h>

#include <numeric>

namespace halfopen {
namespace {

using namespace std::chrono_literals;

constexpr MonotonicTime kBegin{1h};

EndedConnectionPtr ended(Ending ending) {
    EndedConnection one;
    one.ending = ending;
    return std::make_shared<const EndedConnection>(one);
}

TEST(ActivityLog, addsUpWhateverFramesAreSeen) {
    ActivityLog log(kBegin);
    log.add({.taken = kBegin, .connections = {3}});
    const std::vector two{ended(Ending::Reset), ended(Ending::KeepaliveExhausted)};
    log.add({.taken = kBegin + 1s, .appeared = 2, .vanished = 1, .endings = two, .forecasts = {.kept = 4}});
    const std::vector one{ended(Ending::Reset)};
    const ActivityPtr now = log.add({.taken = kBegin + 2s,
                                     .appeared = 1,
                                     .connections = {5},
                                     .endings = one,
                                     .forecasts = {.kept = 7, .excused = 1, .broken = 2},
                                     .eventsLost = 3});
    EXPECT_EQ(now->since, kBegin);
    EXPECT_EQ(now->connections, (DiagnosisCounts{5}));
    EXPECT_EQ(now->total.appeared, 3U);
    EXPECT_EQ(now->total.vanished, 1U);
    EXPECT_EQ(now->total.endings[static_cast<std::size_t>(Ending::Reset)], 2U);
    EXPECT_EQ(now->total.endings[static_cast<std::size_t>(Ending::KeepaliveExhausted)], 1U);
    EXPECT_EQ(now->total.kept, 7U);
    EXPECT_EQ(now->total.excused, 1U);
    EXPECT_EQ(now->total.broken, 2U);
    EXPECT_EQ(now->eventsLost, 3U);
    ASSERT_EQ(now->minutes.size(), 1U);
    EXPECT_EQ(now->minutes.back().happened, now->total);
}

TEST(ActivityLog, keepsAPointEveryFewSecondsForHalfAnHour) {
    ActivityLog log(kBegin);
    ActivityPtr now;
    for (std::chrono::seconds at{0}; at <= 40min; at += 1s)
        now = log.add({.taken = kBegin + at, .connections = {static_cast<std::uint32_t>(at.count())}});
    ASSERT_EQ(now->points.size(), Activity::kPoints + 1);
    EXPECT_EQ(now->points.back().taken - now->points.front().taken, 30min);
    EXPECT_EQ(now->points.back().connections[0], 2400U);
    now = log.add({.taken = kBegin + 3h, .connections = {7}});
    ASSERT_EQ(now->points.size(), 1U) << "a gap, as after a suspend, is none of the last half an hour";
}

TEST(ActivityLog, minutesHaveNoGapsAndTheirSumIsTheTotal) {
    ActivityLog log(kBegin);
    ActivityPtr now;
    for (const auto at : {0s, 30s, 59s, 60s, 200s, 239s})
        now = log.add({.taken = kBegin + at, .appeared = 1, .connections = {static_cast<std::uint32_t>(at.count())}});
    ASSERT_EQ(now->minutes.size(), 4U);
    std::vector<std::uint64_t> appeared;
    std::vector<std::uint32_t> there;
    for (const ActivityMinute& minute : now->minutes) {
        EXPECT_EQ((minute.begin - kBegin) % 1min, 0s);
        appeared.push_back(minute.happened.appeared);
        there.push_back(minute.connections[0]);
    }
    EXPECT_EQ(appeared, (std::vector<std::uint64_t>{3, 1, 0, 2}));
    EXPECT_EQ(there, (std::vector<std::uint32_t>{59, 60, 60, 239}))
        << "a minute without a sample is as the last one was";
    EXPECT_EQ(std::accumulate(appeared.begin(), appeared.end(), std::uint64_t{0}), now->total.appeared);
}

TEST(ActivityLog, anHourIsKept) {
    ActivityLog log(kBegin);
    ActivityPtr now;
    for (int minute = 0; minute < 100; ++minute)
        now = log.add({.taken = kBegin + std::chrono::minutes(minute)});
    EXPECT_EQ(now->minutes.size(), Activity::kMinutes);
    EXPECT_EQ(now->minutes.back().begin, kBegin + 99min);
    now = log.add({.taken = kBegin + std::chrono::hours(48) + 10s, .appeared = 1}); // the machine slept
    ASSERT_EQ(now->minutes.size(), 1U);
    EXPECT_EQ(now->minutes.back().begin, kBegin + std::chrono::hours(48));
    EXPECT_EQ(now->total.appeared, 1U);
}

TEST(ActivityLog, whatWasHandedOutStaysAsItWas) {
    ActivityLog log(kBegin);
    const ActivityPtr before = log.add({.taken = kBegin, .appeared = 1});
    const Activity copy = *before;
    log.add({.taken = kBegin + 1s, .appeared = 1});
    EXPECT_EQ(*before, copy);
}

} // namespace
} // namespace halfopen
