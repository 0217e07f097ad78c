// SPDX-License-Identifier: GPL-3.0-or-later
// MPTCP connections of several subflows: their options and their end, through the descriptor of the whole.
#include "core/kernel/sockets/socket_access.h"
#include "tests/core/actions/living.h"
#include "tests/core/mptcp_connection.h"

namespace halfopen {
namespace {

using namespace test;
using namespace std::chrono_literals;
using testing::HasSubstr;

/// A connection of MPTCP between two of three addresses of loopback, the client's end with a second subflow from the
/// third one.
class Mptcp : public testing::Test {
protected:
    void SetUp() override {
        if (whyNoNetwork())
            SKIP_UNLESS_CI(*whyNoNetwork());
        network.emplace();
        if (!network->can())
            GTEST_SKIP() << "this kernel or this iproute2 has no MPTCP, or net.mptcp.enabled is 0";
        listener.emplace();
        ASSERT_NE(listener->port, 0);
        port = listener->port;
        connection.emplace(*listener);
        ASSERT_TRUE(connection->made);
        for (int i = 0; i < 500 && subflows().size() < 2; ++i)
            poll(nullptr, 0, 10);
        if (subflows().size() < 2)
            GTEST_SKIP() << "this kernel makes no second subflow on loopback";
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

    const UniqueFd& client() const { return connection->client; }
    const UniqueFd& server() const { return connection->server; }

    std::optional<MptcpNetwork> network;
    std::optional<MptcpListener> listener;
    std::optional<MptcpConnection> connection;
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
    ASSERT_EQ(getsockopt(client().get(), IPPROTO_TCP, TCP_KEEPIDLE, &idle, &size), 0);
    EXPECT_NE(idle, 61);
}

TEST_F(Mptcp, oneSubflowEndsAloneAndTheConnectionGoesOn) {
    EXPECT_EQ(end(subflows().front().cookie, MptcpClose::Subflow), "ok");
    EXPECT_EQ(readFrom(server().get()), "x");
    ASSERT_EQ(write(client().get(), "y", 1), 1);
    EXPECT_EQ(readFrom(server().get()), "y");
}

TEST_F(Mptcp, theWholeEndsWithAllSubflowsAndItsPeerIsTold) {
    EXPECT_EQ(readFrom(server().get()), "x");
    EXPECT_EQ(end(subflows().back().cookie, MptcpClose::Whole), "ok");
    EXPECT_TRUE(subflows().empty());
    EXPECT_EQ(readFrom(server().get()), "ECONNRESET");
    EXPECT_EQ(readFrom(client().get()), "ENOTCONN");
    EXPECT_EQ(send(client().get(), "y", 1, MSG_NOSIGNAL), -1);
    EXPECT_EQ(errno, EPIPE);
}

TEST_F(Mptcp, theDescriptorIsTakenForItsOwnSubflowsAlone) {
    SocketAccess access;
    SocketMeant meant{subflows().front()};
    EXPECT_TRUE(access.read(getpid(), client().get(), meant));
    EXPECT_EQ(access.read(getpid(), server().get(), meant).error(), ReadRefusal::Reused) << "the other end";
    EXPECT_EQ(access.read(getpid(), listener->socket.get(), meant).error(), ReadRefusal::Reused);
    ++meant.local.port;
    EXPECT_EQ(access.read(getpid(), client().get(), meant).error(), ReadRefusal::Reused);
    EXPECT_EQ(access.read(getpid(), client().get(), subflows().front().cookie).error(), ReadRefusal::MultipathTcp)
        << "a cookie alone names no MPTCP connection";
}

} // namespace
} // namespace halfopen
