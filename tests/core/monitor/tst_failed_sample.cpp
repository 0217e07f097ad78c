// SPDX-License-Identifier: GPL-3.0-or-later
// What is left of the frame before where a sample fails.
#include "core/monitor/frame_builder.h"
#include "tests/core/monitor/built_frames.h"

#include <gtest/gtest.h>

#include <memory>
#include <utility>

namespace halfopen {
namespace {

using namespace test;
using namespace std::chrono_literals;

TEST(FailedSample, leavesTheRowsAsTheyWere) {
    auto before = build(nullptr, 0s, {connection(1), connection(2)});
    before = build(before, 1s, {connection(1), connection(2), connection(3)});
    FrameBuilder builder(before, {.now = kStart + 5s});
    builder.beginNetns({});
    builder.add(connection(2));
    builder.add(connection(9));
    const auto frame = builder.finishFailed({ErrorCode::Unreadable, Sentence::tr("no memory")});
    ASSERT_TRUE(frame->error);
    EXPECT_EQ(inEnglish(*frame->error), "no memory");
    ASSERT_EQ(frame->rows.size(), 3U);
    EXPECT_EQ(frame->find(9), nullptr);
    EXPECT_EQ(frame->find(3)->change, Change::None) << "new for three seconds, not for ever";
    EXPECT_EQ(frame->taken, before->taken) << "which tells how old they are";
    EXPECT_EQ(frame->liveCount(), 3U);
    EXPECT_EQ(frame->appeared + frame->vanished + frame->missed, 0U);
}

TEST(FailedSample, leavesWhatIsKnownBesideTheRows) {
    Frame known = *build(nullptr, 0s, {connection(1)});
    known.query.selected = known.keyOf(known.rows[0]);
    known.selected.emplace();
    known.detail = {1, 2, 3};
    known.units = std::make_shared<const CgroupUnits>();
    known.hostNames = std::make_shared<const HostNames>();
    known.kernelAnswers.emplace_back();
    known.locked = RowKey{1, 0};
    known.notes = {Sentence::tr("locked")};
    known.dead.emplace_back();
    known.brokenPromises.emplace_back();
    known.forecasts.graded = 7;
    known.eventsLost = 3;
    const auto before = std::make_shared<const Frame>(std::move(known));
    const auto failed = [&](Query query) {
        query.hostNames = true;
        return FrameBuilder(before, {.query = std::move(query), .now = kStart + 5s})
            .finishFailed({ErrorCode::Unreadable, Sentence::tr("no memory")});
    };
    const auto frame = failed(before->query);
    EXPECT_TRUE(frame->selected);
    EXPECT_EQ(frame->detail, before->detail);
    EXPECT_EQ(frame->units, before->units);
    EXPECT_EQ(frame->hostNames, before->hostNames);
    EXPECT_EQ(frame->kernelAnswers.size(), 1U);
    EXPECT_EQ(frame->locked, before->locked);
    EXPECT_EQ(frame->notes, before->notes);
    EXPECT_EQ(frame->dead.size(), 1U);
    EXPECT_EQ(frame->brokenPromises.size(), 1U);
    EXPECT_EQ(frame->forecasts.graded, 7U);
    EXPECT_EQ(frame->eventsLost, 3U);
    EXPECT_FALSE(failed({})->selected) << "of another connection it says nothing";
}

} // namespace
} // namespace halfopen
