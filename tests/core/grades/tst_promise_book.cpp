// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/grades/promise_book.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

namespace halfopen {
namespace {

using namespace std::chrono_literals;

Promise promise(int number) {
    const MonotonicTime made{std::chrono::seconds(number)};
    return {.made = made, .expected = made + 20ms, .earliest = made + 10ms, .latest = made + 30ms, .assumes = 1U << 22};
}

TEST(PromiseBook, keepsWhatWasPromised) {
    PromiseBook book;
    Promise told = promise(5);
    told.point = true;
    told.latest = MonotonicTime::max();
    told.conditions.add(Condition::LocalDrop);
    book.put(9, told);
    book.note(9, {Sightings::bit(Sighting::PeerAnswered)});
    const auto found = book.find(9);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->made, told.made);
    EXPECT_EQ(found->expected, told.expected);
    EXPECT_EQ(found->latest, MonotonicTime::max());
    EXPECT_TRUE(found->point);
    EXPECT_EQ(found->assumes, 1U << 22);
    EXPECT_TRUE(found->conditions.has(Condition::LocalDrop));
    EXPECT_TRUE(found->seen.has(Sighting::PeerAnswered));
    EXPECT_FALSE(book.find(10).has_value());
}

TEST(PromiseBook, twoHundredThousandCostLessThan64BytesEach) {
    PromiseBook book;
    for (std::uint64_t cookie = 1; cookie <= 200'000; ++cookie)
        book.put(cookie, promise(1));
    EXPECT_EQ(book.size(), 200'000u);
    EXPECT_LE(book.bytes() / book.size(), 64u);
}

RC_GTEST_PROP(PromiseBook, isAMap, ()) {
    PromiseBook book;
    std::map<std::uint64_t, int> model;
    const auto steps = *rc::gen::container<std::vector<std::pair<std::uint64_t, int>>>(
        rc::gen::pair(rc::gen::inRange<std::uint64_t>(1, 200), rc::gen::inRange(-2, 5)));
    for (const auto& [cookie, what] : steps) {
        if (what <= 0) {
            book.erase(cookie);
            model.erase(cookie);
        } else {
            book.put(cookie, promise(what));
            model[cookie] = what;
        }
        RC_ASSERT(book.size() == model.size());
    }
    for (std::uint64_t cookie = 1; cookie < 200; ++cookie) {
        const auto found = book.find(cookie);
        RC_ASSERT(found.has_value() == model.contains(cookie));
        if (found)
            RC_ASSERT(found->made == promise(model[cookie]).made);
    }
}

} // namespace
} // namespace halfopen
