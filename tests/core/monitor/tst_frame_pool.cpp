// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/frame_pool.h"

#include <gtest/gtest.h>

#include <optional>
#include <thread>

namespace halfopen {
namespace {

const Row* fill(Frame& frame) {
    frame.rows.resize(1000);
    frame.shown.resize(1000);
    return frame.rows.data();
}

TEST(FramePool, memoryOfAFrameThatWasLetGoServesTheNext) {
    FramePool pool;
    auto first = pool.take();
    const Row* memory = fill(*first);
    first.reset();
    const auto second = pool.take();
    EXPECT_TRUE(second->rows.empty());
    EXPECT_TRUE(second->shown.empty());
    EXPECT_EQ(second->rows.data(), memory);
}

TEST(FramePool, aFrameThatIsHeldKeepsItsRows) {
    FramePool pool;
    const auto shown = pool.take();
    const Row* memory = fill(*shown);
    const auto next = pool.take();
    EXPECT_NE(fill(*next), memory);
    EXPECT_EQ(shown->rows.size(), 1000U);
}

TEST(FramePool, framesOutliveThePool) {
    std::optional<FramePool> pool(std::in_place);
    const auto frame = pool->take();
    fill(*frame);
    pool.reset();
    EXPECT_EQ(frame->rows.size(), 1000U);
}

// Run under the thread sanitizer too: the window lets go of frames while the next one is taken.
TEST(FramePool, framesMayBeLetGoOnAnotherThread) {
    FramePool pool;
    std::jthread other;
    for (int round = 0; round < 200; ++round) {
        auto frame = pool.take();
        EXPECT_TRUE(frame->rows.empty());
        fill(*frame);
        other = std::jthread([held = std::move(frame)]() mutable { held.reset(); });
    }
}

} // namespace
} // namespace halfopen
