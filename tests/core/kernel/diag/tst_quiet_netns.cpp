// SPDX-License-Identifier: GPL-3.0-or-later
// Namespaces with nothing but listeners in them, which are not worth a walk over the sockets of the machine, and the
// process that reads the dumps of many.
#include "core/kernel/diag/netlink_source.h"
#include "core/kernel/diag/proc_net_source.h"
#include "core/kernel/diag/socket_count.h"
#include "tests/core/kernel/diag/message_builder.h"
#include "tests/core/kernel/netns/yard.h"
#include "tests/core/locked_connection.h"
#include "tests/skip.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <poll.h>

namespace halfopen {
namespace {

using namespace test;
using namespace std::chrono_literals;

TEST(SocketCount, aFileOfEitherFamilyIsAdded) {
    SocketCount count;
    EXPECT_TRUE(
        addSockstat("sockets: used 293\nTCP: inuse 18 orphan 3 tw 4 alloc 20 mem 1\nUDP: inuse 3 mem 0\n", count));
    EXPECT_EQ(count, (SocketCount{.inUse = 18, .timeWait = 4}));
    EXPECT_TRUE(addSockstat("TCP6: inuse 5\nUDP6: inuse 1\n", count));
    EXPECT_EQ(count, (SocketCount{.inUse = 23, .timeWait = 4}));
}

TEST(SocketCount, whatIsNoSuchFileIsRefused) {
    SocketCount count;
    for (const char* text :
         {"", "UDP: inuse 3 mem 0\n", "TCP: inuse\n", "TCP: inuse many orphan 0\n", "xTCP: inuse 1\n"})
        EXPECT_FALSE(addSockstat(text, count)) << text;
    EXPECT_EQ(count, SocketCount());
}

TEST(SocketCount, netstatTellsWhetherThereEverWasMptcp) {
    const auto text = [](const std::string& numbers) {
        return "TcpExt: SyncookiesSent\nTcpExt: 5\nMPTcpExt: MPCapableSYNRX MPCapableSYNTX MPCapableSYNACKRX "
               "MPCapableACKRX MPCurrEstab\nMPTcpExt: " +
               numbers + "\n";
    };
    EXPECT_EQ(hadMptcp(text("0 0 0 0 0")), false);
    EXPECT_EQ(hadMptcp(text("1 1 0 0 0")), false) << "asked for, and never made";
    EXPECT_EQ(hadMptcp(text("0 1 1 0 0")), true);
    EXPECT_EQ(hadMptcp(text("1 0 0 1 1")), true);
    EXPECT_EQ(hadMptcp(""), std::nullopt);
    EXPECT_EQ(hadMptcp("TcpExt: SyncookiesSent\nTcpExt: 5\n"), std::nullopt);
    EXPECT_EQ(hadMptcp("MPTcpExt: MPCapableACKRX"), std::nullopt) << "cut short";
}

class QuietNetns : public testing::Test {
protected:
    void SetUp() override {
        if (!yard.made())
            SKIP_UNLESS_CI("no network namespace can be made here");
    }
    /// "L1 E2": how many listen, and how many do not.
    static std::string told(Source& source, const SocketFilter& only = {}) {
        CollectingSink sink;
        if (const auto summary = source.sample({.only = only}, sink); !summary)
            return inEnglish(summary.error());
        const auto listening = std::ranges::count(sink.connections, State::Listen, &Connection::state);
        return fmt::format("L{} E{}", listening, static_cast<std::ptrdiff_t>(sink.connections.size()) - listening);
    }
    /// A socket there that is bound and no more.
    static UniqueFd bindIn(const NetnsAccessPtr& access) {
        UniqueFd bound = access->socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in anywhere{};
        anywhere.sin_family = AF_INET;
        EXPECT_EQ(::bind(bound.get(), reinterpret_cast<const sockaddr*>(&anywhere), sizeof anywhere), 0);
        return bound;
    }
    /// What comes is shown by the next sample, and what goes.
    void followConnection(Source& source) {
        for (int again = 0; again < 3; ++again)
            EXPECT_EQ(told(source), "L1 E0");
        yard.loopback().connectClient();
        EXPECT_EQ(told(source), "L1 E2");
        const UniqueFd served = yard.loopback().accepted();
        EXPECT_EQ(told(source), "L1 E2");
        yard.loopback().client.reset();
        EXPECT_EQ(told(source), "L1 E2") << "FIN-WAIT-2 and CLOSE-WAIT";
    }

