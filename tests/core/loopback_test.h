// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/own_network.h"
#include "tests/core/process/processes.h"
#include "tests/skip.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace halfopen::test {

/// One connection over loopback, in a network of the test's own; skipped where none can be had.
class LoopbackTest : public testing::Test {
protected:
    void SetUp() override {
        if (whyNoNetwork())
            SKIP_UNLESS_CI(*whyNoNetwork());
        loopback.connectClient();
        server = loopback.accepted();
        cookie = cookieOf(loopback.client.get());
    }

    Loopback loopback;
    UniqueFd server;
    std::uint64_t cookie = 0; ///< of the client's side
};

} // namespace halfopen::test
