// SPDX-License-Identifier: GPL-3.0-or-later
// What a program does to its own socket and no timer shows.
#include "core/monitor/sampler.h"
#include "tests/core/monitor/looked_up.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <netinet/tcp.h>

#include <atomic>
#include <deque>

namespace halfopen {
namespace {

using namespace std::chrono_literals;
using namespace test;

// Both are set by the program itself, and nothing that the kernel shows tells of it.
TEST(ReadAgain, whatNoTimerShowsIsReadAgainWithinALap) {
    Loopback loopback;
    loopback.connectClient();
    setOption(loopback.client.get(), SOL_SOCKET, SO_KEEPALIVE, 1);
    const std::uint64_t cookie = cookieOf(loopback.client.get());
    Samples samples;
    ASSERT_TRUE(samples.settle(cookie).options.exact());
    ASSERT_NE(samples.of(cookie).options.probes, 6);
    setOption(loopback.client.get(), IPPROTO_TCP, TCP_KEEPCNT, 6);
    setOption(loopback.client.get(), IPPROTO_TCP, TCP_USER_TIMEOUT, 12'345);
    bool everDoubted = false;
    const auto follows = [&](const KeepaliveOptions& options) {
        everDoubted = everDoubted || !options.exact();
        return options.probes == 6;
    };
    EXPECT_TRUE(samples.await(cookie, follows, ReadingTurns::kLap + 2s));
    EXPECT_EQ(samples.of(cookie).options.userTimeout, Millis(12'345));
    EXPECT_FALSE(everDoubted);
}

TEST(ReadAgain, theSelectedOneIsReadAgainWithEachSample) {
    std::deque<Loopback> loopbacks(20);
    Samples samples;
    for (auto& loopback : loopbacks)
        loopback.connectClient();
    const int client = loopbacks.back().client.get();
    const std::uint64_t cookie = cookieOf(client);
    samples.settle(cookie);
    for (int probes = 3; probes < 12; ++probes) { // each alone could be its turn
        setOption(client, IPPROTO_TCP, TCP_KEEPCNT, probes);
        samples.take(cookie);
        while (!samples.lookup.idle(MonotonicClock::now()))
            samples.lookup.work(MonotonicClock::now() + 5ms);
        samples.take(cookie);
        EXPECT_EQ(samples.of(cookie).options.probes, probes);
    }
}

TEST(ReadAgain, whatMayNoLongerBeReadIsNoLongerExact) {
    const int outcome = resultInChild([&] {
        Loopback loopback;
        loopback.connectClient();
        const std::uint64_t cookie = cookieOf(loopback.client.get());
        Samples samples;
        if (!samples.settle(cookie).options.exact())
            return 90;
        if (!forbidFetching())
            return 91;
        const auto doubted = [](const KeepaliveOptions& options) { return !options.exact(); };
        if (!samples.await(cookie, doubted, ReadingTurns::kLap + 2s))
            return 92;
        const KeepaliveOptions& options = samples.of(cookie).options;
        return options.userTimeoutFrom == Provenance::Inferred && options.probesFrom == Provenance::Inferred ? 0 : 93;
    });
    EXPECT_EQ(outcome, 0);
}

TEST(ReadAgain, aTurnThatThereWasNoTimeForIsNotLost) {
    Loopback loopback;
    loopback.connectClient();
    const std::uint64_t cookie = cookieOf(loopback.client.get());
    Samples samples;
    samples.settle(cookie);
    setOption(loopback.client.get(), IPPROTO_TCP, TCP_KEEPCNT, 6);
    samples.take(cookie); // it is its turn, and no time is left
    samples.take();
    EXPECT_FALSE(samples.lookup.idle(MonotonicClock::now()));
    while (!samples.lookup.idle(MonotonicClock::now()))
        samples.lookup.work(MonotonicClock::now() + 5ms);
    samples.take();
    EXPECT_EQ(samples.of(cookie).options.probes, 6);
}

/// As the window has it: nothing is selected, and no timer runs.
TEST(ReadAgain, theSamplerFollowsWhatAProgramSets) {
    Loopback loopback;
    loopback.connectClient();
    const int client = loopback.client.get();
    const std::uint64_t cookie = cookieOf(client);
    std::atomic<int> probes = 0; // exact ones
    const Sampler sampler(std::move(NetlinkSource::open().value()), {.calibrate = false}, {.interval = 250ms},
                          [&](const FramePtr& frame) {
                              const Row* row = frame->find(cookie);
                              probes = row && row->options.exact() ? row->options.probes : 0;
                          });
    const auto shows = [&](int wanted, std::chrono::seconds timeLimit) {
        const auto end = MonotonicClock::now() + timeLimit;
        while (probes != wanted && MonotonicClock::now() < end)
            ::poll(nullptr, 0, 20);
        return probes == wanted;
    };
    ASSERT_TRUE(shows(optionOf(client, IPPROTO_TCP, TCP_KEEPCNT), 20s));
    setOption(client, IPPROTO_TCP, TCP_KEEPCNT, 6);
    EXPECT_TRUE(shows(6, ReadingTurns::kLap + 5s)) << probes;
}

} // namespace
} // namespace halfopen
