// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diag/netlink_source.h"
#include "core/privilege/direct_operations.h"
#include "core/privilege/direct_socket_operations.h"
#include "tests/core/own_network.h"
#include "tests/core/process/processes.h"
#include "tests/lab/dump.h"
#include "tests/lab/in_child.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>

#include <netinet/tcp.h>

#include <optional>
#include <string>
#include <vector>

namespace halfopen::test {

using Kind = PrivilegeErrorKind;

inline std::vector<Connection> dump() {
    return Dump::of(**NetlinkSource::open());
}

inline std::optional<Connection> find(std::uint64_t cookie) {
    for (const Connection& connection : dump())
        if (connection.cookie == cookie)
            return connection;
    return std::nullopt;
}

inline std::optional<Connection> inState(State state, std::uint16_t localPort) {
    for (const Connection& connection : dump())
        if (connection.state == state && connection.local.port == localPort)
            return connection;
    return std::nullopt;
}

inline int optionOf(int socket, int level, int name) {
    int value = 0;
    socklen_t size = sizeof value;
    EXPECT_EQ(getsockopt(socket, level, name, &value, &size), 0);
    return value;
}

inline int errorOn(int socket) {
    return optionOf(socket, SOL_SOCKET, SO_ERROR);
}

inline constexpr auto kNeedsRoot = "needs root to become another user";

/// One connection over loopback, in a network of the test's own, and the verbs on it.
class LivingConnection : public testing::Test {
protected:
    void SetUp() override {
        if (whyNoNetwork())
            GTEST_SKIP() << *whyNoNetwork();
        loopback.connectClient();
        server = loopback.accepted();
        cookie = cookieOf(loopback.client.get());
        netns = ownNetnsInode();
    }
    /// Another connection to the listener, which nobody accepts; told as its listener's side.
    std::optional<Connection> leaveWaiting(const UniqueFd& client) const {
        EXPECT_EQ(connect(client.get(), reinterpret_cast<const sockaddr*>(&loopback.address), sizeof loopback.address),
                  0);
        for (const Connection& connection : dump())
            if (connection.isNotAccepted())
                return connection;
        return std::nullopt;
    }

    Loopback loopback;
    UniqueFd server;
    std::uint64_t cookie = 0;
    std::uint64_t netns = 0;
    DirectSocketOperations operations;
};

/// "ok", or the kind's name on the bus, a blank and the sentence.
template <class T>
std::string told(const Outcome<T>& outcome) {
    return outcome ? "ok" : std::string(busName(outcome.error().kind)) + " " + outcome.error().message;
}

} // namespace halfopen::test
