// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/setting_together.h"
#include "core/actions/socket_checks.h"
#include "core/actions/socket_setting.h"
#include "tests/core/actions/living.h"
#include "tests/core/kernel/bpf/exact_test.h"
#include "tests/skip.h"

#include <fcntl.h>

#include <climits>
#include <fstream>

namespace halfopen {
namespace {

using namespace test;
using testing::HasSubstr;

class SocketSetting : public LivingConnection {
protected:
    /// Of one socket; also the failure of the whole call.
    Outcome<OptionsSet> set(std::uint64_t inNetns, std::uint64_t which, const OptionsChange& change) const {
        auto sets = operations.set(inNetns, {which}, change);
        if (!sets)
            return tl::unexpected(sets.error());
        if (!sets->front().outcome)
            return tl::unexpected(sets->front().outcome.error());
        return sets->front();
    }
    /// Segments sent so far by the socket itself, as its program can see it.
    std::uint32_t segmentsSent() const {
        struct {
            std::byte before[136];
            std::uint32_t segsOut;
        } info{};
        socklen_t size = sizeof info;
        EXPECT_EQ(getsockopt(loopback.client.get(), IPPROTO_TCP, TCP_INFO, &info, &size), 0);
        return info.segsOut;
    }
};

TEST_F(SocketSetting, armsTheTimerOfALivingSocketAndItsProbesGoOut) {
    ASSERT_EQ(find(cookie)->timer.kind(), TimerKind::None) << "unguarded";
    const auto made = set(netns, cookie, {.enabled = true, .idleSeconds = 1, .intervalSeconds = 1});
    ASSERT_TRUE(made) << inEnglish(made.error());
    EXPECT_EQ(made->before.enabled, Switch::Off);
    EXPECT_EQ(made->after.enabled, Switch::On);
    EXPECT_EQ(made->after.idleSeconds, 1);
    EXPECT_TRUE(made->after.exact());
    EXPECT_EQ(made->connection.cookie, cookie);
    const auto armed = find(cookie).value();
    EXPECT_EQ(armed.timer.kind(), TimerKind::Keepalive);
    EXPECT_LE(armed.timer.expires, Millis(1000));
    const std::uint32_t before = segmentsSent();
    for (int i = 0; i < 500 && segmentsSent() == before; ++i)
        poll(nullptr, 0, 20);
    EXPECT_GT(segmentsSent(), before) << "a probe has left";
}

TEST_F(SocketSetting, takesASocketThatIsBoundAlone) {
    const UniqueFd bound = boundToLoopback();
    if (!find(cookieOf(bound.get())))
        GTEST_SKIP() << "this kernel lists no bound sockets (since Linux 6.8)";
    const auto made = set(netns, cookieOf(bound.get()), {.enabled = true, .idleSeconds = 61});
    ASSERT_TRUE(made) << inEnglish(made.error());
    EXPECT_EQ(optionOf(bound.get(), SOL_SOCKET, SO_KEEPALIVE), 1);
    EXPECT_EQ(optionOf(bound.get(), IPPROTO_TCP, TCP_KEEPIDLE), 61);
}

TEST_F(SocketSetting, whatWasIsRestoredByTheValuesBefore) {
    const int fd = loopback.client.get();
    setOption(fd, IPPROTO_TCP, TCP_KEEPIDLE, 77);
    setOption(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, 9000);
    const auto made =
        set(netns, cookie,
            {.enabled = true, .idleSeconds = 5, .intervalSeconds = 6, .probes = 7, .userTimeoutMs = INT_MAX});
    ASSERT_TRUE(made);
    EXPECT_EQ(made->after.userTimeout, Millis(INT_MAX));
    const KeepaliveOptions& old = made->before;
    const auto undone = set(netns, cookie,
                            {.enabled = old.enabled == Switch::On,
                             .idleSeconds = old.idleSeconds,
                             .intervalSeconds = old.intervalSeconds,
                             .probes = old.probes,
                             .userTimeoutMs = static_cast<std::int32_t>(old.userTimeout.count())});
    ASSERT_TRUE(undone);
    EXPECT_EQ(undone->after, old);
    EXPECT_EQ(optionOf(fd, IPPROTO_TCP, TCP_KEEPIDLE), 77);
    EXPECT_EQ(optionOf(fd, SOL_SOCKET, SO_KEEPALIVE), 0);
    EXPECT_EQ(find(cookie)->timer.kind(), TimerKind::None);
}

TEST_F(SocketSetting, whatIsNotGivenStays) {
    setOption(loopback.client.get(), IPPROTO_TCP, TCP_KEEPINTVL, 44);
    const auto made = set(netns, cookie, {.probes = 3});
    ASSERT_TRUE(made);
    EXPECT_EQ(made->after.intervalSeconds, 44);
    EXPECT_EQ(made->after.enabled, Switch::Off);
    EXPECT_EQ(optionOf(loopback.client.get(), IPPROTO_TCP, TCP_KEEPCNT), 3);
}

/// A connection that still waits for an old setting's end gets a timer of the new one by being told the same again.
TEST_F(SocketSetting, sameIdleAgainArmsAnew) {
    setOption(loopback.client.get(), IPPROTO_TCP, TCP_KEEPIDLE, 600);
    setOption(loopback.client.get(), SOL_SOCKET, SO_KEEPALIVE, 1);
    for (int i = 0; i < 500 && find(cookie)->timer.expires >= Millis(599'800); ++i)
        poll(nullptr, 0, 20);
    const auto before = MonotonicClock::now();   // it is armed from the last sign of life on
    ASSERT_EQ(send(server.get(), "x", 1, 0), 1); // life, but the timer goes on from the arming
    ASSERT_LT(find(cookie)->timer.expires, Millis(599'800));
    ASSERT_TRUE(set(netns, cookie, {.idleSeconds = 600}));
    const Millis left = find(cookie)->timer.expires;
    // The old one has at least 200 ms less, however long it took to look.
    const auto since = std::chrono::ceil<Millis>(MonotonicClock::now() - before);
    EXPECT_GT(left, Millis(599'950) - since);
}

TEST_F(SocketSetting, valuesThatTheKernelRefusesAreRefusedFirst) {
    const std::vector<OptionsChange> nonsense{
        {},
        {.idleSeconds = 0},
        {.idleSeconds = 32768},
        {.intervalSeconds = -1},
        {.intervalSeconds = INT_MAX},
        {.probes = 0},
        {.probes = 128},
        {.userTimeoutMs = -1},
    };
    for (const OptionsChange& change : nonsense) {
        EXPECT_EQ(set(netns, cookie, change).error().kind, Kind::OutOfRange);
        EXPECT_EQ(operations.checkSet(netns, {cookie}, change).error().kind, Kind::OutOfRange);
    }
    for (const OptionsChange& change : {OptionsChange{.idleSeconds = 32767}, {.probes = 127}, {.userTimeoutMs = 0}})
        EXPECT_TRUE(set(netns, cookie, change));
}

TEST_F(SocketSetting, oneWithoutADescriptorIsRefusedAndSaysWhy) {
    const UniqueFd second(socket(AF_INET, SOCK_STREAM, 0));
    const auto waiting = leaveWaiting(second);
    ASSERT_TRUE(waiting);
    const auto setIt = [&] { return textOf(set(netns, waiting->cookie, {.probes = 3})); };
    const auto byAnAdministrator = HasSubstr("An administrator can have the kernel change it without one.");
    EXPECT_THAT(
        inChild([&] { return becomeNobody(), setIt(); }),
        testing::AllOf(HasSubstr("NotAuthorized The connection waits in its listener's queue"), byAnAdministrator));
    if (isRoot()) { // in a container without CAP_BPF
        const std::string refused = inChild([&] { return dropCapabilities(), setIt(); });
        EXPECT_THAT(refused, HasSubstr("The connection waits in its listener's queue"));
        EXPECT_THAT(refused, testing::Not(byAnAdministrator));
    }
    const std::uint16_t port = find(cookie)->local.port;
    loopback.client.reset();
    server.reset();
    const auto timeWait = inState(State::TimeWait, port);
    ASSERT_TRUE(timeWait);
    for (const auto& refused : {textOf(set(netns, timeWait->cookie, {.probes = 3})),
                                textOf(operations.checkSet(netns, {timeWait->cookie}, {.probes = 3}))})
        EXPECT_THAT(refused, HasSubstr("TIME-WAIT"));
}

/// By a BPF program, for whoever may load one.
class SettingWithoutDescriptor : public SocketSetting {
protected:
    void SetUp() override {
        SKIP_WITHOUT_EXACT();
        SocketSetting::SetUp();
    }
};

TEST_F(SettingWithoutDescriptor, oneThatWaitsInItsListenersQueueIsChanged) {
    const UniqueFd second(socket(AF_INET, SOCK_STREAM, 0));
    const auto waiting = leaveWaiting(second);
    ASSERT_TRUE(waiting);
    EXPECT_TRUE(operations.checkSet(netns, {waiting->cookie}, {.idleSeconds = 66}));
    const auto done = set(netns, waiting->cookie, {.enabled = true, .idleSeconds = 66});
    ASSERT_TRUE(done) << inEnglish(done.error());
    EXPECT_EQ(done->outcome->idleSeconds, 66);
    EXPECT_EQ(done->before.idleSeconds, 7200) << "the setting's";
    EXPECT_EQ(done->outcome->intervalSeconds, 75);
    const UniqueFd accepted = loopback.accepted();
    EXPECT_EQ(optionOf(accepted.get(), IPPROTO_TCP, TCP_KEEPIDLE), 66);
    EXPECT_EQ(optionOf(accepted.get(), SOL_SOCKET, SO_KEEPALIVE), 1);
}

TEST_F(SettingWithoutDescriptor, oneWhoseProgramHasClosedItIsChanged) {
    fcntl(loopback.client.get(), F_SETFL, O_NONBLOCK);
    const std::vector<char> data(1 << 16, 'x');
    while (send(loopback.client.get(), data.data(), data.size(), MSG_NOSIGNAL) > 0) { // the peer does not read
    }
    loopback.client.reset();
    ASSERT_EQ(find(cookie)->inode, 0U);
    const auto done = set(netns, cookie, {.userTimeoutMs = 1234});
    ASSERT_TRUE(done) << inEnglish(done.error());
    EXPECT_EQ(done->outcome->userTimeout, Millis(1234));
}

TEST_F(SettingWithoutDescriptor, manyAtOnceAreEachChangedOnceAsOneIs) {
    std::vector<UniqueFd> sockets;
    std::vector<std::uint64_t> cookies;
    for (std::size_t i = 0; i < 2 * kTogether; ++i) {
        sockets.emplace_back(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        ASSERT_EQ(listen(sockets.back().get(), 1), 0);
        setOption(sockets.back().get(), IPPROTO_TCP, TCP_KEEPCNT, 2 + static_cast<int>(i % 100));
        cookies.push_back(cookieOf(sockets.back().get()));
    }
    const std::uint64_t gone = cookies.back() + 1'000'000;
    auto asked = cookies;
    asked.push_back(gone);
    asked.push_back(cookies.front());
    const auto sets = operations.set(netns, asked, {.enabled = true, .idleSeconds = 44, .userTimeoutMs = 9000});
    ASSERT_TRUE(sets);
    ASSERT_EQ(sets->size(), asked.size());
    for (std::size_t i = 0; i < cookies.size(); ++i) {
        const OptionsSet& one = (*sets)[i];
        ASSERT_TRUE(one.outcome) << inEnglish(one.outcome.error());
        EXPECT_EQ(one.cookie, cookies[i]);
        EXPECT_TRUE(one.written);
        EXPECT_EQ(one.connection.cookie, cookies[i]);
        EXPECT_EQ(differenceOf(one.before, one.after),
                  "keepalive off -> on, idle 7200 -> 44 s, user timeout 0 -> 9000 ms");
        EXPECT_EQ(one.outcome->probes, 2 + static_cast<int>(i % 100));
        EXPECT_EQ(optionOf(sockets[i].get(), IPPROTO_TCP, TCP_KEEPIDLE), 44);
    }
    EXPECT_EQ((*sets)[cookies.size()].outcome.error().kind, Kind::NoSuchConnection);
    EXPECT_EQ(sets->back().before.enabled, Switch::Off) << "named twice, changed once";
}

TEST_F(SocketSetting, goneAndForeignAreToldApart) {
    EXPECT_EQ(set(netns, cookie + 1'000'000, {.probes = 3}).error().kind, Kind::NoSuchConnection);
    EXPECT_EQ(set(netns + 1, cookie, {.probes = 3}).error().kind, Kind::WrongNamespace);
    if (!isRoot())
        SKIP_UNLESS_CI(kNeedsRoot);
    const std::string said = inChild(
        [this] {
            for (int fd : {loopback.client.get(), loopback.listener.get(), server.get()})
                ::close(fd);
            const auto made = set(netns, cookie, {.enabled = true, .idleSeconds = 9});
            return textOf(made) + " | " + made.error().command;
        },
        test::kNobody);
    EXPECT_THAT(said, HasSubstr("NotAuthorized Its owner is a process of another user"));
    EXPECT_THAT(said, HasSubstr(" --keepalive on --idle 9"));
    EXPECT_EQ(optionOf(loopback.client.get(), SOL_SOCKET, SO_KEEPALIVE), 0);
}

TEST_F(SocketSetting, manyAreChangedInOneCallAndAnsweredInTheirOrder) {
    const std::uint64_t other = cookieOf(server.get()), gone = cookie + 1'000'000;
    const auto sets = operations.set(netns, {other, gone, cookie, other}, {.enabled = true, .idleSeconds = 44});
    ASSERT_TRUE(sets);
    ASSERT_EQ(sets->size(), 4U);
    EXPECT_EQ((*sets)[0].cookie, other);
    EXPECT_EQ((*sets)[1].outcome.error().kind, Kind::NoSuchConnection);
    EXPECT_FALSE((*sets)[1].written);
    EXPECT_TRUE((*sets)[0].outcome && (*sets)[2].outcome && (*sets)[3].outcome);
    EXPECT_EQ((*sets)[3].before.enabled, Switch::Off) << "named twice, changed once";
    for (const int fd : {loopback.client.get(), server.get()})
        EXPECT_EQ(optionOf(fd, IPPROTO_TCP, TCP_KEEPIDLE), 44);
}

/// What a BPF program of the control group can do to any option.
TEST_F(SocketSetting, oneThatIsTakenHalfWayIsSetBackAndSaysSo) {
    setOption(loopback.client.get(), IPPROTO_TCP, TCP_KEEPIDLE, 77);
    const std::string said = inChild([&] {
        if (!forbidSetting(SOL_SOCKET, SO_KEEPALIVE))
            return std::string("no filter");
        const auto sets = operations.set(netns, {cookie}, {.enabled = true, .idleSeconds = 5, .probes = 2});
        const OptionsSet& one = sets->front();
        return textOf(one.outcome) + (one.written && one.before == one.after ? " same" : " other");
    });
    EXPECT_THAT(said,
                HasSubstr("WriteFailed The kernel did not take SO_KEEPALIVE: Operation not permitted. Every value "
                          "is as it was before"));
    EXPECT_THAT(said, testing::EndsWith(" same"));
    EXPECT_EQ(optionOf(loopback.client.get(), IPPROTO_TCP, TCP_KEEPIDLE), 77);
}

/// A time of the system that no socket takes (0 here) cannot be set back: then it says exactly what stayed.
TEST_F(SocketSetting, whatCannotBeSetBackIsNamed) {
    const auto sysctl = std::string("/proc/sys/net/ipv4/tcp_keepalive_time");
    if (access(sysctl.c_str(), W_OK) != 0)
        SKIP_UNLESS_CI("needs to write " + sysctl + " of a network of its own");
    std::ofstream(sysctl) << 40000;
    const std::string said = inChild([&] {
        if (!forbidSetting(IPPROTO_TCP, TCP_KEEPCNT))
            return std::string("no filter");
        const auto sets =
            operations.set(netns, {cookie}, {.enabled = true, .idleSeconds = 5, .intervalSeconds = 6, .probes = 2});
        return textOf(sets->front().outcome);
    });
    std::ofstream(sysctl) << 7200;
    EXPECT_THAT(said,
                HasSubstr("did not take TCP_KEEPCNT: Operation not permitted. What was set before it could not be "
                          "set back: idle 40000 -> 5 s."));
    EXPECT_EQ(optionOf(loopback.client.get(), IPPROTO_TCP, TCP_KEEPINTVL), 75);
}

TEST(SocketCommands, canBeTyped) {
    EXPECT_EQ(commandFor({0x1d2}, {.enabled = false, .intervalSeconds = 5, .probes = 2, .userTimeoutMs = 9}),
              "sudo halfopenctl set 0x1d2 --keepalive off --interval 5 --probes 2 --user-timeout 9");
    EXPECT_EQ(commandToClose({0x1d2, 0x1d3}), "sudo halfopenctl close 0x1d2 0x1d3");
    EXPECT_EQ(commandToClose(std::vector<std::uint64_t>(20, 1)), "");
}

} // namespace
} // namespace halfopen
