// SPDX-License-Identifier: GPL-3.0-or-later
// A program sits in send(2) on a page that does not come, and so holds the lock of its socket: a dump with tcp_info
// waits for it inside the kernel, where nothing can end it.
#include "core/kernel/diag/netlink_source.h"
#include "core/monitor/monitor.h"
#include "tests/core/locked_connection.h"
#include "tests/core/processes.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <poll.h>

#include <chrono>
#include <string>
#include <thread>

namespace halfopen {
namespace {

using namespace test;
using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

class LockedSocket : public LockedConnectionTest {
protected:
    void SetUp() override {
        LockedConnectionTest::SetUp();
        if (!IsSkipped() && !HasFatalFailure())
            other.connectClient();
    }
    static Monitor::Config plain() { return {.owners = true, .options = true, .calibrate = false}; }

    /// Samples until tcp_info is back; bounded.
    static FramePtr recover(Monitor& monitor) {
        FramePtr frame = monitor.sample({});
        for (int i = 0; i < 200 && frame->locked; ++i) {
            ::poll(nullptr, 0, 10);
            frame = monitor.sample({});
        }
        return frame;
    }

    Loopback other;
};

TEST_F(LockedSocket, theSampleGoesOnWithoutTcpInfoAndNamesTheSocket) {
    Monitor monitor(std::move(*NetlinkSource::open()), plain());
    const MonotonicTime begun = MonotonicClock::now();
    const FramePtr frame = monitor.sampleSettled({}, 20s); // owners are found within it on a busy machine too
    EXPECT_LT(MonotonicClock::now() - begun, 25s);
    ASSERT_FALSE(frame->error) << inEnglish(*frame->error);
    ASSERT_TRUE(frame->locked);
    EXPECT_EQ(frame->locked->cookie, cookie);
    ASSERT_FALSE(frame->notes.empty());
    EXPECT_THAT(inEnglish(frame->notes.front()), HasSubstr(fmt::format("{:#x}", cookie)));
    EXPECT_THAT(inEnglish(frame->notes.front()), HasSubstr(fmt::format(" {})", getpid()))) << "its program is named";
    const Row* row = frame->find(cookie);
    ASSERT_NE(row, nullptr);
    EXPECT_EQ(row->connection.state, State::Established);
    EXPECT_EQ(row->connection.info.length, 0);
    EXPECT_FALSE(row->connection.infoRequested);
    EXPECT_NE(frame->find(cookieOf(other.client.get())), nullptr);
}

TEST_F(LockedSocket, samplesAfterTheFirstDoNotWaitAndTcpInfoComesBackWithTheLock) {
    Monitor monitor(std::move(*NetlinkSource::open()), plain());
    monitor.sample({});
    for (int i = 0; i < 5; ++i) {
        const MonotonicTime begun = MonotonicClock::now();
        const FramePtr frame = monitor.sample({});
        EXPECT_LT(MonotonicClock::now() - begun, 1s);
        EXPECT_TRUE(frame->locked);
    }
    letGo();
    const FramePtr frame = recover(monitor);
    EXPECT_FALSE(frame->locked);
    EXPECT_GT(frame->find(cookie)->connection.info.length, 0);
    for (const Sentence& note : frame->notes)
        EXPECT_THAT(inEnglish(note), Not(HasSubstr("locked")));
}

TEST_F(LockedSocket, aMonitorEndsWhileTheLockIsHeld) {
    const MonotonicTime begun = MonotonicClock::now();
    {
        Monitor monitor(std::move(*NetlinkSource::open()), plain());
        EXPECT_TRUE(monitor.sample({})->locked);
    }
    EXPECT_LT(MonotonicClock::now() - begun, 5s);
}

TEST_F(LockedSocket, theSecondOfTwoIsNamedOnceTheFirstHasGoneOn) {
    MissingPage second;
    ASSERT_TRUE(second.isUsable());
    std::thread also([&] { send(other.client.get(), second.address(), MissingPage::kSize, MSG_NOSIGNAL); });
    second.awaitFault();
    Monitor monitor(std::move(*NetlinkSource::open()), plain());
    const std::uint64_t cookies[2] = {cookie, cookieOf(other.client.get())};
    const auto first = monitor.sample({})->locked;
    ASSERT_TRUE(first);
    const bool ours = first->cookie == cookies[0];
    EXPECT_TRUE(ours || first->cookie == cookies[1]) << first->cookie;
    if (ours)
        letGo();
    else
        second.give();
    std::optional<RowKey> next = first;
    for (int i = 0; i < 200 && next && next->cookie != cookies[ours ? 1 : 0]; ++i) {
        ::poll(nullptr, 0, 10);
        next = monitor.sample({})->locked;
    }
    EXPECT_EQ(next.value_or(RowKey{}).cookie, cookies[ours ? 1 : 0]);
    if (ours)
        second.give();
    letGo();
    also.join();
    EXPECT_FALSE(recover(monitor)->locked);
}

} // namespace
} // namespace halfopen
