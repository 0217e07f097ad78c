// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/settings.h"

#include <gtest/gtest.h>

#include <climits>

namespace halfopen {
namespace {

TEST(Settings, tableIsInTheOrderOfItsNames) {
    std::size_t position = 0;
    for (const SettingInfo& info : allSettings()) {
        EXPECT_EQ(static_cast<std::size_t>(info.id), position++);
        EXPECT_EQ(settingByName(info.name), info.id);
        EXPECT_EQ(&settingInfo(info.id), &info);
    }
    EXPECT_EQ(position, 13U);
}

TEST(Settings, onlyTheThreeOfKeepaliveAreWritable) {
    for (const SettingInfo& info : allSettings())
        EXPECT_EQ(info.writable, info.name.starts_with("tcp_keepalive_")) << info.name;
}

TEST(Settings, defaultsAreThoseOfTheValueType) {
    const TcpSysctls defaults;
    for (const SettingInfo& info : allSettings()) {
        if (info.id == Setting::SynLinearTimeouts) // its field stands for a kernel that has none
            continue;
        EXPECT_EQ(defaults.*info.field, info.kernelDefault) << info.name;
        EXPECT_TRUE(info.sane.contains(info.kernelDefault)) << info.name;
    }
}

TEST(Settings, namesAreTakenWithAndWithoutTheirFolder) {
    EXPECT_EQ(settingByName("net.ipv4.tcp_keepalive_time"), Setting::KeepaliveTime);
    EXPECT_EQ(settingByName("net/ipv4/tcp_retries2"), Setting::Retries2);
    EXPECT_FALSE(settingByName("net.ipv4.ip_forward"));
    EXPECT_FALSE(settingByName("../../kernel/core_pattern"));
    EXPECT_FALSE(settingByName(""));
}

TEST(Settings, edgesOfTheSaneRanges) {
    for (const Setting id : {Setting::KeepaliveTime, Setting::KeepaliveInterval}) {
        EXPECT_TRUE(isUnusual(id, 0));
        EXPECT_FALSE(isUnusual(id, 1));
        EXPECT_FALSE(isUnusual(id, 32767));
        EXPECT_TRUE(isUnusual(id, 32768));
        EXPECT_TRUE(isUnusual(id, -7));
        EXPECT_TRUE(isUnusual(id, INT_MAX));
    }
    EXPECT_TRUE(isUnusual(Setting::KeepaliveProbes, 0));
    EXPECT_FALSE(isUnusual(Setting::KeepaliveProbes, 127));
    EXPECT_TRUE(isUnusual(Setting::KeepaliveProbes, 128));
}

TEST(Settings, kernelTakesMoreThanIsSane) {
    EXPECT_EQ(kernelAccepts(Setting::KeepaliveTime, 250), (SettingRange{-8589934, 8589934}));
    EXPECT_EQ(kernelAccepts(Setting::KeepaliveInterval, 1000), (SettingRange{-2147483, 2147483}));
    EXPECT_EQ(kernelAccepts(Setting::KeepaliveProbes, 250), (SettingRange{0, 255}));
    EXPECT_FALSE(kernelAccepts(Setting::KeepaliveTime, 0));
}

} // namespace
} // namespace halfopen
