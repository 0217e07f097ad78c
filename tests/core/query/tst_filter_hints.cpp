// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/filter_hints.h"
#include "tests/frames/frame_maker.h"

#include <gtest/gtest.h>

#include <string>

namespace halfopen {
namespace {

using namespace test;

const Frame& machine() {
    static const Frame frame = [] {
        Scripted one = guarded(unguarded(1, "203.0.113.9", 5432));
        one.owners = {{811, 3, "firefox"}};
        FrameMaker maker{one, unguarded(2)};
        return *maker.build();
    }();
    return frame;
}

std::string hintsOf(std::string_view text) {
    std::string all;
    for (const FilterHint& hint : hintsFor(Filter(text), machine()))
        all += (all.empty() ? "" : " | ") + inEnglish(sentenceOf(hint));
    return all;
}

TEST(FilterHints, tellWhatNoConnectionHasAndWhatMayHaveBeenMeant) {
    EXPECT_EQ(hintsOf("htps"), "No connection has 'htps' anywhere; did you mean https (port 443)?");
    EXPECT_EQ(hintsOf("firefx"), "No connection has 'firefx' anywhere; did you mean firefox?");
    EXPECT_EQ(hintsOf("unguarted"), "No connection has 'unguarted' anywhere; did you mean unguarded?");
    EXPECT_EQ(hintsOf("user:alise"), "No connection has 'alise' anywhere; did you mean alice?");
    EXPECT_EQ(hintsOf("xyzzy"), "No connection has 'xyzzy' anywhere.");
    EXPECT_EQ(hintsOf("firefox or xyzzy"), "No connection has 'xyzzy' anywhere.");
    EXPECT_EQ(hintsOf("60"), "No connection has '60' anywhere; did you mean keepidle=60?");
}

TEST(FilterHints, doNotTellOfWhatIsThereOrIsNotToBeThere) {
    for (const char* text :
         {"firefox", "alice", "443", "-xyzzy", "not (xyzzy or htps)", "never", "suspect", "ssh", "state time-wait", ""})
        EXPECT_EQ(hintsOf(text), "") << text;
}

TEST(FilterHints, nameThePlaceInTheText) {
    const auto hints = hintsFor(Filter("unguarded  htps"), machine());
    ASSERT_EQ(hints.size(), 1U);
    EXPECT_EQ(hints.front().from, 11U);
    EXPECT_EQ(hints.front().to, 15U);
}

} // namespace
} // namespace halfopen
