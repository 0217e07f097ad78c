// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/filter.h"
#include "tests/frames/frame_maker.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace test;

/// Cookies of the rows that a filter lets through.
std::vector<std::uint64_t> found(const Frame& frame, std::string_view words) {
    std::vector<std::uint64_t> cookies;
    const Filter filter(words);
    for (const Row& row : frame.rows) {
        if (filter.matches(row, frame))
            cookies.push_back(row.connection.cookie);
    }
    return cookies;
}

using Cookies = std::vector<std::uint64_t>;

Frame threeRows() {
    return makeFrame({guarded(owned(1, "203.0.113.9", 5432)), owned(2), abandoned(owned(3, "2001:db8::9", 443))});
}

TEST(Filter, emptyLetsEverythingThrough) {
    EXPECT_EQ(found(threeRows(), ""), (Cookies{1, 2, 3}));
    EXPECT_EQ(found(threeRows(), "  \t"), (Cookies{1, 2, 3}));
}

TEST(Filter, anAddressOfALinkIsToldApartByItsZone) {
    Scripted onA = owned(1, "fe80::b", 22);
    onA.connection.interface = 7;
    Scripted onB = owned(2, "fe80::b", 22);
    onB.connection.interface = 8;
    Scripted nameless = owned(3, "fe80::b", 22);
    nameless.connection.interface = 9;
    FrameMaker maker{onA, onB, nameless, owned(4, "2001:db8::b", 22)};
    maker.machine.interfaces = {{7, "vA"}, {8, "vB"}};
    const Frame frame = *maker.build();
    EXPECT_EQ(found(frame, "fe80::b"), (Cookies{1, 2, 3}));
    EXPECT_EQ(found(frame, "fe80::b%vA"), Cookies{1});
    EXPECT_EQ(found(frame, "[fe80::b%vB]"), Cookies{2});
    EXPECT_EQ(found(frame, "[fe80::b%vB]:22"), Cookies{2});
    EXPECT_EQ(found(frame, "[fe80::b%vB]:23"), Cookies{});
    EXPECT_EQ(found(frame, "fe80::b%8"), Cookies{2}) << "by index";
    EXPECT_EQ(found(frame, "fe80::b%9"), Cookies{3});
    EXPECT_EQ(found(frame, "%va"), Cookies{1}) << "as written, any case";
    EXPECT_EQ(found(frame, "fe80::b%"), (Cookies{1, 2, 3})) << "not typed to its end yet";
    EXPECT_EQ(found(frame, "fe80::b%nope"), Cookies{});
    EXPECT_EQ(found(frame, "2001:db8::b%vA"), Cookies{});
}

TEST(Filter, guardedDoesNotFindUnguarded) {
    EXPECT_EQ(found(threeRows(), "guarded"), Cookies{1});
    EXPECT_EQ(found(threeRows(), "unguarded"), Cookies{2});
    EXPECT_EQ(found(threeRows(), "ungu"), Cookies{2});
}

TEST(Filter, conditionsAreFoundByTheirWords) {
    Scripted full = listening(3, "0.0.0.0", 8000, 4);
    full.connection.receiveQueue = 5;
    const Frame frame = makeFrame({owned(1), droppedHere(owned(2)), full});
    EXPECT_EQ(found(frame, "local-drop"), Cookies{2});
    EXPECT_EQ(found(frame, "local-"), Cookies{2});
    EXPECT_EQ(found(frame, "Accept-Queue-Full"), Cookies{3});
    EXPECT_EQ(found(frame, "drop"), Cookies{});
}

TEST(Filter, boundSocketsAreFoundByTheirState) {
    Scripted bound = owned(1);
    bound.connection.state = State::Bound;
    bound.connection.remote = endpoint("0.0.0.0", 0);
    const Frame frame = makeFrame({bound, owned(2)});
    EXPECT_EQ(found(frame, "bound"), Cookies{1});
}

TEST(Filter, numbersArePortsOrPids) {
    EXPECT_EQ(found(threeRows(), "443"), (Cookies{2, 3}));
    EXPECT_EQ(found(threeRows(), ":5432"), Cookies{1});
    EXPECT_EQ(found(threeRows(), "40002"), Cookies{2});
    EXPECT_EQ(found(threeRows(), "103"), Cookies{3});
    EXPECT_EQ(found(threeRows(), "99999999999"), Cookies{});
}

TEST(Filter, addressesMatchWholeOrAsTheyAreWritten) {
    EXPECT_EQ(found(threeRows(), "203.0.113.9"), Cookies{1});
    EXPECT_EQ(found(threeRows(), "203.0.113.9:5432"), Cookies{1});
    EXPECT_EQ(found(threeRows(), "203.0.113.9:443"), Cookies{});
    EXPECT_EQ(found(threeRows(), "[2001:db8::9]:443"), Cookies{3});
    EXPECT_EQ(found(threeRows(), "2001:0db8::9"), Cookies{3});
    EXPECT_EQ(found(threeRows(), "198.51"), Cookies{2});
}

TEST(Filter, statesTakeTheShortFormsOfSs) {
    EXPECT_EQ(found(threeRows(), "close-w"), Cookies{3});
    EXPECT_EQ(found(threeRows(), "estab"), (Cookies{1, 2}));
    EXPECT_EQ(found(threeRows(), "CLOSE_WAIT"), Cookies{3});
}

TEST(Filter, allWordsMustMatch) {
    EXPECT_EQ(found(threeRows(), "443 unguarded"), Cookies{2});
    EXPECT_EQ(found(threeRows(), "P2 alice"), Cookies{2});
    EXPECT_EQ(found(threeRows(), "alice bob"), Cookies{});
}

TEST(QuickFilter, letsThroughWhatItSays) {
    const Row row = makeRow(owned(1));
    EXPECT_TRUE(matches(QuickFilter::All, row));
    EXPECT_TRUE(matches(QuickFilter::Established, row));
    EXPECT_TRUE(matches(QuickFilter::Unguarded, row));
    EXPECT_FALSE(matches(QuickFilter::Guarded, row));
    const Row listener = makeRow(listening(2));
    EXPECT_TRUE(matches(QuickFilter::Listening, listener));
    EXPECT_FALSE(matches(QuickFilter::Established, listener));
}

TEST(Filter, cookiesNameConnectionsOneByOne) {
    const Frame frame = threeRows();
    EXPECT_EQ(found(frame, "sk:1"), (Cookies{1}));
    EXPECT_EQ(found(frame, "sk:3,0x1"), (Cookies{1, 3}));
    EXPECT_EQ(found(frame, "sk:3,1 443"), (Cookies{3}));
    EXPECT_EQ(found(frame, "sk:1d2"), Cookies{});
    EXPECT_EQ(found(frame, "sk:"), Cookies{});
    EXPECT_EQ(found(frame, "sk:xyz"), Cookies{});
}

} // namespace
} // namespace halfopen
