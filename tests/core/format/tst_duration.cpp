// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/duration.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace std::chrono_literals;

TEST(Duration, shortFormNeedsOneLook) {
    EXPECT_EQ(shortDuration(Millis(0)), "0.0 s");
    EXPECT_EQ(shortDuration(Millis(4'299)), "4.2 s");
    EXPECT_EQ(shortDuration(Millis(44'999)), "44 s");
    EXPECT_EQ(shortDuration(Millis(600'000)), "10m");
    EXPECT_EQ(shortDuration(Millis(724'000)), "12m 4s");
    EXPECT_EQ(shortDuration(Millis(4'324'000)), "1h 12m");
    EXPECT_EQ(shortDuration(Millis(7'200'000)), "2h");
    EXPECT_EQ(shortDuration(Millis(3 * 86'400'000U + 15'120'000U)), "3d 4h");
    EXPECT_EQ(shortDuration(Millis(2 * 86'400'000U)), "2d");
    EXPECT_EQ(shortDuration(Millis::max()), "> 49 d");
}

TEST(Duration, shortFormIsOfTheLanguageOfItsTable) {
    const Language upper([](std::string_view english) -> std::string_view {
        return english == "{0}m {1}s" ? "{0} MIN {1} SEC" : english == "> 49 d" ? "LONG" : english;
    });
    EXPECT_EQ(shortDuration(Millis::max(), upper), "LONG");
    EXPECT_EQ(shortDuration(Millis(724'000), upper), "12 MIN 4 SEC");
    EXPECT_EQ(shortMoment({Millis(724'000), Millis(724'000), Millis(724'000)}, upper), "12 MIN 4 SEC");
}

TEST(Duration, longFormReadsAsASentence) {
    EXPECT_EQ(inEnglish(longDuration(Millis(724'000))), "12 min 4 s");
    EXPECT_EQ(inEnglish(longDuration(Millis(4'324'000))), "1 h 12 min");
    EXPECT_EQ(inEnglish(longDuration(Millis(3'600'000))), "1 h");
}

TEST(Duration, aBandIsNeverShownAsAPoint) {
    const Moment band{Millis(60'000), Millis(59'000), Millis(61'000)};
    EXPECT_EQ(shortMoment(band), "59 s..1m 1s");
    EXPECT_EQ(inEnglish(longMoment(band)), "in 59 s to 1 min 1 s");
    const Moment hours{Millis(4'330'000), Millis(4'324'000), Millis(4'336'000)};
    EXPECT_EQ(shortMoment(hours), "1h 12m..1h 13m");
    EXPECT_EQ(inEnglish(longMoment(hours)), "in 1 h 12 min to 1 h 13 min");
    const Moment overTheHour{Millis(3'600'000), Millis(3'599'900), Millis(3'600'100)};
    EXPECT_EQ(shortMoment(overTheHour), "59m 59s..1h 1m");
    const Moment days{Millis(90'000'000), Millis(90'000'000), Millis(97'000'000)};
    EXPECT_EQ(shortMoment(days), "1d 1h..1d 3h");
    const Moment farthest{Millis::max() - Millis(2000), Millis(3'600'000), Millis::max() - Millis(1000)};
    EXPECT_EQ(shortMoment(farthest), "1h..> 49 d");
    const Moment point{Millis(60'000), Millis(60'000), Millis(60'000)};
    EXPECT_EQ(shortMoment(point), "1m");
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
