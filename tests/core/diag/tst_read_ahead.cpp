// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diag/read_ahead.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <future>

namespace halfopen {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kBufferBytes = 64;

/// The batch that holds the number, as if it had been received then.
Batch numbered(std::uint32_t number, std::span<std::byte> buffer) {
    std::memcpy(buffer.data(), &number, sizeof number);
    const MonotonicTime at{std::chrono::milliseconds(number)};
    return {.bytes = buffer.first(sizeof number), .called = at, .received = at + 1us};
}

std::uint32_t numberOf(const Batch& batch) {
    std::uint32_t number = 0;
    std::memcpy(&number, batch.bytes.data(), sizeof number);
    return number;
}

/// Brings the numbers 0 to count - 1 and then what `end` says.
ReadAhead::Read counting(std::uint32_t count, Result<Batch> end) {
    return [count, end = std::move(end), next = 0U](std::span<std::byte> buffer) mutable -> Result<Batch> {
        if (next == count)
            return end;
        return numbered(next++, buffer);
    };
}

TEST(ReadAhead, everyBatchComesOnceInItsOrderWithItsOwnStamps) {
    for (const std::uint32_t count : {0U, 1U, 3U, 4U, 8U, 9U, 1000U}) {
        const auto ahead = ReadAhead::begin(counting(count, Batch{.lost = true}), kBufferBytes);
        ASSERT_TRUE(ahead);
        for (std::uint32_t number = 0; number < count; ++number) {
            const auto batch = ahead->next();
            ASSERT_TRUE(batch);
            ASSERT_EQ(numberOf(*batch), number);
            EXPECT_EQ(batch->called, MonotonicTime(std::chrono::milliseconds(number)));
            EXPECT_EQ(batch->received, batch->called + 1us);
        }
        const auto last = ahead->next();
        ASSERT_TRUE(last);
        EXPECT_TRUE(last->bytes.empty());
        EXPECT_TRUE(last->lost);
        EXPECT_TRUE(ahead->next()->bytes.empty()) << "nobody waits for what will not come";
    }
}

TEST(ReadAhead, anErrorComesAfterTheBatchesBeforeIt) {
    const auto ahead = ReadAhead::begin(counting(6, failure(ErrorCode::Unreadable, "broken")), kBufferBytes);
    ASSERT_TRUE(ahead);
    for (std::uint32_t number = 0; number < 6; ++number)
        ASSERT_EQ(numberOf(*ahead->next()), number);
    const auto failed = ahead->next();
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().message, "broken");
}

TEST(ReadAhead, itReadsNoFurtherThanItsBuffers) {
    std::atomic<int> reads = 0;
    std::promise<void> full;
    const auto ahead = ReadAhead::begin(
        [&](std::span<std::byte> buffer) -> Result<Batch> {
            const int read = ++reads;
            if (read == 8)
                full.set_value();
            return numbered(static_cast<std::uint32_t>(read - 1), buffer);
        },
        kBufferBytes);
    ASSERT_TRUE(ahead);
    ASSERT_EQ(full.get_future().wait_for(5s), std::future_status::ready);
    for (std::uint32_t number = 0; number < 3; ++number) {
        ASSERT_EQ(numberOf(*ahead->next()), number);
        EXPECT_LE(reads, 8 + 3);
    }
}

TEST(ReadAhead, whatNobodyWantsAnyMoreIsReadNoFurther) {
    std::atomic<int> reads = 0;
    {
        const auto ahead = ReadAhead::begin(
            [&](std::span<std::byte> buffer) -> Result<Batch> {
                ++reads;
                return numbered(0, buffer);
            },
            kBufferBytes);
        ASSERT_TRUE(ahead);
        ASSERT_TRUE(ahead->next());
    } // would wait for ever if the thread did not end
    const int then = reads;
    EXPECT_GE(then, 1);
    EXPECT_LE(then, 9);
}

TEST(ReadAhead, aBatchStaysAsItIsWhileOthersAreRead) {
    const auto ahead = ReadAhead::begin(counting(100, Batch{}), kBufferBytes);
    ASSERT_TRUE(ahead);
    auto held = ahead->next();
    for (std::uint32_t number = 0; number < 99; ++number) {
        for (int look = 0; look < 100; ++look)
            ASSERT_EQ(numberOf(*held), number);
        held = ahead->next();
    }
}

} // namespace
} // namespace halfopen
