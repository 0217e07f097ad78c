// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/actions/direct_operations.h"
#include "core/actions/direct_socket_operations.h"
#include "core/kernel/diag/netlink_source.h"
#include "core/kernel/netns/netns_id.h"
#include "tests/core/loopback_test.h"
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

inline constexpr auto kNeedsRoot = "needs root to become another user";

/// One connection and the verbs on it.
class LivingConnection : public LoopbackTest {
protected:
    void SetUp() override {
        LoopbackTest::SetUp();
        netns = ownNetns();
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

    std::uint64_t netns = 0;
    DirectSocketOperations operations;
};

/// "ok", or the kind's name on the bus, a blank and the sentence.
template <class T>
std::string textOf(const Outcome<T>& outcome) {
    return outcome ? "ok" : std::string(busName(outcome.error().kind)) + " " + inEnglish(outcome.error());
}

} // namespace halfopen::test
