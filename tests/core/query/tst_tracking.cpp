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
    EXPECT_EQ(trackingTimeout(frame, frame.rows[0]), 300);
    EXPECT_EQ(trackingTimeout(frame, frame.rows[1]), std::nullopt) << "a listener";
}

TEST(Tracking, theShorterOneOfItsOwnNamespaceAndTheHostsCounts) {
    Frame frame = makeFrame({unguarded(1)});
    track(frame, 300, 5);
    auto there = std::make_shared<NetnsContext>();
    there->tracking = {.established = 200, .unacknowledged = 0, .maxRetrans = 0, .flows = 1};
    frame.namespaces.push_back(there);
    frame.rows[0].connection.netnsIndex = 1;
    EXPECT_EQ(trackingTimeout(frame, frame.rows[0]), 200);
    track(frame, 100, 5);
    EXPECT_EQ(trackingTimeout(frame, frame.rows[0]), 100) << "what leaves a container passes through the host";
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
