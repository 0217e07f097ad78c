// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/sockets/socket_access.h"
#include "core/model/options_change.h"
#include "tests/core/processes.h"
#include "tests/skip.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/time.h>

#include <set>
#include <string>
#include <string_view>

namespace halfopen {
namespace {

using namespace test;

constexpr int kReadable = 0;

/// kReadable, or 1 + the refusal, so that it fits into an exit code.
int outcome(const OptionsReading& reading) {
    return reading ? kReadable : 1 + static_cast<int>(reading.error());
}

int outcome(ReadRefusal refusal) {
    return 1 + static_cast<int>(refusal);
}

int readAsNobody(pid_t pid, int fd, std::uint64_t cookie) {
    return resultInChild([=] {
        becomeNobody();
        return outcome(SocketAccess().read(pid, fd, cookie));
    });
}

void setAll(int socket) {
    setOption(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
    setOption(socket, IPPROTO_TCP, TCP_KEEPIDLE, 61);
    setOption(socket, IPPROTO_TCP, TCP_KEEPINTVL, 11);
    setOption(socket, IPPROTO_TCP, TCP_KEEPCNT, 4);
    setOption(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, 54321);
    setOption(socket, IPPROTO_TCP, TCP_SYNCNT, 3);
    setOption(socket, IPPROTO_TCP, TCP_LINGER2, 17);
}

void expectAll(const OptionsReading& reading) {
    ASSERT_TRUE(reading) << shortName(reading.error());
    EXPECT_TRUE(reading->exact());
    EXPECT_EQ(reading->enabled, Switch::On);
    EXPECT_EQ(reading->idleSeconds, 61);
    EXPECT_EQ(reading->intervalSeconds, 11);
    EXPECT_EQ(reading->probes, 4);
    EXPECT_EQ(reading->userTimeout, Millis(54321));
    EXPECT_EQ(reading->synCount, 3);
    EXPECT_EQ(reading->lingerSeconds, 17);
}

TEST(SocketAccess, everyOptionOfAnotherProcessIsRead) {
    Loopback loopback;
    setAll(loopback.client.get());
    const Child owner([] {});
    expectAll(SocketAccess().read(owner.pid(), loopback.client.get(), cookieOf(loopback.client.get())));
}

TEST(SocketAccess, whatNobodySetIsTheValueInEffect) {
    const Loopback loopback;
    const auto reading = SocketAccess().read(getpid(), loopback.client.get(), cookieOf(loopback.client.get()));
    ASSERT_TRUE(reading);
    EXPECT_EQ(reading->enabled, Switch::Off);
    EXPECT_GT(reading->idleSeconds, 0);
    EXPECT_GT(reading->probes, 0);
    EXPECT_EQ(reading->userTimeout, Millis(0));
}

TEST(SocketAccess, childNotAcceptedYetHasItsListenersOptions) {
    Loopback loopback;
    setAll(loopback.listener.get());
    loopback.connectClient();
    const auto inQueue = SocketAccess().read(getpid(), loopback.listener.get(), cookieOf(loopback.listener.get()));
    expectAll(inQueue);
    const UniqueFd child = loopback.accepted();
    const auto accepted = SocketAccess().read(getpid(), child.get(), cookieOf(child.get()));
    ASSERT_TRUE(accepted);
    EXPECT_EQ(*accepted, *inQueue);
}

TEST(SocketAccess, descriptorThatBecameAnotherIsNotRead) {
    Loopback loopback;
    const int fd = loopback.client.get();
    const std::uint64_t cookie = cookieOf(fd);
    SocketAccess options;
    ASSERT_TRUE(options.read(getpid(), fd, cookie));

    ASSERT_EQ(dup2(loopback.listener.get(), fd), fd);
    EXPECT_EQ(outcome(options.read(getpid(), fd, cookie)), outcome(ReadRefusal::Reused)) << "another socket";

    const UniqueFd file(open("/dev/null", O_RDONLY));
    ASSERT_EQ(dup2(file.get(), fd), fd);
    EXPECT_EQ(outcome(options.read(getpid(), fd, cookie)), outcome(ReadRefusal::Reused)) << "no socket at all";

    loopback.client.reset();
    EXPECT_EQ(outcome(options.read(getpid(), fd, cookie)), outcome(ReadRefusal::Gone)) << "closed";
}

TEST(SocketAccess, processThatEndedIsGoneBeforeAndAfterItWasOpened) {
    const Loopback loopback;
    const std::uint64_t cookie = cookieOf(loopback.client.get());
    Child owner([] {});
    const pid_t pid = owner.pid();
    SocketAccess options;
    ASSERT_TRUE(options.read(pid, loopback.client.get(), cookie));
    owner.end();
    EXPECT_EQ(outcome(options.read(pid, loopback.client.get(), cookie)), outcome(ReadRefusal::Gone));
    EXPECT_EQ(outcome(options.read(pid, loopback.client.get(), cookie)), outcome(ReadRefusal::Gone));
    ASSERT_TRUE(options.read(getpid(), loopback.client.get(), cookie)) << "and the next process is read again";
}

TEST(SocketAccess, readingKeepsNoConnectionOpen) {
    Loopback loopback;
    loopback.connectClient();
    const UniqueFd server = loopback.accepted();
    SocketAccess options;
    ASSERT_TRUE(options.read(getpid(), loopback.client.get(), cookieOf(loopback.client.get())));
    loopback.client.reset();
    char byte = 0;
    const timeval timeLimit{5, 0};
    setsockopt(server.get(), SOL_SOCKET, SO_RCVTIMEO, &timeLimit, sizeof timeLimit);
    EXPECT_EQ(recv(server.get(), &byte, 1, 0), 0) << "the peer sees the FIN at once";
}

TEST(SocketAccess, otherUsersProcessIsRefusedAsSuch) {
    if (!isRoot())
        SKIP_UNLESS_CI("needs root to become another user");
    const Loopback loopback;
    EXPECT_EQ(readAsNobody(getpid(), loopback.client.get(), cookieOf(loopback.client.get())),
              outcome(ReadRefusal::OtherUser));
}

TEST(SocketAccess, ownUsersProcessIsReadUnlessItIsProtected) {
    const Loopback loopback;
    const int fd = loopback.client.get();
    const std::uint64_t cookie = cookieOf(fd);
    const Child open([] {
        becomeNobody();
        prctl(PR_SET_DUMPABLE, 1);
    });
    const Child closed([] {
        becomeNobody();
        prctl(PR_SET_DUMPABLE, 0);
    });
    EXPECT_EQ(readAsNobody(closed.pid(), fd, cookie), outcome(ReadRefusal::NotDumpable));
    if (access("/proc/sys/kernel/yama/ptrace_scope", F_OK) == 0)
        GTEST_SKIP() << "Yama is active here and decides about processes that may be read otherwise";
    EXPECT_EQ(readAsNobody(open.pid(), fd, cookie), kReadable);
}

TEST(SocketAccess, rootReadsProtectedProcessesToo) {
    if (!isRoot())
        SKIP_UNLESS_CI("needs root");
    const Loopback loopback;
    const Child closed([] {
        becomeNobody();
        prctl(PR_SET_DUMPABLE, 0);
    });
    EXPECT_TRUE(SocketAccess().read(closed.pid(), loopback.client.get(), cookieOf(loopback.client.get())));
}

TEST(SocketAccess, withoutADescriptorLeftNothingElseIsBlamed) {
    const Loopback loopback;
    const int fd = loopback.client.get();
    const std::uint64_t cookie = cookieOf(fd);
    const int result = resultInChild([=] {
        const UniqueFd lowest(dup(0));
        const rlimit none{static_cast<rlim_t>(lowest.get()), static_cast<rlim_t>(lowest.get())};
        setrlimit(RLIMIT_NOFILE, &none);
        return outcome(SocketAccess().read(getppid(), fd, cookie));
    });
    EXPECT_EQ(result, outcome(ReadRefusal::NoDescriptors));
}

TEST(SocketAccess, subflowIsNotTheWholeConnection) {
    const UniqueFd whole(socket(AF_INET, SOCK_STREAM, 262)); // IPPROTO_MPTCP
    if (!whole)
        GTEST_SKIP() << "this kernel has no MPTCP, or net.mptcp.enabled is 0";
    EXPECT_EQ(outcome(SocketAccess().read(getpid(), whole.get(), cookieOf(whole.get()))),
              outcome(ReadRefusal::MultipathTcp));
}

TEST(SocketAccess, writingChangesTheLivingSocketAndReadsBack) {
    const Loopback loopback;
    const int fd = loopback.client.get();
    OptionsChange change{.enabled = true, .idleSeconds = 33, .intervalSeconds = 5, .probes = 2, .userTimeoutMs = 9000};
    const auto reading = SocketAccess().write(getpid(), fd, cookieOf(fd), change);
    ASSERT_TRUE(reading);
    EXPECT_TRUE(reading->complete());
    EXPECT_EQ(reading->before.enabled, Switch::Off);
    EXPECT_EQ(reading->after.enabled, Switch::On);
    EXPECT_EQ(reading->after.idleSeconds, 33);
    int value = 0;
    socklen_t size = sizeof value;
    getsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &value, &size);
    EXPECT_EQ(value, 5);

    const auto kept = SocketAccess().write(getpid(), fd, cookieOf(fd), {.probes = 7});
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->after.probes, 7);
    EXPECT_EQ(kept->after.idleSeconds, 33);
    const auto refused = SocketAccess().write(getpid(), fd, cookieOf(fd), {.idleSeconds = 40000});
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->refused, "TCP_KEEPIDLE");
    EXPECT_EQ(refused->error, EINVAL);
    EXPECT_EQ(refused->after, refused->before);
    const auto other = SocketAccess().write(getpid(), fd, cookieOf(fd) + 1, {.idleSeconds = 40});
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error(), ReadRefusal::Reused);
}

