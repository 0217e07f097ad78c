// SPDX-License-Identifier: GPL-3.0-or-later
// What is kept of promises that were not kept.
#include "tests/core/grades/regimes.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace test;

TEST(Broken, theLast256AreKeptInTheirOrder) {
    Grader grader{{"6.18.0", "0.1.0"}};
    grader.beginSample(test::netnsWith({250, 0}), false, Story::kBegin);
    const auto isBroken = [&](std::uint64_t cookie) {
        Row now = retransmitting(2500, cookie);
        grader.compare(retransmitting(1000, cookie), now);
    };
    for (std::uint64_t cookie = 1; cookie <= 260; ++cookie)
        isBroken(cookie);
    isBroken(5); // again, so it is the last now, and nothing gives way to it
    const auto all = grader.allBroken();
    ASSERT_EQ(all.size(), 256U);
    EXPECT_EQ(all.back()->socket.cookie, 5U);
    for (std::size_t i = 0; i + 1 < all.size(); ++i)
        EXPECT_EQ(all[i]->socket.cookie, i + 6);
    EXPECT_EQ(grader.broken(keyOf(4)), nullptr);
}

TEST(Broken, theSameCookieOfAnotherNamespaceIsAnotherConnection) {
    Row before = retransmitting(1000);
    Row now = retransmitting(2500);
    Grader grader{{"6.18.0", "0.1.0"}};
    const auto compareIn = [&](std::uint16_t index) {
        before.connection.netnsIndex = now.connection.netnsIndex = index;
        grader.beginSample(test::netnsWith({250, 0}, {}, NetnsId{1} + index), false, Story::kBegin);
        grader.compare(before, now);
    };
    compareIn(1);
    EXPECT_EQ(grader.broken(keyOf(7)), nullptr);
    ASSERT_NE(grader.broken(keyOf(7, 2)), nullptr);
    compareIn(0);
    EXPECT_EQ(grader.allBroken().size(), 2U);
}

TEST(Broken, thePromisesOfTheSameCookieInTwoNamespacesStandSideBySide) {
    Row before;
    before.connection = retransmitted(1000, 2, 100, 1600).connection;
    before.connection.cookie = 7;
    before.connection.sampled = Story::at(1000);
    before.forecast.cause = GiveUpCause::Retries;
    before.forecast.regime = Regime::Retransmission;
    before.forecast.unanswered = 2;
    before.forecast.givesUp = {Millis(60'000), Millis(60'000), Millis(60'000)};
    Row other = before;
    other.connection.netnsIndex = 1;
    other.forecast.givesUp = {Millis(90'000), Millis(90'000), Millis(90'000)};
    Grader grader{{"6.18.0", "0.1.0"}};
    for (const Row* row : {&before, &other}) {
        Row now = *row;
        now.connection.sampled = Story::at(1500);
        now.forecast.givesUp.expected = now.forecast.givesUp.earliest = now.forecast.givesUp.latest =
            row->forecast.givesUp.expected - Millis(500);
        grader.beginSample(test::netnsWith({250, 0}, {}, NetnsId{1} + row->connection.netnsIndex), false,
                           Story::kBegin);
        grader.compare(*row, now);
        ASSERT_TRUE(now.promiseBooked);
    }
    const auto promise = grader.leave(before);
    ASSERT_TRUE(promise.has_value());
    EXPECT_EQ(promise->expected, Story::at(61'000));
    const auto others = grader.leave(other);
    ASSERT_TRUE(others.has_value());
    EXPECT_EQ(others->expected, Story::at(91'000));
}

} // namespace
} // namespace halfopen
