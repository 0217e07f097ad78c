// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/monitor/looked_up.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <netinet/tcp.h>

#include <deque>

namespace halfopen {
namespace {

using namespace std::chrono_literals;
using namespace test;

TEST(ProcessLookup, manySocketsAreReadBySeveralThreadsTogether) {
    std::deque<Loopback> listeners; // listening sockets alone: no connection may be mistaken for another
    for (int i = 0; i < 1500; ++i) {
        listeners.emplace_back();
        setOption(listeners.back().listener.get(), IPPROTO_TCP, TCP_KEEPIDLE, 100 + i);
    }
    Samples samples;
    samples.lookup.setThreads(3);
    samples.settle(cookieOf(listeners.front().listener.get()));
    int exact = 0;
    for (int i = 0; i < 1500; ++i) {
        const Seen& seen = samples.of(cookieOf(listeners[static_cast<std::size_t>(i)].listener.get()));
        exact += seen.options.exact();
        EXPECT_EQ(seen.options.idleSeconds, 100 + i);
    }
    EXPECT_EQ(exact, 1500);
}

TEST(ProcessLookup, secondSampleKnowsOwnersAndOptions) {
    Loopback loopback;
    loopback.connectClient();
    setOption(loopback.client.get(), IPPROTO_TCP, TCP_KEEPCNT, 6);
    const std::uint64_t cookie = cookieOf(loopback.client.get());
    Samples samples;
    samples.take();
    EXPECT_EQ(samples.of(cookie).why, OwnerUnknown::NotLookedUp);
    EXPECT_FALSE(samples.of(cookie).options.exact());
    while (!samples.lookup.settled(MonotonicClock::now()))
        samples.lookup.work(MonotonicClock::now() + 5ms);
    samples.take();
    EXPECT_EQ(samples.of(cookie).why, OwnerUnknown::Known);
    EXPECT_TRUE(samples.of(cookie).options.exact());
    EXPECT_EQ(samples.of(cookie).options.probes, 6);
    const auto& owners = samples.lookup.owners()->at(inodeOf(loopback.client.get()));
    EXPECT_EQ(owners.front().pid, getpid());
    samples.take();
    EXPECT_TRUE(samples.of(cookie).options.exact()) << "what was read travels on";
}

// A dump that met a tick is taken again, whatever it had picked up before.
TEST(ProcessLookup, whatARestartedSampleHadPickedUpIsNotLost) {
    Loopback loopback;
    loopback.connectClient();
    const std::uint64_t cookie = cookieOf(loopback.client.get());
    Samples samples;
    samples.take();
    while (!samples.lookup.settled(MonotonicClock::now()))
        samples.lookup.work(MonotonicClock::now() + 5ms);
    samples.take();
    ASSERT_TRUE(samples.of(cookie).options.exact());
    const Connection connection = samples.of(cookie).connection;
    samples.restart();
    samples.add(connection);
    EXPECT_TRUE(samples.of(cookie).options.exact());
    samples.restart();
    samples.add(connection);
    EXPECT_TRUE(samples.of(cookie).options.exact());
}

TEST(ProcessLookup, keepaliveSwitchedOnLeavesNothingOfWhatWasReadBefore) {
    Loopback loopback;
    loopback.connectClient();
    const int client = loopback.client.get();
    const std::uint64_t cookie = cookieOf(client);
    Samples samples;
    ASSERT_TRUE(samples.settle(cookie).options.exact());
    const int on = 1, idle = 600;
    ASSERT_EQ(::setsockopt(client, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof idle), 0);
    ASSERT_EQ(::setsockopt(client, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on), 0);
    samples.take();
    const KeepaliveOptions& options = samples.of(cookie).options;
    EXPECT_EQ(options.enabled, Switch::On);
    EXPECT_EQ(options.idleSeconds, 600) << "as its timer shows, whatever was read before";
    for (const Provenance from : {options.idleFrom, options.intervalFrom, options.probesFrom})
        EXPECT_NE(from, Provenance::Exact);
}

TEST(ProcessLookup, changedSettingsMakeItReadAgain) {
    Loopback loopback;
    loopback.connectClient();
    const std::uint64_t cookie = cookieOf(loopback.client.get());
    Samples samples;
    samples.settle(cookie);
    setOption(loopback.client.get(), IPPROTO_TCP, TCP_KEEPCNT, 6); // no timer shows it
    samples.lookup.forgetOptions(0, {}, {});
    samples.lookup.work(MonotonicClock::now()); // no sample has asked yet
    samples.settle(cookie);
    samples.take();
    EXPECT_EQ(samples.of(cookie).options.probes, 6);
}

TEST(ProcessLookup, switchThatTheTimerDeniesIsReadAgain) {
    Loopback loopback;
    loopback.connectClient();
    const std::uint64_t cookie = cookieOf(loopback.client.get());
    Samples samples;
    EXPECT_EQ(samples.settle(cookie).options.enabled, Switch::Off);
    setOption(loopback.client.get(), IPPROTO_TCP, TCP_KEEPINTVL, 13);
    setOption(loopback.client.get(), SOL_SOCKET, SO_KEEPALIVE, 1);
    samples.take();
    EXPECT_EQ(samples.of(cookie).options.enabled, Switch::On) << "shown at once";
    EXPECT_EQ(samples.of(cookie).options.enabledFrom, Provenance::Derived);
    const Seen& again = samples.settle(cookie);
    EXPECT_EQ(again.options.enabledFrom, Provenance::Exact);
    EXPECT_EQ(again.options.intervalSeconds, 13);
}

TEST(ProcessLookup, idleThatMovedTheTimerIsReadAgain) {
    Loopback loopback;
    loopback.connectClient();
    setOption(loopback.client.get(), SOL_SOCKET, SO_KEEPALIVE, 1);
    const std::uint64_t cookie = cookieOf(loopback.client.get());
    Samples samples;
    EXPECT_EQ(samples.settle(cookie).options.enabledFrom, Provenance::Exact);
    setOption(loopback.client.get(), IPPROTO_TCP, TCP_KEEPIDLE, 77);
    samples.take();
    EXPECT_EQ(samples.of(cookie).options.idleFrom, Provenance::Inferred) << "what was read is in doubt";
    const Seen& again = samples.settle(cookie);
    EXPECT_EQ(again.options.idleSeconds, 77);
    EXPECT_EQ(again.options.idleFrom, Provenance::Exact);
}

TEST(ProcessLookup, childNotAcceptedYetHasItsListenersOptionsUntilItHasItsOwn) {
    Loopback loopback;
    setOption(loopback.listener.get(), SOL_SOCKET, SO_KEEPALIVE, 1);
    setOption(loopback.listener.get(), IPPROTO_TCP, TCP_KEEPIDLE, 41);
    loopback.connectClient();
    Samples samples;
    samples.take();
    sockaddr_in peer{};
    socklen_t size = sizeof peer;
    getsockname(loopback.client.get(), reinterpret_cast<sockaddr*>(&peer), &size);
    const std::uint64_t cookie = samples.waitingFor(ntohs(peer.sin_port));
    ASSERT_NE(cookie, 0u);
    const Seen waiting = samples.settle(cookie);
    EXPECT_EQ(waiting.why, OwnerUnknown::NotAccepted);
    EXPECT_TRUE(waiting.options.exact());
    EXPECT_EQ(waiting.options.idleSeconds, 41);

    const UniqueFd child = loopback.accepted();
    ASSERT_EQ(cookieOf(child.get()), cookie);
    setOption(child.get(), IPPROTO_TCP, TCP_KEEPCNT, 3);
    const Seen& accepted = samples.settle(cookie);
    EXPECT_EQ(accepted.why, OwnerUnknown::Known);
    EXPECT_EQ(accepted.options.probes, 3);
}

TEST(ProcessLookup, ownerThatMovedToAnotherDescriptorIsFoundAgain) {
    Loopback loopback;
    loopback.connectClient();
    const std::uint64_t cookie = cookieOf(loopback.client.get());
    Samples samples;
    samples.settle(cookie);
    const UniqueFd moved(fcntl(loopback.client.get(), F_DUPFD, 200));
    loopback.client.reset();
    setOption(moved.get(), IPPROTO_TCP, TCP_KEEPCNT, 6);
    samples.lookup.forgetOptions(0, {}, {});
    samples.settle(cookie); // the table of owners is stale
    const auto refusal = samples.lookup.refusalOf({cookie});
    EXPECT_TRUE(isStale(refusal)) << shortName(refusal); // something else may have taken the number by now
    samples.take();
    EXPECT_FALSE(samples.of(cookie).options.exact()) << "what could not be read again is in doubt";
    EXPECT_EQ(samples.settle(cookie).options.probes, 6);
    EXPECT_EQ(samples.lookup.refusalOf({cookie}), ReadRefusal::None);
}

TEST(ProcessLookup, refusalIsRememberedWithItsReason) {
    const Loopback loopback;
    const std::uint64_t cookie = cookieOf(loopback.client.get());
    const int outcome = resultInChild([&] {
        if (!forbidFetching() || listen(loopback.client.get(), 1) != 0)
            return 90;
        Samples samples;
        samples.take();
        while (!samples.lookup.settled(MonotonicClock::now()))
            samples.lookup.work(MonotonicClock::now() + 5ms);
        samples.take();
        if (samples.of(cookie).why != OwnerUnknown::Known || samples.of(cookie).options.exact())
            return 91;
        return static_cast<int>(samples.lookup.refusalOf({cookie}));
    });
    EXPECT_EQ(outcome, static_cast<int>(ReadRefusal::Denied));
}

TEST(ProcessLookup, ownersOnlyReadsNoOptions) {
    Loopback loopback;
    loopback.connectClient();
    const std::uint64_t cookie = cookieOf(loopback.client.get());
    ProcessLookup ownersOnly(false);
    Connection connection;
    connection.state = State::Established;
    connection.inode = inodeOf(loopback.client.get());
    connection.cookie = cookie;
    KeepaliveOptions options;
    ownersOnly.beginSample();
    ownersOnly.consider(connection, {}, options);
    while (!ownersOnly.settled(MonotonicClock::now()))
        ownersOnly.work(MonotonicClock::now() + 5ms);
    ownersOnly.beginSample();
    EXPECT_EQ(ownersOnly.consider(connection, {}, options), OwnerUnknown::Known);
    EXPECT_FALSE(options.exact());
}

} // namespace
} // namespace halfopen
