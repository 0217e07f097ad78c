// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/destroy_events.h"
#include "core/kernel/diag/wire.h"
#include "core/lab/tcp_socket.h"
#include "tests/core/kernel/diag/message_builder.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <set>

namespace halfopen {
namespace {

using namespace test;

ByteVector rawInfo(std::size_t size) {
    wire::TcpInfo info{};
    info.probes = 3;
    info.bytesAcked = 102;
    info.bytesSent = 107;
    info.segsIn = 0x10005;
    info.bytesRetrans = 7;
    info.dataSegsIn = 2;
    ByteVector bytes;
    append(bytes, info);
    bytes.resize(size);
    return bytes;
}

ByteVector event(std::uint64_t cookie, std::size_t infoSize = sizeof(wire::TcpInfo)) {
    return message(SOCK_DIAG_BY_FAMILY, payload(socketHead(7, cookie), {attribute(INET_DIAG_INFO, rawInfo(infoSize))}),
                   0, 0, 0);
}

TEST(DestroyEvents, anEventKeepsTheLastCountsOfItsSocket) {
    std::vector<DestroyEvent> events;
    EXPECT_EQ(decodeDestroyEvents(event(0x77), MonotonicTime(std::chrono::seconds(5)), events), 0u);
    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(events[0].connection.cookie, 0x77u);
    EXPECT_EQ(events[0].connection.state, State::Close);
    EXPECT_EQ(events[0].connection.remote.port, 50312);
    EXPECT_EQ(events[0].connection.info.probes, 3);
    EXPECT_EQ(events[0].connection.sampled, MonotonicTime(std::chrono::seconds(5)));
    EXPECT_EQ(events[0].connection.info.ackedBeyondPayload, 2) << "SYN and FIN";
    EXPECT_EQ(events[0].connection.info.segmentsIn, 5);
    EXPECT_TRUE(events[0].hasDataSegments);
    EXPECT_EQ(events[0].dataSegmentsIn, 2u);
}

TEST(DestroyEvents, anOldKernelTellsLess) {
    std::vector<DestroyEvent> events;
    EXPECT_EQ(decodeDestroyEvents(event(1, 144), {}, events), 0u);
    ASSERT_EQ(events.size(), 1u);
    EXPECT_FALSE(events[0].hasDataSegments);
    EXPECT_EQ(events[0].connection.info.ackedBeyondPayload, TcpInfo::kUnknown);
}

TEST(DestroyEvents, whatMakesNoSenseIsCountedAndLeftOut) {
    std::vector<DestroyEvent> events;
    const ByteVector good = event(1);
    EXPECT_EQ(decodeDestroyEvents(event(1, 60), {}, events), 1u) << "a tcp_info that is too short";
    EXPECT_EQ(decodeDestroyEvents(event(0), {}, events), 1u) << "without a cookie it names nothing";
    EXPECT_EQ(decodeDestroyEvents(ByteView(good).first(good.size() - 8), {}, events), 1u) << "cut short";
    EXPECT_EQ(decodeDestroyEvents(ByteView(good).first(9), {}, events), 1u) << "less than a header";
    EXPECT_TRUE(events.empty());
    EXPECT_EQ(decodeDestroyEvents(join({message(SOCK_DIAG_BY_FAMILY, {}), good}), {}, events), 1u);
    EXPECT_EQ(events.size(), 1u) << "what follows a damaged message is read";
}

TEST(DestroyEvents, everyBytePrefixIsSurvived) {
    const ByteVector good = event(1);
    for (std::size_t size = 0; size < good.size(); ++size) {
        std::vector<DestroyEvent> events;
        decodeDestroyEvents(ByteView(good).first(size), {}, events);
        EXPECT_TRUE(events.empty()) << size;
    }
}

struct Ended {
    Endpoint server;
    std::uint64_t cookie = 0;
};

/// A listener on loopback and a connection to it, which ends here.
Result<Ended> endConnection(const IpAddress& address, bool reset) {
    auto listener = lab::listenAt({address, 0});
    if (!listener)
        return tl::unexpected(listener.error());
    sockaddr_storage bound{};
    socklen_t size = sizeof bound;
    ::getsockname(listener->get(), reinterpret_cast<sockaddr*>(&bound), &size);
    const Endpoint server{address, ntohs(reinterpret_cast<sockaddr_in&>(bound).sin_port)}; // there in sockaddr_in6 too
    auto client = lab::connectTo(server);
    if (!client)
        return tl::unexpected(client.error());
    if (reset)
        lab::resetOnClose(client->get());
    return Ended{server, lab::cookieOf(client->get())};
}

std::optional<DestroyEvent> awaitEvent(DestroyEvents& source, std::uint64_t cookie) {
    const auto until = MonotonicClock::now() + std::chrono::seconds(2);
    std::vector<DestroyEvent> events;
    while (MonotonicClock::now() < until) {
        pollfd ready{source.descriptor(), POLLIN, 0};
        ::poll(&ready, 1, 100);
        EXPECT_EQ(source.drain(events).damaged, 0u);
        for (const DestroyEvent& event : events)
            if (event.connection.cookie == cookie)
                return event;
    }
    return std::nullopt;
}

class RealDestroyEvents : public testing::TestWithParam<const char*> {
protected:
    void SetUp() override {
        auto opened = DestroyEvents::open();
        ASSERT_TRUE(opened) << inEnglish(opened.error());
        m_source = std::move(*opened);
    }
    std::optional<DestroyEvent> eventOfConnection(bool reset) {
        auto ended = endConnection(*IpAddress::parse(GetParam()), reset);
        if (!ended)
            return std::nullopt;
        m_ended = *ended;
        return awaitEvent(*m_source, m_ended.cookie);
    }
    std::unique_ptr<DestroyEvents> m_source;
    Ended m_ended;
};

TEST_P(RealDestroyEvents, theKernelTellsTheEndOfASocketByItsCookie) {
    const auto event = eventOfConnection(false);
    ASSERT_TRUE(event);
    EXPECT_EQ(event->connection.remote, m_ended.server);
    EXPECT_TRUE(event->connection.info.present());
}

TEST_P(RealDestroyEvents, aSocketThatItsProgramResetHasForgottenThePeersPort) {
    const auto event = eventOfConnection(true);
    ASSERT_TRUE(event);
    EXPECT_EQ(event->connection.remote, (Endpoint{m_ended.server.address, 0})) << "net/ipv4/tcp.c, tcp_disconnect()";
}

TEST_P(RealDestroyEvents, whatTheBufferCannotTakeIsCountedAsLost) {
    const int smallest = 1; // the kernel makes its minimum of it, room for a few events
    ASSERT_EQ(::setsockopt(m_source->descriptor(), SOL_SOCKET, SO_RCVBUF, &smallest, sizeof smallest), 0);
    std::set<std::uint64_t> cookies;
    for (int i = 0; i < 200; ++i) {
        const auto ended = endConnection(*IpAddress::parse(GetParam()), true);
        ASSERT_TRUE(ended) << inEnglish(ended.error());
        cookies.insert(ended->cookie);
    }
    std::vector<DestroyEvent> events;
    EventDrain drained;
    for (int i = 0; i < 200 && drained.lost == 0; ++i) { // the kernel tells them from a work queue
        drained = m_source->drain(events);
        ::poll(nullptr, 0, drained.lost == 0 ? 20 : 0);
    }
    const auto mine =
        std::ranges::count_if(events, [&](const DestroyEvent& one) { return cookies.contains(one.connection.cookie); });
    EXPECT_LT(mine, 200);
    EXPECT_GE(drained.lost, 1u);
    // Others on this machine end connections too, and the buffer is still the smallest: one may be lost again.
    bool goesOn = false;
    for (int i = 0; i < 5 && !goesOn; ++i)
        goesOn = eventOfConnection(true).has_value();
    EXPECT_TRUE(goesOn) << "it goes on with what comes next";
}

INSTANTIATE_TEST_SUITE_P(Families, RealDestroyEvents, testing::Values("127.0.0.1", "::1"),
                         [](const auto& family) { return family.index == 0 ? "Ipv4" : "Ipv6"; });

} // namespace
} // namespace halfopen
