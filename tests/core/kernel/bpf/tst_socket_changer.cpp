// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/bpf/socket_changer.h"
#include "core/kernel/diag/netlink_source.h"
#include "core/model/keepalive_limits.h"
#include "tests/core/kernel/bpf/exact_test.h"
#include "tests/core/kernel/process/held_elsewhere.h"
#include "tests/core/locked_connection.h"
#include "tests/core/processes.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <poll.h>

#include <arpa/inet.h>
#include <netinet/tcp.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <functional>
#include <map>
#include <set>
#include <vector>

namespace halfopen {
namespace {

using namespace test;

const OptionsChange kAll{
    .enabled = true, .idleSeconds = 90, .intervalSeconds = 7, .probes = 4, .userTimeoutMs = 55'000};

using Values = std::array<int, 5>; ///< SO_KEEPALIVE, idle, interval, probes, user timeout

Values valuesOf(int socket) {
    return {optionOf(socket, SOL_SOCKET, SO_KEEPALIVE), optionOf(socket, IPPROTO_TCP, TCP_KEEPIDLE),
            optionOf(socket, IPPROTO_TCP, TCP_KEEPINTVL), optionOf(socket, IPPROTO_TCP, TCP_KEEPCNT),
            optionOf(socket, IPPROTO_TCP, TCP_USER_TIMEOUT)};
}

/// Of the first connection to or from the port of a socket that is wanted; 0: there is none.
std::uint64_t cookieWhere(int socket, const std::function<bool(const Connection&)>& isWanted) {
    struct Sink : ConnectionSink {
        void restart() override {}
        void add(const Connection& connection) override {
            if ((connection.local.port == port || connection.remote.port == port) && (*wanted)(connection))
                cookie = connection.cookie;
        }
        const std::function<bool(const Connection&)>* wanted = nullptr;
        std::uint16_t port = 0;
        std::uint64_t cookie = 0;
    } sink;
    sockaddr_in address{};
    socklen_t size = sizeof address;
    getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
    sink.port = ntohs(address.sin_port);
    sink.wanted = &isWanted;
    const auto source = NetlinkSource::open();
    EXPECT_TRUE(source && (*source)->sample({}, sink));
    return sink.cookie;
}

/// The connection that waits in the queue of a listener.
std::uint64_t waitingAt(int listener) {
    return cookieWhere(listener, [](const Connection& one) { return one.isNotAccepted(); });
}

std::uint64_t cookieIn(State state, int listener) {
    return cookieWhere(listener, [state](const Connection& one) { return one.state == state; });
}

class SocketChanger : public testing::Test {
protected:
    void SetUp() override {
        SKIP_WITHOUT_EXACT();
        loopback.connectClient();
        server = loopback.accepted();
    }
    static std::vector<ChangedSocket> change(const std::vector<std::uint64_t>& cookies, const OptionsChange& wanted) {
        const auto pass = changeSockets(cookies, wanted, *ownNetnsAccess());
        EXPECT_TRUE(pass) << inEnglish(pass.error());
        EXPECT_FALSE(pass && pass->stopped);
        return pass ? pass->changed : std::vector<ChangedSocket>();
    }
    std::uint64_t cookie() const { return cookieOf(loopback.client.get()); }

    Loopback loopback;
    UniqueFd server;
};

TEST_F(SocketChanger, setsWhatIsGivenAndTellsWhatWasAndWhatIs) {
    const Values before = valuesOf(loopback.client.get());
    const auto changed = change({cookie()}, kAll);
    ASSERT_EQ(changed.size(), 1U);
    EXPECT_EQ(valuesOf(loopback.client.get()), (Values{1, 90, 7, 4, 55'000}));
    const ChangedSocket& one = changed.front();
    EXPECT_EQ(one.cookie, cookie());
    EXPECT_EQ(one.refused, 0U);
    EXPECT_EQ(one.before.enabled, Switch::Off);
    EXPECT_EQ(one.before.followed, follows::Told | follows::Idle | follows::Interval | follows::Probes);
    EXPECT_EQ(one.after.enabled, Switch::On);
    EXPECT_EQ(one.after.idleSeconds, 90);
    EXPECT_EQ(one.after.intervalSeconds, 7);
    EXPECT_EQ(one.after.probes, 4);
    EXPECT_EQ(one.after.userTimeout, Millis(55'000));
    EXPECT_EQ(one.after.followed, follows::Told);
    EXPECT_EQ(valuesOf(server.get()), before) << "the other end was not meant";
}

TEST_F(SocketChanger, whatIsNotGivenStays) {
    setOption(loopback.client.get(), IPPROTO_TCP, TCP_KEEPINTVL, 33);
    const auto changed = change({cookie()}, {.enabled = true});
    ASSERT_EQ(changed.size(), 1U);
    EXPECT_EQ(optionOf(loopback.client.get(), IPPROTO_TCP, TCP_KEEPINTVL), 33);
    EXPECT_EQ(changed.front().after.followed, follows::Told | follows::Idle | follows::Probes);
    EXPECT_EQ(change({cookie()}, {.enabled = false}).front().before.enabled, Switch::On);
    EXPECT_EQ(optionOf(loopback.client.get(), SOL_SOCKET, SO_KEEPALIVE), 0);
}

TEST_F(SocketChanger, theLimitsAreThoseOfSetsockopt) {
    const OptionsChange most{.enabled = true,
                             .idleSeconds = kMaxKeepaliveIdle,
                             .intervalSeconds = kMaxKeepaliveInterval,
                             .probes = kMaxKeepaliveProbes,
                             .userTimeoutMs = INT32_MAX};
    ASSERT_EQ(change({cookie()}, most).size(), 1U);
    EXPECT_EQ(valuesOf(loopback.client.get()),
              (Values{1, kMaxKeepaliveIdle, kMaxKeepaliveInterval, kMaxKeepaliveProbes, INT32_MAX}));
    const auto refused = change({cookie()}, {.enabled = false, .idleSeconds = kMaxKeepaliveIdle + 1});
    ASSERT_EQ(refused.size(), 1U);
    EXPECT_EQ(optionName(refused.front().refused), "TCP_KEEPIDLE");
    EXPECT_EQ(refused.front().error, EINVAL);
    EXPECT_EQ(optionOf(loopback.client.get(), SOL_SOCKET, SO_KEEPALIVE), 1) << "it stops there";
}

TEST_F(SocketChanger, whatIsNotThereIsNotTold) {
    EXPECT_TRUE(change({cookie() + 1'000'000}, kAll).empty());
    EXPECT_TRUE(change({}, kAll).empty());
    EXPECT_EQ(change({cookie(), cookie()}, kAll).size(), 1U) << "named twice";
}

TEST_F(SocketChanger, whatNobodyHasADescriptorOfIsReached) {
    Loopback queue; // nobody accepts it
    queue.connectClient();
    const std::uint64_t child = waitingAt(queue.listener.get());
    ASSERT_NE(child, 0U);
    const auto changed = change({child}, kAll);
    ASSERT_EQ(changed.size(), 1U);
    EXPECT_EQ(changed.front().after.idleSeconds, 90);
    const UniqueFd accepted = queue.accepted();
    EXPECT_EQ(valuesOf(accepted.get()), (Values{1, 90, 7, 4, 55'000}));
}

/// What sets back what a change has set, where a setting had decided it as a value of the socket's own.
OptionsChange backTo(const KeepaliveOptions& before) {
    const auto valueOr = [](std::int32_t own, std::int32_t setting) { return own != 0 ? own : setting; };
    return {.enabled = before.enabled == Switch::On,
            .idleSeconds = valueOr(before.idleSeconds, 7200),
            .intervalSeconds = valueOr(before.intervalSeconds, 75),
            .probes = valueOr(before.probes, 9),
            .userTimeoutMs = static_cast<std::int32_t>(before.userTimeout.count())};
}

TEST_F(SocketChanger, aChangeIsTakenBackOfThoseWithoutADescriptorToo) {
    Loopback queue; // nobody accepts it
    queue.connectClient();
    fcntl(loopback.client.get(), F_SETFL, O_NONBLOCK);
    const std::vector<char> data(1 << 16, 'x');
    while (send(loopback.client.get(), data.data(), data.size(), MSG_NOSIGNAL) > 0) { // the peer does not read
    }
    setOption(loopback.client.get(), IPPROTO_TCP, TCP_KEEPIDLE, 333);
    const std::uint64_t orphan = cookie();
    loopback.client.reset();
    std::vector<std::uint64_t> cookies{waitingAt(queue.listener.get()), orphan};
    const std::uint64_t ringed = cookieOf(server.get());
    const UniqueFd ring = intoRing(UniqueFd(dup(server.get())));
    if (ring) { // a kernel may have none
        cookies.push_back(ringed);
        server.reset();
    }
    std::map<std::uint64_t, KeepaliveOptions> before;
    for (const ChangedSocket& one : change(cookies, kAll))
        before[one.cookie] = one.before;
    ASSERT_EQ(before.size(), cookies.size());
    EXPECT_EQ(before[orphan].idleSeconds, 333);
    std::size_t back = 0;
    for (const auto& [its, was] : before)
        for (const ChangedSocket& one : change({its}, backTo(was))) {
            ++back;
            EXPECT_EQ(one.cookie, its);
            EXPECT_EQ(one.after.enabled, was.enabled);
            EXPECT_EQ(one.after.idleSeconds, was.idleSeconds != 0 ? was.idleSeconds : 7200);
            EXPECT_EQ(one.after.userTimeout, was.userTimeout);
            EXPECT_EQ(one.after.followed, follows::Told) << "no value of setsockopt(2) lets it follow again";
        }
    EXPECT_EQ(back, cookies.size()) << "one record each";
}

TEST_F(SocketChanger, whatTheKernelEndsByItsTimerIsLeftAlone) {
    loopback.client.reset(); // FIN-WAIT-2 once the peer has acknowledged it
    std::uint64_t orphan = 0;
    for (int look = 0; look < 500 && orphan == 0; ++look, poll(nullptr, 0, 10))
        orphan = cookieIn(State::FinWait2, loopback.listener.get());
    ASSERT_NE(orphan, 0U);
    EXPECT_TRUE(change({orphan}, {.enabled = false}).empty());
    EXPECT_TRUE(change({orphan}, {.enabled = true, .idleSeconds = 5000}).empty());
}

TEST_F(SocketChanger, aSubflowOfMptcpIsNotTheConnection) {
    constexpr int kMptcp = 262; // IPPROTO_MPTCP
    const UniqueFd listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, kMptcp));
    const UniqueFd client(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, kMptcp));
    if (!listener || !client)
        GTEST_SKIP() << "this kernel has no MPTCP, or net.mptcp.enabled is 0";
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ASSERT_EQ(bind(listener.get(), reinterpret_cast<sockaddr*>(&address), size), 0);
    ASSERT_EQ(listen(listener.get(), 1), 0);
    getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &size);
    ASSERT_EQ(connect(client.get(), reinterpret_cast<sockaddr*>(&address), size), 0);
    const std::uint64_t child = waitingAt(listener.get());
    ASSERT_NE(child, 0U);
    EXPECT_TRUE(change({child}, kAll).empty());
}

/// Listening: two descriptors for each would be too many. Fewer where there may be no more.
struct Many {
    std::vector<UniqueFd> sockets;
    std::vector<std::uint64_t> cookies;
};

Many makeMany(std::size_t wanted) {
    Many many;
    while (many.sockets.size() < wanted) {
        UniqueFd one(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        if (!one || listen(one.get(), 1) != 0)
            break;
        many.cookies.push_back(cookieOf(one.get()));
        many.sockets.push_back(std::move(one));
    }
    return many;
}

constexpr std::size_t kMany = 3000; ///< many more than one read of a pass comes to

/// A socket is neither left out nor changed twice.
TEST_F(SocketChanger, eachOfManyIsChangedOnce) {
    const auto [sockets, cookies] = makeMany(kMany);
    if (cookies.size() < kMany)
        GTEST_SKIP() << "only " << cookies.size() << " sockets to be had here: " << strerror(errno);
    const auto changed = change(cookies, kAll);
    std::set<std::uint64_t> seen;
    for (const ChangedSocket& one : changed) {
        EXPECT_TRUE(seen.insert(one.cookie).second);
        EXPECT_EQ(one.before.enabled, Switch::Off) << "it was not changed before";
    }
    EXPECT_EQ(seen.size(), kMany);
    EXPECT_TRUE(std::ranges::all_of(sockets, [](const UniqueFd& one) {
        return valuesOf(one.get()) == Values{1, 90, 7, 4, 55'000};
    }));
}

/// As an undo of sockets whose values all differed.
TEST_F(SocketChanger, eachOfManyGetsItsOwnValuesInOnePass) {
    const auto [sockets, cookies] = makeMany(kMany);
    if (cookies.size() < kMany)
        GTEST_SKIP() << "only " << cookies.size() << " sockets to be had here: " << strerror(errno);
    std::map<std::uint64_t, int> idleTimes;
    std::vector<WantedChange> changes;
    for (std::size_t at = 0; at < kMany; ++at) {
        const int idle = 100 + static_cast<int>(at);
        idleTimes[cookies[at]] = idle;
        // Every other one has another option given, and so must keep its own of the one that is not.
        changes.push_back({cookies[at], at % 2 == 0 ? OptionsChange{.enabled = true, .idleSeconds = idle}
                                                    : OptionsChange{.idleSeconds = idle, .probes = 6}});
    }
    const auto pass = changeSockets(changes, *ownNetnsAccess());
    ASSERT_TRUE(pass) << inEnglish(pass.error());
    std::set<std::uint64_t> seen;
    for (const ChangedSocket& one : pass->changed) {
        EXPECT_TRUE(seen.insert(one.cookie).second);
        EXPECT_EQ(one.after.idleSeconds, idleTimes[one.cookie]);
    }
    EXPECT_EQ(seen.size(), kMany);
    const int probes = optionOf(loopback.client.get(), IPPROTO_TCP, TCP_KEEPCNT); // as the setting has it
    for (std::size_t at = 0; at < kMany; ++at) {
        const Values values = valuesOf(sockets[at].get());
        EXPECT_EQ(values[0], at % 2 == 0 ? 1 : 0);
        EXPECT_EQ(values[1], 100 + static_cast<int>(at));
        EXPECT_EQ(values[3], at % 2 == 0 ? probes : 6);
    }
}

TEST_F(SocketChanger, ofOneThatIsNamedTwiceTheLastCounts) {
    const auto pass = changeSockets(
        std::vector<WantedChange>{{cookie(), {.idleSeconds = 50}}, {cookie(), {.idleSeconds = 70}}}, *ownNetnsAccess());
    ASSERT_TRUE(pass) << inEnglish(pass.error());
    ASSERT_EQ(pass->changed.size(), 1U);
    EXPECT_EQ(optionOf(loopback.client.get(), IPPROTO_TCP, TCP_KEEPIDLE), 70);
}

class LockedSocketChanger : public LockedConnectionTest {
protected:
    void SetUp() override {
        SKIP_WITHOUT_EXACT();
        LockedConnectionTest::SetUp();
    }
};

TEST_F(LockedSocketChanger, doesNotWaitForALockForEver) {
    const auto pass = changeSockets(std::vector{cookie}, kAll, *ownNetnsAccess());
    ASSERT_TRUE(pass) << inEnglish(pass.error());
    EXPECT_TRUE(pass->stopped);
    EXPECT_TRUE(pass->changed.empty());
    letGo();
}

/// What stands before the locked one in the kernel's walk is changed and told as such; what stands behind it is not,
/// not even later.
TEST_F(LockedSocketChanger, tellsWhatWasDoneAndDoesNoMoreAfterwards) {
    std::vector<std::uint64_t> cookies;
    std::vector<Loopback> more(40);
    for (Loopback& one : more) {
        one.connectClient();
        cookies.push_back(cookieOf(one.client.get()));
    }
    const auto pass = changeSockets(cookies, kAll, *ownNetnsAccess());
    ASSERT_TRUE(pass) << inEnglish(pass.error());
    EXPECT_TRUE(pass->stopped);
    std::set<std::uint64_t> told;
    for (const ChangedSocket& one : pass->changed)
        told.insert(one.cookie);
    letGo();
    // Whoever was left behind goes on now, while this walks past the same sockets.
    ASSERT_TRUE(changeSockets(std::vector{cookie}, {.probes = 3}, *ownNetnsAccess()));
    for (std::size_t i = 0; i < more.size(); ++i)
        EXPECT_EQ(optionOf(more[i].client.get(), SOL_SOCKET, SO_KEEPALIVE), told.contains(cookies[i]) ? 1 : 0);
}

} // namespace
} // namespace halfopen
