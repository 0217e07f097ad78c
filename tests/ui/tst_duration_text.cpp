// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/frames/scripted.h"
#include "tests/ui/moments.h"
#include "ui/look/duration_text.h"

#include <gmock/gmock.h>

namespace halfopen::test {
namespace {

using namespace std::chrono_literals;

std::string text(std::chrono::nanoseconds time) {
    return durationText(time).toStdString();
}
std::string band(std::chrono::nanoseconds earliest, std::chrono::nanoseconds latest) {
    return bandText(earliest, latest).toStdString();
}
std::string countdown(const Moment& moment, std::chrono::nanoseconds later = 0s, bool guess = false) {
    return countdownText(moment, epoch(), epoch() + later, guess).toStdString();
}
std::string sentence(const Moment& moment, std::chrono::nanoseconds later = 0s) {
    return countdownSentence(moment, epoch(), epoch() + later).toStdString();
}
std::string age(std::chrono::nanoseconds atSample, std::chrono::nanoseconds later = 0s) {
    return ageText(atSample, epoch(), epoch() + later).toStdString();
}

TEST(DurationText, namesItsUnits) {
    EXPECT_EQ(text(4260ms), "4.2 s");
    EXPECT_EQ(text(42s), "42 s");
    EXPECT_EQ(text(29min + 23s), "29m 23s");
    EXPECT_EQ(text(2min), "2m");
    EXPECT_EQ(text(1h + 12min + 59s), "1h 12m");
    EXPECT_EQ(text(2h), "2h");
    EXPECT_EQ(text(76h), "3d 4h");
    EXPECT_EQ(text(-5s), "0 s");
}

TEST(DurationText, aBandStandsAroundItsMiddleAndHoldsBothEnds) {
    EXPECT_EQ(band(1h + 45min + 10s, 1h + 48min + 50s), "1h 47m \u00b13m");
    EXPECT_EQ(band(1h + 12min, 1h + 14min), "1h 13m \u00b12m");
    EXPECT_EQ(band(16200ms, 17100ms), "17 s \u00b11 s");
    EXPECT_EQ(band(4210ms, 4240ms), "4.2 s \u00b10.1 s");
    EXPECT_EQ(band(20s, 2min + 20s), "1m 20s \u00b11m 1s");
}

TEST(DurationText, theWidthOfABandStandsStillWhileItComesNearer) {
    const auto moment = between(1600s, 1604s);
    for (auto later = 0ms; later < 1500s; later += 7310ms)
        EXPECT_THAT(countdown(moment, later), testing::EndsWith(" \u00b13 s"));
}

TEST(DurationText, aBandThatHasBegunIsNotDueBeforeItEnds) {
    EXPECT_EQ(countdown(between(4s, 6s), 5s), "within 1.0 s");
    EXPECT_EQ(sentence(between(4s, 6s), 5s), "within 1.0 s");
    EXPECT_EQ(countdown(between(4s, 6s), 6s), "due");
}

TEST(DurationText, aCountdownReachesItsEndOnlyWhenItIsOver) {
    EXPECT_EQ(countdown(exactly(4s)), "4.0 s");
    EXPECT_EQ(countdown(exactly(4s), 3970ms), "0.1 s");
    EXPECT_EQ(countdown(exactly(4s), 4s), "due");
    EXPECT_EQ(countdown(exactly(60s), 100ms), "1m");
}

TEST(DurationText, oneMomentHasOneNumberWhereverItStandsAndWheneverWithinTheSecondItIsPainted) {
    for (const auto until : {5400ms, 36'700ms, 937'200ms, 7'270'400ms}) {
        for (auto later = 0ms; later < 1s; later += 90ms) {
            const auto cell = countdown(exactly(until), later);
            EXPECT_EQ(sentence(exactly(until), later), "in " + cell);
            if (until > 10s && later > 0ms) {
                EXPECT_EQ(cell, countdown(exactly(until), 1ms)) << later.count();
            }
        }
    }
}

TEST(DurationText, textsChangeTogether) {
    EXPECT_EQ(untilNextTick(epoch() + 300ms, false), 700ms);
    EXPECT_EQ(untilNextTick(epoch() + 340ms, true), 60ms);
}

TEST(DurationText, whatRestsOnAGuessSaysSo) {
    EXPECT_EQ(countdown(exactly(42s), 0s, true), "~42 s");
    EXPECT_EQ(countdown(between(16200ms, 17100ms), 0s, true), "~17 s \u00b11 s");
    EXPECT_EQ(countdownSentence(exactly(42s), epoch(), epoch(), true).toStdString(), "in ~42 s");
}

TEST(DurationText, agesCountInWholeSeconds) {
    EXPECT_EQ(age(4900ms), "4 s");
    EXPECT_EQ(age(65s), "1m 5s");
    EXPECT_EQ(age(4900ms, 900ms), "4 s") << "as in the second before";
    EXPECT_EQ(age(4900ms, 1s), "5 s");
}

} // namespace
} // namespace halfopen::test
