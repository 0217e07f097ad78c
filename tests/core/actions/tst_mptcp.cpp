// SPDX-License-Identifier: GPL-3.0-or-later
// MPTCP connections of several subflows: their options and their end, through the descriptor of the whole.
#include "core/kernel/sockets/socket_access.h"
#include "tests/core/actions/living.h"

#include <cstdlib>

namespace halfopen {
namespace {

using namespace test;
using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr int kMptcp = 262; // IPPROTO_MPTCP

bool ip(const std::string& words) {
    return std::system(("ip " + words + " 2>/dev/null").c_str()) == 0;
}

/// A connection of MPTCP between two of three addresses of loopback, the client's end with a second subflow from the
/// third one.
class Mptcp : public testing::Test {
protected:
    void SetUp() override {
        if (whyNoNetwork())
            SKIP_UNLESS_CI(*whyNoNetwork());
        listener.reset(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, kMptcp));
        if (!listener)
            GTEST_SKIP() << "this kernel has no MPTCP, or net.mptcp.enabled is 0";
        for (const char* address : {"192.0.2.1", "192.0.2.2", "192.0.2.3"})
            ip(std::string("addr add ") + address + "/32 dev lo");
        if (!ip("mptcp limits set subflow 4 add_addr_accepted 4") || !ip("mptcp endpoint add 192.0.2.3 dev lo subflow"))
            GTEST_SKIP() << "this iproute2 knows no MPTCP";
        sockaddr_in address = addressOf("192.0.2.2");
        socklen_t size = sizeof address;
        auto* name = reinterpret_cast<sockaddr*>(&address);
        ASSERT_EQ(bind(listener.get(), name, size), 0);
        ASSERT_EQ(listen(listener.get(), 4), 0);
        ASSERT_EQ(getsockname(listener.get(), name, &size), 0);
        port = ntohs(address.sin_port);
        client.reset(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, kMptcp));
        sockaddr_in from = addressOf("192.0.2.1");
        ASSERT_EQ(bind(client.get(), reinterpret_cast<const sockaddr*>(&from), sizeof from), 0);
        ASSERT_EQ(connect(client.get(), name, size), 0);
        server.reset(accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
        ASSERT_EQ(write(client.get(), "x", 1), 1); // the handshake is whole with the first data
        for (int i = 0; i < 500 && subflows().size() < 2; ++i)
            poll(nullptr, 0, 10);
        if (subflows().size() < 2)
            GTEST_SKIP() << "this kernel makes no second subflow on loopback";
    }
    void TearDown() override {
        if (whyNoNetwork())
            return;
        ip("mptcp endpoint flush");
        for (const char* address : {"192.0.2.1", "192.0.2.2", "192.0.2.3"})
            ip(std::string("addr del ") + address + "/32 dev lo");
    }
    static sockaddr_in addressOf(const char* text) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        EXPECT_EQ(inet_pton(AF_INET, text, &address.sin_addr), 1);
        return address;
    }
    /// Of the client's end, which share its inode.
    std::vector<Connection> subflows() const {
        std::vector<Connection> all = dump();
        std::erase_if(all, [this](const Connection& one) {
            return one.upperLayer != UpperLayer::Mptcp || one.state != State::Established || one.remote.port != port;
        });
        return all;
    }
    Outcome<OptionsSet> set(const OptionsChange& change) const {
        auto sets = operations.set(ownNetns(), {subflows().back().cookie}, change);
        if (!sets)
            return tl::unexpected(sets.error());
        if (!sets->front().outcome)
            return tl::unexpected(sets->front().outcome.error());
        return sets->front();
    }
    std::string end(std::uint64_t cookie, MptcpClose mptcp) const {
        return textOf(operations.end(ownNetns(), {cookie}, mptcp)->front().outcome);
    }
    /// What the next read says: -1 and errno, or what came. Waits for it.
    static std::string readFrom(int socket) {
        char byte = 0;
        const timeval limit{5, 0};
        EXPECT_EQ(setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit), 0);
        const ssize_t size = read(socket, &byte, 1);
        return size > 0 ? std::string(1, byte) : size == 0 ? "end" : strerrorname_np(errno);
    }

    UniqueFd listener;
    UniqueFd client;
    UniqueFd server;
    std::uint16_t port = 0;
    DirectSocketOperations operations;
};

