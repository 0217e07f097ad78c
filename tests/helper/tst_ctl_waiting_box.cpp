// SPDX-License-Identifier: GPL-3.0-or-later
// halfopenctl while a dialog is open: what becomes of its question, and what it says where the other end goes away.
#include "tests/helper/box.h"

#include <QProcess>

#include <gmock/gmock.h>

#include <csignal>

namespace halfopen {
namespace {

using testing::MatchesRegex;

/// halfopenctl sysctl set as alice, with an agent of her own.
class Asking {
public:
    explicit Asking(const QString& mode)
        : agent(kAlice) {
        // Whom the agent answers for is its process, which is there before it asks.
        process.start(QStringLiteral("setpriv"),
                      {QStringLiteral("--reuid"), kAlice, QStringLiteral("--regid"), kAlice,
                       QStringLiteral("--init-groups"), QStringLiteral("sh"), QStringLiteral("-c"),
                       QStringLiteral("echo ready; read -r go; exec " BOX_BIN_DIR
                                      "/halfopenctl sysctl set --time 10m --interval 30 --probes 5")});
        EXPECT_TRUE(process.waitForReadyRead()); // alice's from now on
        agent.send(QStringLiteral("agent %1 %2").arg(process.processId()).arg(mode));
        EXPECT_FALSE(agent.waitFor(QStringLiteral("REGISTERED")).isNull());
        process.write("go\n");
        process.waitForBytesWritten(1000);
    }
    bool isAsked() { return !agent.waitFor(QStringLiteral("BEGIN")).isNull(); }
    int status() {
        EXPECT_TRUE(process.waitForFinished(20000));
        return process.exitCode();
    }
    std::string said() { return process.readAllStandardError().toStdString(); }

    QProcess process;
    Client agent;
};

class CtlWaitingBox : public BoxTest {};

TEST_F(CtlWaitingBox, whoCanProveItIsAnswered) {
    Asking asking(kPassword);
    EXPECT_EQ(asking.status(), 0) << asking.said();
    EXPECT_EQ(live(), kWanted);
}

TEST_F(CtlWaitingBox, interruptedItTakesItsQuestionBack) {
    Asking asking(QStringLiteral("hang"));
    ASSERT_TRUE(asking.isAsked());
    ::kill(static_cast<pid_t>(asking.process.processId()), SIGINT);
    EXPECT_FALSE(asking.agent.waitFor(QStringLiteral("CANCEL")).isNull());
    asking.status();
    EXPECT_EQ(asking.process.exitStatus(), QProcess::CrashExit) << "by the signal, as a shell expects it";
    EXPECT_EQ(live(), kKernel);
}

TEST_F(CtlWaitingBox, aHelperThatDiesIsOneSentence) {
    Asking asking(QStringLiteral("hang"));
    ASSERT_TRUE(asking.isAsked());
    killService(kHelper, SIGKILL);
    EXPECT_EQ(asking.status(), 1);
    EXPECT_EQ(asking.said(),
              "halfopenctl: The helper ended before it answered; look at the values before you try again.\n");
}

TEST_F(CtlWaitingBox, aBusThatGoesAwayIsOneSentence) {
    Asking asking(QStringLiteral("hang"));
    ASSERT_TRUE(asking.isAsked());
    Box::stopBus();
    EXPECT_EQ(asking.status(), 1);
    EXPECT_EQ(asking.said(),
              "halfopenctl: The helper ended before it answered; look at the values before you try again.\n");
    Box::startBus();
    EXPECT_EQ(live(), kKernel);
}

TEST_F(CtlWaitingBox, aHelperThatIsNotInstalledIsOneSentence) {
    killService(kHelper, SIGKILL);
    {
        const Without service(QStringLiteral("/usr/share/dbus-1/system-services/org.halfopen.Helper1.service"));
        reloadBus();
        Asking asking(QStringLiteral("hang"));
        EXPECT_EQ(asking.status(), 3);
        EXPECT_THAT(asking.said(), MatchesRegex("halfopenctl: Halfopen's helper is not installed .*: sudo sysctl -w "
                                                "net.ipv4.tcp_keepalive_time=600 .*\n"));
    }
    reloadBus();
}

} // namespace
} // namespace halfopen
