// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/order.h"
#include "core/query/port_pressure.h"
#include "core/query/selected_view.h"
#include "tests/frames/frame_maker.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace test;

TEST(PortPressure, countsThePortsThatOneDestinationHas) {
    Scripted waits = timeWait(3);
    waits.connection.local = endpoint("10.0.0.5", 40003);
    waits.connection.remote = endpoint("198.51.100.7", 443);
    Scripted fixed = unguarded(4); // no port that the kernel chooses
    fixed.connection.local.port = 1023;
    const Frame frame = makeFrame({unguarded(1), unguarded(2), waits, fixed, unguarded(5, "192.0.2.1", 5432)});
    const auto pressure = portPressure(frame, 3);
    ASSERT_EQ(pressure.size(), 2U);
    EXPECT_EQ(pressure[0].remote, endpoint("198.51.100.7", 443));
    EXPECT_EQ(pressure[0].used, 3U);
    EXPECT_EQ(pressure[0].timeWait, 1U);
    EXPECT_EQ(pressure[0].available, 28232U) << "32768 to 60999";
    EXPECT_EQ(portPressure(frame, 1).size(), 1U);
    EXPECT_EQ(portPressureOf(frame, frame.rows[4]).used, 1U);
}

TEST(PortPressure, isNotOfConnectionsThatOthersOpened) {
    Scripted served = unguarded(1, "198.51.100.7", 50000);
    served.connection.local.port = 40000;
    EXPECT_TRUE(portPressure(makeFrame({served, listening(2, "0.0.0.0", 40000)}), 3).empty());
}

TEST(SelectedView, aListenerHasItsConnections) {
    Scripted served = unguarded(1, "198.51.100.7", 50000);
    served.connection.local.port = 8000;
    Scripted queued = served;
    queued.connection.cookie = 2;
    queued.connection.inode = 0;
    queued.connection.remote.port = 50001;
    FrameMaker maker{served, queued, unguarded(3), listening(4)};
    maker.query.selected = keyOf(4);
    const FramePtr frame = maker.build();
    ASSERT_TRUE(frame->selected.has_value());
    EXPECT_EQ(frame->selected->key, keyOf(4));
    EXPECT_EQ(frame->selected->children[static_cast<std::size_t>(Diagnosis::Unguarded)], 2U);
    EXPECT_EQ(frame->selected->notAccepted, 1U);
    EXPECT_FALSE(frame->selected->counters.has_value()) << "the machine is none that can be asked";
}

TEST(SelectedView, aConnectionHasItsDestination) {
    FrameMaker maker{unguarded(1), unguarded(2), listening(4)};
    maker.query.selected = keyOf(1);
    EXPECT_EQ(maker.build()->selected->ports.used, 2U);
    maker.query.selected = keyOf(99);
    EXPECT_FALSE(maker.build()->selected.has_value());
}

/// The same connection a second later, with so much more moved.
Scripted moved(Scripted of, std::uint64_t sent, std::uint64_t received) {
    of = later(of, std::chrono::seconds(1));
    of.connection.info.length = 248;
    of.connection.info.bytesAcked += sent;
    of.connection.info.bytesReceived += received;
    return of;
}

TEST(Rates, areWhatMovedBetweenTwoSamples) {
    FrameSeries series;
    std::vector<Scripted> all{moved(unguarded(1), 0, 0), moved(unguarded(2), 500, 0)};
    EXPECT_TRUE(series.next(all)->rates.empty()) << "one sample tells no rate";
    all = {moved(all[0], 0, 0), moved(all[1], 3000, 100)};
    const FramePtr frame = series.next({.connections = all}, {.sort = SortKey::RateSent, .descending = true});
    ASSERT_EQ(frame->rates.size(), 1U);
    EXPECT_FLOAT_EQ(frame->rateOf(frame->rows[1]).sent, 3000);
    EXPECT_FLOAT_EQ(frame->rateOf(frame->rows[1]).received, 100);
    EXPECT_EQ(frame->rateOf(frame->rows[0]).sent, 0);
    EXPECT_EQ(frame->shownRow(0).connection.cookie, 2U);
    all = {moved(all[0], 0, 0), moved(all[1], 2000, 0)};
    const FramePtr filtered = series.next({.connections = all}, {.filter = "rate-sent>1k", .sort = SortKey::Kernel});
    ASSERT_EQ(filtered->shown.size(), 1U);
    EXPECT_EQ(filtered->shownRow(0).connection.cookie, 2U);
    all = {moved(all[0], 70, 0), moved(all[1], 2000, 0)};
    const FramePtr grouped = series.next({.connections = all}, {.grouping = {.by = GroupBy::State}});
    EXPECT_FLOAT_EQ(static_cast<float>(grouped->groups.at(0).rateSent), 2070);
}

TEST(Age, isKnownOfWhatWasSeenToBegin) {
    FrameSeries series;
    const Scripted old = unguarded(1);
    series.next({old});
    const FramePtr frame =
        series.next({later(old, std::chrono::seconds(1)), later(unguarded(2), std::chrono::seconds(1))});
    EXPECT_FALSE(hasSeenBegin(frame->rows[0]));
    EXPECT_TRUE(hasSeenBegin(frame->rows[1]));
}

TEST(HostNames, areSortedFilteredAndGroupedBy) {
    Frame frame = makeFrame({unguarded(1, "192.0.2.1"), unguarded(2, "192.0.2.2"), unguarded(3, "192.0.2.3")});
    frame.hostNames = std::make_shared<const HostNames>(
        HostNames{{*IpAddress::parse("192.0.2.1"), "zebra.example"}, {*IpAddress::parse("192.0.2.3"), "ant.example"}});
    frame.query = {.sort = SortKey::RemoteName};
    arrange(frame);
    EXPECT_EQ(frame.shownRow(0).connection.cookie, 3U);
    EXPECT_EQ(frame.shownRow(2).connection.cookie, 2U) << "what has no name comes last";
    frame.query = {.filter = "hostname:*.example"};
    arrange(frame);
    EXPECT_EQ(frame.shown.size(), 2U);
}

} // namespace
} // namespace halfopen
