// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/sysctl/drop_in.h"
#include "core/kernel/sysctl/sysctl_reader.h"
#include "core/kernel/sysctl/sysctl_writer.h"
#include "core/model/boot_configuration.h"
#include "core/model/keepalive_defaults.h"
#include "tests/core/fake_root.h"
#include "tests/core/processes.h"
#include "tests/skip.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>

#include <sys/stat.h>

#include <climits>
#include <thread>

namespace halfopen {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr KeepaliveDefaults kWanted{600, 30, 5};
constexpr KeepaliveDefaults kBefore{7200, 75, 9};
const std::string kFile(kDropInPath);

/// From now on fsync(2) of the next descriptor that is opened fails: of the directory, which is opened before the file.
bool failToSyncDirectory() {
    const int next = ::dup(0);
    ::close(next);
    const sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_fsync, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args[0])),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(next), 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EIO),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    return test::filterCalls(filter);
}

/// A root with the kernel's defaults and an empty /etc/sysctl.d of the mode that Debian gives it.
class SysctlWriter : public testing::Test {
protected:
    SysctlWriter() {
        root.fillWithDefaults();
        fs::create_directories(root.at("/etc/sysctl.d"));
        fs::permissions(root.at("/etc/sysctl.d"), fs::perms(0755));
    }

    KeepaliveDefaults live() const { return *readKeepaliveDefaults(root.path()); }

    /// Every attempt to keep must fail, name the path, leave the live values and no temporary file.
    void expectRefused(const char* words) const {
        const auto applied = applyKeepaliveDefaults(kWanted, true, root.path());
        ASSERT_FALSE(applied);
        EXPECT_THAT(inEnglish(applied.error()), HasSubstr("/etc/sysctl.d"));
        EXPECT_THAT(inEnglish(applied.error()), HasSubstr(words));
        EXPECT_EQ(live(), kBefore);
        std::error_code none; // where the directory itself is what is wrong
        for (const auto& entry : fs::directory_iterator(root.at("/etc/sysctl.d"), none))
            EXPECT_FALSE(entry.path().filename().string().ends_with(".new")) << entry.path();
    }

    FakeRoot root;
};

TEST_F(SysctlWriter, writesPlainDecimalAndReadsBack) {
    EXPECT_EQ(applyKeepaliveDefaults(kWanted, false, root.path()), kWanted);
    EXPECT_EQ(root.read("/proc/sys/net/ipv4/tcp_keepalive_time"), "600");
    EXPECT_EQ(live(), kWanted);
    EXPECT_FALSE(fs::exists(root.at(kFile)));
}

TEST_F(SysctlWriter, everyValueOutOfRangeIsRefusedBeforeAnythingIsOpened) {
    const FakeRoot empty; // with nothing to open, only the check of the range can answer Usage
    for (const int bad : {0, -1, 32768, INT_MAX, INT_MIN}) {
        EXPECT_EQ(applyKeepaliveDefaults({bad, 30, 5}, true, empty.path()).error().code, ErrorCode::Usage) << bad;
        EXPECT_EQ(applyKeepaliveDefaults({600, bad, 5}, true, empty.path()).error().code, ErrorCode::Usage) << bad;
    }
    for (const int bad : {0, -1, 128, INT_MAX, INT_MIN})
        EXPECT_EQ(applyKeepaliveDefaults({600, 30, bad}, true, empty.path()).error().code, ErrorCode::Usage) << bad;
    EXPECT_NE(applyKeepaliveDefaults(kWanted, true, empty.path()).error().code, ErrorCode::Usage);
}

TEST_F(SysctlWriter, errorSaysWhatBreaks) {
    const auto refused = writeSetting(Setting::KeepaliveProbes, 0, root.path());
    ASSERT_FALSE(refused);
    EXPECT_THAT(inEnglish(refused.error()), HasSubstr("1..127"));
    EXPECT_THAT(inEnglish(refused.error()), HasSubstr("resets every idle connection"));
}

TEST_F(SysctlWriter, othersAreNeverWritten) {
    EXPECT_EQ(writeSetting(Setting::Retries2, 8, root.path()).error().code, ErrorCode::Usage);
    EXPECT_EQ(root.read("/proc/sys/net/ipv4/tcp_retries2"), "15\n");
}

