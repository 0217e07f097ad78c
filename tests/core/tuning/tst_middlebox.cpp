// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/middlebox.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace halfopen::test {
namespace {

Middlebox box(std::int32_t timeout, int layer = 4) {
    Middlebox made;
    made.idleTimeout = timeout;
    made.layer = layer;
    return made;
}

std::string shipped() {
    std::ifstream file(PRESETS_FILE);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string one(const std::string& changed = {}) {
    return R"({"schema": 1, "presets": [{"id": "a", "name": {"en": "A"}, "idle_timeout_s": 300, "layer": 4,
        "source": "s", "checked": null, "propose": {"time_s": 120, "interval_s": 30, "probes": 5})" +
           changed + "}]}";
}

std::string with(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos);
    return text.replace(at, from.size(), to);
}

TEST(PassRule, twoLostProbesMustFitIntoFourFifths) {
    EXPECT_EQ(survival(box(300), {120, 60, 9}), Survival::Survives); // 240 <= 240
    EXPECT_EQ(survival(box(300), {121, 60, 9}), Survival::Barely);
    EXPECT_EQ(survival(box(299), {120, 60, 9}), Survival::Barely);
}

TEST(PassRule, theFirstProbeMustComeBeforeTheTimeout) {
    EXPECT_EQ(survival(box(300), {299, 1, 1}), Survival::Barely);
    EXPECT_EQ(survival(box(300), {300, 1, 1}), Survival::Forgotten);
    EXPECT_EQ(survival(box(350), {7200, 75, 9}), Survival::Forgotten);
}

TEST(PassRule, theNumberOfProbesDoesNotMatter) {
    EXPECT_EQ(survival(box(300), {120, 60, 1}), survival(box(300), {120, 60, 127}));
}

TEST(PassRule, layerSevenIsNotHelped) {
    EXPECT_EQ(survival(box(60, 7), {1, 1, 1}), Survival::NoHelp);
}

TEST(PassRule, kernelDefaultsSurviveConntrackAlone) {
    const KeepaliveDefaults defaults;
    EXPECT_EQ(survival(box(432000), defaults), Survival::Survives);
    EXPECT_EQ(survival(box(7440), defaults), Survival::Barely);
    EXPECT_EQ(survival(box(3600), defaults), Survival::Forgotten);
}

TEST(Presets, theShippedFileIsValid) {
    const auto boxes = readMiddleboxes(shipped());
    ASSERT_TRUE(boxes) << inEnglish(boxes.error());
    EXPECT_GE(boxes->size(), 12U);
    for (const Middlebox& preset : *boxes)
        EXPECT_TRUE(preset.name.contains("zh_CN")) << preset.id;
}

TEST(Presets, whatIsProposedSurvives) {
    const auto boxes = readMiddleboxes(shipped());
    ASSERT_TRUE(boxes);
    for (const Middlebox& preset : *boxes) {
        if (!preset.proposed)
            EXPECT_EQ(preset.layer, 7) << preset.id;
        else if (preset.id == "mobile-nat")
            EXPECT_EQ(survival(preset, *preset.proposed), Survival::Barely); // nothing there is guaranteed
        else
            EXPECT_EQ(survival(preset, *preset.proposed), Survival::Survives) << preset.id;
    }
}

TEST(Presets, aBrokenFileIsRefusedAndTheEntryNamed) {
    EXPECT_TRUE(readMiddleboxes(one()));
    EXPECT_FALSE(readMiddleboxes("{"));
    EXPECT_FALSE(readMiddleboxes(with(one(), "\"schema\": 1", "\"schema\": 2")));
    for (const auto& [from, to] : {std::pair<std::string, std::string>{"\"time_s\": 120", "\"time_s\": 0"},
                                   {"\"time_s\": 120", "\"time_s\": 40000"},
                                   {"\"probes\": 5", "\"probes\": 128"},
                                   {"\"layer\": 4", "\"layer\": 7"},
                                   {"\"layer\": 4", "\"layer\": 3"},
                                   {"300", "0"},
                                   {"null", "\"yesterday\""}}) {
        const auto read = readMiddleboxes(with(one(), from, to));
        ASSERT_FALSE(read) << to;
        EXPECT_EQ(read.error().code, ErrorCode::Unreadable);
        EXPECT_NE(inEnglish(read.error()).find("\"a\""), std::string::npos) << inEnglish(read.error());
    }
    EXPECT_FALSE(readMiddleboxes(with(one(), "\"source\": \"s\",", "")));
}

TEST(Presets, anIdIsToldOnce) {
    const std::string text = one();
    const auto from = text.find("{\"id\"");
    const std::string entry = text.substr(from, text.size() - 2 - from);
    EXPECT_FALSE(readMiddleboxes(with(text, entry, entry + "," + entry)));
}

TEST(Presets, aTextFallsBackToEnglish) {
    const LocalText text{{"en", "hello"}, {"zh_CN", "ni hao"}, {"de", "hallo"}};
    EXPECT_EQ(textFor(text, "zh_CN"), "ni hao");
    EXPECT_EQ(textFor(text, "de_AT"), "hallo");
    EXPECT_EQ(textFor(text, "fr_FR"), "hello");
    EXPECT_EQ(textFor({}, "en"), "");
}

} // namespace
} // namespace halfopen::test
