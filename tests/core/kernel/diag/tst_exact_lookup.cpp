// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/exact_lookup.h"
#include "core/lab/tcp_socket.h"
#include "tests/core/loopback_test.h"
#include "tests/lab/dump.h"

#include <arpa/inet.h>

namespace halfopen {
namespace {

using namespace test;

class ExactLookupTest : public LoopbackTest {
protected:
    void SetUp() override {
        LoopbackTest::SetUp();
        if (IsSkipped())
            return;
        auto opened = ExactLookup::open(*ownNetnsAccess());
        ASSERT_TRUE(opened) << inEnglish(opened.error());
        lookup = std::make_unique<ExactLookup>(std::move(*opened));
    }
    bool isThere(const std::optional<Connection>& connection) { return lookup->isThere(connection.value()); }

    std::unique_ptr<ExactLookup> lookup;
};

TEST_F(ExactLookupTest, bothSidesAreFoundUntilTheyAreGone) {
    const auto client = find(cookie), other = find(cookieOf(server.get()));
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(isThere(client));
        EXPECT_TRUE(isThere(other));
    }
    lab::resetOnClose(loopback.client.get());
    loopback.client.reset();
    EXPECT_FALSE(isThere(client));
    EXPECT_FALSE(isThere(other)) << "it was reset";
    EXPECT_FALSE(isThere(client)) << "and stays so";
}

TEST_F(ExactLookupTest, mappedAddressOfAnIpv6SocketIsFound) {
    const UniqueFd six(socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = loopback.address.sin_port;
    ASSERT_EQ(inet_pton(AF_INET6, "::ffff:127.0.0.1", &address.sin6_addr), 1);
    ASSERT_EQ(connect(six.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    EXPECT_TRUE(isThere(find(cookieOf(six.get()))));
}

TEST_F(ExactLookupTest, sameTupleWithAnotherCookieIsAnother) {
    Connection other = find(cookie).value();
    ++other.cookie;
    EXPECT_FALSE(lookup->isThere(other));
}

} // namespace
} // namespace halfopen
