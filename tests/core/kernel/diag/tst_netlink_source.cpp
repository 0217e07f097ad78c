// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/netlink_source.h"
#include "core/kernel/netns/netns_id.h"
#include "tests/core/kernel/diag/message_builder.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <optional>

namespace halfopen {
namespace {

using test::CollectingSink;

/// A listener on loopback and one connection to it, closed with the object.
struct LoopbackPair {
    explicit LoopbackPair(int family) {
        listener = ::socket(family, SOCK_STREAM, 0);
        sockaddr_storage address{};
        socklen_t size = sizeof address;
        address.ss_family = static_cast<sa_family_t>(family);
        if (family == AF_INET)
            reinterpret_cast<sockaddr_in&>(address).sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        else
            reinterpret_cast<sockaddr_in6&>(address).sin6_addr = in6addr_loopback;
        EXPECT_EQ(bind(listener, reinterpret_cast<sockaddr*>(&address),
                       family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6)),
                  0);
        EXPECT_EQ(listen(listener, 5), 0);
        getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
        client = ::socket(family, SOCK_STREAM, 0);
        EXPECT_EQ(connect(client, reinterpret_cast<sockaddr*>(&address), size), 0);
    }
    ~LoopbackPair() {
        close(client);
        close(listener);
    }
    LoopbackPair(const LoopbackPair&) = delete;
    LoopbackPair& operator=(const LoopbackPair&) = delete;