TEST_F(SysctlWriter, failureHalfWayPutsTheFirstBack) {
    // A file that reads as "9" and takes no write: the third of three.
    const std::string probes = root.at("/proc/sys/net/ipv4/tcp_keepalive_probes");
    ASSERT_EQ(::chmod(probes.c_str(), 0444), 0);
    const auto applied = asNobodyWhoOwns(root, [&] { return applyKeepaliveDefaults(kWanted, false, root.path()); });
    ASSERT_FALSE(applied);
    EXPECT_EQ(applied.error().code, ErrorCode::NotPermitted);
    EXPECT_THAT(inEnglish(applied.error()), HasSubstr("tcp_keepalive_probes"));
    EXPECT_EQ(live(), kBefore);
}

TEST_F(SysctlWriter, dropInHoldsTheThreeAndIsReadableByAll) {
    const mode_t before = ::umask(077);
    const auto applied = applyKeepaliveDefaults(kWanted, true, root.path());
    ::umask(before);
    ASSERT_TRUE(applied) << inEnglish(applied.error());
    EXPECT_EQ(root.read(kFile), dropInText(kWanted));
    EXPECT_THAT(root.read(kFile), HasSubstr("\nnet.ipv4.tcp_keepalive_time = 600\nnet.ipv4.tcp_keepalive_intvl = 30\n"
                                            "net.ipv4.tcp_keepalive_probes = 5\n"));
    EXPECT_EQ(fs::status(root.at(kFile)).permissions(), fs::perms(0644));
    EXPECT_EQ(std::distance(fs::directory_iterator(root.at("/etc/sysctl.d")), {}), 1);
}

TEST_F(SysctlWriter, linkInItsPlaceIsReplacedAndItsTargetUntouched) {
    root.write("/victim", "precious");
    for (const char* name : {"60-halfopen-keepalive.conf", ".60-halfopen-keepalive.conf.new"})
        fs::create_symlink(root.at("/victim"), root.at(std::string("/etc/sysctl.d/") + name));
    ASSERT_TRUE(applyKeepaliveDefaults(kWanted, true, root.path()));
    EXPECT_EQ(root.read("/victim"), "precious");
    EXPECT_FALSE(fs::is_symlink(root.at(kFile)));
    EXPECT_EQ(root.read(kFile), dropInText(kWanted));
}

TEST_F(SysctlWriter, directoryInItsPlaceIsRefused) {
    fs::create_directory(root.at(kFile));
    expectRefused("is a directory");
    EXPECT_FALSE(removeDropIn(root.path()));
}

TEST_F(SysctlWriter, twoAtOnceHaveTemporaryFilesOfTheirOwn) {
    auto first = prepareDropIn(kWanted, root.path());
    auto second = prepareDropIn(kBefore, root.path());
    ASSERT_TRUE(first && second);
    EXPECT_TRUE(first->commit());
    EXPECT_EQ(root.read(kFile), dropInText(kWanted));
    EXPECT_TRUE(second->commit());
    EXPECT_EQ(root.read(kFile), dropInText(kBefore));
}

TEST_F(SysctlWriter, replacingLeavesOneFile) {
    ASSERT_TRUE(applyKeepaliveDefaults(kBefore, true, root.path()));
    ASSERT_TRUE(applyKeepaliveDefaults(kWanted, true, root.path()));
    EXPECT_EQ(root.read(kFile), dropInText(kWanted));
    EXPECT_EQ(std::distance(fs::directory_iterator(root.at("/etc/sysctl.d")), {}), 1);
}

/// The file was in its place already when the directory could not be synced: it must not count at the next boot.
TEST_F(SysctlWriter, whatCannotBeMadeToLastIsPutBack) {
    for (const bool hadOne : {false, true}) {
        if (hadOne) {
            ASSERT_TRUE(applyKeepaliveDefaults(kBefore, true, root.path()));
        }
        EXPECT_EQ(test::resultInChild([&] {
                      if (!failToSyncDirectory())
                          return 90;
                      const auto applied = applyKeepaliveDefaults(kWanted, true, root.path());
                      if (applied)
                          return 91;
                      return inEnglish(applied.error()).find("could not be synced") != std::string::npos ? 0 : 92;
                  }),
                  0);
        EXPECT_EQ(live(), kBefore);
        EXPECT_EQ(fs::exists(root.at(kFile)), hadOne);
        if (hadOne) {
            EXPECT_EQ(root.read(kFile), dropInText(kBefore));
        }
        EXPECT_EQ(std::distance(fs::directory_iterator(root.at("/etc/sysctl.d")), {}), hadOne ? 1 : 0);
    }
}

