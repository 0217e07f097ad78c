// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/netns/netns_id.h"
#include "tests/core/actions/living.h"
#include "tests/skip.h"

#include <cerrno>

namespace halfopen {
namespace {

using namespace test;
using testing::HasSubstr;

class SocketClosing : public LivingConnection {
protected:
    void SetUp() override {
        LivingConnection::SetUp();
        if (!whyNoNetwork())
            port = find(cookie)->local.port;
    }
    std::string close(std::uint64_t which) const { return textOf(operations.end(netns, {which})->front().outcome); }
    /// The same by somebody without rights who holds none of the descriptors of this test.
    std::string closeAsNobody(std::uint64_t which) {
        return inChild(
            [=, this] {
                for (int fd : {loopback.client.get(), loopback.listener.get(), server.get()})
                    ::close(fd);
                return close(which);
            },
            test::kNobody);
    }
    std::uint16_t port = 0;
};

TEST_F(SocketClosing, rightIsEnoughForAnybodysAndItsProgramGetsConnectionAborted) {
    EXPECT_EQ(close(cookie), "ok");
    EXPECT_EQ(errorOn(loopback.client.get()), ECONNABORTED);
    EXPECT_EQ(errorOn(server.get()), ECONNRESET);
    EXPECT_FALSE(find(cookie));
}

TEST_F(SocketClosing, ownOneNeedsNoRight) {
    if (!isRoot())
        SKIP_UNLESS_CI(kNeedsRoot);
    const std::string said = inChild(
        [] {
            Loopback own;
            own.connectClient();
            const UniqueFd peer = own.accepted();
            const std::uint64_t its = cookieOf(own.client.get());
            const auto results = DirectSocketOperations().end(ownNetns(), {its});
            return textOf(results->front().outcome) + (results->front().reset ? " reset " : " ") +
                   std::to_string(errorOn(own.client.get()) == ECONNRESET) +
                   std::to_string(errorOn(peer.get()) == ECONNRESET) + std::to_string(!find(its));
        },
        test::kNobody);
    EXPECT_EQ(said, "ok reset 111");
}

TEST_F(SocketClosing, anotherUsersIsRefusedWithTheCommand) {
    if (!isRoot())
        SKIP_UNLESS_CI(kNeedsRoot);
    EXPECT_THAT(closeAsNobody(cookie), HasSubstr("NotAuthorized The connection 127.0.0.1:"));
    EXPECT_THAT(closeAsNobody(cookie), HasSubstr("a process of another user"));
    EXPECT_TRUE(find(cookie));
    const std::string command = inChild(
        [this] {
            for (int fd : {loopback.client.get(), loopback.listener.get(), server.get()})
                ::close(fd);
            return operations.end(netns, {cookie})->front().outcome.error().command;
        },
        test::kNobody);
    EXPECT_THAT(command, testing::StartsWith("sudo halfopenctl close 0x"));
}

/// The laboratory: root of a user namespace of its own, and nobody outside of it.
TEST_F(SocketClosing, rootOfItsOwnUserNamespaceEndsWhatIsInIt) {
    if (!isRoot())
        SKIP_UNLESS_CI(kNeedsRoot);
    const std::string said = inChild(
        [] {
            if (const auto why = enterOwnNetwork())
                return *why;
            Loopback there;
            there.connectClient();
            const UniqueFd peer = there.accepted();
            const auto results = DirectSocketOperations().end(ownNetns(), {cookieOf(there.client.get())});
            return textOf(results->front().outcome) + " " + std::to_string(errorOn(there.client.get()) == ECONNABORTED);
        },
        test::kNobody);
    EXPECT_EQ(said, "ok 1");
}

TEST_F(SocketClosing, goneAndNeverBeenAreNoSuchConnection) {
    ASSERT_EQ(close(cookie), "ok");
    EXPECT_THAT(close(cookie), HasSubstr("NoSuchConnection"));
    EXPECT_THAT(close(cookie + 1'000'000), HasSubstr("NoSuchConnection"));
}

TEST_F(SocketClosing, listenerIsRefusedForRootAndForItsOwnUser) {
    const std::uint64_t listening = cookieOf(loopback.listener.get());
    EXPECT_THAT(close(listening), HasSubstr("is a listener"));
    EXPECT_EQ(operations.checkClose(netns, {listening}).error().kind, Kind::OutOfRange);
    EXPECT_TRUE(find(listening));
    if (!isRoot())
        SKIP_UNLESS_CI(kNeedsRoot);
    const std::string said = inChild(
        [] {
            const Loopback own;
            return textOf(DirectSocketOperations().end(ownNetns(), {cookieOf(own.listener.get())})->front().outcome);
        },
        test::kNobody);
    EXPECT_THAT(said, HasSubstr("is a listener"));
}

TEST_F(SocketClosing, aSocketThatIsBoundAloneIsRefusedForWhatItIs) {
    const UniqueFd bound = boundToLoopback();
    const std::uint64_t its = cookieOf(bound.get());
    if (!find(its))
        GTEST_SKIP() << "this kernel lists no bound sockets (since Linux 6.8)";
    EXPECT_THAT(close(its), HasSubstr("is bound, neither listening nor connected"));
    EXPECT_EQ(operations.checkClose(netns, {its}).error().kind, Kind::OutOfRange);
    EXPECT_EQ(operations.checkClose(netns, {its, cookie}).value().size(), 1U);
    EXPECT_TRUE(find(its));
}

TEST_F(SocketClosing, timeWaitEndsForRootAndHasNoDescriptorForOthers) {
    loopback.client.reset();
    server.reset();
    const auto waiting = inState(State::TimeWait, port);
    ASSERT_TRUE(waiting);
    if (isRoot()) {
        const std::string said = inChild([&] { return close(waiting->cookie); }, test::kNobody);
        EXPECT_THAT(said, HasSubstr("NotAuthorized"));
        EXPECT_THAT(said, HasSubstr("No program holds this socket any more (it is in TIME-WAIT)"));
    }
    EXPECT_EQ(close(waiting->cookie), "ok");
    EXPECT_FALSE(inState(State::TimeWait, port));
}

TEST_F(SocketClosing, orphanEndsForRoot) {
    loopback.client.reset(); // FIN-WAIT-2 without a descriptor: the server has not closed
    auto orphan = inState(State::FinWait2, port);
    for (int wait = 0; !orphan && wait < 100; ++wait) { // the acknowledgement of the FIN may be delayed
        poll(nullptr, 0, 20);
        orphan = inState(State::FinWait2, port);
    }
    ASSERT_TRUE(orphan);
    EXPECT_EQ(close(orphan->cookie), "ok");
    EXPECT_FALSE(inState(State::FinWait2, port));
}

TEST_F(SocketClosing, manyAnswerInTheirOrderAndEachOnItsOwn) {
    const std::uint64_t listening = cookieOf(loopback.listener.get()), gone = cookie + 1'000'000;
    const auto results = operations.end(netns, {gone, cookie, listening, cookie});
    ASSERT_TRUE(results);
    ASSERT_EQ(results->size(), 4U);
    EXPECT_EQ((*results)[0].outcome.error().kind, Kind::NoSuchConnection);
    EXPECT_TRUE((*results)[1].outcome);
    EXPECT_EQ((*results)[2].outcome.error().kind, Kind::OutOfRange);
    EXPECT_TRUE((*results)[3].outcome) << "named twice, closed once";
}

TEST_F(SocketClosing, bothEndsAtOnceAreBothClosed) {
    const auto results = operations.end(netns, {cookie, cookieOf(server.get())});
    ASSERT_TRUE(results);
    EXPECT_TRUE((*results)[0].outcome) << textOf((*results)[0].outcome);
    EXPECT_TRUE((*results)[1].outcome) << textOf((*results)[1].outcome);
    EXPECT_FALSE(find(cookie) || find(cookieOf(server.get())));
}

TEST_F(SocketClosing, nonsenseIsRefusedAsAWhole) {
    EXPECT_EQ(operations.end(netns, {0}).error().kind, Kind::OutOfRange);
    EXPECT_EQ(operations.end(netns, {cookie, UINT64_MAX}).error().kind, Kind::OutOfRange);
    EXPECT_EQ(operations.end(netns + 1, {cookie}).error().kind, Kind::WrongNamespace);
    EXPECT_TRUE(find(cookie));
}

TEST_F(SocketClosing, checkTellsWhatWouldBeClosed) {
    const auto there = operations.checkClose(netns, {cookie + 1'000'000, cookie, cookieOf(loopback.listener.get())});
    ASSERT_TRUE(there);
    ASSERT_EQ(there->size(), 1U);
    EXPECT_EQ(there->front().cookie, cookie);
    EXPECT_EQ(operations.checkClose(netns, {cookie + 1'000'000}).error().kind, Kind::NoSuchConnection);
    EXPECT_TRUE(find(cookie));
}

} // namespace
} // namespace halfopen
