// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/reading_turns.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <vector>

namespace halfopen {
namespace {

using namespace std::chrono_literals;

/// Sockets made one after another, sampled at a steady pace.
class Sockets {
public:
    explicit Sockets(std::size_t count)
        : m_lastTurn(count) {}

    /// @return how many had their turn
    std::size_t sample(std::chrono::milliseconds later) {
        m_now += later;
        m_turns.beginSample(m_now);
        std::size_t taken = 0;
        for (std::size_t i = 0; i < m_lastTurn.size(); ++i) {
            if (!m_turns.isTurnOf(0x5000 + i))
                continue;
            ++taken;
            m_lastTurn[i] = m_now;
        }
        return taken;
    }
    std::chrono::nanoseconds longestWait() const { return m_now - *std::ranges::min_element(m_lastTurn); }
    std::size_t turnsTaken(std::chrono::milliseconds step, int samples) {
        std::size_t all = 0;
        for (int i = 0; i < samples; ++i)
            all += sample(step);
        return all;
    }

private:
    ReadingTurns m_turns;
    MonotonicTime m_now{1h};
    std::vector<MonotonicTime> m_lastTurn;
};

TEST(ReadingTurns, nobodyHasATurnWhereAProgramLooksOnce) {
    Sockets sockets(5000);
    EXPECT_EQ(sockets.sample(0ms), 0U);
    EXPECT_EQ(sockets.sample(0ms), 0U);
}

TEST(ReadingTurns, eachComesOnceALap) {
    for (const auto step : {100ms, 250ms, 1000ms, 10'000ms}) {
        Sockets sockets(900);
        sockets.sample(0ms);
        const int samples = static_cast<int>(30s / step);
        EXPECT_EQ(sockets.turnsTaken(step, samples), 3U * 900U) << step.count();
        EXPECT_LE(sockets.longestWait(), ReadingTurns::kLap + step) << step.count();
    }
}

TEST(ReadingTurns, manyTakeALongerLapAndNoMoreASecond) {
    constexpr std::size_t kCount = 50'000;
    EXPECT_EQ(ReadingTurns::lapOf(kCount), 500s);
    Sockets sockets(kCount);
    sockets.sample(0ms);
    for (int i = 0; i < 510; ++i)
        EXPECT_LE(sockets.sample(1s), 2 * ReadingTurns::kPerSecond + 1) << i;
    EXPECT_LE(sockets.longestWait(), 501s);
    EXPECT_NEAR(static_cast<double>(sockets.turnsTaken(1s, 100)), 100.0 * ReadingTurns::kPerSecond, 100);
}

TEST(ReadingTurns, aPauseIsNoReasonToReadMoreThanEachOnce) {
    Sockets sockets(800);
    sockets.sample(0ms);
    EXPECT_EQ(sockets.sample(3600s), 800U);
}

TEST(ReadingTurns, aSampleThatBeginsAgainGivesTheSameTurns) {
    ReadingTurns turns;
    turns.beginSample(MonotonicTime(1h));
    turns.beginSample(MonotonicTime(1h + 2s));
    const auto taken = [&] {
        std::vector<std::uint64_t> all;
        for (std::uint64_t cookie = 1; cookie <= 100; ++cookie)
            if (turns.isTurnOf(cookie))
                all.push_back(cookie);
        return all;
    };
    const auto first = taken();
    EXPECT_NEAR(static_cast<double>(first.size()), 20, 3);
    turns.beginSampleAgain();
    EXPECT_EQ(taken(), first);
}

} // namespace
} // namespace halfopen
