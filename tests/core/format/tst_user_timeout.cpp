// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/explain.h"
#include "core/format/user_timeout.h"
#include "tests/frames/frame_maker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace test;
using testing::HasSubstr;

Scripted scripted(std::uint32_t ms, std::uint32_t rtoUs = 204'000) {
    Scripted row = owned(1);
    row.options = exactOptions(7200, 75, 9, Switch::Off);
    row.options->userTimeout = Millis(ms);
    row.connection.info.rtoUs = rtoUs;
    return row;
}

Row withTimeout(std::uint32_t ms, std::uint32_t rtoUs = 204'000) {
    return makeRow(scripted(ms, rtoUs));
}

std::string shown(const Scripted& row) {
    std::string text;
    const Frame frame = makeFrame({row});
    for (const Sentence& sentence : explain(frame.rows[0], frame))
        text += inEnglish(sentence) + "\n";
    return text;
}

TEST(UserTimeout, isToldAsItWasSet) {
    EXPECT_EQ(inEnglish(userTimeoutText(Millis(0))), "none");
    EXPECT_EQ(inEnglish(userTimeoutText(Millis(4))), "4 ms");
    EXPECT_EQ(inEnglish(userTimeoutText(Millis(1500))), "1500 ms");
    EXPECT_EQ(inEnglish(userTimeoutText(Millis(4000))), "4 s");
    EXPECT_EQ(inEnglish(userTimeoutText(Millis(30'000))), "30 s");
    EXPECT_EQ(inEnglish(userTimeoutText(Millis(120'000))), "2m");
}

TEST(UserTimeout, oneThatIsOverBeforeAnythingIsSentAgainSaysWhatItDoes) {
    EXPECT_THAT(inEnglish(userTimeoutEffect(withTimeout(4))),
                HasSubstr("4 ms is over before anything is sent again (after 204 ms)"));
    EXPECT_THAT(inEnglish(userTimeoutEffect(withTimeout(4))), HasSubstr("perhaps 4 s were meant"));
    EXPECT_THAT(inEnglish(userTimeoutEffect(withTimeout(2000, 3'000'000))), HasSubstr("2 s is over"));
    EXPECT_EQ(inEnglish(userTimeoutEffect(withTimeout(30'000))), "");
    EXPECT_EQ(inEnglish(userTimeoutEffect(withTimeout(0))), "");
    Scripted unsampled = scripted(199);
    unsampled.connection.info = {}; // where a socket is locked, no tcp_info is asked for
    unsampled.connection.infoRequested = false;
    EXPECT_NE(inEnglish(userTimeoutEffect(makeRow(unsampled))), "") << "200 ms is the least there is";
}

TEST(UserTimeout, standsInTheSentencesOfAConnection) {
    EXPECT_THAT(shown(scripted(4)), HasSubstr("user timeout 4 ms (exact)"));
    EXPECT_THAT(shown(scripted(4)), HasSubstr("one lost packet or one unanswered probe ends the connection"));
    EXPECT_THAT(shown(scripted(30'000)), HasSubstr("user timeout 30 s (exact)"));
}

} // namespace
} // namespace halfopen
