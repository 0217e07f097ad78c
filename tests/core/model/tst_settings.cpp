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

TEST(Settings, whatAKernelMayLackIsNoted) {
    TcpSysctls sysctls;
    for (const SettingInfo& info : allSettings()) {
        EXPECT_EQ(isThere(sysctls, info.id), info.there == nullptr) << info.name;
        setThere(sysctls, info.id, true);
        EXPECT_TRUE(isThere(sysctls, info.id)) << info.name;
        EXPECT_TRUE(info.there == nullptr || info.optional) << info.name;
    }
    EXPECT_TRUE(sysctls.hasSynLinearTimeouts && sysctls.hasRtoMax);
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

} // namespace
} // namespace halfopen
