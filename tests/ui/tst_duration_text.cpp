// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/frames/scripted.h"
#include "tests/ui/moments.h"
#include "ui/look/duration_text.h"

#include <gtest/gtest.h>

namespace halfopen::test {
namespace {

using namespace std::chrono_literals;

std::string compact(std::chrono::nanoseconds time) {
    return compactDuration(time).toStdString();
}
std::string spoken(std::chrono::nanoseconds time) {
    return spokenDuration(time).toStdString();
}
std::string band(std::chrono::nanoseconds earliest, std::chrono::nanoseconds latest) {
    return bandDuration(earliest, latest).toStdString();
}
std::string countdown(const Moment& moment, std::chrono::nanoseconds later = 0s) {
    return countdownText(moment, epoch(), epoch() + later).toStdString();
}

TEST(DurationText, isCompactInTables) {
    EXPECT_EQ(compact(4260ms), "4.2 s");
    EXPECT_EQ(compact(42s), "42 s");
    EXPECT_EQ(compact(12min + 4s), "12:04");
    EXPECT_EQ(compact(1h + 12min + 4s), "1:12:04");
    EXPECT_EQ(compact(76h), "3 d 4 h");
    EXPECT_EQ(compact(-5s), "0.0 s");
}

TEST(DurationText, isSpokenInSentences) {
    EXPECT_EQ(spoken(84s), "1 min 24 s");
    EXPECT_EQ(spoken(2min), "2 min");
    EXPECT_EQ(spoken(1h + 12min + 59s), "1 h 12 min");
    EXPECT_EQ(spoken(2h), "2 h");
}

TEST(DurationText, aBandNeverLooksLikeAPoint) {
    EXPECT_EQ(band(1h + 12min, 1h + 14min), "1 h 12 min .. 1 h 14 min");
    EXPECT_EQ(band(1h + 12min + 10s, 1h + 12min + 40s), "1 h 12 min .. 1 h 13 min");
    EXPECT_EQ(band(16200ms, 17100ms), "16 .. 18 s");
    EXPECT_EQ(band(4210ms, 4240ms), "4.2 .. 4.3 s");
    EXPECT_EQ(band(-3s, 1s), "0.0 .. 1.0 s");
}

TEST(DurationText, bandsAreShownAsBandsInCountdowns) {
    const auto moment = between(4320s, 4440s);
    EXPECT_EQ(countdown(moment), "1 h 12 min .. 1 h 14 min");
    EXPECT_EQ(countdown(moment, 4300s), "20 s .. 2 min 20 s");
    EXPECT_EQ(countdown(moment, 4200s), "2:00 .. 4:00");
}

TEST(DurationText, aBandThatHasBegunIsNotDueBeforeItEnds) {
    EXPECT_EQ(countdown(between(4s, 6s), 5s), "0.0 .. 1.0 s");
    EXPECT_EQ(countdown(between(4s, 6s), 6s), "due");
}

TEST(DurationText, aCountdownReachesItsEndOnlyWhenItIsOver) {
    EXPECT_EQ(countdown(exactly(4s)), "4.0 s");
    EXPECT_EQ(countdown(exactly(4s), 3970ms), "0.1 s");
    EXPECT_EQ(countdown(exactly(4s), 4s), "due");
    EXPECT_EQ(countdown(exactly(60s), 100ms), "1:00");
}

TEST(DurationText, agesCountInWholeSeconds) {
    EXPECT_EQ(ageText(4900ms).toStdString(), "4 s");
    EXPECT_EQ(ageText(65s).toStdString(), "1:05");
}

} // namespace
} // namespace halfopen::test
