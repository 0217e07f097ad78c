// SPDX-License-Identifier: GPL-3.0-or-later
// What a Monitor makes of what only the kernel's own structures tell: ends, dead sockets of others, listeners, locks.
#include "core/kernel/bpf/exact_source.h"
#include "core/monitor/monitor.h"
#include "tests/core/kernel/bpf/exact_test.h"
#include "tests/core/locked_connection.h"
#include "tests/core/processes.h"
#include "tests/lab/wire/must.h"

#include <fmt/format.h>
#include <poll.h>

#include <netinet/tcp.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

namespace halfopen {
namespace {

using namespace std::chrono_literals;
using namespace test;

constexpr auto kSeenWithin = 20s;

ExactProgramsPtr withEnds() {
    static const ExactProgramsPtr programs =
        ExactPrograms::load({.ends = ExactPrograms::EndsReader{}}).value_or(nullptr);
    return programs;
}

class ExactMonitor : public testing::Test {
protected:
    void SetUp() override {
        SKIP_WITHOUT_EXACT();
        loopback.connectClient();
    }
    static void resetOnClose(int socket) {
        const linger now{1, 0};
        EXPECT_EQ(setsockopt(socket, SOL_SOCKET, SO_LINGER, &now, sizeof now), 0);
    }

    Loopback loopback;
};

/// Samples until it is so, as somebody who looks again and again.
template <class Condition>
FramePtr sampleUntil(Monitor& monitor, const Condition& isSo) {
    const auto until = MonotonicClock::now() + kSeenWithin;
    FramePtr frame = monitor.sample({});
    while (!isSo(*frame) && MonotonicClock::now() < until) {
        monitor.lookUp(10ms);
        ::poll(nullptr, 0, 10);
        frame = monitor.sample({});
    }
    return frame;
}

/// Its record; null: there is none yet.
EndedConnectionPtr endingOf(const History& history, std::uint64_t cookie) {
    const History::News news = history.after(0);
    const auto found = std::ranges::find(news.records, cookie, [](const auto& one) { return one->cookie; });
    return found == news.records.end() ? nullptr : *found;
}

TEST_F(ExactMonitor, aRecordHasTheErrorThatItsProgramGets) {
    ASSERT_TRUE(withEnds());
    if (withEnds()->ends() == nullptr)
        GTEST_SKIP() << "this kernel has no such tracepoints";
    UniqueFd server = loopback.accepted();
    const std::uint64_t client = cookieOf(loopback.client.get());
    const auto history = std::make_shared<History>();
    Monitor monitor(must(openLiveSource(withEnds())), {.calibrate = false, .exact = withEnds(), .history = history});
    monitor.sample({});
    resetOnClose(server.get());
    server.reset();
    const FramePtr frame = sampleUntil(monitor, [&](const Frame&) { return endingOf(*history, client) != nullptr; });
    const EndedConnectionPtr record = endingOf(*history, client);
    ASSERT_NE(record, nullptr);
    EXPECT_EQ(toString(record->ending), "reset");
    EXPECT_EQ(toString(record->confidence), "certain");
    EXPECT_EQ(record->errorNumber, ECONNRESET);
    const auto isDead = [&](const Frame& one) {
        return std::ranges::any_of(one.dead, [&](const auto& dead) { return dead->cookie == client; });
    };
    EXPECT_TRUE(isDead(*frame)) << "its program holds it";
    loopback.client.reset();
    EXPECT_FALSE(isDead(*sampleUntil(monitor, [&](const Frame& one) { return !isDead(one); })));
    const auto records = history->after(0).records; // also of what other tests have left
    EXPECT_EQ(std::ranges::count(records, client, [](const auto& one) { return one->cookie; }), 1) << "once";
}

TEST_F(ExactMonitor, deadSocketsOfOthersAreToldToWhoMayReadExactly) {
    UniqueFd server = loopback.accepted();
    const std::uint64_t client = cookieOf(loopback.client.get());
    ASSERT_EQ(send(loopback.client.get(), "x", 1, 0), 1);
    resetOnClose(server.get());
    server.reset();
    const int held = loopback.client.get();
    const auto look = [&]() -> std::string {
        close(held); // now it is another's alone
        Monitor monitor(must(NetlinkSource::open()), {.calibrate = false});
        monitor.take(ExactOpened{exactPrograms()});
        const FramePtr frame = sampleUntil(monitor, [](const Frame& one) { return !one.dead.empty(); });
        const auto found = std::ranges::find(frame->dead, client, [](const auto& one) { return one->cookie; });
        if (found == frame->dead.end())
            return "not told";
        const EndedConnection& dead = **found;
        return fmt::format("port {}, error {}, uid {}, fd {} of {}", dead.remote.port, dead.errorNumber,
                           dead.uid.value_or(99), dead.owners.empty() ? -1 : dead.owners.front().fd,
                           dead.owners.empty() ? -1 : dead.owners.front().pid);
    };
    EXPECT_EQ(inChild(look, kNobody), fmt::format("port {}, error {}, uid 0, fd {} of {}",
                                                  ntohs(loopback.address.sin_port), ECONNRESET, held, getpid()));
}

TEST_F(ExactMonitor, aListenerThatWasChangedIsToldOfWhatWaitsInItsQueue) {
    Monitor monitor(must(openLiveSource(exactPrograms())), {.calibrate = false, .exact = exactPrograms()});
    const auto waiting = [&] {
        const FramePtr frame = monitor.sample({});
        const auto found = std::ranges::find_if(frame->rows, [&](const Row& row) {
            return row.connection.isNotAccepted() && row.connection.local.port == ntohs(loopback.address.sin_port);
        });
        EXPECT_NE(found, frame->rows.end());
        return found == frame->rows.end() ? Row() : *found;
    };
    EXPECT_FALSE(waiting().forecast.conditions.has(Condition::ListenerChanged));
    setOption(loopback.listener.get(), IPPROTO_TCP, TCP_KEEPIDLE, 100);
    const Row row = waiting();
    EXPECT_TRUE(row.forecast.conditions.has(Condition::ListenerChanged));
    EXPECT_EQ(row.options.idleSeconds, 7200) << "its own";
}

class LockedMonitor : public LockedConnectionTest {
protected:
    void SetUp() override {
        SKIP_WITHOUT_EXACT();
        LockedConnectionTest::SetUp();
    }
};

TEST_F(LockedMonitor, theSocketWhoseLockItsProgramHoldsIsMarked) {
    Monitor monitor(must(openLiveSource(exactPrograms())), {.calibrate = false, .exact = exactPrograms()});
    const auto marked = [](const Frame& frame) {
        return std::ranges::count_if(
            frame.rows, [](const Row& row) { return row.forecast.conditions.has(Condition::LockedByProgram); });
    };
    const FramePtr frame = sampleUntil(monitor, [&](const Frame& one) { return marked(one) > 0; });
    EXPECT_EQ(marked(*frame), 1);
    const Row* row = frame->find(cookie);
    ASSERT_NE(row, nullptr);
    EXPECT_TRUE(row->forecast.conditions.has(Condition::LockedByProgram));
    letGo();
    EXPECT_EQ(marked(*sampleUntil(monitor, [&](const Frame& one) { return marked(one) == 0; })), 0);
}

} // namespace
} // namespace halfopen
