// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/order.h"
#include "tests/frames/frame_maker.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace test;
using Cookies = std::vector<std::uint64_t>;

Cookies arranged(Frame frame, const Query& query) {
    frame.query = query;
    arrange(frame);
    Cookies cookies;
    for (const auto index : frame.shown)
        cookies.push_back(frame.rows[index].connection.cookie);
    return cookies;
}

/// Keepalive 60/10/6 with the last probe out: given up when its timer fires.
Scripted givesUpIn(std::uint64_t cookie, std::uint32_t ms) {
    Scripted row = suspect(owned(cookie));
    row.connection.timer = {.expires = Millis(ms), .raw = 2, .retransmits = 6};
    row.connection.info.probes = 6;
    return row;
}

TEST(Order, kernelOrderIsTheDumps) {
    EXPECT_EQ(arranged(makeFrame({owned(3), owned(1), owned(2)}), {.sort = SortKey::Kernel}), (Cookies{3, 1, 2}));
}

TEST(Order, whatHasNoValueComesLastEitherWay) {
    const Frame frame = makeFrame({owned(1), givesUpIn(2, 5000), givesUpIn(3, 100)});
    EXPECT_EQ(arranged(frame, {.sort = SortKey::GivesUp}), (Cookies{3, 2, 1}));
    Frame more = makeFrame({listening(4), givesUpIn(2, 5000), givesUpIn(3, 100)});
    EXPECT_EQ(arranged(more, {.sort = SortKey::GivesUp, .descending = true}), (Cookies{2, 3, 4}));
}

TEST(Order, whatIsLeftEmptyOnTheScreenHasNoValue) {
    const Frame frame = makeFrame({timeWait(7), owned(1), suspect(owned(5)), listening(4)});
    for (const bool descending : {false, true}) {
        EXPECT_EQ(arranged(frame, {.sort = SortKey::NextProbe, .descending = descending}), (Cookies{5, 1, 4, 7}))
            << "the end of a TIME-WAIT is no probe";
        EXPECT_EQ(arranged(frame, {.sort = SortKey::Unanswered, .descending = descending}).front(), 5U);
        EXPECT_EQ(arranged(frame, {.sort = SortKey::Keepalive, .descending = descending}).back(), 7U);
    }
}

TEST(Order, equalRowsStandInTheOrderOfTheirCookies) {
    const Frame frame = makeFrame({owned(9), owned(4), owned(7)});
    EXPECT_EQ(arranged(frame, {.sort = SortKey::State}), (Cookies{4, 7, 9}));
    EXPECT_EQ(arranged(frame, {.sort = SortKey::State, .descending = true}), (Cookies{4, 7, 9}));
}

TEST(Order, countdownsAreOrderedByTheirMomentNotByTheirSample) {
    Scripted late = givesUpIn(1, 1000);
    late.connection.sampled += std::chrono::seconds(5);
    EXPECT_EQ(arranged(makeFrame({late, givesUpIn(2, 3000)}), {.sort = SortKey::GivesUp}), (Cookies{2, 1}));
}

TEST(Order, diagnosisPutsTroubleFirst) {
    EXPECT_EQ(arranged(makeFrame({listening(1), owned(2), suspect(owned(5))}), {.sort = SortKey::Diagnosis}),
              (Cookies{5, 2, 1}));
}

TEST(Order, textAndAddressesSortAsTheyRead) {
    const Frame frame = makeFrame({unguarded(1, "9.0.0.1"), owned(3, "10.0.0.1"), owned(2, "10.0.0.2")});
    EXPECT_EQ(arranged(frame, {.sort = SortKey::Process}), (Cookies{2, 3, 1}));
    EXPECT_EQ(arranged(frame, {.sort = SortKey::Process, .descending = true}), (Cookies{3, 2, 1}));
    EXPECT_EQ(arranged(frame, {.sort = SortKey::Remote}), (Cookies{1, 3, 2}));
}

TEST(Order, filterAndQuickButtonBothApply) {
    const Frame frame = makeFrame({owned(1), guarded(owned(2)), owned(3, "10.9.9.9")});
    EXPECT_EQ(arranged(frame, {.filter = "10.9.9.9", .quick = QuickFilter::Unguarded}), Cookies{3});
    EXPECT_EQ(arranged(frame, {.quick = QuickFilter::Guarded}), Cookies{2});
}

} // namespace
} // namespace halfopen
