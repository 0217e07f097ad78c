// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/duration.h"

#include <gtest/gtest.h>

#include <utility>

namespace halfopen {
namespace {

using namespace std::chrono_literals;

TEST(Duration, hasOneFormatInCellsAndInSentences) {
    const std::pair<std::chrono::nanoseconds, const char*> kExpected[] = {{0s, "0 s"},
                                                                          {4'050ms, "4 s"},
                                                                          {4'299ms, "4.2 s"},
                                                                          {44'999ms, "44 s"},
                                                                          {10min, "10m"},
                                                                          {12min + 4s, "12m 4s"},
                                                                          {72min + 4s, "1h 12m"},
                                                                          {2h, "2h"},
                                                                          {76h + 12min, "3d 4h"},
                                                                          {48h, "2d"},
                                                                          {-5s, "0 s"},
                                                                          {Millis::max(), "> 49 d"}};
    for (const auto& [time, text] : kExpected) {
        EXPECT_EQ(durationCell(time), text);
        EXPECT_EQ(inEnglish(durationSentence(time)), text);
    }
}

TEST(Duration, isOfTheLanguageOfItsTable) {
    const Language upper([](std::string_view english) -> std::string_view {
        return english == "{0}m {1}s" ? "{0} MIN {1} SEC" : english == "> 49 d" ? "LONG" : english;
    });
    EXPECT_EQ(durationCell(Millis::max(), upper), "LONG");
    EXPECT_EQ(durationCell(Millis(724'000), upper), "12 MIN 4 SEC");
}

TEST(Duration, anAgeRunsInWholeSeconds) {
    EXPECT_EQ(durationCell(wholeAge(4'299ms)), "4 s");
    EXPECT_EQ(durationCell(wholeAge(-1s)), "0 s");
}

TEST(Duration, aRoundTripHasThreeDigitsAndTheUnitThatFits) {
    const std::pair<std::uint64_t, const char*> kExpected[] = {
        {0, "0 \u00b5s"},     {31, "31 \u00b5s"},   {999, "999 \u00b5s"},    {1'000, "1.00 ms"},
        {4'214, "4.21 ms"},   {9'994, "9.99 ms"},   {9'996, "10.0 ms"},      {42'149, "42.1 ms"},
        {99'949, "99.9 ms"},  {99'951, "100 ms"},   {421'400, "421 ms"},     {9'999'499, "9999 ms"},
        {9'999'500, "9.9 s"}, {12'345'678, "12 s"}, {3'660'000'000, "1h 1m"}};
    for (const auto& [time, text] : kExpected)
        EXPECT_EQ(inEnglish(roundTripText(time)), text);
}

TEST(Duration, parsesWhatPeopleType) {
    EXPECT_EQ(parseDuration("90"), 90s);
    EXPECT_EQ(parseDuration("90s"), 90s);
    EXPECT_EQ(parseDuration("2m"), 120s);
    EXPECT_EQ(parseDuration("1h30m"), 5400s);
    EXPECT_EQ(parseDuration("500ms"), 500ms);
    EXPECT_EQ(parseDuration("1.5s"), 1500ms);
    EXPECT_EQ(parseDuration("2d"), 172'800s);
    EXPECT_EQ(parseDuration("0"), 0s);
}

TEST(Duration, parsesWhatIsShown) {
    EXPECT_EQ(parseDuration("5 s"), 5s);
    EXPECT_EQ(parseDuration("4.2 s"), 4200ms);
    EXPECT_EQ(parseDuration("1 h 30 min"), 5400s);
    EXPECT_EQ(parseDuration("2h 1m"), 7260s);
    EXPECT_EQ(parseDuration("3 d 4 h"), 273'600s);
    EXPECT_EQ(parseDuration("\u0031\u0030 \u79d2"), 10s);
    EXPECT_EQ(parseDuration("2 \u5c0f\u65f6 1 \u5206"), 7260s);
    EXPECT_EQ(parseDuration("1\u6beb\u79d2"), 1ms);
    EXPECT_EQ(parseDuration("2000 \u00b5s"), 2ms);
}

TEST(Duration, refusesWhatIsNone) {
    for (const char* text : {"", "-5", "5x", "s", "1h-3m", "1e9", "nan", "inf", " 5", "5 ", "5 6", "5 m 5 m", "5 s 1 h",
                             "5 s 6", "99999999999999999999d"})
        EXPECT_FALSE(parseDuration(text)) << text;
}

} // namespace
} // namespace halfopen
