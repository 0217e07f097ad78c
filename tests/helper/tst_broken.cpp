// SPDX-License-Identifier: GPL-3.0-or-later
// What is missing, broken or killed, and what the client makes of it.
#include "core/model/privilege_error.h"
#include "tests/helper/box.h"

#include <gmock/gmock.h>

#include <csignal>
#include <filesystem>
#include <fstream>

namespace halfopen {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::StartsWith;
using Kind = PrivilegeErrorKind;

const QString kPolkit = QStringLiteral("org.freedesktop.PolicyKit1");
const QString kHelperFile = QStringLiteral("/usr/libexec/halfopen-helper");
const QString kServices = QStringLiteral("/usr/share/dbus-1/system-services/");
const QString kPolicy = QStringLiteral("/usr/share/polkit-1/actions/org.halfopen.helper.policy");

std::string kindText(Kind kind) {
    return "KIND " + std::to_string(static_cast<int>(kind)) + " | ";
}

class Broken : public BoxTest {
protected:
    void TearDown() override {
        EXPECT_EQ(live(), kKernel); // nothing broken changes anything
        EXPECT_FALSE(hasDropIn());
    }

    /// bob, who may, is refused with this kind, and is told the command.
    static void expectKind(Kind kind) {
        Client client(kBob);
        const std::string answer = client.ask(kOps, kOpsWanted, 40000).toStdString();
        EXPECT_THAT(answer, StartsWith(kindText(kind)));
        EXPECT_THAT(answer, HasSubstr("| sudo sysctl -w net.ipv4.tcp_keepalive_time=600"));
    }

