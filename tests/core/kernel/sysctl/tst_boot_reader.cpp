// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/sysctl/boot_reader.h"
#include "core/model/boot_configuration.h"
#include "tests/core/fake_root.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace halfopen {
namespace {

using testing::ElementsAre;
using Kind = SettingOrigin::Kind;

constexpr const char* kTime600 = "net.ipv4.tcp_keepalive_time = 600\n";

/// "file:line=text" of the line that a boot would leave in tcp_keepalive_time.
std::string timeAtBoot(const FakeRoot& root, BootReader reader = BootReader::Systemd) {
    const auto winner = readBootConfiguration(root.path()).winner(Setting::KeepaliveTime, reader);
    return winner ? inEnglish(describe(*winner)) + "=" + winner->text : "nothing";
}

TEST(BootConfiguration, nothingConfiguredIsNothing) {
    const FakeRoot root;
    EXPECT_EQ(timeAtBoot(root), "nothing");
    EXPECT_TRUE(readBootConfiguration(root.path()).unreadable.empty());
}

TEST(BootConfiguration, filesCountByNameAndNotByDirectory) {
    const FakeRoot root;
    root.write("/etc/sysctl.d/10-a.conf", kTime600);
    root.write("/usr/lib/sysctl.d/20-b.conf", "# first\n\nnet.ipv4.tcp_keepalive_time=700");
    EXPECT_EQ(timeAtBoot(root), "/usr/lib/sysctl.d/20-b.conf:3=700");
    root.write("/run/sysctl.d/30-c.conf", "net/ipv4/tcp_keepalive_time = 800\n");
    EXPECT_EQ(timeAtBoot(root), "/run/sysctl.d/30-c.conf:1=800");
    root.write("/usr/local/lib/sysctl.d/40-d.conf", "-net.ipv4.tcp_keepalive_time = 900\n");
    EXPECT_EQ(timeAtBoot(root), "/usr/local/lib/sysctl.d/40-d.conf:1=900");
    root.write("/lib/sysctl.d/50-e.conf", "net.ipv4.tcp_keepalive_time = 1000\n");
    EXPECT_EQ(timeAtBoot(root), "/lib/sysctl.d/50-e.conf:1=1000");
}

TEST(BootConfiguration, sameNameInAnEarlierDirectoryHidesTheLater) {
    const FakeRoot root;
    root.write("/usr/lib/sysctl.d/10-a.conf", kTime600);
    root.write("/run/sysctl.d/10-a.conf", "net.ipv4.tcp_keepalive_time = 700\n");
    EXPECT_EQ(timeAtBoot(root), "/run/sysctl.d/10-a.conf:1=700");
    root.write("/etc/sysctl.d/10-a.conf", "# empty on purpose\n");
    EXPECT_EQ(timeAtBoot(root), "nothing");
}

TEST(BootConfiguration, linkToNullMasks) {
    const FakeRoot root;
    root.write("/usr/lib/sysctl.d/10-a.conf", kTime600);
    root.write("/etc/sysctl.d/README", kTime600);
    std::filesystem::create_symlink("/dev/null", root.at("/etc/sysctl.d/10-a.conf"));
    EXPECT_EQ(timeAtBoot(root), "nothing");
}

TEST(BootConfiguration, lineThatNamesItWinsOverAGlob) {
    const FakeRoot root;
    root.write("/etc/sysctl.d/10-a.conf", kTime600);
    root.write("/etc/sysctl.d/20-b.conf", "net.ipv4.tcp_keepalive_* = 7\n");
    EXPECT_EQ(timeAtBoot(root), "/etc/sysctl.d/10-a.conf:1=600");
    const auto probes = readBootConfiguration(root.path()).winner(Setting::KeepaliveProbes, BootReader::Systemd);
    ASSERT_TRUE(probes);
    EXPECT_EQ(probes->value, 7);
    root.write("/etc/sysctl.d/30-c.conf", "-net.ipv4.tcp_keepalive_probes\n");
    EXPECT_FALSE(readBootConfiguration(root.path()).winner(Setting::KeepaliveProbes, BootReader::Systemd));
}

TEST(BootConfiguration, onlyProcpsReadsSysctlConfAndReadsItLast) {
    const FakeRoot root;
    root.write("/etc/sysctl.d/10-a.conf", kTime600);
    root.write("/etc/sysctl.conf", "net.ipv4.tcp_keepalive_time = 500\n");
    EXPECT_EQ(timeAtBoot(root, BootReader::Systemd), "/etc/sysctl.d/10-a.conf:1=600");
    EXPECT_EQ(timeAtBoot(root, BootReader::Procps), "/etc/sysctl.conf:1=500");
}

TEST(BootConfiguration, linkOfDebianMakesBothReadIt) {
    const FakeRoot root;
    root.write("/etc/sysctl.conf", "net.ipv4.tcp_keepalive_time = 500\n");
    root.write("/etc/sysctl.d/10-a.conf", kTime600);
    std::filesystem::create_symlink("../sysctl.conf", root.at("/etc/sysctl.d/99-sysctl.conf"));
    EXPECT_EQ(timeAtBoot(root, BootReader::Systemd), "/etc/sysctl.d/99-sysctl.conf:1=500");
    EXPECT_EQ(timeAtBoot(root, BootReader::Procps), "/etc/sysctl.d/99-sysctl.conf:1=500");
}

TEST(BootConfiguration, commandLineOfTheKernelComesFirst) {
    const FakeRoot root;
    root.write("/proc/cmdline", "quiet sysctl.net.ipv4.tcp_keepalive_time=300 ro\n");
    EXPECT_EQ(timeAtBoot(root), "/proc/cmdline=300");
    root.write("/etc/sysctl.d/10-a.conf", kTime600);
    EXPECT_EQ(timeAtBoot(root), "/etc/sysctl.d/10-a.conf:1=600");
}

TEST(Origin, saysWhichOfTheFour) {
    const FakeRoot root;
    auto configuration = readBootConfiguration(root.path());
    EXPECT_EQ(originOf(Setting::KeepaliveTime, 7200, configuration).kind, Kind::KernelDefault);
    EXPECT_EQ(inEnglish(describe(originOf(Setting::KeepaliveTime, 600, configuration))), "set since boot");
    root.write("/etc/sysctl.d/10-a.conf", "net.ipv4.tcp_keepalive_time = 0x258\n");
    configuration = readBootConfiguration(root.path());
    EXPECT_EQ(inEnglish(describe(originOf(Setting::KeepaliveTime, 600, configuration))), "/etc/sysctl.d/10-a.conf:1");
    EXPECT_EQ(inEnglish(describe(originOf(Setting::KeepaliveTime, 7200, configuration))),
              "set since boot (/etc/sysctl.d/10-a.conf:1 sets 0x258 at boot)");
}

TEST(Origin, valueThatTheKernelRefusesIsNotTheSource) {
    const FakeRoot root;
    root.write("/etc/sysctl.d/10-a.conf", "net.ipv4.tcp_keepalive_time = 600s\n");
    EXPECT_EQ(originOf(Setting::KeepaliveTime, 600, readBootConfiguration(root.path())).kind, Kind::ByHand);
}

TEST(Origin, unreadableFileMakesItUnknown) {
    const FakeRoot root;
    root.write("/etc/sysctl.d/10-a.conf", kTime600);
    std::filesystem::permissions(root.at("/etc/sysctl.d/10-a.conf"), std::filesystem::perms::none);
    const auto configuration = asNobodyWhoOwns(root, [&] { return readBootConfiguration(root.path()); });
    EXPECT_THAT(configuration.unreadable, ElementsAre("/etc/sysctl.d/10-a.conf"));
    EXPECT_EQ(originOf(Setting::KeepaliveTime, 600, configuration).kind, Kind::Unknown);
}

TEST(Origin, linkToNowhereMakesItUnknown) {
    const FakeRoot root;
    root.write("/etc/sysctl.d/README", "");
    std::filesystem::create_symlink("/nowhere/at/all", root.at("/etc/sysctl.d/10-a.conf"));
    const auto configuration = readBootConfiguration(root.path());
    EXPECT_THAT(configuration.unreadable, ElementsAre("/etc/sysctl.d/10-a.conf"));
    EXPECT_EQ(originOf(Setting::KeepaliveTime, 600, configuration).kind, Kind::Unknown);
}

TEST(Overrides, laterFileIsNamedWithItsLine) {
    const FakeRoot root;
    root.write("/etc/sysctl.d/50-before.conf", kTime600);
    root.write("/etc/sysctl.conf", "# a\nnet.ipv4.tcp_keepalive_probes = 3\n");
    EXPECT_THAT(overridesOfDropIn(readBootConfiguration(root.path())), testing::SizeIs(1));
    std::filesystem::create_symlink("../sysctl.conf", root.at("/etc/sysctl.d/99-sysctl.conf"));
    const auto found = overridesOfDropIn(readBootConfiguration(root.path()));
    ASSERT_THAT(found, testing::SizeIs(1));
    EXPECT_EQ(found[0].setting, Setting::KeepaliveProbes);
    EXPECT_EQ(inEnglish(describe(found[0])), "/etc/sysctl.d/99-sysctl.conf:2");
}

TEST(Overrides, earlierFilesGlobsAndTheDropInItselfAreNone) {
    const FakeRoot root;
    root.write("/etc/sysctl.d/50-before.conf", kTime600);
    root.write("/etc/sysctl.d/60-halfopen-keepalive.conf", kTime600);
    root.write("/etc/sysctl.d/70-glob.conf", "net.ipv4.tcp_* = 1\n");
    root.write("/etc/sysctl.d/80-other.conf", "net.ipv4.tcp_retries2 = 8\n");
    EXPECT_TRUE(overridesOfDropIn(readBootConfiguration(root.path())).empty());
}

/// "file:line (applied by whom)=text" of what wins over the drop-in.
std::vector<std::string> overrides(const FakeRoot& root) {
    std::vector<std::string> all;
    for (const SysctlAssignment& one : overridesOfDropIn(readBootConfiguration(root.path())))
        all.push_back(inEnglish(describe(one)) + "=" + one.text);
    return all;
}

TEST(BootServices, ufwAppliesItsFileAfterAllOthers) {
    const FakeRoot root;
    root.write("/etc/sysctl.d/99-z.conf", kTime600);
    root.write("/etc/default/ufw", "# IPT_SYSCTL=/etc/no\nIPT_SYSCTL=/etc/ufw/sysctl.conf\nIPT_MODULES=\"\"\n");
    root.write("/etc/ufw/sysctl.conf", "#net/ipv4/tcp_sack=0\nnet/ipv4/tcp_keepalive_time=300\n");
    for (const auto reader : {BootReader::Systemd, BootReader::Procps})
        EXPECT_EQ(timeAtBoot(root, reader), "/etc/ufw/sysctl.conf:2 (applied by ufw)=300");
    EXPECT_THAT(overrides(root), ElementsAre("/etc/ufw/sysctl.conf:2 (applied by ufw)=300"));
    EXPECT_EQ(inEnglish(describe(originOf(Setting::KeepaliveTime, 300, readBootConfiguration(root.path())))),
              "/etc/ufw/sysctl.conf:2 (applied by ufw)");
    root.write("/etc/ufw/ufw.conf", "ENABLED=yes\n");
    EXPECT_EQ(overrides(root).size(), 1U);
    root.write("/etc/ufw/ufw.conf", "ENABLED=no\n");
    EXPECT_EQ(timeAtBoot(root), "/etc/sysctl.d/99-z.conf:1=600");
}

TEST(BootServices, ufwsFileIsTheOneThatItsDefaultsName) {
    const FakeRoot root;
    root.write("/etc/ufw/sysctl.conf", "net/ipv4/tcp_keepalive_time=300\n");
    EXPECT_EQ(timeAtBoot(root), "nothing") << "no ufw";
    root.write("/etc/default/ufw", "IPT_SYSCTL=\"/srv/own.conf\"\n");
    EXPECT_EQ(timeAtBoot(root), "nothing") << "a file that is not there";
    root.write("/srv/own.conf", "net.ipv4.tcp_keepalive_* = 400\n");
    EXPECT_EQ(timeAtBoot(root), "/srv/own.conf:1 (applied by ufw)=400");
    root.write("/etc/default/ufw", "IPT_SYSCTL=\n");
    EXPECT_EQ(timeAtBoot(root), "nothing") << "switched off";
    EXPECT_TRUE(readBootConfiguration(root.path()).unreadable.empty());
}

TEST(BootServices, tunedAppliesItsProfileLastWithWhatThatIncludes) {
    const FakeRoot root;
    root.write("/etc/default/ufw", "IPT_SYSCTL=/etc/ufw/sysctl.conf\n");
    root.write("/etc/ufw/sysctl.conf", "net/ipv4/tcp_keepalive_time=300\n");
    root.write("/usr/lib/tuned/base/tuned.conf", "[main]\nsummary=x\n[sysctl]\nnet.ipv4.tcp_keepalive_time=100\n"
                                                 "net.ipv4.tcp_keepalive_intvl = 11 # seconds\n");
    root.write("/etc/tuned/own/tuned.conf", "[main]\ninclude=base\n[mine]\ntype=sysctl\n"
                                            "net.ipv4.tcp_keepalive_time=\"200\"\n[cpu]\ngovernor=performance\n");
    EXPECT_EQ(overrides(root).size(), 1U) << "no profile is active";
    root.write("/etc/tuned/active_profile", "own\n");
    EXPECT_EQ(timeAtBoot(root), "/etc/tuned/own/tuned.conf:5 (applied by tuned)=200");
    EXPECT_THAT(overrides(root), ElementsAre("/etc/tuned/own/tuned.conf:5 (applied by tuned)=200",
                                             "/usr/lib/tuned/base/tuned.conf:5 (applied by tuned)=11"));
    root.write("/etc/tuned/own/tuned.conf", "[main]\ninclude=base\n[sysctl]\nenabled=0\n"
                                            "net.ipv4.tcp_keepalive_time=200\n");
    EXPECT_EQ(timeAtBoot(root), "/usr/lib/tuned/base/tuned.conf:4 (applied by tuned)=100");
    root.write("/etc/tuned/own/tuned.conf", "[main]\ninclude=base\n[sysctl]\nreplace=1\n"
                                            "net.ipv4.tcp_keepalive_probes=4\n");
    EXPECT_THAT(overrides(root), ElementsAre("/etc/ufw/sysctl.conf:1 (applied by ufw)=300",
                                             "/etc/tuned/own/tuned.conf:5 (applied by tuned)=4"));
}

/// With reapply_sysctl (as installed) tuned sets what /etc says once more: then the drop-in wins.
TEST(BootServices, tunedYieldsToEtcWhereItAppliesThatAgain) {
    const FakeRoot root;
    root.write("/etc/tuned/active_profile", "own");
    root.write("/etc/tuned/profiles/own/tuned.conf", "[sysctl]\nnet.ipv4.tcp_keepalive_time=200\n");
    root.write("/usr/lib/sysctl.d/10-a.conf", kTime600);
    root.write("/etc/tuned/tuned-main.conf", "daemon = 1\nreapply_sysctl = 1\n");
    EXPECT_TRUE(overrides(root).empty());
    EXPECT_EQ(timeAtBoot(root), "/etc/tuned/profiles/own/tuned.conf:2 (applied by tuned)=200") << "over /usr it wins";
    root.write("/etc/sysctl.d/10-b.conf", "net.ipv4.tcp_keepalive_time = 700\n");
    EXPECT_EQ(timeAtBoot(root), "/etc/sysctl.d/10-b.conf:1=700");
    root.write("/etc/tuned/tuned-main.conf", "reapply_sysctl = 0\n");
    EXPECT_EQ(overrides(root).size(), 1U);
}

TEST(BootServices, profilesThatIncludeEachOtherEnd) {
    const FakeRoot root;
    root.write("/etc/tuned/active_profile", "a ../../x");
    root.write("/etc/tuned/a/tuned.conf", "[main]\ninclude=b\n[sysctl]\nnet.ipv4.tcp_keepalive_time=1\n");
    root.write("/etc/tuned/b/tuned.conf", "[main]\ninclude=a, b\n[sysctl]\nnet.ipv4.tcp_keepalive_time=2\n");
    EXPECT_EQ(timeAtBoot(root), "/etc/tuned/a/tuned.conf:4 (applied by tuned)=1");
}

} // namespace
} // namespace halfopen
