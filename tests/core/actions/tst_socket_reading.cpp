// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/actions/owner_pass.h"
#include "core/kernel/sockets/socket_access.h"
#include "tests/core/actions/living.h"
#include "tests/skip.h"

#include <sys/time.h>

#include <csignal>

namespace halfopen {
namespace {

using namespace test;
using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::StartsWith;

class ReadingSockets : public LivingConnection {};

TEST_F(ReadingSockets, givesOptionsAndOwner) {
    setOption(loopback.client.get(), SOL_SOCKET, SO_KEEPALIVE, 1);
    setOption(loopback.client.get(), IPPROTO_TCP, TCP_KEEPIDLE, 61);
    const auto readings = operations.read(netns, {cookie});
    ASSERT_TRUE(readings) << inEnglish(readings.error());
    ASSERT_EQ(readings->size(), 1U);
    const SocketReading& reading = readings->front();
    EXPECT_EQ(reading.cookie, cookie);
    ASSERT_TRUE(reading.options) << inEnglish(reading.options.error());
    EXPECT_TRUE(reading.options->exact());
    EXPECT_EQ(reading.options->enabled, Switch::On);
    EXPECT_EQ(reading.options->idleSeconds, 61);
    ASSERT_EQ(reading.owners.size(), 1U);
    EXPECT_EQ(reading.owners[0].pid, getpid());
    EXPECT_EQ(reading.owners[0].fd, loopback.client.get());
}

TEST_F(ReadingSockets, answersInTheOrderAskedAndAlsoForWhatIsGone) {
    const std::uint64_t gone = cookie + 1'000'000, other = cookieOf(server.get());
    const auto readings = operations.read(netns, {gone, other, cookie, other});
    ASSERT_TRUE(readings);
    ASSERT_EQ(readings->size(), 4U);
    EXPECT_EQ((*readings)[0].options.error().kind, Kind::NoSuchConnection);
    EXPECT_EQ((*readings)[1].cookie, other);
    EXPECT_TRUE((*readings)[1].options && (*readings)[2].options && (*readings)[3].options);
    EXPECT_EQ((*readings)[2].cookie, cookie);
}

TEST_F(ReadingSockets, allThatHoldItAreNamed) {
    const Child second([] {}), third([] {});
    const auto readings = operations.read(netns, {cookie});
    ASSERT_TRUE(readings);
    std::vector<std::int32_t> pids;
    for (const Owner& owner : readings->front().owners)
        pids.push_back(owner.pid);
    EXPECT_THAT(pids, testing::UnorderedElementsAre(getpid(), second.pid(), third.pid()));
}

TEST_F(ReadingSockets, notAcceptedYetHasItsListenersOptions) {
    setOption(loopback.listener.get(), IPPROTO_TCP, TCP_KEEPCNT, 4);
    const UniqueFd second(socket(AF_INET, SOCK_STREAM, 0));
    const auto waiting = leaveWaiting(second);
    ASSERT_TRUE(waiting);
    const auto readings = operations.read(netns, {waiting->cookie});
    ASSERT_TRUE(readings && readings->front().options) << textOf(readings->front().options);
    EXPECT_EQ(readings->front().options->probes, 4);
    EXPECT_TRUE(readings->front().owners.empty()) << "the listener's program does not hold it";
}

TEST_F(ReadingSockets, timeWaitHasNothingToRead) {
    const std::uint16_t port = find(cookie)->local.port;
    loopback.client.reset();
    server.reset();
    const auto waiting = inState(State::TimeWait, port);
    ASSERT_TRUE(waiting);
    const auto readings = operations.read(netns, {waiting->cookie});
    EXPECT_EQ(readings->front().options.error().kind, Kind::NotSupported);
    EXPECT_THAT(inEnglish(readings->front().options.error()), HasSubstr("TIME-WAIT"));
}

TEST_F(ReadingSockets, otherNamespaceAndNonsenseAreRefusedAsAWhole) {
    EXPECT_EQ(operations.read(netns + 1, {cookie}).error().kind, Kind::WrongNamespace);
    EXPECT_EQ(operations.read(0, {cookie}).error().kind, Kind::WrongNamespace);
    EXPECT_EQ(operations.read(netns, {}).error().kind, Kind::OutOfRange);
    EXPECT_EQ(operations.read(netns, {cookie, 0}).error().kind, Kind::OutOfRange);
    EXPECT_EQ(operations.read(netns, {UINT64_MAX}).error().kind, Kind::OutOfRange);
    EXPECT_EQ(operations.read(netns, std::vector<std::uint64_t>(kSocketBatch + 1, cookie)).error().kind,
              Kind::OutOfRange);
}

TEST_F(ReadingSockets, socketOfAnotherNamespaceIsNotThere) {
    if (!isRoot())
        SKIP_UNLESS_CI(kNeedsRoot);
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const Child elsewhere([&] {
        if (enterOwnNetwork())
            _exit(1);
        Loopback there;
        there.connectClient();
        const std::uint64_t its = cookieOf(there.client.get());
        [[maybe_unused]] const auto written = write(ends[1], &its, sizeof its);
        [[maybe_unused]] const int keep = there.client.release() + there.listener.release();
    });
    std::uint64_t its = 0;
    ASSERT_EQ(::read(ends[0], &its, sizeof its), static_cast<ssize_t>(sizeof its));
    EXPECT_EQ(operations.read(netns, {its})->front().options.error().kind, Kind::NoSuchConnection);
    EXPECT_EQ(operations.end(netns, {its})->front().outcome.error().kind, Kind::NoSuchConnection);
}

TEST_F(ReadingSockets, whoMayNotIsToldWhoCan) {
    if (!isRoot())
        SKIP_UNLESS_CI(kNeedsRoot);
    const std::string said = inChild(
        [this] {
            UniqueFd own; // an inherited descriptor would be nobody's as well
            for (int fd : {loopback.client.get(), loopback.listener.get(), server.get()})
                ::close(fd);
            return textOf(operations.read(netns, {cookie})->front().options);
        },
        test::kNobody);
    EXPECT_EQ(said, "org.halfopen.Error.NotAuthorized Its owner is a process of another user, or one that is protected "
                    "from its own; reading which takes root.");
}

TEST_F(ReadingSockets, protectedProcessOfOnesOwnIsToldApartAndOpenToRoot) {
    if (!isRoot())
        SKIP_UNLESS_CI(kNeedsRoot);
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const Child owner([&] {
        becomeNobody(); // leaves it undumpable
        Loopback its;
        its.connectClient();
        const std::uint64_t itsCookie = cookieOf(its.client.get());
        [[maybe_unused]] const auto written = write(ends[1], &itsCookie, sizeof itsCookie);
        [[maybe_unused]] const int kept = its.client.release() + its.listener.release();
    });
    std::uint64_t its = 0;
    ASSERT_EQ(::read(ends[0], &its, sizeof its), static_cast<ssize_t>(sizeof its));
    const auto asRoot = operations.read(netns, {its});
    ASSERT_TRUE(asRoot && asRoot->front().options) << textOf(asRoot->front().options);
    EXPECT_EQ(asRoot->front().owners.front().pid, owner.pid());
    const std::string asItsUser =
        inChild([&] { return textOf(operations.read(netns, {its})->front().options); }, test::kNobody);
    EXPECT_THAT(asItsUser,
                StartsWith("org.halfopen.Error.NotAuthorized None of the processes that may be looked into"));
    EXPECT_THAT(asItsUser, HasSubstr("or a protected one"));
}

/// Between the look through /proc and the fetch, the descriptor became another socket.
TEST_F(ReadingSockets, descriptorReusedAfterTheLookIsStaleAndNotTouched) {
    const auto targets = SocketTargets::find({cookie});
    ASSERT_TRUE(targets);
    const auto reach = reachForChange(*targets->connection(cookie));
    ASSERT_TRUE(reach);
    OwnerPass pass({*reach});
    std::vector<Owner> owners;
    pass.run(MonotonicClock::now() + 5s, [&](std::size_t, const Owner& owner) {
        owners.push_back(owner);
        return true;
    });
    ASSERT_EQ(owners.size(), 1U);
    const int fd = loopback.client.get();
    ASSERT_EQ(owners[0].fd, fd);
    const UniqueFd moved(dup(fd));
    ASSERT_EQ(dup2(server.get(), fd), fd);
    const auto written = SocketAccess().write(owners[0].pid, owners[0].fd, cookie, {.idleSeconds = 33});
    ASSERT_FALSE(written);
    EXPECT_TRUE(isStale(written.error()));
    EXPECT_NE(optionOf(server.get(), IPPROTO_TCP, TCP_KEEPIDLE), 33);
    EXPECT_TRUE(operations.read(netns, {cookie})->front().options) << "another look finds it at its new number";
}

TEST_F(ReadingSockets, ownerThatEndsWhileItIsReadEndsTheConnectionAllTheSame) {
    Child owner([] {});
    loopback.client.reset(); // now only the child has it
    int go[2];
    ASSERT_EQ(pipe(go), 0);
    const pid_t killer = fork();
    if (killer == 0) {
        char byte = 0;
        if (::read(go[0], &byte, 1) != 1)
            _exit(1);
        poll(nullptr, 0, 5);
        kill(owner.pid(), SIGKILL);
        _exit(0);
    }
    int read = 0;
    const auto until = MonotonicClock::now() + 10s;
    for (bool there = true; there && MonotonicClock::now() < until;) {
        const auto readings = operations.read(netns, {cookie});
        ASSERT_TRUE(readings) << inEnglish(readings.error());
        there = readings->front().options.has_value();
        read += there;
        if (there && read == 1) {
            ASSERT_EQ(write(go[1], "x", 1), 1);
        }
    }
    EXPECT_GT(read, 0);
    waitpid(killer, nullptr, 0);
    const timeval timeLimit{5, 0};
    setsockopt(server.get(), SOL_SOCKET, SO_RCVTIMEO, &timeLimit, sizeof timeLimit);
    char byte = 0;
    EXPECT_EQ(recv(server.get(), &byte, 1, 0), 0) << "the FIN of the killed process";
}

/// The row is a subflow, the descriptor the whole connection.
TEST_F(ReadingSockets, subflowOfAnMptcpConnectionIsReadByTheWhole) {
    constexpr int kIpprotoMptcp = 262; // IPPROTO_MPTCP
    const UniqueFd listener(socket(AF_INET, SOCK_STREAM, kIpprotoMptcp)),
        client(socket(AF_INET, SOCK_STREAM, kIpprotoMptcp));
    if (!listener || !client)
        GTEST_SKIP() << "this kernel has no MPTCP";
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ASSERT_EQ(bind(listener.get(), reinterpret_cast<sockaddr*>(&address), size), 0);
    ASSERT_EQ(listen(listener.get(), 4), 0);
    ASSERT_EQ(getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &size), 0);
    ASSERT_EQ(connect(client.get(), reinterpret_cast<sockaddr*>(&address), size), 0);
    const std::uint32_t inode = inodeOf(client.get());
    std::optional<std::uint64_t> subflow;
    for (const Connection& connection : dump())
        if (connection.inode == inode)
            subflow = connection.cookie;
    if (!subflow)
        GTEST_SKIP() << "this kernel shows no inode for subflows";
    const auto readings = operations.read(netns, {*subflow});
    if (!readings->front().options) // before 6.9
        GTEST_SKIP() << textOf(readings->front().options);
    EXPECT_EQ(readings->front().options->probes, 9);
    EXPECT_EQ(textOf(operations.set(netns, {*subflow}, {.probes = 3})->front().outcome), "ok");
    EXPECT_EQ(operations.read(netns, {*subflow})->front().options->probes, 3);
}

TEST_F(ReadingSockets, lookThatTakesTooLongIsBusy) {
    const DirectSocketOperations hasty(0ms);
    EXPECT_EQ(hasty.read(netns, {cookie}).error().kind, Kind::Busy);
}

} // namespace
} // namespace halfopen
