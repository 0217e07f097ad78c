// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/order.h"
#include "tests/core/frame_maker.h"

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

Row givesUpIn(std::uint64_t cookie, std::uint32_t ms) {
    Row row = makeRow(cookie);
    row.forecast = Forecast{.givesUp = {Millis(ms), Millis(ms), Millis(ms)}, .cause = GiveUpCause::Keepalive};
    return row;
}

TEST(Order, kernelOrderIsTheDumps) {
    EXPECT_EQ(arranged(makeFrame({makeRow(3), makeRow(1), makeRow(2)}), {.sort = SortKey::Kernel}), (Cookies{3, 1, 2}));
}

TEST(Order, whatHasNoValueComesLastEitherWay) {
    const Frame frame = makeFrame({makeRow(1), givesUpIn(2, 5000), givesUpIn(3, 100)});
    EXPECT_EQ(arranged(frame, {.sort = SortKey::GivesUp}), (Cookies{3, 2, 1}));
    Row listener = makeRow(4);
    listener.forecast = Forecast{};
    Frame more = makeFrame({listener, givesUpIn(2, 5000), givesUpIn(3, 100)});
    EXPECT_EQ(arranged(more, {.sort = SortKey::GivesUp, .descending = true}), (Cookies{2, 3, 4}));
}

TEST(Order, equalRowsStandInTheOrderOfTheirCookies) {
    const Frame frame = makeFrame({makeRow(9), makeRow(4), makeRow(7)});
    EXPECT_EQ(arranged(frame, {.sort = SortKey::State}), (Cookies{4, 7, 9}));
    EXPECT_EQ(arranged(frame, {.sort = SortKey::State, .descending = true}), (Cookies{4, 7, 9}));
}

TEST(Order, countdownsAreOrderedByTheirMomentNotByTheirSample) {
    Row late = givesUpIn(1, 1000);
    late.connection.sampled += std::chrono::seconds(5);
    EXPECT_EQ(arranged(makeFrame({late, givesUpIn(2, 3000)}), {.sort = SortKey::GivesUp}), (Cookies{2, 1}));
}

TEST(Order, diagnosisPutsTroubleFirst) {
    Row suspect = makeRow(5);
    suspect.diagnosis = Diagnosis::Suspect;
    Row listener = makeRow(1);
    listener.diagnosis = Diagnosis::Listening;
    EXPECT_EQ(arranged(makeFrame({listener, makeRow(2), suspect}), {.sort = SortKey::Diagnosis}), (Cookies{5, 2, 1}));
}

TEST(Order, textAndAddressesSortAsTheyRead) {
    Row nobody = makeRow(1, "9.0.0.1");
    nobody.connection.inode = 0;
    const Frame frame = makeFrame({nobody, makeRow(3, "10.0.0.1"), makeRow(2, "10.0.0.2")});
    EXPECT_EQ(arranged(frame, {.sort = SortKey::Process}), (Cookies{2, 3, 1}));
    EXPECT_EQ(arranged(frame, {.sort = SortKey::Process, .descending = true}), (Cookies{3, 2, 1}));
    EXPECT_EQ(arranged(frame, {.sort = SortKey::Remote}), (Cookies{1, 3, 2}));
}

TEST(Order, filterAndQuickButtonBothApply) {
    Row guarded = makeRow(2);
    guarded.diagnosis = Diagnosis::Guarded;
    const Frame frame = makeFrame({makeRow(1), guarded, makeRow(3, "10.9.9.9")});
    EXPECT_EQ(arranged(frame, {.filter = "10.9.9.9", .quick = QuickFilter::Unguarded}), Cookies{3});
    EXPECT_EQ(arranged(frame, {.quick = QuickFilter::Guarded}), Cookies{2});
}

} // namespace
} // namespace halfopen