TEST(SocketAccess, whatWasSetBeforeARefusedOneIsSetBack) {
    const Loopback loopback;
    const int fd = loopback.client.get();
    setOption(fd, IPPROTO_TCP, TCP_KEEPIDLE, 71);
    const std::uint64_t cookie = cookieOf(fd);
    EXPECT_EQ(resultInChild([&] {
                  if (!forbidSetting(IPPROTO_TCP, TCP_KEEPCNT))
                      return 90;
                  const auto writing =
                      SocketAccess().write(getpid(), fd, cookie, {.enabled = true, .idleSeconds = 33, .probes = 2});
                  if (!writing || writing->refused != "TCP_KEEPCNT" || writing->error != EPERM)
                      return 91;
                  return writing->after == writing->before && writing->before.idleSeconds == 71 ? 0 : 92;
              }),
              0);
    EXPECT_EQ(optionOf(fd, IPPROTO_TCP, TCP_KEEPIDLE), 71);
    EXPECT_EQ(optionOf(fd, SOL_SOCKET, SO_KEEPALIVE), 0);
}

TEST(SocketAccess, whatIsInAnIoUringCannotBeReached) {
    const Loopback loopback;
    EXPECT_EQ(outcome(SocketAccess().read(getpid(), -1, cookieOf(loopback.client.get()))),
              outcome(ReadRefusal::InRing));
}