    std::uint64_t cookie(int fd) const {
        std::uint64_t value = 0;
        socklen_t size = sizeof value;
        EXPECT_EQ(getsockopt(fd, SOL_SOCKET, SO_COOKIE, &value, &size), 0);
        return value;
    }
    int listener = -1;
    int client = -1;
};

class NetlinkSourceTest : public testing::TestWithParam<int> {};

TEST_P(NetlinkSourceTest, ownSocketsAreFoundByTheirCookie) {
    const LoopbackPair pair(GetParam());
    const int on = 1;
    setsockopt(pair.client, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    auto source = NetlinkSource::open();
    ASSERT_TRUE(source) << inEnglish(source.error());
    CollectingSink sink;
    const auto before = MonotonicClock::now();
    const auto summary = (*source)->sample({.detailCookie = pair.cookie(pair.client)}, sink);
    ASSERT_TRUE(summary) << inEnglish(summary.error());

    const auto byCookie = [&](int fd) {
        return std::ranges::find(sink.connections, pair.cookie(fd), &Connection::cookie);
    };
    const auto listener = byCookie(pair.listener);
    ASSERT_NE(listener, sink.connections.end());
    EXPECT_EQ(listener->state, State::Listen);
    const auto client = byCookie(pair.client);
    ASSERT_NE(client, sink.connections.end());
    EXPECT_EQ(client->state, State::Established);
    EXPECT_EQ(client->timer.kind(), TimerKind::Keepalive);
    EXPECT_TRUE(client->remote.address.isLoopback());
    EXPECT_EQ(client->remote.port, listener->local.port);
    EXPECT_GE(client->info.length, 104);
    EXPECT_EQ(summary->detail.size(), client->info.length);
    EXPECT_GE(client->sampled, before);
    EXPECT_LE(client->sampled, summary->end);
    EXPECT_EQ(summary->netns, ownNetns());
}

INSTANTIATE_TEST_SUITE_P(Families, NetlinkSourceTest, testing::Values(AF_INET, AF_INET6));

TEST(NetlinkSource, bothFamiliesComeInOneDumpAndEachSocketOnce) {
    const LoopbackPair four(AF_INET);
    const LoopbackPair six(AF_INET6);
    auto source = NetlinkSource::open();
    ASSERT_TRUE(source);
    CollectingSink sink;
    ASSERT_TRUE((*source)->sample({}, sink));
    for (const LoopbackPair* pair : {&four, &six}) {
        for (const int fd : {pair->listener, pair->client}) {
            EXPECT_EQ(std::ranges::count(sink.connections, pair->cookie(fd), &Connection::cookie), 1);
            const auto found = std::ranges::find(sink.connections, pair->cookie(fd), &Connection::cookie);
            ASSERT_NE(found, sink.connections.end());
            EXPECT_EQ(found->inet6, pair == &six);
        }
    }
}

TEST(NetlinkSource, statesThatWereNotAskedForDoNotCome) {
    const LoopbackPair pair(AF_INET);
    auto source = NetlinkSource::open();
    ASSERT_TRUE(source);
    CollectingSink sink;
    ASSERT_TRUE(
        (*source)->sample({.only = {.states = 1U << static_cast<unsigned>(State::Listen), .conditions = {}}}, sink));
    ASSERT_FALSE(sink.connections.empty());
    EXPECT_TRUE(std::ranges::all_of(sink.connections, [](const auto& c) { return c.state == State::Listen; }));
}

std::uint64_t cookieOf(int fd) {
    std::uint64_t value = 0;
    socklen_t size = sizeof value;
    EXPECT_EQ(getsockopt(fd, SOL_SOCKET, SO_COOKIE, &value, &size), 0);
    return value;
}

/// One socket as the kernel tells it now; nullopt where it does not.
std::optional<Connection> sampled(int fd) {
    auto source = NetlinkSource::open();
    CollectingSink sink;
    if (!source || !(*source)->sample({}, sink))
        return std::nullopt;
    const auto found = std::ranges::find(sink.connections, cookieOf(fd), &Connection::cookie);
    return found == sink.connections.end() ? std::nullopt : std::optional(*found);
}

/// A socket bound to a port of loopback.
int boundSocket() {
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    return fd;
}

TEST(NetlinkSource, boundSocketsAreListedWhereTheKernelTellsThem) {
    const int fd = boundSocket();
    const auto found = sampled(fd);
    close(fd);
    if (!found)
        GTEST_SKIP() << "this kernel lists no bound sockets (since Linux 6.8)";
    EXPECT_EQ(found->state, State::Bound);
    EXPECT_NE(found->local.port, 0);
    EXPECT_NE(found->inode, 0U);
    EXPECT_EQ(found->timer.kind(), TimerKind::None);
    EXPECT_FALSE(found->sentAge() || found->receivedAge() || found->ackAge());
}

TEST(NetlinkSource, aConnectionToItselfHasNoAgeOfData) {
    const int fd = boundSocket();
    sockaddr_storage own{};
    socklen_t size = sizeof own;
    ASSERT_EQ(getsockname(fd, reinterpret_cast<sockaddr*>(&own), &size), 0);
    ASSERT_EQ(connect(fd, reinterpret_cast<sockaddr*>(&own), size), 0);
    const auto before = sampled(fd);
    ASSERT_EQ(write(fd, "x", 1), 1);
    char byte = 0;
    ASSERT_EQ(read(fd, &byte, 1), 1);
    ASSERT_EQ(write(fd, "xy", 2), 2);
    const auto after = sampled(fd);
    close(fd);
    ASSERT_TRUE(before && after);
    EXPECT_EQ(before->receivedAge(), std::nullopt) << before->info.lastDataReceived.count();
    constexpr Millis kFresh{60'000};
    ASSERT_TRUE(before->sentAge() && before->ackAge() && before->lifeAge() && before->idleAge());
    EXPECT_LT(*before->lifeAge(), kFresh);
    EXPECT_LT(*before->idleAge(), kFresh);
    ASSERT_TRUE(after->receivedAge());
    EXPECT_LT(*after->receivedAge(), kFresh);
}

TEST(NetlinkSource, socketOptionsAreToldByTheKernel) {
    const LoopbackPair pair(AF_INET);
    const int on = 1;
    ASSERT_EQ(setsockopt(pair.client, IPPROTO_IP, IP_RECVERR, &on, sizeof on), 0);
    const auto client = sampled(pair.client);
    const auto listener = sampled(pair.listener);
    ASSERT_TRUE(client && listener);
    EXPECT_TRUE(client->receivesErrors);
    EXPECT_FALSE(listener->receivesErrors);
    EXPECT_FALSE(client->connectDeferred);
    EXPECT_EQ(client->upperLayer, UpperLayer::None);
}

TEST(NetlinkSource, aDeferredConnectIsToldByTheKernel) {
    const LoopbackPair pair(AF_INET);
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    ASSERT_EQ(getsockname(pair.listener, reinterpret_cast<sockaddr*>(&address), &size), 0);
    // The first connection fetches a cookie, where the server gives one; without one nothing is deferred.
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    const int on = 1;
    constexpr int kFastOpenConnect = 30, kFastOpenNoCookie = 34; // linux/tcp.h; netinet/tcp.h of older systems has none
    if (setsockopt(fd, IPPROTO_TCP, kFastOpenConnect, &on, sizeof on) != 0 ||
        setsockopt(fd, IPPROTO_TCP, kFastOpenNoCookie, &on, sizeof on) != 0) {
        close(fd);
        GTEST_SKIP() << "Fast Open is switched off";
    }
    ASSERT_EQ(connect(fd, reinterpret_cast<sockaddr*>(&address), size), 0);
    const auto deferred = sampled(fd);
    close(fd);
    ASSERT_TRUE(deferred);
    EXPECT_EQ(deferred->state, State::SynSent);
    EXPECT_TRUE(deferred->connectDeferred);
}

TEST(NetlinkSource, oneSocketServesManySamples) {
    const LoopbackPair pair(AF_INET);
    auto source = NetlinkSource::open();
    ASSERT_TRUE(source);
    for (int i = 0; i < 20; ++i) {
        CollectingSink sink;
        ASSERT_TRUE((*source)->sample({}, sink));
        EXPECT_GE(sink.connections.size(), 3U);
    }
}

} // namespace
} // namespace halfopen
