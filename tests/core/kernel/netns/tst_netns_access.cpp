// SPDX-License-Identifier: GPL-3.0-or-later
// Sockets and settings of another network namespace: by root, by its owner, and by neither.
#include "core/kernel/diag/netlink_source.h"
#include "core/kernel/netns/netns_access.h"
#include "core/kernel/netns/netns_id.h"
#include "core/kernel/sysctl/sysctl_reader.h"
#include "tests/core/kernel/netns/resident.h"
#include "tests/lab/in_child.h"
#include "tests/skip.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <linux/netlink.h>

namespace halfopen {
namespace {

using namespace test;

UniqueFd netnsOf(pid_t pid) {
    return UniqueFd(::open(fmt::format("/proc/{}/ns/net", pid).c_str(), O_RDONLY | O_CLOEXEC));
}

/// "asked 600 1": the tier, a setting that is read, and whether the connection is listed.
std::string lookInto(const Resident& resident) {
    auto access = enterNetns(netnsOf(resident.pid()), "blue");
    if (!access)
        return inEnglish(access.error());
    const UniqueFd socket = (*access)->socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);
    if (netnsCookieOf(socket.get()) != resident.facts().netnsCookie)
        return "a socket of another namespace";
    const UniqueFd ipv4 = (*access)->settings("ipv4"), mptcp = (*access)->settings("mptcp");
    auto source = NetlinkSource::open(*access);
    if (!source)
        return inEnglish(source.error());
    struct Sink : ConnectionSink {
        void restart() override { cookies.clear(); }
        void add(const Connection& connection) override { cookies.push_back(connection.cookie); }
        std::vector<std::uint64_t> cookies;
    } sink;
    const auto summary = (*source)->sample({}, sink);
    if (!summary)
        return inEnglish(summary.error());
    if (summary->netns != resident.facts().inode)
        return "a sample of another namespace";
    const TcpSysctls there = readTcpSysctlsIn(ipv4.get(), mptcp.get());
    if (::access("/proc/sys/net/mptcp/close_timeout", F_OK) == 0 && there.mptcpCloseTimeout != 61)
        return fmt::format("net.mptcp.close_timeout {}", there.mptcpCloseTimeout);
    return fmt::format("{} {} {}", toString((*access)->tier()), there.keepaliveTime,
                       std::ranges::count(sink.cookies, resident.facts().client));
}

/// Read from a folder of its own.
const std::pair<std::string, int> kCloseTimeout{"../mptcp/close_timeout", 61};

class NetnsAccess_ : public testing::Test {
protected:
    void SetUp() override {
        if (!isRoot())
            SKIP_UNLESS_CI("needs root, to make namespaces of several users");
    }
};

TEST_F(NetnsAccess_, rootLooksIntoAnyAndStaysWhereItIs) {
    const NetnsId home = ownNetns();
    const Resident roots(std::nullopt, {{"tcp_keepalive_time", 600}, kCloseTimeout});
    const Resident alices(kAlice, {{"tcp_keepalive_time", 700}, kCloseTimeout});
    ASSERT_EQ(roots.facts().error + alices.facts().error, 0);
    EXPECT_EQ(lookInto(roots), "asked 600 1");
    EXPECT_EQ(lookInto(alices), "asked 700 1");
    EXPECT_EQ(ownNetns(), home);
    EXPECT_NE(readTcpSysctls().keepaliveTime, 600);
}

TEST_F(NetnsAccess_, whoOwnsItLooksIntoItWithoutAnyRight) {
    const Resident alices(kAlice, {{"tcp_keepalive_time", 700}, kCloseTimeout});
    ASSERT_EQ(alices.facts().error, 0);
    EXPECT_EQ(inChild([&] { return lookInto(alices); }, kAlice), "mine 700 1");
}

TEST_F(NetnsAccess_, othersAreToldWhoMay) {
    const Resident roots;
    const Resident alices(kAlice);
    ASSERT_EQ(roots.facts().error + alices.facts().error, 0);
    // What is opened may come from anywhere, as from a mount that anybody may open.
    const UniqueFd theirs = netnsOf(roots.pid());
    const UniqueFd hers = netnsOf(alices.pid());
    for (const int netns : {theirs.get(), hers.get()}) {
        const std::string said = inChild(
            [netns] {
                const auto access = enterNetns(UniqueFd(::dup(netns)), "blue");
                return access ? std::string("entered")
                              : fmt::format("{} {}", int(access.error().code), inEnglish(access.error()));
            },
            kBob);
        EXPECT_EQ(said, fmt::format("{} The network namespace blue belongs to somebody else: only an administrator may "
                                    "enter it. Try it with sudo.",
                                    int(ErrorCode::NotPermitted)));
    }
}

TEST_F(NetnsAccess_, onesOwnIsNotEntered) {
    const auto access = enterNetns(netnsOf(::getpid()), "home");
    ASSERT_TRUE(access);
    EXPECT_EQ((*access)->tier(), NetnsTier::Own);
}

TEST_F(NetnsAccess_, theSettingsOfOneThatIsGoneCannotBeRead) {
    UniqueFd settings;
    {
        Resident roots(std::nullopt, {{"tcp_keepalive_time", 600}});
        settings = (*enterNetns(netnsOf(roots.pid()), "blue"))->settings("ipv4");
        EXPECT_EQ(readTcpSysctlsIn(settings.get(), -1).keepaliveTime, 600);
    }
    // The last reference goes some moments after the process.
    const MonotonicTime until = MonotonicClock::now() + std::chrono::seconds(10);
    while (!isUnread(readTcpSysctlsIn(settings.get(), -1), Setting::KeepaliveTime) && MonotonicClock::now() < until)
        ::usleep(1000);
    EXPECT_TRUE(isUnread(readTcpSysctlsIn(settings.get(), -1), Setting::KeepaliveTime));
}

TEST_F(NetnsAccess_, noChildIsLeftBehind) {
    const Resident alices(kAlice);
    const auto left = [&] {
        lookInto(alices);
        errno = 0;
        return std::string(::waitpid(-1, nullptr, __WALL | WNOHANG) == -1 && errno == ECHILD ? "none" : "some");
    };
    EXPECT_EQ(inChild(left, kAlice), "none");
}

} // namespace
} // namespace halfopen
