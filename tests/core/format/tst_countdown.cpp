// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/countdown.h"

#include <gmock/gmock.h>

namespace halfopen {
namespace {

using namespace std::chrono_literals;

Moment at(Millis time) {
    return {time, time, time};
}

/// What a list tells of a moment; a sentence and the window's cell of the very sample have to tell the same.
std::string cell(const Moment& moment, bool guess = false) {
    const auto countdown = countdownTo(moment, {}, {}, guess);
    const std::string text = momentCell(moment, guess);
    EXPECT_EQ(inEnglish(shortly(countdown)), text);
    EXPECT_EQ(inEnglish(momentClause(moment, guess)), inEnglish(asClause(countdown)));
    return text;
}

TEST(Countdown, isRoundedUpInTheStepInWhichItIsWritten) {
    EXPECT_EQ(cell(at(3'901ms)), "4.0 s");
    EXPECT_EQ(cell(at(9'999ms)), "10.0 s");
    EXPECT_EQ(cell(at(41'001ms)), "42 s");
    EXPECT_EQ(cell(at(59'001ms)), "1m");
    EXPECT_EQ(cell(at(3'600'001ms)), "1h 1m") << "not over yet in an hour";
    EXPECT_EQ(cell(at(7'199'001ms)), "2h");
    EXPECT_EQ(cell(at(Millis(25 * 3'600'000 + 1))), "1d 2h");
    EXPECT_EQ(cell(at(Millis(0))), "due");
    EXPECT_EQ(cell(at(Millis::max())), "> 49 d");
}

TEST(Countdown, aBandIsNeverShownAsAPointAndHoldsBothEnds) {
    EXPECT_EQ(cell({60'000ms, 59'000ms, 61'000ms}), "1m \u00b12 s");
    EXPECT_EQ(cell({4'330'000ms, 4'324'000ms, 4'336'000ms}), "1h 12m \u00b11m");
    EXPECT_EQ(cell({Millis(3'600'000), Millis(3'599'900), Millis(3'600'100)}), "1h \u00b11m");
    EXPECT_EQ(cell({4'225ms, 4'210ms, 4'240ms}), "4.2 s \u00b10.1 s");
    EXPECT_EQ(cell({Millis(90'000'000), Millis(90'000'000), Millis(97'000'000)}), "1d 2h \u00b12h");
}

TEST(Countdown, aBandThatHasBegunEndsWithin) {
    EXPECT_EQ(cell({2s, 0s, 3'950ms}), "within 4.0 s");
    EXPECT_EQ(inEnglish(momentClause({2s, 0s, 3'950ms})), "within 4.0 s");
}

TEST(Countdown, whatNothingBoundsBeginsSomeTime) {
    EXPECT_EQ(cell({1h, 1h, Millis::max()}), "from 1h");
    EXPECT_EQ(inEnglish(momentClause({1h, 1h, Millis::max()})), "in 1h or any time later");
}

TEST(Countdown, aGuessIsMarkedInFrontOfItsNumber) {
    EXPECT_EQ(cell(at(42s), true), "~42 s");
    EXPECT_EQ(cell({2s, 0s, 3'950ms}, true), "within ~4.0 s");
    EXPECT_EQ(inEnglish(momentClause(at(42s), true)), "in ~42 s");
    EXPECT_EQ(inEnglish(momentClause(at(Millis(0)), true)), "now due");
}

TEST(Countdown, isOfTheLanguageOfItsTable) {
    const Language upper([](std::string_view english) -> std::string_view {
        return english == "{0}m {1}s"       ? "{0} MIN {1} SEC"
               : english == "{0} s"         ? "{0} SEC"
               : english == "{0} \u00b1{1}" ? "{0} GIVE OR TAKE {1}"
               : english == "> 49 d"        ? "LONG"
                                            : english;
    });
    EXPECT_EQ(momentCell(at(724s), false, upper), "12 MIN 4 SEC");
    EXPECT_EQ(momentCell({724s, 722s, 726s}, false, upper), "12 MIN 4 SEC GIVE OR TAKE 3 SEC");
}

TEST(Countdown, withoutTenthsRunsInSeconds) {
    EXPECT_EQ(inEnglish(shortly(countdownTo(at(3'901ms), {}, {}, false, false))), "4 s");
}

} // namespace
} // namespace halfopen
