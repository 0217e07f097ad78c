// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/loopback_test.h"
#include "tests/lab/missing_page.h"

#include <thread>

namespace halfopen::test {

/// The client of the connection sits in send(2) on a page that does not come, and so holds the lock of its socket.
class LockedConnectionTest : public LoopbackTest {
protected:
    void SetUp() override {
        LoopbackTest::SetUp();
        if (IsSkipped() || HasFatalFailure())
            return;
        if (!page.isUsable())
            GTEST_SKIP() << "this kernel has no userfaultfd(2), or not for this user";
        sender = std::thread([this] { send(loopback.client.get(), page.address(), MissingPage::kSize, MSG_NOSIGNAL); });
        page.awaitFault(); // from now on it holds the lock
    }
    void TearDown() override { letGo(); }
    void letGo() {
        if (!sender.joinable())
            return;
        page.give();
        sender.join();
    }

    MissingPage page;
    std::thread sender;
};

} // namespace halfopen::test