TEST_F(SysctlWriter, directoryThatIsALinkIsRefused) {
    fs::rename(root.at("/etc/sysctl.d"), root.at("/etc/elsewhere"));
    fs::create_symlink("elsewhere", root.at("/etc/sysctl.d"));
    expectRefused("a link or not a directory");
    EXPECT_TRUE(fs::is_empty(root.at("/etc/elsewhere")));
}

TEST_F(SysctlWriter, directoryThatOthersCanWriteIsRefused) {
    for (const unsigned mode : {0777U, 0775U, 01777U, 0757U}) {
        fs::permissions(root.at("/etc/sysctl.d"), fs::perms(mode));
        expectRefused("can be written by others");
    }
}

TEST_F(SysctlWriter, directoryOfSomebodyElseIsRefused) {
    if (::geteuid() != 0)
        SKIP_UNLESS_CI("only root can give a directory away");
    ASSERT_EQ(::chown(root.at("/etc/sysctl.d").c_str(), 1234, 0), 0);
    expectRefused("belongs to uid 1234");
}

TEST_F(SysctlWriter, missingDirectoryIsNamed) {
    fs::remove(root.at("/etc/sysctl.d"));
    expectRefused("No such file or directory");
}

TEST_F(SysctlWriter, preparedButNotCommittedLeavesNothing) {
    {
        const auto prepared = prepareDropIn(kWanted, root.path());
        ASSERT_TRUE(prepared);
        EXPECT_FALSE(fs::exists(root.at(kFile)));
    }
    EXPECT_TRUE(fs::is_empty(root.at("/etc/sysctl.d")));
}

TEST_F(SysctlWriter, forgetRemovesTheFileAndNotTheValues) {
    ASSERT_TRUE(applyKeepaliveDefaults(kWanted, true, root.path()));
    EXPECT_EQ(removeDropIn(root.path()), true);
    EXPECT_FALSE(fs::exists(root.at(kFile)));
    EXPECT_EQ(live(), kWanted);
    EXPECT_EQ(removeDropIn(root.path()), false);
}

TEST_F(SysctlWriter, forgetRemovesALinkAndNotItsTarget) {
    root.write("/victim", "precious");
    fs::create_symlink(root.at("/victim"), root.at(kFile));
    EXPECT_EQ(removeDropIn(root.path()), true);
    EXPECT_EQ(root.read("/victim"), "precious");
}

/// Runs `body` on a thread in a network namespace of its own; false where that is not allowed.
template <class Body>
bool inOwnNetns(Body body) {
    bool entered = false;
    std::thread([&] {
        entered = ::unshare(CLONE_NEWNET) == 0;
        if (entered)
            body();
    }).join();
    return entered;
}

TEST(SysctlWriterReal, kernelTakesThemInANamespaceOfItsOwn) {
    const KeepaliveDefaults host = readKeepaliveDefaults().value();
    const bool entered = inOwnNetns([] {
        EXPECT_EQ(readKeepaliveDefaults(), kBefore);
        EXPECT_EQ(applyKeepaliveDefaults(kWanted, false), kWanted);
        EXPECT_EQ(readKeepaliveDefaults(), kWanted);
        for (const KeepaliveDefaults edge : {KeepaliveDefaults{1, 1, 1}, KeepaliveDefaults{32767, 32767, 127}})
            EXPECT_EQ(applyKeepaliveDefaults(edge, false), edge);
    });
    if (!entered)
        SKIP_UNLESS_CI("a network namespace of one's own needs root");
    EXPECT_EQ(readKeepaliveDefaults(), host);
}

TEST(SysctlWriterReal, oddValuesOfTheKernelAreReadAndPutBack) {
    const FakeRoot noEtc;
    const bool entered = inOwnNetns([&] {
        std::ofstream("/proc/sys/net/ipv4/tcp_keepalive_time") << "-7";
        EXPECT_EQ(readSetting(Setting::KeepaliveTime), -7);
        EXPECT_EQ(applyKeepaliveDefaults({-7, 30, 5}, false).error().code, ErrorCode::Usage);
        EXPECT_EQ(readSetting(Setting::KeepaliveTime), -7);
    });
    if (!entered)
        SKIP_UNLESS_CI("a network namespace of one's own needs root");
}

} // namespace
} // namespace halfopen