TEST_F(Mptcp, whatIsSetOnOneSubflowIsReadOfAndArmedOnAll) {
    const auto made = set({.enabled = true, .idleSeconds = 60, .intervalSeconds = 7, .probes = 3});
    ASSERT_TRUE(made) << inEnglish(made.error());
    EXPECT_EQ(made->before.enabled, Switch::Off);
    EXPECT_TRUE(made->after.exact());
    const auto all = subflows();
    ASSERT_GE(all.size(), 2U);
    for (const Connection& one : all) {
        EXPECT_EQ(one.timer.kind(), TimerKind::Keepalive) << one.local.toString();
        const auto readings = operations.read(ownNetns(), {one.cookie});
        ASSERT_TRUE(readings && readings->front().options) << one.local.toString();
        EXPECT_EQ(readings->front().options->enabled, Switch::On);
        EXPECT_EQ(readings->front().options->idleSeconds, 60);
        EXPECT_EQ(readings->front().options->intervalSeconds, 7);
        EXPECT_EQ(readings->front().options->probes, 3);
    }
}

TEST_F(Mptcp, aUserTimeoutIsRefusedBeforeAnythingIsTouched) {
    const auto made = set({.idleSeconds = 61, .userTimeoutMs = 5000});
    ASSERT_FALSE(made);
    EXPECT_THAT(inEnglish(made.error()), HasSubstr("TCP_USER_TIMEOUT"));
    int idle = 0;
    socklen_t size = sizeof idle;
    ASSERT_EQ(getsockopt(client.get(), IPPROTO_TCP, TCP_KEEPIDLE, &idle, &size), 0);
    EXPECT_NE(idle, 61);
}

TEST_F(Mptcp, oneSubflowEndsAloneAndTheConnectionGoesOn) {
    EXPECT_EQ(end(subflows().front().cookie, MptcpClose::Subflow), "ok");
    EXPECT_EQ(readFrom(server.get()), "x");
    ASSERT_EQ(write(client.get(), "y", 1), 1);
    EXPECT_EQ(readFrom(server.get()), "y");
}

TEST_F(Mptcp, theWholeEndsWithAllSubflowsAndItsPeerIsTold) {
    EXPECT_EQ(readFrom(server.get()), "x");
    EXPECT_EQ(end(subflows().back().cookie, MptcpClose::Whole), "ok");
    EXPECT_TRUE(subflows().empty());
    EXPECT_EQ(readFrom(server.get()), "ECONNRESET");
    EXPECT_EQ(readFrom(client.get()), "ENOTCONN");
    EXPECT_EQ(send(client.get(), "y", 1, MSG_NOSIGNAL), -1);
    EXPECT_EQ(errno, EPIPE);
}

TEST_F(Mptcp, theDescriptorIsTakenForItsOwnSubflowsAlone) {
    SocketAccess access;
    SocketMeant meant{subflows().front()};
    EXPECT_TRUE(access.read(getpid(), client.get(), meant));
    EXPECT_EQ(access.read(getpid(), server.get(), meant).error(), ReadRefusal::Reused) << "the other end";
    EXPECT_EQ(access.read(getpid(), listener.get(), meant).error(), ReadRefusal::Reused);
    ++meant.local.port;
    EXPECT_EQ(access.read(getpid(), client.get(), meant).error(), ReadRefusal::Reused);
    EXPECT_EQ(access.read(getpid(), client.get(), subflows().front().cookie).error(), ReadRefusal::MultipathTcp)
        << "a cookie alone names no MPTCP connection";
}

} // namespace
} // namespace halfopen
