// SPDX-License-Identifier: GPL-3.0-or-later
// What the helper can do, what it shows on the bus, and the files that are installed with it.
#include "app/helper/child_process.h"
#include "app/helper/confinement.h"
#include "core/actions/direct_operations.h"
#include "core/kernel/netns/netns_access.h"
#include "tests/helper/box.h"
#include "tests/skip.h"

#include <QProcess>
#include <QRegularExpression>

#include <gmock/gmock.h>
#include <unistd.h>

#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

namespace halfopen {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::StartsWith;

const QString kGet = QStringLiteral("get");

/// NET_ADMIN (12), SYS_PTRACE (19), DAC_READ_SEARCH (2).
constexpr const char* kThreeCapabilities = "0000000000081004";

std::string contents(const fs::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::map<std::string, std::string> statusOf(const fs::path& directory) {
    std::map<std::string, std::string> fields;
    std::ifstream file(directory / "status");
    for (std::string line; std::getline(file, line);)
        if (const auto colon = line.find(":\t"); colon != std::string::npos)
            fields[line.substr(0, colon)] = line.substr(colon + 2);
    return fields;
}

class Confinement : public BoxTest {
protected:
    void SetUp() override {
        BoxTest::SetUp();
        bob.ask(kGet, QStringLiteral("Version")); // starts it
        helper = "/proc/" + std::to_string(pidOf(kHelper));
        ASSERT_TRUE(fs::exists(helper));
    }

    Client bob{kBob};
    std::string helper;
};

TEST_F(Confinement, everyThreadHasThreeCapabilitiesAndNoWayToMore) {
    int threads = 0;
    for (const auto& thread : fs::directory_iterator(helper + "/task")) {
        auto status = statusOf(thread.path());
        for (const char* set : {"CapPrm", "CapEff", "CapBnd"})
            EXPECT_EQ(status[set], kThreeCapabilities) << set;
        for (const char* set : {"CapInh", "CapAmb"})
            EXPECT_EQ(status[set], "0000000000000000") << set;
        EXPECT_EQ(status["NoNewPrivs"], "1");
        EXPECT_EQ(status["Umask"], "0077");
        EXPECT_EQ(status["Groups"].find_first_not_of(' '), std::string::npos) << status["Groups"];
        ++threads;
    }
    EXPECT_GE(threads, 1);
}

bool keepThree() {
    return keepCapabilities({CAP_NET_ADMIN, CAP_SYS_PTRACE, CAP_DAC_READ_SEARCH}).has_value();
}

/// A filter as of a unit with SystemCallFilter=~@privileged.
bool forbidCapset() {
    std::array filter{sock_filter BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
                      sock_filter BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_capset, 0, 1),
                      sock_filter BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
                      sock_filter BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
    const sock_fprog program{filter.size(), filter.data()};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

// A filter may forbid to change capabilities: what is as it shall be is left as it is.
TEST(ConfinementBySystemd, isNoReasonNotToStart) {
    if (geteuid() != 0)
        SKIP_UNLESS_CI("it needs root");
    const pid_t child = fork();
    if (child == 0)
        _exit(confine() && keepThree() && forbidCapset() && confine() && keepThree() ? 0 : 1);
    int status = -1;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
}

/// Tells of itself whether its memory is to be read by others: 0 is no.
void tellDumpable(int channel) {
    const int dumpable = ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0);
    static_cast<void>(::send(channel, &dumpable, sizeof dumpable, 0));
}

TEST(ConfinementOfChildren, whatKeepsARightIsNoMoreToBeReadThanItsParent) {
    if (geteuid() != 0)
        SKIP_UNLESS_CI("it needs root");
    const pid_t child = fork();
    if (child == 0) {
        int dumpable = -1;
        const auto channel = confine().and_then([](const Surroundings&) {
            return startChild("keeper", {CAP_SYS_ADMIN}, tellDumpable, std::chrono::seconds(5));
        });
        const bool told = channel && ::recv(channel->get(), &dumpable, sizeof dumpable, 0) == sizeof dumpable;
        _exit(told && dumpable == 0 ? 0 : 1);
    }
    int status = -1;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
}

TEST_F(Confinement, noPluginIsLoadedAndNoQt) {
    EXPECT_THAT(contents(helper + "/maps"), testing::Not(HasSubstr("/plugins/")));
    EXPECT_THAT(contents(helper + "/maps"), testing::Not(HasSubstr("libQt")));
}

TEST_F(Confinement, environmentAndArgumentsAreIgnored) {
    killService(kHelper, SIGKILL);
    QProcess process;
    process.start(QStringLiteral("env"),
                  {QStringLiteral("DBUS_SYSTEM_BUS_ADDRESS=unix:path=/nowhere"),
                   QStringLiteral("SYSTEMD_LOG_LEVEL=debug"), QStringLiteral("SYSTEMD_LOG_TARGET=console"),
                   QStringLiteral("LC_ALL=zh_CN.UTF-8"), QStringLiteral("/usr/libexec/halfopen-helper"),
                   QStringLiteral("--replace"), QStringLiteral("-platform")});
    ASSERT_TRUE(process.waitForStarted());
    for (int tries = 0; tries < 300 && pidOf(kHelper) != process.processId(); ++tries)
        ::usleep(10000);
    EXPECT_EQ(pidOf(kHelper), process.processId());
    EXPECT_EQ(bob.ask(kGet, QStringLiteral("Version")), QStringLiteral("OK 0.1.0"));
    killService(kHelper, SIGTERM);
    EXPECT_TRUE(process.waitForFinished(3000));
    EXPECT_EQ(process.exitCode(), 0);
    EXPECT_TRUE(process.readAllStandardError().isEmpty());
}

TEST_F(Confinement, secondHelperDoesNotStart) {
    QProcess process;
    process.start(QStringLiteral("/usr/libexec/halfopen-helper"), {});
    ASSERT_TRUE(process.waitForFinished(5000));
    EXPECT_EQ(process.exitCode(), 1);
    EXPECT_EQ(newLogLines().size(), 1);
}

TEST_F(Confinement, processItselfForbidsDumpsAndForgetsItsEnvironment) {
    const pid_t child = ::fork();
    if (child == 0) {
        ::setenv("NOTIFY_SOCKET", "/run/x", 1);
        const auto surroundings = confine();
        const bool good = surroundings && surroundings->notifySocket == "/run/x" && ::getenv("PATH") == nullptr &&
                          ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 && ::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1;
        ::_exit(good ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
}

TEST_F(Confinement, busShowsFifteenMethodsTwoPropertiesAndNothingElse) {
    const QString xml = bob.ask(QStringLiteral("introspect"));
    const auto names = [&](const char* element) {
        QStringList found;
        auto matches =
            QRegularExpression(QStringLiteral("<%1 name=\"([^\"]*)\"").arg(QLatin1String(element))).globalMatch(xml);
        while (matches.hasNext())
            found << matches.next().captured(1);
        found.sort();
        return found.join(QLatin1Char(' ')).toStdString();
    };
    EXPECT_EQ(names("interface"),
              "org.freedesktop.DBus.Introspectable org.freedesktop.DBus.Peer org.freedesktop.DBus.Properties "
              "org.halfopen.Helper1");
    EXPECT_EQ(names("method"),
              "CloseConnections ForgetGuard ForgetKeepaliveDefaults Get GetAll GetMachineId InspectSockets Introspect "
              "KeepTrial ListGuards ListNamespaces OpenExactSource OpenNamespaces Ping ReadSettings Set SetGuard "
              "SetKeepaliveDefaults "
              "SetSocketOptions TakeBackTrial TryKeepaliveDefaults");
    EXPECT_EQ(names("property"), "NetnsCookie Version");
    EXPECT_FALSE(xml.contains(QStringLiteral("access=\"readwrite\"")));
    const QString ours = xml.mid(xml.indexOf(QStringLiteral("\"ListNamespaces\"")));
    const QString arguments = ours.left(ours.indexOf(QStringLiteral("</interface>")));
    QStringList types;
    auto matches = QRegularExpression(QStringLiteral("<arg [^>]*>")).globalMatch(arguments);
    while (matches.hasNext()) {
        const QString argument = matches.next().captured();
        const auto attribute = [&](const char* name) {
            return QRegularExpression(QStringLiteral(" %1=\"([^\"]*)\"").arg(QLatin1String(name)))
                .match(argument)
                .captured(1);
        };
        types << attribute("name") + QLatin1Char(':') + attribute("type");
    }
    EXPECT_EQ(types.join(QLatin1Char(' ')).toStdString(),
              "namespaces:a(ttt) cookies:at opened:a(tahs) cookies:at settings:a(ta{si}s) "
              "netns:t time_s:i interval_s:i probes:i persist:b in_effect:(iii) netns:t "
              "netns:t time_s:i interval_s:i probes:i trial_s:u in_effect:(iii) before:(iii) trial:t "
              "trial:t in_effect:(iii) trial:t in_effect:(iii) "
              "netns:t cookies:at readings:a(tiiiiuiiua(us)s) "
              "sockets:h owners:h record_version:u record_size:u ends:ah ends_netns:t "
              "netns:t cookies:at keepalive:i idle_s:i interval_s:i probes:i user_timeout_ms:i results:a(tiiiiuiius) "
              "netns:t cookies:at whole:b results:a(ts) "
              "unit:s idle_s:i interval_s:i probes:i user_timeout_ms:u persist:b unit:s rules:a(siiiutttt)");
}

TEST_F(Confinement, propertiesTellVersionAndNamespaceAndTakeNothing) {
    EXPECT_EQ(bob.ask(kGet, QStringLiteral("Version")), QStringLiteral("OK 0.1.0"));
    EXPECT_EQ(bob.ask(kGet, QStringLiteral("NetnsCookie")), QStringLiteral("OK %1").arg(ownNetnsCookie()));
    EXPECT_THAT(bob.ask(QStringLiteral("setproperty")).toStdString(),
                StartsWith("ERROR org.freedesktop.DBus.Error.AccessDenied"));
    EXPECT_EQ(bob.ask(QStringLiteral("ping")), QStringLiteral("OK"));
}

TEST_F(Confinement, busRefusesCallsWithoutInterfaceAndOtherOwners) {
    EXPECT_THAT(bob.ask(QStringLiteral("nointerface")).toStdString(),
                StartsWith("ERROR org.freedesktop.DBus.Error.AccessDenied"));
    killService(kHelper, SIGKILL);
    EXPECT_EQ(bob.ask(QStringLiteral("own")), QStringLiteral("REFUSED"));
}

TEST_F(Confinement, policyIsValidAndAllowsNobodyWithoutAnAdministrator) {
    const QString policy = QStringLiteral("/usr/share/polkit-1/actions/org.halfopen.helper.policy");
    run(QStringLiteral("xmllint"), {QStringLiteral("--noout"), QStringLiteral("--nonet"), QStringLiteral("--dtdvalid"),
                                    QStringLiteral("/usr/share/polkit-1/policyconfig-1.dtd"), policy});
    for (const char* action : {"set-keepalive-defaults", "inspect-namespaces", "inspect-sockets", "set-socket-options",
                               "close-connection", "guard"}) {
        const std::string shown =
            run(QStringLiteral("pkaction"), {QStringLiteral("--verbose"), QStringLiteral("--action-id"),
                                             QStringLiteral("org.halfopen.helper.") + QLatin1String(action)})
                .toStdString();
        EXPECT_THAT(shown, testing::ContainsRegex("implicit any: +no")) << action;
        EXPECT_THAT(shown, testing::ContainsRegex("implicit inactive: +no")) << action;
        EXPECT_THAT(shown, testing::ContainsRegex("implicit active: +auth_admin_keep")) << action;
    }
    EXPECT_THAT(contents(policy.toStdString()), HasSubstr("<message xml:lang=\"zh_CN\">"));
}

TEST_F(Confinement, unitIsUnderstoodAndTight) {
    if (!fs::exists("/usr/bin/systemd-analyze"))
        SKIP_UNLESS_CI("systemd-analyze is not installed");
    const QString unit = QStringLiteral("/usr/lib/systemd/system/halfopen-helper.service");
    QProcess verify;
    verify.start(QStringLiteral("systemd-analyze"), {QStringLiteral("verify"), QStringLiteral("--man=no"), unit});
    ASSERT_TRUE(verify.waitForFinished(20000));
    const std::string complaints = verify.readAllStandardError().toStdString();
    EXPECT_THAT(complaints, testing::Not(HasSubstr("halfopen-helper")));
    const std::string exposure =
        run(QStringLiteral("systemd-analyze"), {QStringLiteral("security"), QStringLiteral("--offline=true"),
                                                QStringLiteral("--no-pager"), QStringLiteral("--threshold=26"), unit})
            .toStdString();
    EXPECT_THAT(exposure, HasSubstr("Overall exposure level")); // above 2.6 the exit status is not 0
}

/// A namespace of its own would have every change succeed, in there; without this one setns(2) is refused.
TEST_F(Confinement, unitEntersNetworkNamespacesAndNoOtherKind) {
    const std::string unit = contents("/usr/lib/systemd/system/halfopen-helper.service");
    EXPECT_THAT(unit, HasSubstr("\nRestrictNamespaces=net\n"));
    EXPECT_THAT(unit, testing::Not(HasSubstr("\nPrivateNetwork=")));
    EXPECT_THAT(unit, testing::Not(HasSubstr("\nPrivateUsers=")));
    EXPECT_THAT(unit, testing::Not(HasSubstr("\nNetworkNamespacePath=")));
    EXPECT_EQ(unit.find("RestrictNamespaces="), unit.rfind("RestrictNamespaces="));
    EXPECT_THAT(unit, testing::ContainsRegex("\nReadWritePaths=[^\n]* -/proc/sys/net\n"));
}

/// systemd does not start a unit of which a path without "-" is missing.
TEST_F(Confinement, pathThatIsNotThereStopsNothing) {
    std::istringstream unit(contents("/usr/lib/systemd/system/halfopen-helper.service"));
    constexpr std::string_view kKey = "ReadWritePaths=";
    int paths = 0;
    for (std::string line; std::getline(unit, line);) {
        if (!line.starts_with(kKey))
            continue;
        std::istringstream words(line.substr(kKey.size()));
        for (std::string path; words >> path; ++paths)
            EXPECT_TRUE(path.starts_with('-')) << path;
    }
    EXPECT_EQ(paths, 4);
}

} // namespace
} // namespace halfopen
