// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/own_network.h"
#include "tests/core/processes.h"
#include "tests/skip.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <cstdint>

namespace halfopen::test {

/// A socket that has an address of loopback and no more.
inline UniqueFd boundToLoopback() {
    UniqueFd socket(::socket(AF_INET, SOCK_STREAM, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    return socket;
}

/// One connection over loopback, in a network of the test's own; skipped where none can be had.
class LoopbackTest : public testing::Test {
protected:
    void SetUp() override {
        if (whyNoNetwork())
            SKIP_UNLESS_CI(*whyNoNetwork());
        loopback.connectClient();
        server = loopback.accepted();
        cookie = cookieOf(loopback.client.get());
        for (const int fd : {loopback.listener.get(), loopback.client.get(), server.get()})
            ASSERT_EQ(fcntl(fd, F_SETFD, FD_CLOEXEC), 0); // programs that a test starts shall not own them, too
    }

    Loopback loopback;
    UniqueFd server;
    std::uint64_t cookie = 0; ///< of the client's side
};

} // namespace halfopen::test
