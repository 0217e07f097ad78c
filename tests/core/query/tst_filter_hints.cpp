// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/filter_hints.h"
#include "tests/frames/frame_maker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>

namespace halfopen {
namespace {

using namespace test;

const Frame& machine() {
    static const Frame frame = [] {
        Scripted one = guarded(unguarded(1, "203.0.113.9", 5432));
        one.owners = {{811, 3, "firefox",
                       std::make_shared<const ProcessUnit>(
                           ProcessUnit{.unit = "web.service", .user = false, .runtime = {}, .container = {}})}};
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
    EXPECT_EQ(hintsOf("user:alise"), "No connection has 'user:alise' anywhere; did you mean user:alice?");
    EXPECT_EQ(hintsOf("user=alise"), "No connection has 'user=alise' anywhere; did you mean user=alice?");
    EXPECT_EQ(hintsOf("xyzzy"), "No connection has 'xyzzy' anywhere.");
    EXPECT_EQ(hintsOf("firefox or xyzzy"), "No connection has 'xyzzy' anywhere.");
    EXPECT_EQ(hintsOf("tcp"), "No connection has 'tcp' anywhere: all that are shown are TCP.");
    EXPECT_EQ(hintsOf("idl:10m"), "No connection has 'idl:10m' anywhere; did you mean idle:10m?");
}

TEST(FilterHints, aBareNumberIsAPortOrAProcessAndWhatElseShowsItIsNamed) {
    EXPECT_EQ(hintsOf("60"), "No connection has the port or the process 60; did you mean keepidle=60?");
    EXPECT_EQ(hintsOf("10"), "No connection has the port or the process 10; did you mean keepintvl=10?");
    EXPECT_EQ(hintsOf("6"), "No connection has the port or the process 6; did you mean keepcnt=6?");
    EXPECT_EQ(hintsOf("61"), "No connection has the port or the process 61.");
}

TEST(FilterHints, nameTheKeyAndNeverWhatWasTyped) {
    EXPECT_EQ(hintsOf("unit:firefox"), "No connection has 'unit:firefox' anywhere; did you mean process:firefox?");
    EXPECT_EQ(hintsOf("container:web.service"),
              "No connection has 'container:web.service' anywhere; did you mean unit:web.service?");
    EXPECT_EQ(hintsOf("unit:web.servic=x"), "") << "an error";
    EXPECT_EQ(hintsOf("unit:web.servise"), "No connection has 'unit:web.servise' anywhere; did you mean "
                                           "unit:web.service?");
    EXPECT_EQ(hintsOf("process=firefo"), "No connection has 'process=firefo' anywhere; did you mean process=firefox?");
    EXPECT_EQ(hintsOf("dev xyzzy"), "No connection has 'dev xyzzy' anywhere.");
    EXPECT_EQ(hintsOf("program:firefox"),
              "No connection has 'program:firefox' anywhere; did you mean process:firefox?");
}

TEST(FilterHints, tellOfAListWhatIsMissingAndNotTheList) {
    EXPECT_EQ(hintsOf("443,811"), "");
    EXPECT_EQ(hintsOf("firefox,alice"), "");
    EXPECT_EQ(hintsOf("firefox,xyzzy"), "No connection has 'xyzzy' anywhere.");
    EXPECT_EQ(hintsOf("process:firefox,xyzzy"), "No connection has 'process:xyzzy' anywhere.");
    EXPECT_EQ(hintsOf("\"xyzzy,plugh\""), "No connection has 'xyzzy,plugh' anywhere.") << "a name with a comma";
}

/// In the first sample everything is as old as Halfopen's look, and nothing has moved.
TEST(FilterHints, tellOfWhatOneSampleDoesNotKnow) {
    EXPECT_EQ(hintsOf("age<1m"), "age is not known from one sample, so nothing compares with it.");
    EXPECT_EQ(hintsOf("not rate-sent>0"), "rate-sent is not known from one sample, so nothing compares with it.");
    const auto shown = [](const FramePtr& frame, std::string_view text) {
        return std::ranges::count_if(frame->rows, [&](const Row& row) { return Filter(text).matches(row, *frame); });
    };
    FrameMaker maker{unguarded(1), unguarded(2)};
    const FramePtr first = maker.build();
    EXPECT_EQ(shown(first, "age<1m"), 0);
    EXPECT_EQ(shown(first, "age:none"), 2);
    EXPECT_EQ(shown(first, "rate-sent=0"), 0);
    Frame second = *first;
    second.sequence = 2;
    const auto now = std::make_shared<const Frame>(second);
    EXPECT_EQ(shown(now, "age<1m"), 2);
    EXPECT_EQ(shown(now, "rate-sent=0"), 2);
    EXPECT_TRUE(hintsFor(Filter("age<1m"), *now).empty());
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
