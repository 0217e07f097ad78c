// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/netlink_source.h"
#include "core/monitor/monitor.h"
#include "tests/core/monitor/scripted_source.h"
#include "tests/core/processes.h"
#include "tests/frames/frame_maker.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <future>
#include <thread>

namespace halfopen {
namespace {

using namespace test;

constexpr std::chrono::seconds kTimeLimit{20};

/// A connection over loopback with keepalive 600/30/5 on the client's side.
struct OwnConnection {
    OwnConnection() {
        sockaddr_in address{};
        socklen_t size = sizeof address;
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        EXPECT_EQ(bind(listener, reinterpret_cast<sockaddr*>(&address), size), 0);
        EXPECT_EQ(listen(listener, 1), 0);
        getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
        client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        set(SOL_SOCKET, SO_KEEPALIVE, 1);
        set(IPPROTO_TCP, TCP_KEEPIDLE, 600);
        set(IPPROTO_TCP, TCP_KEEPINTVL, 30);
        set(IPPROTO_TCP, TCP_KEEPCNT, 5);
        EXPECT_EQ(connect(client, reinterpret_cast<sockaddr*>(&address), size), 0);
    }
    ~OwnConnection() {
        close(client);
        close(listener);
    }
    OwnConnection(const OwnConnection&) = delete;
    OwnConnection& operator=(const OwnConnection&) = delete;
    void set(int level, int option, int value) const {
        EXPECT_EQ(setsockopt(client, level, option, &value, sizeof value), 0);
    }

