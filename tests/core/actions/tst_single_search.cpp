// SPDX-License-Identifier: GPL-3.0-or-later
// A call for one socket looks for that one alone, waits for nobody, and takes nothing away from a program.
#include "core/actions/owner_pass.h"
#include "core/kernel/bpf/exact_programs.h"
#include "core/kernel/process/owner_scan.h"
#include "core/kernel/sockets/fetched_socket.h"
#include "core/kernel/sockets/socket_access.h"
#include "tests/core/actions/living.h"
#include "tests/core/kernel/process/held_elsewhere.h"

#include <fcntl.h>

#include <sys/prctl.h>
#include <sys/syscall.h>

namespace halfopen {
namespace {

using namespace test;
using namespace std::chrono_literals;

class SingleSearch : public LivingConnection {
protected:
    /// Where no program may be loaded.
    std::string setWithoutBpf() const {
        return inChild([this] {
            if (!forbidCall(SYS_bpf, EPERM))
                return std::string("no filter");
            return textOf(operations.set(netns, {cookie}, {.probes = 3})->front().outcome);
        });
    }
    /// Where that can be: no descriptor is needed for it.
    void setByTheKernelItself() const {
        if (!ExactPrograms::mayLoad() || !ExactPrograms::load({.owners = false}))
            return;
        const auto sets = operations.set(netns, {cookie}, {.probes = 3});
        ASSERT_TRUE(sets->front().outcome) << inEnglish(sets->front().outcome.error());
        EXPECT_EQ(sets->front().outcome->probes, 3);
    }
};

/// A connection that is in no dump any more though its program holds it: the search for dead ones would fetch it.
UniqueFd makeDead(Loopback& loopback) {
    UniqueFd client(socket(AF_INET, SOCK_STREAM, 0));
    EXPECT_EQ(connect(client.get(), reinterpret_cast<sockaddr*>(&loopback.address), sizeof loopback.address), 0);
    EXPECT_EQ(write(client.get(), "x", 1), 1);
    UniqueFd accepted = loopback.accepted();
    const linger now{1, 0};
    EXPECT_EQ(setsockopt(accepted.get(), SOL_SOCKET, SO_LINGER, &now, sizeof now), 0);
    return client;
}

TEST_F(SingleSearch, takesNoDescriptorOfAnyOtherSocket) {
    const UniqueFd dead = makeDead(loopback);
    const int result = resultInChild([&] {
        if (!dieOfFetchingAnother(loopback.client.get()))
            return 90;
        if (!operations.read(netns, {cookie})->front().options)
            return 91;
        if (!operations.set(netns, {cookie}, {.probes = 4})->front().outcome)
            return 92;
        return operations.end(netns, {cookie})->front().outcome ? 0 : 93;
    });
    EXPECT_EQ(result, 0) << "-1: it was killed for fetching another";
}

/// The processes after the one that holds it are not looked into: the search is over before it could come to them.
TEST_F(SingleSearch, endsWhenItIsFound) {
    const Child later([] {}); // comes later in /proc, and holds it too
    int looked = 0;
    const auto targets = SocketTargets::find({cookie});
    ASSERT_TRUE(targets);
    OwnerPass pass({*reachForChange(*targets->connection(cookie))});
    std::vector<std::int32_t> pids;
    pass.run(MonotonicClock::now() + 5s, [&](std::size_t, const Owner& owner) {
        pids.push_back(owner.pid);
        ++looked;
        return true;
    });
    EXPECT_EQ(looked, 1) << "the child was not come to";
    EXPECT_EQ(pids, std::vector<std::int32_t>{getpid()});
    EXPECT_FALSE(pass.isBusy());
}

/// The owner's close(2) with SO_LINGER falls to us where we hold the last reference.
TEST_F(SingleSearch, doesNotWaitForAnothersLingeringClose) {
    const std::vector<char> block(1 << 20);
    fcntl(loopback.client.get(), F_SETFL, O_NONBLOCK);
    while (send(loopback.client.get(), block.data(), block.size(), MSG_NOSIGNAL) > 0) { // until nobody takes more
    }
    const linger wait{1, 30};
    ASSERT_EQ(setsockopt(loopback.client.get(), SOL_SOCKET, SO_LINGER, &wait, sizeof wait), 0);
    const UniqueFd process = openProcess(getpid());
    std::optional<FetchedSocket> fetched(fetchSocket(process, loopback.client.get()));
    ASSERT_TRUE(*fetched);
    loopback.client.reset(); // not the last reference: returns at once
    const auto begun = MonotonicClock::now();
    fetched.reset();
    EXPECT_LT(MonotonicClock::now() - begun, 5s);
    std::vector<char> buffer(1 << 20);
    ssize_t size = 1;
    const timeval timeLimit{10, 0};
    setsockopt(server.get(), SOL_SOCKET, SO_RCVTIMEO, &timeLimit, sizeof timeLimit);
    while (size > 0)
        size = recv(server.get(), buffer.data(), buffer.size(), 0);
    EXPECT_EQ(size, 0) << "all that was sent arrives, and the end";
}

TEST_F(SingleSearch, noOneReadsTheErrorOfAProgram) {
    const UniqueFd dead = makeDead(loopback);
    const int result = resultInChild([&] {
        if (!dieOfReadingErrors())
            return 90;
        if (!operations.read(netns, {cookie})->front().options)
            return 91;
        if (!operations.set(netns, {cookie}, {.probes = 4})->front().outcome)
            return 92;
        OwnerScan scan({0, 0s});
        for (int sample = 0; sample < 2; ++sample) {
            scan.beginSample();
            for (const Connection& connection : dump())
                scan.lookUp(connection);
            while (!scan.settled(MonotonicClock::now()))
                if (scan.step(MonotonicClock::now() + 20ms))
                    break;
        }
        if (scan.dead()->empty())
            return 93;
        if (SocketAccess().close(getppid(), loopback.client.get(), cookie))
            return 94;
        return operations.end(netns, {cookieOf(server.get())}) ? 0 : 95;
    });
    EXPECT_EQ(result, 0) << "-1: it was killed for reading SO_ERROR";
    EXPECT_EQ(errorOn(dead.get()), ECONNRESET) << "is left for its program";
    EXPECT_EQ(errorOn(loopback.client.get()), ECONNRESET) << "likewise";
}

TEST_F(SingleSearch, socketOnItsWayBetweenProcessesIsNotBlamedOnAnybody) {
    const auto away = sendAway(std::move(loopback.client));
    ASSERT_TRUE(away);
    for (const auto& said : {textOf(operations.read(netns, {cookie})->front().options), setWithoutBpf()}) {
        EXPECT_THAT(said, testing::AnyOf(testing::HasSubstr("no process that is to be seen here"),
                                         testing::HasSubstr("None of the processes that may be looked into holds it")));
        EXPECT_THAT(said, testing::Not(testing::HasSubstr("Its owner is a process of another user")));
    }
    setByTheKernelItself();
}

TEST_F(SingleSearch, socketInAnIoUringIsToldWithItsProgramAndCannotBeReached) {
    const UniqueFd ring = intoRing(std::move(loopback.client));
    if (!ring)
        GTEST_SKIP() << "no io_uring here (kernel.io_uring_disabled, a seccomp filter)";
    const auto reading = operations.read(netns, {cookie})->front();
    EXPECT_THAT(textOf(reading.options),
                testing::HasSubstr("NotSupported An io_uring of the program holds the socket"));
    ASSERT_EQ(reading.owners.size(), 1U);
    EXPECT_EQ(reading.owners[0].pid, getpid());
    EXPECT_EQ(reading.owners[0].fd, -1);
    EXPECT_THAT(setWithoutBpf(), testing::HasSubstr(" An io_uring of the program holds the socket"));
    setByTheKernelItself();
}

} // namespace
} // namespace halfopen