    Yard yard;
};

TEST_F(QuietNetns, whatComesIsShownAtOnce) {
    const auto access = enterNetns(yard.netns(), "yard");
    ASSERT_TRUE(access) << inEnglish(access.error());
    ASSERT_EQ((*access)->tier(), NetnsTier::Asked);
    followConnection(**NetlinkSource::open(*access));
}

TEST_F(QuietNetns, whatComesIsShownAtOnceFromOutside) {
    struct stat status {};
    ASSERT_EQ(::stat(fmt::format("/proc/{}/net/stat", yard.tid()).c_str(), &status), 0);
    auto source = ProcNetSource::open({yard.tid()}, status.st_ino);
    ASSERT_TRUE(source) << inEnglish(source.error());
    followConnection(**source);
}

TEST_F(QuietNetns, aListenerThatGoesIsNotTakenForOne) {
    auto source = NetlinkSource::open(*enterNetns(yard.netns(), "yard"));
    EXPECT_EQ(told(**source), "L1 E0");
    yard.loopback().connectClient();
    const UniqueFd served = yard.loopback().accepted();
    yard.loopback().listener.reset();
    EXPECT_EQ(told(**source), "L0 E2");
    yard.loopback().client.reset();
    EXPECT_EQ(told(**source), "L0 E2");
}

TEST_F(QuietNetns, whatTheKernelDoesNotCountStaysAsLongAsItIsThere) {
    const auto access = enterNetns(yard.netns(), "yard");
    const UniqueFd bound = bindIn(*access);
    auto source = NetlinkSource::open(access.value());
    if (told(**source) == "L1 E0")
        GTEST_SKIP() << "this kernel lists no sockets that are only bound";
    for (int again = 0; again < 3; ++again)
        EXPECT_EQ(told(**source), "L1 E1");
}

TEST_F(QuietNetns, isNotWalkedOver) {
    const auto access = enterNetns(yard.netns(), "yard");
    auto source = NetlinkSource::open(access.value());
    EXPECT_EQ(told(**source), "L1 E0");
    const UniqueFd bound = bindIn(*access); // which the kernel does not count: only a walk shows it
    EXPECT_EQ(told(**source), "L1 E0");
    const SocketFilter walked{.states = SocketFilter::kEveryState & ~(1U << static_cast<unsigned>(State::Closing)),
                              .conditions = {}};
    if (told(**source, walked) == "L1 E0")
        GTEST_SKIP() << "this kernel lists no sockets that are only bound";
    EXPECT_EQ(told(**source, walked), "L1 E1");
}

TEST_F(QuietNetns, whatIsOnlyBoundIsAskedForSeldomWhereThereWasNone) {
    const auto access = enterNetns(yard.netns(), "yard");
    auto source = NetlinkSource::open(access.value());
    yard.loopback().connectClient();
    const UniqueFd served = yard.loopback().accepted();
    EXPECT_EQ(told(**source), "L1 E2");
    const UniqueFd bound = bindIn(*access);
    EXPECT_EQ(told(**source), "L1 E2") << "one walk, and not two";
    const SocketFilter walked{.states = SocketFilter::kEveryState & ~(1U << static_cast<unsigned>(State::Closing)),
                              .conditions = {}};
    if (told(**source, walked) == "L1 E2")
        GTEST_SKIP() << "this kernel lists no sockets that are only bound";
    for (int again = 0; again < 3; ++again)
        EXPECT_EQ(told(**source), "L1 E3") << "it stays as long as it is there";
}

TEST_F(QuietNetns, theProcessThatReadsKeepsNoNamespaceAlive) {
    const auto reader = std::make_shared<DumpReader>();
    auto source = NetlinkSource::open(*enterNetns(yard.netns(), "yard"), reader);
    EXPECT_EQ(told(**source), "L1 E0");
    const auto process = reader->process();
    ASSERT_TRUE(process);
    const auto descriptors = [pid = (*process)->pid()] {
        int open = 0;
        for (int fd = 0; fd < 16; ++fd)
            open += ::access(fmt::format("/proc/{}/fd/{}", pid, fd).c_str(), F_OK) == 0;
        return open;
    };
    // It closes the socket when it has told the last batch.
    const MonotonicTime until = MonotonicClock::now() + 10s;
    while (descriptors() != 1 && MonotonicClock::now() < until)
        ::poll(nullptr, 0, 1);
    EXPECT_EQ(descriptors(), 1) << "its channel alone";
}

using OneReader = LockedConnectionTest;

TEST_F(OneReader, aLockInOneNamespaceDoesNotHoldUpTheOthers) {
    Yard yard;
    ASSERT_TRUE(yard.made());
    const auto reader = std::make_shared<DumpReader>();
    auto other = NetlinkSource::open(*enterNetns(yard.netns(), "yard"), reader);
    auto own = NetlinkSource::open(ownNetnsAccess(), reader);
    ASSERT_TRUE(other && own);
    CollectingSink sink;
    const auto stopped = (*own)->sample({}, sink);
    ASSERT_TRUE(stopped) << inEnglish(stopped.error());
    EXPECT_TRUE(stopped->locked);
    yard.loopback().connectClient();
    CollectingSink others;
    const auto summary = (*other)->sample({}, others);
    ASSERT_TRUE(summary) << inEnglish(summary.error());
    EXPECT_FALSE(summary->locked);
    EXPECT_EQ(others.connections.size(), 3U);
    EXPECT_TRUE(std::ranges::all_of(others.connections, [](const Connection& one) { return one.info.present(); }));
}

} // namespace
} // namespace halfopen