    int listener = -1;
    int client = -1;
};

std::unique_ptr<Monitor> liveMonitor() {
    auto source = NetlinkSource::open();
    EXPECT_TRUE(source) << inEnglish(source.error());
    return std::make_unique<Monitor>(std::move(*source), Monitor::Config{.calibrate = false});
}

TEST(Monitor, ownSocketsAreReadExactlyAndNoValueIsAssumed) {
    const OwnConnection own;
    const FramePtr frame = liveMonitor()->sampleSettled({}, kTimeLimit);
    const Row* row = frame->find(cookieOf(own.client));
    ASSERT_NE(row, nullptr);
    EXPECT_TRUE(row->options.exact());
    EXPECT_EQ(row->options.idleSeconds, 600);
    EXPECT_EQ(row->options.intervalSeconds, 30);
    EXPECT_EQ(row->options.probes, 5);
    EXPECT_EQ(row->forecast.assumes & assume::kValues, 0U);
    EXPECT_EQ(row->forecast.regime, Regime::Keepalive);
    EXPECT_EQ(row->ownerUnknown, OwnerUnknown::Known);
    ASSERT_EQ(frame->ownersOf(*row).size(), 1U);
    EXPECT_EQ(frame->ownersOf(*row)[0].pid, getpid());
    EXPECT_EQ(frame->ownersOf(*row)[0].fd, own.client);
}

TEST(Monitor, whatMayNotBeReadSaysWhy) {
    const OwnConnection own;
    const auto look = [&] {
        if (!forbidFetching())
            return 90;
        const FramePtr frame = liveMonitor()->sampleSettled({}, kTimeLimit);
        const Row* row = frame->find(cookieOf(own.client));
        return row == nullptr || row->options.exact() ? 91 : static_cast<int>(row->unread);
    };
    EXPECT_EQ(resultInChild(look), static_cast<int>(ReadRefusal::Denied));
    EXPECT_EQ(liveMonitor()->sampleSettled({}, kTimeLimit)->find(cookieOf(own.client))->unread, ReadRefusal::None);
}

TEST(Monitor, changedOptionsAreReadAgainWhenTheTimerContradicts) {
    const OwnConnection own;
    const auto monitor = liveMonitor();
    monitor->sampleSettled({}, kTimeLimit);
    own.set(SOL_SOCKET, SO_KEEPALIVE, 0);
    const FramePtr frame = monitor->sampleSettled({}, kTimeLimit);
    const Row* row = frame->find(cookieOf(own.client));
    ASSERT_NE(row, nullptr);
    EXPECT_EQ(row->options.enabled, Switch::Off);
    EXPECT_EQ(row->options.enabledFrom, Provenance::Exact);
    EXPECT_TRUE(row->forecast.never);
}

TEST(Monitor, whatIsNotAcceptedYetSaysSo) {
    const OwnConnection own;
    const FramePtr frame = liveMonitor()->sampleSettled({}, kTimeLimit);
    const Endpoint client = frame->find(cookieOf(own.client))->connection.local;
    const auto waiting =
        std::ranges::find_if(frame->rows, [&](const Row& row) { return row.connection.remote == client; });
    ASSERT_NE(waiting, frame->rows.end());
    EXPECT_TRUE(waiting->connection.isNotAccepted());
    EXPECT_EQ(waiting->ownerUnknown, OwnerUnknown::NotAccepted);
    EXPECT_EQ(waiting->options.enabled, Switch::Off);
}

std::unique_ptr<Monitor> scriptedMonitor(std::unique_ptr<ScriptedSource> source) {
    return std::make_unique<Monitor>(std::move(source),
                                     Monitor::Config{.owners = false, .options = false, .calibrate = false});
}

TEST(Monitor, theSelectedCookieIsAskedForItsDetails) {
    auto source =
        std::make_unique<ScriptedSource>(std::vector<Result<std::vector<Connection>>>{std::vector<Connection>{}});
    const ScriptedSource& script = *source;
    const auto monitor = scriptedMonitor(std::move(source));
    monitor->sample({.selected = {77}});
    EXPECT_EQ(script.lastDetail, 77U);
}

TEST(Monitor, theCongestionControlIsAskedForWhereSomebodyReadsIt) {
    for (const bool wanted : {true, false}) {
        auto source =
            std::make_unique<ScriptedSource>(std::vector<Result<std::vector<Connection>>>{std::vector<Connection>{}});
        const ScriptedSource& script = *source;
        Monitor::Config config{.owners = false, .options = false, .calibrate = false};
        config.congestion = wanted;
        Monitor monitor(std::move(source), config);
        monitor.sample({});
        EXPECT_EQ(script.lastCongestion, wanted);
        monitor.sample({.selected = {77}}); // its details tell it
        EXPECT_TRUE(script.lastCongestion);
    }
}

TEST(Monitor, eachConnectionAppearsOnceHoweverShortTheInterval) {
    const Connection one = unguarded(1).connection;
    const Connection two = unguarded(2).connection;
    const auto monitor = scriptedMonitor(std::make_unique<ScriptedSource>(std::vector<Result<std::vector<Connection>>>{
        std::vector{one}, std::vector{one, two}, std::vector{one, two}, std::vector{one, two}, std::vector{one},
        std::vector{one}, std::vector{one, two}}));
    std::vector<std::pair<std::uint64_t, std::uint64_t>> ever;
    for (int sample = 0; sample < 7; ++sample) {
        const FramePtr frame = monitor->sample({});
        ever.emplace_back(frame->activity->total.appeared, frame->activity->total.vanished);
    }
    using Ever = std::vector<std::pair<std::uint64_t, std::uint64_t>>;
    EXPECT_EQ(ever, (Ever{{0, 0}, {1, 0}, {1, 0}, {1, 0}, {1, 0}, {1, 1}, {2, 1}}))
        << "gone is what two samples in a row lack";
}

TEST(Monitor, namesOfUsersComeLaterWhereTheDirectoryIsAway) {
    std::promise<void> answers;
    const auto away = answers.get_future().share();
    Monitor::Config config{.owners = false, .options = false, .calibrate = false};
    config.userName = [away](std::uint32_t) -> std::optional<std::string> {
        away.wait();
        return "alice";
    };
    Monitor monitor(std::make_unique<ScriptedSource>(
                        std::vector<Result<std::vector<Connection>>>{std::vector{unguarded(1).connection}}),
                    config);
    const MonotonicTime begun = MonotonicClock::now();
    const FramePtr first = monitor.sample({});
    EXPECT_EQ(first->userOf(first->rows[0]), "");
    const FramePtr patient = monitor.sampleSettled({}, kTimeLimit);
    EXPECT_EQ(patient->userOf(patient->rows[0]), "");
    EXPECT_LT(MonotonicClock::now() - begun, kTimeLimit / 2) << "a short patience is meant";
    answers.set_value();
    FramePtr later = monitor.sample({});
    while (later->userOf(later->rows[0]).empty() && MonotonicClock::now() < begun + kTimeLimit)
        later = monitor.sample({});
    EXPECT_EQ(later->userOf(later->rows[0]), "alice");
}

TEST(Monitor, whoLooksOnceGetsTheNames) {
    Monitor monitor(std::make_unique<ScriptedSource>(
                        std::vector<Result<std::vector<Connection>>>{std::vector{unguarded(1).connection}}),
                    Monitor::Config{.owners = false, .options = false, .calibrate = false, .userName = [](auto) {
                                        std::this_thread::sleep_for(std::chrono::milliseconds(20)); // it takes its time
                                        return std::optional<std::string>("alice");
                                    }});
    const FramePtr frame = monitor.sampleSettled({}, kTimeLimit);
    EXPECT_EQ(frame->userOf(frame->rows[0]), "alice");
}

TEST(Monitor, aFailedSampleShowsTheLastRowsAndMakesNoneOfThemNew) {
    const auto monitor = scriptedMonitor(std::make_unique<ScriptedSource>(std::vector<Result<std::vector<Connection>>>{
        std::vector{unguarded(1).connection}, failure(ErrorCode::NotPermitted, Sentence::tr("seccomp")),
        std::vector{unguarded(1).connection}}));
    const FramePtr good = monitor->sample({});
    EXPECT_EQ(good->liveCount(), 1U);
    const FramePtr failed = monitor->sample({.filter = "nothing matches this"});
    ASSERT_TRUE(failed->error);
    EXPECT_EQ(failed->error->code, ErrorCode::NotPermitted);
    EXPECT_NE(failed->find(1), nullptr);
    EXPECT_EQ(failed->taken, good->taken);
    EXPECT_EQ(failed->sequence, 2U);
    EXPECT_TRUE(failed->shown.empty()) << "the filter goes on working";
    const FramePtr again = monitor->sample({});
    EXPECT_FALSE(again->error);
    EXPECT_EQ(again->liveCount(), 1U);
    EXPECT_EQ(again->appeared, 0U);
    EXPECT_EQ(again->sequence, 3U);
}

TEST(Monitor, aFirstSampleThatFailsHasNoRows) {
    const auto monitor = scriptedMonitor(std::make_unique<ScriptedSource>(
        std::vector<Result<std::vector<Connection>>>{failure(ErrorCode::NotPermitted, Sentence::tr("seccomp"))}));
    const FramePtr failed = monitor->sample({});
    ASSERT_TRUE(failed->error);
    EXPECT_TRUE(failed->rows.empty());
    EXPECT_NE(failed->owners, nullptr);
    EXPECT_EQ(failed->namespaces.size(), 1U);
}

} // namespace
} // namespace halfopen