TEST(SocketAccess, closingResetsThePeerAndLeavesTheDescriptorToItsProgram) {
    Loopback loopback;
    loopback.connectClient();
    const UniqueFd server = loopback.accepted();
    const int fd = loopback.client.get();
    EXPECT_EQ(SocketAccess().close(getpid(), fd, cookieOf(fd) + 1), ReadRefusal::Reused);
    EXPECT_EQ(SocketAccess().close(getpid(), fd, cookieOf(fd)), std::nullopt);
    for (const int end : {fd, server.get()}) {
        int error = 0;
        socklen_t size = sizeof error;
        EXPECT_EQ(getsockopt(end, SOL_SOCKET, SO_ERROR, &error, &size), 0) << "still open";
        EXPECT_EQ(error, ECONNRESET);
    }
}

TEST(SocketAccess, listenerIsNotClosed) {
    Loopback loopback;
    const int fd = loopback.listener.get();
    EXPECT_EQ(SocketAccess().close(getpid(), fd, cookieOf(fd)), ReadRefusal::Listener);
    loopback.connectClient();
    EXPECT_TRUE(loopback.accepted());
}

TEST(ReadRefusal, everyOneHasASentenceANameAndACode) {
    EXPECT_TRUE(sentenceOf(ReadRefusal::None).empty());
    EXPECT_EQ(shortName(ReadRefusal::None), "");
    std::set<std::string_view> names;
    for (int number = 1; number <= static_cast<int>(ReadRefusal::NotSupported); ++number) {
        const auto refusal = static_cast<ReadRefusal>(number);
        EXPECT_EQ(inEnglish(sentenceOf(refusal)).back(), '.');
        EXPECT_EQ(errorOf(refusal).sentence, sentenceOf(refusal));
        EXPECT_FALSE(shortName(refusal).empty());
        EXPECT_TRUE(names.insert(shortName(refusal)).second) << shortName(refusal);
    }
    EXPECT_EQ(errorOf(ReadRefusal::Yama).code, ErrorCode::NotPermitted);
    EXPECT_EQ(errorOf(ReadRefusal::Reused).code, ErrorCode::NotFound);
    EXPECT_EQ(errorOf(ReadRefusal::NotSupported).code, ErrorCode::NotSupported);
}

} // namespace
} // namespace halfopen