    static std::string rawError() {
        Client client(kBob);
        return client.ask(kCall, setCall(kWanted), 40000).toStdString();
    }
};

TEST_F(Broken, actionThatPolkitDoesNotKnowIsNoAuthority) {
    {
        const Without policy(kPolicy);
        killService(kPolkit, SIGKILL);
        EXPECT_THAT(rawError(), StartsWith("ERROR org.halfopen.Error.NoAuthority"));
        expectKind(Kind::NoAuthority);
        Client root(QStringLiteral("root")); // for root too: no policy, no change
        EXPECT_THAT(root.ask(kCall, setCall(kWanted)).toStdString(),
                    StartsWith("ERROR org.halfopen.Error.NoAuthority"));
    }
    killService(kPolkit, SIGKILL);
}

TEST_F(Broken, polkitThatIsNotInstalledIsNoAuthority) {
    {
        const Without polkit(kServices + QStringLiteral("org.freedesktop.PolicyKit1.service"));
        reloadBus();
        killService(kPolkit, SIGKILL);
        EXPECT_THAT(rawError(), StartsWith("ERROR org.halfopen.Error.NoAuthority"));
        expectKind(Kind::NoAuthority);
    }
    reloadBus();
}

TEST_F(Broken, polkitThatDiesDuringTheDialogIsNoAuthority) {
    Client client(kAlice);
    const auto agent = agentFor(client, kAlice, QStringLiteral("hang"));
    const QString id = client.begin(kOps, kOpsWanted);
    ASSERT_FALSE(agent->waitFor(QStringLiteral("BEGIN")).isNull());
    killService(kPolkit, SIGKILL);
    EXPECT_THAT(client.answer(id).toStdString(), StartsWith(kindText(Kind::NoAuthority)));
}

TEST_F(Broken, helperThatDiesDuringTheDialogIsHelperGone) {
    Client client(kAlice);
    const auto agent = agentFor(client, kAlice, QStringLiteral("hang"));
    const QString raw = client.begin(kCall, setCall(kWanted));
    ASSERT_FALSE(agent->waitFor(QStringLiteral("BEGIN")).isNull());
    killService(kHelper, SIGKILL);
    EXPECT_THAT(client.answer(raw).toStdString(), StartsWith("ERROR org.freedesktop.DBus.Error.NoReply"));
    const QString id = client.begin(kOps, kOpsWanted);
    ASSERT_FALSE(agent->waitFor(QStringLiteral("BEGIN")).isNull());
    killService(kHelper, SIGKILL);
    EXPECT_THAT(client.answer(id).toStdString(), StartsWith(kindText(Kind::HelperGone)));
}

TEST_F(Broken, terminatedHelperWithdrawsItsQuestions) {
    Client client(kAlice);
    const auto agent = agentFor(client, kAlice, QStringLiteral("hang"));
    client.begin(kCall, setCall(kWanted));
    ASSERT_FALSE(agent->waitFor(QStringLiteral("BEGIN")).isNull());
    killService(kHelper, SIGTERM);
    EXPECT_FALSE(agent->waitFor(QStringLiteral("CANCEL"), 2000).isNull());
}

TEST_F(Broken, missingServiceFileIsNotInstalled) {
    killService(kHelper, SIGKILL);
    {
        const Without service(kServices + QStringLiteral("org.halfopen.Helper1.service"));
        reloadBus();
        EXPECT_THAT(rawError(), StartsWith("ERROR org.freedesktop.DBus.Error.ServiceUnknown"));
        expectKind(Kind::NotInstalled);
    }
    reloadBus();
}

TEST_F(Broken, missingHelperIsABrokenInstallation) {
    killService(kHelper, SIGKILL);
    const Without helper(kHelperFile);
    EXPECT_THAT(rawError(), StartsWith("ERROR org.freedesktop.DBus.Error.Spawn.ExecFailed"));
    expectKind(Kind::NotInstalled);
}

TEST_F(Broken, helperThatFailsIsABrokenInstallation) {
    killService(kHelper, SIGKILL);
    const Without helper(kHelperFile);
    fs::copy_file("/usr/bin/false", kHelperFile.toStdString());
    EXPECT_THAT(rawError(), StartsWith("ERROR org.freedesktop.DBus.Error.Spawn.ChildExited"));
    expectKind(Kind::NotInstalled);
    fs::remove(kHelperFile.toStdString());
}

TEST_F(Broken, helperThatNeverTakesItsNameIsABrokenInstallation) {
    killService(kHelper, SIGKILL);
    const Without helper(kHelperFile);
    std::ofstream(kHelperFile.toStdString()) << "#!/bin/sh\nexec sleep 40\n";
    fs::permissions(kHelperFile.toStdString(), fs::perms(0755));
    Client raw(kBob);
    const QString id = raw.begin(kCall, setCall(kWanted)); // both wait for the same 25 s
    expectKind(Kind::NotInstalled);
    EXPECT_THAT(raw.answer(id).toStdString(), StartsWith("ERROR org.freedesktop.DBus.Error.TimedOut"));
    fs::remove(kHelperFile.toStdString());
}

TEST_F(Broken, missingBusConfigurationIsNotTakenForPolkitsNo) {
    killService(kHelper, SIGKILL);
    {
        const Without configuration(QStringLiteral("/usr/share/dbus-1/system.d/org.halfopen.Helper1.conf"));
        reloadBus();
        EXPECT_THAT(rawError(), StartsWith("ERROR org.freedesktop.DBus.Error.AccessDenied"));
        expectKind(Kind::NotInstalled);
    }
    reloadBus();
}

TEST_F(Broken, busThatDiesUnderWayIsNoBusAndEndsTheHelper) {
    Client client(kAlice);
    const auto agent = agentFor(client, kAlice, QStringLiteral("hang"));
    const QString id = client.begin(kOps, kOpsWanted);
    ASSERT_FALSE(agent->waitFor(QStringLiteral("BEGIN")).isNull());
    const qint64 helper = pidOf(kHelper);
    ASSERT_GT(helper, 0);
    Box::stopBus();
    const std::string answer = client.answer(id).toStdString();
    EXPECT_TRUE(answer.starts_with(kindText(Kind::NoBus)) || answer.starts_with(kindText(Kind::HelperGone))) << answer;
    EXPECT_THAT(client.ask(kOps, kOpsWanted).toStdString(), StartsWith(kindText(Kind::NoBus)));
    for (int tries = 0; tries < 200 && isRunning(helper); ++tries)
        ::usleep(10000);
    EXPECT_FALSE(isRunning(helper));
    Box::startBus();
    Client bob(kBob); // and it all works again
    EXPECT_EQ(bob.ask(kOps, kOpsWanted), QStringLiteral("OK 600 30 5"));
    EXPECT_THAT(client.ask(kOps, QStringLiteral("700 30 5 0")).toStdString(), StartsWith(kindText(Kind::NoAgent)));
    setLive(kKernel);
}

TEST_F(Broken, noBusIsSaidAtOnce) {
    Box::stopBus();
    expectKind(Kind::NoBus);
    Box::startBus();
}

} // namespace
} // namespace halfopen
