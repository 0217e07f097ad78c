// SPDX-License-Identifier: GPL-3.0-or-later
// What is said of a connection that this machine's own connection tracking may forget.
#include "core/format/explain.h"
#include "core/format/json.h"
#include "tests/frames/frame_maker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace halfopen {
namespace {

using namespace test;
using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;
using Answer = TrackedFlow::Answer;

/// One connection of a namespace that tracks flows for 300 s, chosen, and what was answered of its flow.
Frame frameOf(const Scripted& connection, std::vector<TrackedFlow> flows) {
    Frame frame = makeFrame({connection});
    auto netns = std::make_shared<NetnsContext>(*frame.namespaces.front());
    netns->tracking = {.established = 300, .unacknowledged = 0, .maxRetrans = 0, .flows = 1};
    frame.namespaces.front() = std::move(netns);
    for (TrackedFlow& flow : flows)
        flow.asked = frame.rows[0].connection.sampled;
    frame.selected = SelectedView{.key = frame.keyOf(frame.rows[0]), .tracked = std::move(flows)};
    return frame;
}

std::string said(const Frame& frame) {
    std::string text;
    for (const Sentence& sentence : explain(frame.rows[0], frame))
        text += inEnglish(sentence) + "\n";
    return text;
}

TEST(TrackingText, theFlowsOwnTimeRacesWhatGoesOutNext) {
    const TrackedFlow flow{.answer = Answer::Tracked, .left = 120s, .state = 3};
    EXPECT_THAT(said(frameOf(guarded(1, 42s), {flow})), HasSubstr("holds it as ESTABLISHED and forgets it in 2m"));
    EXPECT_THAT(said(frameOf(guarded(1, 42s), {flow})), HasSubstr("What goes out next comes before that.\n"))
        << "when that is stands in one sentence, with its band";
    EXPECT_THAT(said(frameOf(guarded(1, 7000s, 7200), {flow})), HasSubstr("comes too late"));
    EXPECT_THAT(said(frameOf(unguarded(1), {flow})), HasSubstr("Nothing is to go out before that"));
    EXPECT_THAT(said(frameOf(guarded(1, 42s), {flow})), Not(HasSubstr("Where this machine tracks it")));
}

TEST(TrackingText, whatIsTrackedNowhereIsForgottenNowhere) {
    const std::string text = said(frameOf(unguarded(1), {{.answer = Answer::Untracked}}));
    EXPECT_THAT(text, HasSubstr("holds nothing of it"));
    EXPECT_THAT(text, Not(HasSubstr("go on believing")));
}

TEST(TrackingText, whereItMayNotBeReadTheSettingStandsAndThatIsSaid) {
    const std::string text = said(frameOf(unguarded(1), {{.answer = Answer::NotPermitted}}));
    EXPECT_THAT(text, HasSubstr("it forgets it after 5m without a packet"));
    EXPECT_THAT(text, HasSubstr("told to an administrator only"));
    EXPECT_THAT(said(frameOf(unguarded(1), {})), Not(HasSubstr("administrator")));
}

TEST(TrackingText, aVirtualServiceIsSaidToBeOne) {
    Frame frame = frameOf(unguarded(1), {{.answer = Answer::Untracked}});
    auto netns = std::make_shared<NetnsContext>(*frame.namespaces.front());
    netns->services = {.tcpTimeout = 60, .tcp = {frame.rows[0].connection.remote}};
    frame.namespaces.front() = std::move(netns);
    EXPECT_THAT(said(frame), HasSubstr("virtual service of this machine (IPVS), which forgets it after 1m"));
}

TEST(TrackingJson, isThereForTheOneThatWasAskedFor) {
    Frame frame = frameOf(unguarded(1), {{.answer = Answer::Tracked, .left = 298s, .state = 3, .translated = true},
                                         {.answer = Answer::NotPermitted}});
    const auto json = nlohmann::json::parse(connectionJson(frame.rows[0], frame));
    ASSERT_EQ(json["tracked"].size(), 2U);
    EXPECT_EQ(json["tracked"][0]["answer"], "tracked");
    EXPECT_EQ(json["tracked"][0]["left_s"], 298);
    EXPECT_EQ(json["tracked"][0]["state"], "ESTABLISHED");
    EXPECT_EQ(json["tracked"][0]["nat"], true);
    EXPECT_EQ(json["tracked"][1]["answer"], "not-permitted");
    EXPECT_EQ(json["tracked"][1]["left_s"], nullptr);
    frame.selected.reset();
    EXPECT_FALSE(nlohmann::json::parse(connectionJson(frame.rows[0], frame)).contains("tracked"));
    const auto head = nlohmann::json::parse(frameHeadJson(frame, {"here", "6.18"}));
    EXPECT_EQ(head["namespaces"][0]["conntrack"]["established_s"], 300);
    EXPECT_EQ(head["namespaces"][0]["ipvs"], nullptr);
}

} // namespace
} // namespace halfopen
