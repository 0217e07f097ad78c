// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/tracking.h"
#include "tests/frames/frame_maker.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace test;

void track(Frame& frame, std::int32_t established, std::uint32_t flows) {
    auto netns = std::make_shared<NetnsContext>(*frame.namespaces.front());
    netns->tracking = {.established = established, .unacknowledged = 0, .maxRetrans = 0, .flows = flows};
    frame.namespaces.front() = std::move(netns);
}

TEST(Tracking, whatLastsIsForgottenWhereSomethingIsTracked) {
    Frame frame = makeFrame({unguarded(1), listening(2)});
    EXPECT_EQ(trackingTimeout(frame, frame.rows[0]), std::nullopt) << "the kernel has none";
    track(frame, 300, 0);
    EXPECT_EQ(trackingTimeout(frame, frame.rows[0]), std::nullopt) << "no rule tracks anything";
    track(frame, 300, 5);
    EXPECT_EQ(trackingTimeout(frame, frame.rows[0]), (MachineTimeout{300, false}));
    EXPECT_EQ(trackingTimeout(frame, frame.rows[1]), std::nullopt) << "a listener";
}

TEST(Tracking, theShorterOneOfItsOwnNamespaceAndTheHostsCounts) {
    Frame frame = makeFrame({unguarded(1)});
    track(frame, 300, 5);
    auto there = std::make_shared<NetnsContext>();
    there->tracking = {.established = 200, .unacknowledged = 0, .maxRetrans = 0, .flows = 1};
    frame.namespaces.push_back(there);
    frame.rows[0].connection.netnsIndex = 1;
    EXPECT_EQ(trackingTimeout(frame, frame.rows[0]), (MachineTimeout{200, false}));
    track(frame, 100, 5);
    EXPECT_EQ(trackingTimeout(frame, frame.rows[0]), (MachineTimeout{100, false}))
        << "what leaves a container passes through the host";
    frame.rows[0].connection.remote.address = *IpAddress::parse("127.0.0.1");
    EXPECT_EQ(trackingTimeout(frame, frame.rows[0]), (MachineTimeout{200, false})) << "and what does not, does not";
}

TEST(Tracking, aVirtualServiceCountsForWhoeverGoesToIt) {
    Frame frame = makeFrame({unguarded(1), unguarded(2)});
    auto netns = std::make_shared<NetnsContext>(*frame.namespaces.front());
    netns->tracking = {.established = 1000, .unacknowledged = 0, .maxRetrans = 0, .flows = 1};
    netns->services = {.tcpTimeout = 900, .tcp = {frame.rows[0].connection.remote}};
    frame.namespaces.front() = std::move(netns);
    frame.rows[1].connection.remote.port ^= 1;
    EXPECT_EQ(trackingTimeout(frame, frame.rows[0]), (MachineTimeout{900, true}));
    EXPECT_EQ(trackingTimeout(frame, frame.rows[1]), (MachineTimeout{1000, false}));
}

TEST(Tracking, theFirstToForgetOfThoseOnItsWayCounts) {
    using Answer = TrackedFlow::Answer;
    std::vector<TrackedFlow> flows{{.netnsIndex = 1, .answer = Answer::Tracked, .left = std::chrono::seconds(300)},
                                   {.netnsIndex = 0, .answer = Answer::Tracked, .left = std::chrono::seconds(100)}};
    EXPECT_EQ(firstForgotten(flows), &flows[1]);
    flows[1].left = std::nullopt;
    EXPECT_EQ(firstForgotten(flows), &flows[0]) << "offloaded: nothing to race";
    flows[0].answer = Answer::NotPermitted;
    EXPECT_EQ(firstForgotten(flows), nullptr);
    EXPECT_FALSE(isTrackedNowhere(flows));
    flows[0].answer = flows[1].answer = Answer::Untracked;
    EXPECT_TRUE(isTrackedNowhere(flows));
    EXPECT_FALSE(isTrackedNowhere({})) << "nobody has asked";
}

TEST(Tracking, whatGoesOutNextRacesWhatIsLeft) {
    using std::chrono::seconds;
    Forecast forecast;
    EXPECT_EQ(raceOf(forecast, seconds(300)), FlowRace::Nothing);
    forecast.nextEvent = NextEvent::GiveUp;
    EXPECT_EQ(raceOf(forecast, seconds(300)), FlowRace::Ends) << "this end does not go on believing that it is open";
    forecast.nextEvent = NextEvent::KeepaliveProbe;
    forecast.conditions.add(Condition::LocalDrop);
    EXPECT_EQ(raceOf(forecast, seconds(300)), FlowRace::Nothing) << "what is tried does not leave";
    forecast.conditions = {};
    forecast.next = {Millis(299000), Millis(298000), Millis(299900)};
    EXPECT_EQ(raceOf(forecast, seconds(300)), FlowRace::InTime);
    forecast.next.latest = Millis(300500);
    EXPECT_EQ(raceOf(forecast, seconds(300)), FlowRace::Close);
    forecast.next = {Millis(300500), Millis(300500), Millis(300500)};
    EXPECT_EQ(raceOf(forecast, seconds(300)), FlowRace::Close) << "the kernel tells whole seconds";
    forecast.next = {Millis(301000), Millis(301000), Millis(301000)};
    EXPECT_EQ(raceOf(forecast, seconds(300)), FlowRace::TooLate);
}

TEST(Tracking, theRaceIsToldAsFarAsTheOptionsAreKnown) {
    KeepaliveOptions options;
    options.enabled = Switch::Unknown;
    EXPECT_EQ(raceOf(options, 300), TrackingRace::NotKnown);
    options.enabled = Switch::Off;
    EXPECT_EQ(raceOf(options, 300), TrackingRace::TooLate);
    options.enabled = Switch::On;
    options.idleSeconds = 300;
    options.idleFrom = Provenance::Exact;
    EXPECT_EQ(raceOf(options, 300), TrackingRace::TooLate);
    options.idleSeconds = 299;
    EXPECT_EQ(raceOf(options, 300), TrackingRace::InTime);
    options.idleFrom = Provenance::Assumed;
    EXPECT_EQ(raceOf(options, 300), TrackingRace::IfByDefault);
}

} // namespace
} // namespace halfopen
