// SPDX-License-Identifier: GPL-3.0-or-later
// The drop-in as the real helper writes it, and everything that can stand in its way.
#include "core/kernel/sysctl/boot_reader.h"
#include "core/model/boot_configuration.h"
#include "tests/helper/box.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <sys/mount.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

namespace halfopen {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::StartsWith;

const fs::path kDirectory(kDropInDirectory);
const fs::path kFile(kDropInPath);

std::string contents(const fs::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

class DropInBox : public BoxTest {
protected:
    /// bob, who may, asks to keep it: an error that names the place, and the live values as they were.
    void expectRefused(const char* words) {
        const std::string answer = bob.ask(kCall, setCall(kWanted, true)).toStdString();
        EXPECT_THAT(answer, StartsWith("ERROR org.halfopen.Error.WriteFailed | /etc/sysctl.d"));
        EXPECT_THAT(answer, HasSubstr(words));
        EXPECT_EQ(live(), kKernel);
        EXPECT_TRUE(newLogLines().isEmpty());
    }

    Client bob{QStringLiteral("bob")};
};

/// Mounts something on /etc/sysctl.d for as long as it lives.
class Mounted {
public:
    explicit Mounted(const char* options) { EXPECT_EQ(::mount("tmpfs", kDirectory.c_str(), "tmpfs", 0, options), 0); }
    ~Mounted() { EXPECT_EQ(::umount(kDirectory.c_str()), 0); }
    Mounted(const Mounted&) = delete;
    Mounted& operator=(const Mounted&) = delete;
};

TEST_F(DropInBox, isARegularFileOfRootThatAllMayRead) {
    ASSERT_EQ(bob.ask(kCall, setCall(kWanted, true)), QStringLiteral("OK 600 30 5"));
    struct stat status {};
    ASSERT_EQ(::lstat(kFile.c_str(), &status), 0);
    EXPECT_TRUE(S_ISREG(status.st_mode));
    EXPECT_EQ(status.st_mode & 07777, 0644U);
    EXPECT_EQ(status.st_uid, 0U);
    EXPECT_EQ(inEnglish(describe(originOf(Setting::KeepaliveTime, 600, readBootConfiguration()))),
              "/etc/sysctl.d/60-halfopen-keepalive.conf:2");
}

TEST_F(DropInBox, isWhatSysctlReadsAtBoot) {
    ASSERT_EQ(bob.ask(kCall, setCall(kWanted, true)), QStringLiteral("OK 600 30 5"));
    setLive(kKernel);
    run(QStringLiteral("sysctl"), {QStringLiteral("-p"), QString::fromStdString(kFile.string())});
    EXPECT_EQ(live(), kWanted);
    setLive(kKernel);
    run(QStringLiteral("/lib/systemd/systemd-sysctl"), {QStringLiteral("--prefix=/net/ipv4/tcp_keepalive_time"),
                                                        QStringLiteral("--prefix=/net/ipv4/tcp_keepalive_intvl"),
                                                        QStringLiteral("--prefix=/net/ipv4/tcp_keepalive_probes")});
    EXPECT_EQ(live(), kWanted);
}

TEST_F(DropInBox, laterFileOfTheAdministratorWinsAtBootAsWePredict) {
    ASSERT_EQ(bob.ask(kCall, setCall(kWanted, true)), QStringLiteral("OK 600 30 5"));
    const std::string later = "/etc/sysctl.d/98-administrator.conf";
    std::ofstream(later) << "net.ipv4.tcp_keepalive_time = 4321\n";
    const auto overrides = overridesOfDropIn(readBootConfiguration());
    ASSERT_EQ(overrides.size(), 1U);
    EXPECT_EQ(overrides[0].file, later);
    run(QStringLiteral("/lib/systemd/systemd-sysctl"), {QStringLiteral("--prefix=/net/ipv4/tcp_keepalive_time")});
    EXPECT_EQ(live().time, 4321);
    std::filesystem::remove(later);
}

TEST_F(DropInBox, linkInItsPlaceIsReplacedAndItsTargetUntouched) {
    std::ofstream("/etc/victim") << "precious";
    fs::create_symlink("/etc/victim", kFile);
    EXPECT_EQ(bob.ask(kCall, setCall(kWanted, true)), QStringLiteral("OK 600 30 5"));
    EXPECT_EQ(contents("/etc/victim"), "precious");
    EXPECT_FALSE(fs::is_symlink(kFile));
}

TEST_F(DropInBox, directoryInItsPlace) {
    fs::create_directory(kFile);
    expectRefused("is a directory");
    EXPECT_THAT(bob.ask(kCall, forgetCall()).toStdString(), StartsWith("ERROR org.halfopen.Error.WriteFailed"));
    fs::remove(kFile);
}

TEST_F(DropInBox, directoryThatIsALink) {
    fs::rename(kDirectory, "/etc/sysctl.elsewhere");
    fs::create_directory_symlink("/etc/sysctl.elsewhere", kDirectory);
    expectRefused("a link");
    fs::remove(kDirectory);
    fs::rename("/etc/sysctl.elsewhere", kDirectory);
}

TEST_F(DropInBox, directoryThatIsMissing) {
    fs::rename(kDirectory, "/etc/sysctl.elsewhere");
    expectRefused("No such file or directory");
    fs::rename("/etc/sysctl.elsewhere", kDirectory);
}

TEST_F(DropInBox, directoryThatEverybodyCanWrite) {
    fs::permissions(kDirectory, fs::perms(0777));
    expectRefused("can be written by others");
    fs::permissions(kDirectory, fs::perms(0755));
}

TEST_F(DropInBox, directoryOfSomebodyElse) {
    ASSERT_EQ(::chown(kDirectory.c_str(), 1, 0), 0);
    expectRefused("belongs to uid 1");
    ASSERT_EQ(::chown(kDirectory.c_str(), 0, 0), 0);
}

TEST_F(DropInBox, readOnlyFileSystem) {
    const Mounted mounted("mode=755");
    ASSERT_EQ(::mount(nullptr, kDirectory.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr), 0);
    expectRefused("Read-only file system");
}

TEST_F(DropInBox, fullDisk) {
    const Mounted mounted("mode=755,size=4096");
    std::ofstream(kDirectory / "filler") << std::string(4096, 'x');
    expectRefused("No space left on device");
    EXPECT_EQ(std::distance(fs::directory_iterator(kDirectory), {}), 1); // no temporary file stays
}

TEST_F(DropInBox, noMoreFilesOnTheDisk) {
    const Mounted mounted("mode=755,nr_inodes=1");
    expectRefused("No space left on device");
}

TEST_F(DropInBox, stateIsLookedAtAgainAfterTheQuestion) {
    const QString alice = QStringLiteral("alice");
    Client client(alice);
    const auto agent = agentFor(client, alice, QStringLiteral("hang"));
    const QString id = client.begin(kCall, setCall(kWanted, true));
    ASSERT_FALSE(agent->waitFor(QStringLiteral("BEGIN")).isNull());
    fs::permissions(kDirectory, fs::perms(0777));
    agent->send(QStringLiteral("answer password pw"));
    EXPECT_THAT(client.answer(id).toStdString(), StartsWith("ERROR org.halfopen.Error.WriteFailed"));
    EXPECT_EQ(live(), kKernel);
    fs::permissions(kDirectory, fs::perms(0755));
}

TEST_F(DropInBox, changeDuringTheQuestionIsLoggedAsItWas) {
    const QString alice = QStringLiteral("alice");
    Client client(alice);
    const auto agent = agentFor(client, alice, QStringLiteral("hang"));
    const QString id = client.begin(kCall, setCall(kWanted));
    ASSERT_FALSE(agent->waitFor(QStringLiteral("BEGIN")).isNull());
    setLive({1000, 75, 9});
    agent->send(QStringLiteral("answer password pw"));
    EXPECT_EQ(client.answer(id), QStringLiteral("OK 600 30 5"));
    EXPECT_THAT(newLogLines().value(0).toStdString(), HasSubstr("tcp_keepalive_time 1000 -> 600"));
}

} // namespace
} // namespace halfopen
