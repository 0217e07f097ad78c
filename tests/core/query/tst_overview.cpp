// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/filter.h"
#include "core/query/group_keys.h"
#include "core/query/order.h"
#include "core/query/overview.h"
#include "tests/frames/frame_maker.h"

#include <gtest/gtest.h>

#include <numeric>

namespace halfopen {
namespace {

using namespace std::chrono_literals;
using namespace test;

/// A guarded connection that is given up after so long.
Scripted givenUpAfter(std::uint64_t cookie, int idle, int interval, int probes) {
    Scripted one = guarded(cookie);
    one.options->idleSeconds = idle;
    one.options->intervalSeconds = interval;
    one.options->probes = static_cast<std::int16_t>(probes);
    one.connection.timer.expires = std::chrono::seconds(idle);
    return one;
}

Frame machine() {
    Frame frame = makeFrame({listening(1), timeWait(2), ofProgram(unguarded(3), 11, "psql"),
                             ofProgram(unguarded(4), 11, "psql"), ofProgram(givenUpAfter(5, 60, 10, 3), 12, "nginx"),
                             ofProgram(givenUpAfter(6, 7200, 75, 9), 12, "nginx"),
                             ofProgram(givenUpAfter(7, 600, 75, 9), 12, "nginx"), givenUpAfter(8, 32767, 32767, 127),
                             ofProgram(suspect(9), 13, "backup")});
    return frame;
}

std::size_t listedBy(Frame frame, const std::string& filter) {
    frame.query.filter = filter;
    EXPECT_EQ(filterOf(frame.query).error(), nullptr) << filter;
    arrange(frame);
    return frame.shown.size();
}

TEST(Overview, eachClassOfEndsIsWhatItsFilterLists) {
    const Frame frame = machine();
    const Overview overview = overviewOf(frame, {});
    std::uint32_t all = 0;
    for (std::size_t i = 0; i < kGiveUpClassCount; ++i) {
        const auto& counts = overview.givenUp[i];
        const auto sum = std::accumulate(counts.begin(), counts.end(), 0U);
        EXPECT_EQ(sum, listedBy(frame, filterTextOf(static_cast<GiveUpClass>(i)))) << i;
        EXPECT_GT(sum, 0U) << i;
        all += sum;
    }
    EXPECT_EQ(all, 7U) << "neither the listener nor TIME-WAIT";
    EXPECT_EQ(overview.givenUp[0][static_cast<std::size_t>(Diagnosis::Unguarded)], 2U);
}

TEST(Overview, theWorstGroupsComeFirst) {
    const Frame frame = machine();
    const Overview overview = overviewOf(frame, {});
    ASSERT_EQ(overview.worst.size(), 4U) << "sockets of nobody are no program";
    EXPECT_EQ(nameOf(frame, overview.worst[0]), "backup") << "suspect";
    EXPECT_EQ(nameOf(frame, overview.worst[1]), "psql") << "unguarded";
    EXPECT_EQ(nameOf(frame, overview.worst[2]), "nginx") << "the most, and all of them guarded";
    EXPECT_EQ(overview.worst[2].counts[static_cast<std::size_t>(Diagnosis::Guarded)], 3U);
    EXPECT_EQ(nameOf(frame, overview.worst[3]), "p1") << "listens";
    EXPECT_EQ(overview.otherGroups, 0U);
    const Overview byState = overviewOf(frame, {.by = GroupBy::State});
    EXPECT_EQ(nameOf(frame, byState.worst.front()), "ESTABLISHED");
}

TEST(Overview, manyGroupsAreCountedAndTheWorstNamed) {
    std::vector<Scripted> connections;
    for (int i = 1; i <= 12; ++i)
        connections.push_back(ofProgram(i == 12 ? unguarded(12) : guarded(static_cast<std::uint64_t>(i)), i,
                                        "program" + std::to_string(i)));
    const Frame frame = makeFrame(connections);
    const Overview overview = overviewOf(frame, {});
    ASSERT_EQ(overview.worst.size(), Overview::kMostGroups);
    EXPECT_EQ(nameOf(frame, overview.worst[0]), "program12");
    EXPECT_EQ(overview.otherGroups, 12U - Overview::kMostGroups);
}

TEST(Overview, whatTheWayForgetsIsWhatItsFilterLists) {
    Frame frame = machine();
    for (Row& row : frame.rows)
        row.connection.info.lastDataReceived = row.connection.info.lastDataSent = row.connection.info.lastAckReceived =
            row.connection.cookie == 3 ? 400s : 10s;
    for (const auto path : {350s, 5s, 500s})
        EXPECT_EQ(overviewOf(frame, {.pathForgets = path}).forgotten, listedBy(frame, filterTextOfForgotten(path)))
            << path.count();
    EXPECT_EQ(overviewOf(frame, {.pathForgets = 350s}).forgotten, 1U);
}

TEST(Overview, isOfTheNamespaceInView) {
    FrameMaker maker{ofProgram(unguarded(1), 11, "psql"), guarded(2)};
    maker.script.others = {{.connections = {ofProgram(unguarded(3), 12, "nginx")}}};
    Frame frame = *maker.build();
    frame.query.filter = "netns:nowhere";
    const auto unguarded = [&] {
        return overviewOf(frame, {}).summary.counts[static_cast<std::size_t>(Diagnosis::Unguarded)];
    };
    EXPECT_EQ(unguarded(), 2U) << "all of them are in view";
    frame.query.netns = frame.namespaces[1]->number;
    EXPECT_EQ(unguarded(), 1U);
    EXPECT_EQ(overviewOf(frame, {}).worst.size(), 1U);
    ASSERT_TRUE(overviewOf(frame, {}).ports);
    EXPECT_EQ(overviewOf(frame, {}).ports->used, 1U);
    frame.query.netns = frame.namespaces.front()->number;
    EXPECT_EQ(unguarded(), 1U);
}

TEST(Overview, isOfAllRowsAndOnlyWhereItIsAskedFor) {
    Frame frame = machine();
    frame.query.filter = "nothing-like-this";
    arrange(frame);
    EXPECT_EQ(frame.overview, nullptr);
    frame.query.overview = OverviewQuery{};
    arrange(frame);
    ASSERT_NE(frame.overview, nullptr);
    EXPECT_TRUE(frame.shown.empty());
    EXPECT_EQ(frame.overview->summary.counts[static_cast<std::size_t>(Diagnosis::Unguarded)], 2U);
}

} // namespace
} // namespace halfopen
