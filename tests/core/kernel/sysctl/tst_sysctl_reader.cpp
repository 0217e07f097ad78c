// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/sysctl/sysctl_reader.h"
#include "tests/core/fake_root.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace halfopen {
namespace {

using testing::HasSubstr;

TEST(SysctlText, keepsWhatProcfsCanHold) {
    EXPECT_EQ(parseSysctlText("7200\n"), 7200);
    EXPECT_EQ(parseSysctlText("\t-7\t\n"), -7);
    EXPECT_EQ(parseSysctlText("0"), 0);
    EXPECT_EQ(parseSysctlText("8589934\n"), 8589934);
    EXPECT_EQ(parseSysctlText("-2147483648\n"), INT32_MIN);
}

TEST(SysctlText, guessesNothing) {
    for (const char* text : {"", "\n", "0x10", "1\t2\n", "12abc", "+5", "2147483648", "--1"}) {
        const auto value = parseSysctlText(text);
        ASSERT_FALSE(value) << text;
        EXPECT_EQ(value.error().code, ErrorCode::Unreadable);
    }
}

TEST(SysctlReader, readsAllTen) {
    const FakeRoot root;
    root.fillWithDefaults();
    root.sysctl("tcp_keepalive_time", "600\n");
    root.sysctl("tcp_fin_timeout", "61\n");
    const auto read = readTcpSysctls(root.path());
    TcpSysctls expected;
    expected.keepaliveTime = 600;
    expected.finTimeout = 61;
    expected.synLinearTimeouts = 4;
    expected.hasSynLinearTimeouts = true;
    expected.hasRtoMax = true;
    EXPECT_EQ(read, expected);
}

/// Without /proc nobody can tell which settings this kernel has: all of them are unknown, and none is missing.
TEST(SysctlReader, whereNothingIsThereNothingIsMissing) {
    const FakeRoot root;
    const TcpSysctls nothing = readTcpSysctls(root.path());
    for (const SettingInfo& info : allSettings()) {
        EXPECT_NE(nothing.unread & 1U << static_cast<unsigned>(info.id), 0U) << info.name;
        EXPECT_TRUE(info.there == nullptr || nothing.*info.there) << info.name;
    }
    TcpSysctlReader reader(root.path());
    EXPECT_EQ(reader.read().unread, nothing.unread);
    root.fillWithDefaults();
    EXPECT_EQ(reader.read(), readTcpSysctls(root.path())) << "once it is there";
}

TEST(SysctlReader, localPortsAreTwoNumbers) {
    const FakeRoot root;
    root.fillWithDefaults();
    const auto isRead = [&] {
        const TcpSysctls sysctls = readTcpSysctls(root.path());
        return sysctls.localPortLow <= sysctls.localPortHigh;
    };
    EXPECT_FALSE(isRead()) << "where there is no such file";
    root.sysctl("ip_local_port_range", "1024\t65535\n");
    EXPECT_EQ(readTcpSysctls(root.path()).localPortLow, 1024);
    EXPECT_EQ(readTcpSysctls(root.path()).localPortHigh, 65535);
    root.sysctl("ip_local_port_range", "7\n");
    EXPECT_FALSE(isRead());
}

TEST(SysctlReader, oddValuesAreKept) {
    const FakeRoot root;
    root.fillWithDefaults();
    root.sysctl("tcp_keepalive_time", "-7\n");
    root.sysctl("tcp_keepalive_probes", "0\n");
    const auto read = readTcpSysctls(root.path());
    EXPECT_EQ(read.keepaliveTime, -7);
    EXPECT_EQ(read.keepaliveProbes, 0);
}

TEST(SysctlReader, olderKernelsLackTwo) {
    const FakeRoot root;
    root.fillWithDefaults();
    std::filesystem::remove(root.at("/proc/sys/net/ipv4/tcp_rto_max_ms"));
    std::filesystem::remove(root.at("/proc/sys/net/ipv4/tcp_syn_linear_timeouts"));
    const auto read = readTcpSysctls(root.path());
    EXPECT_FALSE(read.hasRtoMax);
    EXPECT_EQ(read.rtoMaxMs, 120000);
    EXPECT_FALSE(read.hasSynLinearTimeouts);
    EXPECT_EQ(read.synLinearTimeouts, 0);
    EXPECT_EQ(readSetting(Setting::RtoMax, root.path()).error().code, ErrorCode::NotSupported);
}

TEST(SysctlReader, withoutProcNothingIsKnown) {
    const FakeRoot root;
    const auto read = readTcpSysctls(root.path());
    for (const SettingInfo& info : allSettings())
        EXPECT_TRUE(isUnread(read, info.id)) << info.name;
    EXPECT_EQ(read.keepaliveTime, 7200);
    EXPECT_EQ(readSetting(Setting::KeepaliveTime, root.path()).error().code, ErrorCode::Unreadable);
}

TEST(SysctlReader, oneThatCannotBeReadIsUnknownAndTheOthersAreRead) {
    const FakeRoot root;
    root.fillWithDefaults();
    root.sysctl("tcp_keepalive_time", "600\n");
    root.sysctl("tcp_fin_timeout", "61\n");
    root.sysctl("tcp_retries2", "fifteen\n");
    std::filesystem::remove(root.at("/proc/sys/net/ipv4/tcp_rto_max_ms"));
    std::filesystem::create_directory(root.at("/proc/sys/net/ipv4/tcp_rto_max_ms"));
    const auto read = readTcpSysctls(root.path());
    EXPECT_EQ(read.keepaliveTime, 600);
    EXPECT_EQ(read.finTimeout, 61);
    EXPECT_EQ(read.retries2, 15);
    EXPECT_TRUE(read.hasRtoMax);
    EXPECT_EQ(read.rtoMaxMs, 120000);
    EXPECT_EQ(unreadNames(read), "tcp_retries2, tcp_rto_max_ms");
    EXPECT_FALSE(isUnread(read, Setting::KeepaliveTime));
    EXPECT_EQ(unreadNames(TcpSysctls{}), "");
}

TEST(SysctlReader, garbageIsNamedWithItsFile) {
    const FakeRoot root;
    root.sysctl("tcp_retries2", "fifteen\n");
    const auto read = readSetting(Setting::Retries2, root.path());
    ASSERT_FALSE(read);
    EXPECT_THAT(inEnglish(read.error()), HasSubstr("tcp_retries2"));
    EXPECT_THAT(inEnglish(read.error()), HasSubstr("fifteen"));
}

TEST(SysctlReader, theTwoThatOnlyForecastsNeedAreRead) {
    const FakeRoot root;
    root.fillWithDefaults();
    root.sysctl("tcp_early_retrans", "0\n");
    root.sysctl("tcp_thin_linear_timeouts", "1\n");
    const auto read = readTcpSysctls(root.path());
    EXPECT_EQ(read.earlyRetrans, 0);
    EXPECT_EQ(read.thinLinearTimeouts, 1);
    EXPECT_EQ(read.unread, 0);
}

TEST(SysctlReader, aSettingOfAnotherGroupIsReadFromItsFolder) {
    const FakeRoot root;
    root.fillWithDefaults();
    EXPECT_EQ(sysctlPath(Setting::MptcpCloseTimeout, "/root"), "/root/proc/sys/net/mptcp/close_timeout");
    EXPECT_EQ(readTcpSysctls(root.path()).mptcpCloseTimeout, 60);
    root.write("/proc/sys/net/mptcp/close_timeout", "8\n");
    EXPECT_EQ(readTcpSysctls(root.path()).mptcpCloseTimeout, 8);
    EXPECT_EQ(readTcpSysctls(root.path()).unread, 0);
}

TEST(SysctlReader, isReadAgainFromTheFilesThatStayOpen) {
    const FakeRoot root;
    root.fillWithDefaults();
    std::filesystem::remove(root.at("/proc/sys/net/ipv4/tcp_rto_max_ms"));
    std::filesystem::remove(root.at("/proc/sys/net/ipv4/tcp_retries2"));
    TcpSysctlReader reader(root.path());
    EXPECT_EQ(reader.read(), readTcpSysctls(root.path()));
    EXPECT_EQ(unreadNames(reader.read()), "tcp_retries2");
    root.sysctl("tcp_keepalive_time", "600\n");
    root.sysctl("tcp_retries2", "8\n"); // /proc was mounted late
    root.sysctl("ip_local_port_range", "1024\t65535\n");
    EXPECT_EQ(reader.read(), readTcpSysctls(root.path()));
    EXPECT_EQ(reader.read().keepaliveTime, 600);
    EXPECT_EQ(reader.read().localPortLow, 1024);
    EXPECT_EQ(reader.read().unread, 0);
}

TEST(SysctlReader, realKernelAgreesWithItsFiles) {
    const auto read = readTcpSysctls();
    EXPECT_EQ(TcpSysctlReader().read(), read);
    std::ifstream file("/proc/sys/net/ipv4/tcp_keepalive_time");
    int time = 0;
    file >> time;
    EXPECT_EQ(read.keepaliveTime, time);
    EXPECT_EQ(read.hasRtoMax, std::filesystem::exists("/proc/sys/net/ipv4/tcp_rto_max_ms"));
    EXPECT_EQ(read.hasSynLinearTimeouts, std::filesystem::exists("/proc/sys/net/ipv4/tcp_syn_linear_timeouts"));
}

} // namespace
} // namespace halfopen
