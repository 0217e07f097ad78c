// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/followers.h"
#include "core/tuning/followers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace halfopen {
namespace {

const TcpSysctls kInEffect; // 7200, 75, 9

/// ESTABLISHED, with a descriptor, keepalive on with these values, its timer armed.
Row guarded(std::int32_t idle, std::int32_t interval, std::int16_t probes, Provenance from,
            std::uint32_t expires = 1000) {
    Row row;
    row.connection.state = State::Established;
    row.connection.inode = 1;
    row.connection.timer.raw = 2;
    row.connection.timer.expires = Millis(expires);
    row.options.enabled = Switch::On;
    row.options.idleSeconds = idle;
    row.options.intervalSeconds = interval;
    row.options.probes = probes;
    row.options.idleFrom = row.options.intervalFrom = row.options.probesFrom = from;
    return row;
}

TEST(Followers, sysctlValuesFollowWhenTheTimerFires) {
    EXPECT_EQ(followsOf(guarded(7200, 75, 9, Provenance::Exact), kInEffect), Follows::AtTimer);
    EXPECT_EQ(followsOf(guarded(7200, 75, 9, Provenance::Assumed), kInEffect), Follows::AtTimer);
    EXPECT_EQ(followsOf(guarded(60, 75, 6, Provenance::Exact), kInEffect),
              Follows::AtTimer); // its interval does
}

TEST(Followers, programWithItsOwnThreeKeepsThem) {
    EXPECT_EQ(followsOf(guarded(60, 10, 6, Provenance::Exact), kInEffect), Follows::OwnValues);
    EXPECT_EQ(followsOf(guarded(60, 10, 6, Provenance::Inferred), kInEffect), Follows::OwnValues);
}

TEST(Followers, offNeverFollowsAndHiddenIsNotGuessed) {
    Row row = guarded(7200, 75, 9, Provenance::Assumed);
    row.options.enabled = Switch::Off;
    EXPECT_EQ(followsOf(row, kInEffect), Follows::Off);
    row.options.enabled = Switch::Unknown;
    EXPECT_EQ(followsOf(row, kInEffect), Follows::Unknown);
}

TEST(Followers, timerBehindAnotherHasNoKnownTime) {
    Row row = guarded(7200, 75, 9, Provenance::Exact);
    row.connection.timer.raw = 1;
    EXPECT_EQ(followsOf(row, kInEffect), Follows::AtHiddenTimer);
}

TEST(Followers, statesWithoutKeepaliveAreNotConcerned) {
    Row row = guarded(7200, 75, 9, Provenance::Exact);
    for (const State state : {State::Listen, State::Close, State::SynSent, State::SynRecv, State::TimeWait}) {
        row.connection.state = state;
        EXPECT_EQ(followsOf(row, kInEffect), Follows::NotConcerned) << toString(state);
    }
    row.connection.state = State::FinWait2;
    EXPECT_EQ(followsOf(row, kInEffect), Follows::AtTimer);
    row.connection.inode = 0; // an orphan: the timer is that of FIN-WAIT-2
    EXPECT_EQ(followsOf(row, kInEffect), Follows::NotConcerned);
}

TEST(Followers, countLeavesClosedRowsOutAndSortsByTime) {
    Frame frame;
    frame.rows = {guarded(7200, 75, 9, Provenance::Exact, 5000), guarded(7200, 75, 9, Provenance::Exact, 300),
                  guarded(60, 10, 6, Provenance::Exact), guarded(7200, 75, 9, Provenance::Exact)};
    frame.rows[3].change = Change::Closed;
    const Followers counts = countFollowers(frame);
    EXPECT_THAT(counts.atTimer, testing::ElementsAre(Millis(300), Millis(5000)));
    EXPECT_EQ(counts.ownValues, 1U);
    EXPECT_EQ(counts.follow(), 2U);
    EXPECT_EQ(counts.concerned(), 3U);
}

} // namespace
} // namespace halfopen
