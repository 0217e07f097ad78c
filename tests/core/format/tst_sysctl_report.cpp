// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/sysctl_report.h"
#include "core/kernel/sysctl/report_reader.h"
#include "tests/core/fake_root.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace halfopen {
namespace {

using nlohmann::json;
using testing::HasSubstr;

SysctlReport reportOf(const FakeRoot& root) {
    return readSysctlReport(root.path());
}

TEST(SysctlReport, tableNamesValueAndSource) {
    const FakeRoot root;
    root.fillWithDefaults();
    root.sysctl("tcp_keepalive_time", "600\n");
    root.write("/etc/sysctl.d/10-a.conf", "net.ipv4.tcp_keepalive_time = 600\n");
    const std::string text = sysctlText(reportOf(root));
    EXPECT_THAT(text, HasSubstr("tcp_keepalive_time            600 s  /etc/sysctl.d/10-a.conf:1\n"));
    EXPECT_THAT(text, HasSubstr("tcp_keepalive_probes              9  kernel default\n"));
    EXPECT_THAT(text, testing::Not(HasSubstr("unusual")));
}

TEST(SysctlReport, noFileReachesAnotherNetworkNamespace) {
    const FakeRoot root;
    root.fillWithDefaults();
    root.sysctl("tcp_keepalive_time", "600\n");
    root.write("/etc/sysctl.d/10-a.conf", "net.ipv4.tcp_keepalive_time = 600\nnet.ipv4.tcp_keepalive_probes = 3\n");
    std::filesystem::remove(root.at("/proc/sys/net/ipv4/tcp_max_orphans")); // which is the whole machine's
    const std::string text = sysctlText(reportOf(root));
    EXPECT_THAT(text, HasSubstr("tcp_keepalive_time            600 s  set since boot\n"));
    EXPECT_THAT(text, HasSubstr("tcp_keepalive_probes              9  kernel default\n"));
    root.write("/proc/1/net/stat", "");
    root.write("/run/systemd/system/x", "");
    EXPECT_EQ(sysctlText(reportOf(root)), text) << "it is not the one that systemd boots";
    std::filesystem::create_directories(root.at("/proc/thread-self/net"));
    std::filesystem::create_hard_link(root.at("/proc/1/net/stat"), root.at("/proc/thread-self/net/stat"));
    EXPECT_THAT(sysctlText(reportOf(root)), HasSubstr("600 s  /etc/sysctl.d/10-a.conf:1\n")) << "and in there it does";
}

TEST(SysctlReport, unusualValueIsShownAndExplained) {
    const FakeRoot root;
    root.fillWithDefaults();
    root.sysctl("tcp_keepalive_probes", "0\n");
    EXPECT_THAT(sysctlText(reportOf(root)),
                HasSubstr("tcp_keepalive_probes = 0 is unusual (usual is 1..127). 0 resets every idle"));
    EXPECT_EQ(json::parse(sysctlJson(reportOf(root)))["settings"][2]["unusual"], true);
}

TEST(SysctlReport, whatAnOlderKernelLacksIsLeftOut) {
    const FakeRoot root;
    root.fillWithDefaults();
    std::filesystem::remove(root.at("/proc/sys/net/ipv4/tcp_rto_max_ms"));
    EXPECT_EQ(json::parse(sysctlJson(reportOf(root)))["settings"].size(), 9U);
}

TEST(SysctlReport, whatCannotBeReadIsUnknownAndSaysWhy) {
    const FakeRoot root;
    root.fillWithDefaults();
    root.sysctl("tcp_keepalive_probes", "nine\n");
    const auto report = reportOf(root);
    EXPECT_THAT(sysctlText(report), HasSubstr("tcp_keepalive_probes        unknown  "));
    EXPECT_THAT(sysctlText(report), HasSubstr("\"nine\" is not one whole number."));
    EXPECT_THAT(sysctlText(report), HasSubstr("7200 s"));
    const json settings = json::parse(sysctlJson(report))["settings"];
    EXPECT_TRUE(settings[2]["value"].is_null());
    EXPECT_EQ(settings[2]["unusual"], false);
    EXPECT_THAT(settings[2]["unread"].get<std::string>(), HasSubstr("nine"));
    EXPECT_EQ(settings[0]["value"], 7200);
    EXPECT_FALSE(settings[0].contains("unread"));
}

TEST(SysctlReport, jsonSaysWhatIsNotKnown) {
    const FakeRoot root;
    root.fillWithDefaults();
    SysctlReport report = reportOf(root);
    EXPECT_TRUE(json::parse(sysctlJson(report))["followers"].is_null());
    report.followers =
        Followers{.off = 1, .unknown = 0, .ownValues = 2, .atHiddenTimer = 1, .atTimer = {Millis(5), Millis(9)}};
    const json followers = json::parse(sysctlJson(report))["followers"];
    EXPECT_EQ(followers["follow"], 3);
    EXPECT_EQ(followers["own_values"], 2);
    EXPECT_EQ(followers["keepalive_off"], 1);
    EXPECT_EQ(followers["first_ms"], 5);
    EXPECT_EQ(followers["last_ms"], 9);
    EXPECT_EQ(json::parse(changeJson(report, {600, 30, 5}, true))["in_effect"]["tcp_keepalive_intvl"], 30);
}

TEST(SysctlReport, sentencesSayWhoFollowsAndWhen) {
    EXPECT_EQ(inEnglish(sentenceFor({600, 30, 5})),
              "First probe after 10m, then every 30 s, 5 in all; a dead peer is noticed after 12m 30s.");
    const Followers followers{.off = 96,
                              .unknown = 0,
                              .ownValues = 6,
                              .atHiddenTimer = 0,
                              .atTimer = {Millis(12000), Millis(7080000)},
                              .first = {Millis(12000), Millis(12000), Millis(12000)},
                              .last = {Millis(7080000), Millis(7080000), Millis(7080000)}};
    EXPECT_EQ(inEnglish(followersText(followers)),
              "Of 104 connections 2 follow these values; 6 keep the values of their own program, 96 have "
              "keepalive off and will never follow.");
    EXPECT_THAT(inEnglish(followersAfterChangeText(followers)),
                HasSubstr("2 follow when their timer fires (the first in 12 s, the last in 1h 58m)."));
    EXPECT_EQ(inEnglish(followersText({})), "There is no connection that could follow these values.");
}

TEST(SysctlReport, anotherMachineDoesNotTellWhereItsValuesAreFrom) {
    SysctlReport report{.host = "db7", .netns = 5, .lines = {}, .overrides = {}};
    report.lines.push_back({Setting::KeepaliveTime, 600, {}, {}});
    report.lines.push_back({Setting::Retries2, std::nullopt, {}, Sentence::tr("It could not be read there.")});
    EXPECT_EQ(sysctlText(report), "SETTING                       VALUE  SOURCE\n"
                                  "tcp_keepalive_time            600 s  not told by db7\n"
                                  "tcp_retries2                unknown  It could not be read there.\n");
    const json told = json::parse(sysctlJson(report, R"({"schema":1,"host":"db7.example","netns":5})"));
    EXPECT_EQ(told["host"], "db7.example");
    EXPECT_EQ(told["settings"][0]["value"], 600);
    EXPECT_EQ(told["settings"][0]["origin"]["kind"], "unknown");
    EXPECT_TRUE(told["settings"][1]["value"].is_null());
    EXPECT_TRUE(told["drop_in"].is_null());
}

} // namespace
} // namespace halfopen
