// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stream/told_so_far.h"
#include "tests/frames/frame_maker.h"

#include <gtest/gtest.h>

namespace halfopen::stream {
namespace {

using namespace test;
using namespace std::chrono_literals;

std::vector<std::uint64_t> cookiesOf(const Told& told) {
    std::vector<std::uint64_t> cookies;
    for (const ToldSocket& socket : told.sockets)
        cookies.push_back(socket.cookie);
    return cookies;
}

using Cookies = std::vector<std::uint64_t>;

TEST(ToldSoFar, whatIsKnownIsToldOnce) {
    FrameSeries series;
    ToldSoFar told;
    const std::vector<Scripted> both{guarded(owned(1)), unguarded(2)};
    const Told first = told.newsOf(*series.next(both));
    ASSERT_EQ(cookiesOf(first), Cookies{1}) << "of the other nobody knows anything";
    EXPECT_EQ(first.sockets[0].options, exactOptions(60, 10, 6));
    EXPECT_EQ(first.sockets[0].owners.front().name, "p1");
    EXPECT_EQ(first.sockets[0].why, OwnerUnknown::Known);
    EXPECT_TRUE(told.newsOf(*series.next({later(both[0], 1s), later(both[1], 1s)})).sockets.empty());
}

TEST(ToldSoFar, changesAreTold) {
    FrameSeries series;
    ToldSoFar told;
    Scripted one = guarded(owned(1));
    told.newsOf(*series.next({one}));
    one = later(one, 1s);
    one.owners.push_back({.pid = 900, .fd = 7, .name = "other"});
    const Told shared = told.newsOf(*series.next({one}));
    ASSERT_EQ(cookiesOf(shared), Cookies{1});
    EXPECT_EQ(shared.sockets[0].owners.size(), 2U);
    one = later(one, 1s);
    one.options->intervalSeconds = 11;
    const Told changed = told.newsOf(*series.next({one}));
    ASSERT_EQ(cookiesOf(changed), Cookies{1});
    EXPECT_EQ(changed.sockets[0].options->intervalSeconds, 11);
}

TEST(ToldSoFar, afterANewSettingEverythingIsToldAgain) {
    FrameSeries series;
    ToldSoFar told;
    const Scripted one = guarded(owned(1));
    told.newsOf(*series.next({one}));
    told.forgetOptions();
    EXPECT_EQ(cookiesOf(told.newsOf(*series.next({later(one, 1s)}))), Cookies{1});
}

TEST(ToldSoFar, whyNobodyIsKnownIsTold) {
    FrameSeries series;
    ToldSoFar told;
    Scripted one = unguarded(1);
    one.ownerUnknown = OwnerUnknown::OtherUser;
    const Told first = told.newsOf(*series.next({one, timeWait(2)}));
    ASSERT_EQ(cookiesOf(first), Cookies{1}) << "that a timewait socket has no owner is seen by itself";
    EXPECT_EQ(first.sockets[0].why, OwnerUnknown::OtherUser);
}

} // namespace
} // namespace halfopen::stream
