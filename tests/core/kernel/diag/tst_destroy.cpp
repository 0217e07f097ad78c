// SPDX-License-Identifier: GPL-3.0-or-later
// SOCK_DESTROY on the real kernel, in a network namespace of the test's own.
#include "core/kernel/diag/destroy.h"
#include "tests/core/loopback_test.h"
#include "tests/lab/dump.h"
#include "tests/skip.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <limits>
#include <optional>

namespace halfopen {
namespace {

using namespace test;

ErrorCode codeOf(const Result<void>& result) {
    return result ? ErrorCode::Unreadable : result.error().code; // destroy() has no Unreadable of its own here
}

class Destroy : public LoopbackTest {
protected:
    SocketDestroyer destroyer{std::move(*SocketDestroyer::open())};
};

TEST_F(Destroy, programGetsConnectionAbortedAndPeerAReset) {
    ASSERT_TRUE(destroyer.destroy(find(cookie).value()));
    EXPECT_EQ(errorOn(loopback.client.get()), ECONNABORTED);
    EXPECT_EQ(errorOn(server.get()), ECONNRESET);
    EXPECT_FALSE(find(cookie));
    EXPECT_TRUE(find(cookieOf(loopback.listener.get()))) << "the listener stays";
}

TEST_F(Destroy, mappedAddressOfAnIpv6SocketIsFound) {
    const UniqueFd six(socket(AF_INET6, SOCK_STREAM, 0));
    ASSERT_TRUE(six);
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = loopback.address.sin_port;
    ASSERT_EQ(inet_pton(AF_INET6, "::ffff:127.0.0.1", &address.sin6_addr), 1);
    ASSERT_EQ(connect(six.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    const auto mapped = find(cookieOf(six.get())).value();
    ASSERT_TRUE(mapped.inet6);
    ASSERT_EQ(mapped.remote.address.family(), Family::Ipv4);
    ASSERT_TRUE(destroyer.destroy(mapped));
    EXPECT_EQ(errorOn(six.get()), ECONNABORTED);
}

TEST_F(Destroy, goneConnectionIsNotFound) {
    const Connection connection = find(cookie).value();
    ASSERT_TRUE(destroyer.destroy(connection));
    EXPECT_EQ(codeOf(destroyer.destroy(connection)), ErrorCode::NotFound);
}

TEST_F(Destroy, otherCookieHitsNobody) {
    Connection other = find(cookie).value();
    other.cookie = cookie + 1'000'000;
    EXPECT_EQ(codeOf(destroyer.destroy(other)), ErrorCode::NotFound);
    EXPECT_TRUE(find(cookie));
}

TEST_F(Destroy, sameTupleMadeAnewIsAnotherConnection) {
    const Connection old = find(cookie).value();
    ASSERT_TRUE(destroyer.destroy(old));
    sockaddr_in local{};
    local.sin_family = AF_INET;
    local.sin_port = htons(old.local.port);
    local.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    loopback.client.reset(socket(AF_INET, SOCK_STREAM, 0));
    ASSERT_EQ(bind(loopback.client.get(), reinterpret_cast<sockaddr*>(&local), sizeof local), 0);
    server.reset();
    loopback.connectClient();
    const auto anew = find(cookieOf(loopback.client.get())).value();
    ASSERT_EQ(anew.local, old.local);
    ASSERT_EQ(anew.remote, old.remote);
    EXPECT_EQ(codeOf(destroyer.destroy(old)), ErrorCode::NotFound);
    EXPECT_EQ(errorOn(loopback.client.get()), 0);
}

/// Both would end the listener of the port, or whatever has the tuple.
TEST_F(Destroy, listenersAndCookiesForAnyAreNeverAsked) {
    const auto listening = find(cookieOf(loopback.listener.get())).value();
    EXPECT_EQ(codeOf(destroyer.destroy(listening)), ErrorCode::Usage);
    for (const std::uint64_t any : {std::uint64_t{0}, std::numeric_limits<std::uint64_t>::max()}) {
        Connection connection = find(cookie).value();
        connection.cookie = any;
        EXPECT_EQ(codeOf(destroyer.destroy(connection)), ErrorCode::Usage);
    }
    EXPECT_TRUE(find(cookie));
    EXPECT_TRUE(find(listening.cookie));
}

TEST_F(Destroy, closedServerSideDoesNotTakeTheListenerAlong) {
    const std::uint64_t serverCookie = cookieOf(server.get());
    const Connection connection = find(serverCookie).value();
    ASSERT_TRUE(destroyer.destroy(connection));
    EXPECT_EQ(codeOf(destroyer.destroy(connection)), ErrorCode::NotFound);
    EXPECT_TRUE(find(cookieOf(loopback.listener.get())));
}

TEST_F(Destroy, timeWaitVanishes) {
    const std::uint16_t port = find(cookie)->local.port;
    loopback.client.reset();
    server.reset();
    const auto waiting = inState(State::TimeWait, port);
    ASSERT_TRUE(waiting);
    EXPECT_TRUE(destroyer.destroy(*waiting));
    EXPECT_FALSE(inState(State::TimeWait, port));
}

TEST_F(Destroy, notAcceptedYetVanishes) {
    const UniqueFd second(socket(AF_INET, SOCK_STREAM, 0));
    ASSERT_EQ(connect(second.get(), reinterpret_cast<sockaddr*>(&loopback.address), sizeof loopback.address), 0);
    std::optional<Connection> waiting;
    for (const Connection& connection : dump())
        if (connection.isNotAccepted())
            waiting = connection;
    ASSERT_TRUE(waiting);
    EXPECT_TRUE(destroyer.destroy(*waiting));
    EXPECT_FALSE(find(waiting->cookie));
    EXPECT_EQ(errorOn(second.get()), ECONNRESET);
}

TEST_F(Destroy, withoutTheRightItIsNotPermitted) {
    if (!isRoot())
        SKIP_UNLESS_CI("needs root to become a user without rights");
    const Connection connection = find(cookie).value();
    const int code = resultInChild([&] {
        becomeNobody();
        return static_cast<int>(codeOf(SocketDestroyer::open()->destroy(connection)));
    });
    EXPECT_EQ(code, static_cast<int>(ErrorCode::NotPermitted));
    EXPECT_TRUE(find(cookie));
}

TEST(DestroyError, everyErrnoHasItsSentence) {
    Connection connection;
    connection.local = {IpAddress::v4({127, 0, 0, 1}), 1};
    connection.remote = {IpAddress::v4({127, 0, 0, 1}), 2};
    EXPECT_EQ(inEnglish(destroyError(ENOENT, connection)),
              "The connection 127.0.0.1:1 - 127.0.0.1:2 had gone before it could be closed.");
    EXPECT_EQ(destroyError(ESTALE, connection).code, ErrorCode::NotFound);
    EXPECT_EQ(destroyError(EPERM, connection).code, ErrorCode::NotPermitted);
    EXPECT_EQ(destroyError(EOPNOTSUPP, connection).code, ErrorCode::NotSupported);
    EXPECT_EQ(destroyError(ENOMEM, connection).code, ErrorCode::SomeFailed);
}

} // namespace
} // namespace halfopen
