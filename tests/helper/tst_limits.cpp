// SPDX-License-Identifier: GPL-3.0-or-later
// Many callers at once, and the end of an idle helper.
#include "tests/helper/box.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QSet>

#include <gmock/gmock.h>
#include <unistd.h>

#include <sys/socket.h>
#include <sys/un.h>

#include <csignal>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <memory>
#include <vector>

namespace halfopen {
namespace {

namespace fs = std::filesystem;
using testing::StartsWith;

const QString kOk = QStringLiteral("OK 600 30 5");

class Limits : public BoxTest {
protected:
    /// Begins `calls` calls on each of `connections` connections; their ids.
    static QStringList beginMany(Client& client, int connections, int calls) {
        QStringList ids;
        for (int connection = 0; connection < connections; ++connection)
            for (int call = 0; call < calls; ++call)
                ids << client.begin(kCall, setCall(kWanted, false, true, QString::number(connection)));
        return ids;
    }

    /// Calls that reach the helper together, however slowly their caller writes them: it stands still till all are
    /// there.
    static QStringList callAtOnce(Client& client, int calls, const QString& words) {
        const auto helper = static_cast<pid_t>(pidOf(kHelper));
        EXPECT_GT(helper, 0);
        ::kill(helper, SIGSTOP);
        QStringList ids;
        for (int call = 0; call < calls; ++call)
            ids << client.begin(kCall, words);
        client.ask(QStringLiteral("sync")); // of the bus; answered when all of them are on their way
        ::kill(helper, SIGCONT);
        return ids;
    }

    /// How many of them are answered with Busy within a second; the rest waits for its dialog.
    static int countBusy(Client& client, const QStringList& ids) {
        int busy = 0;
        QElapsedTimer timer;
        timer.start();
        for (const QString& id : ids) {
            const QString answer = client.answer(id, std::max(0, 1000 - static_cast<int>(timer.elapsed())));
            EXPECT_TRUE(answer.isNull() || answer.startsWith(QStringLiteral("ERROR org.halfopen.Error.Busy")))
                << answer.toStdString();
            busy += answer.isNull() ? 0 : 1;
        }
        return busy;
    }

    static bool ends(qint64 pid) {
        for (int tries = 0; tries < 500 && isRunning(pid); ++tries)
            ::usleep(10000);
        return !isRunning(pid);
    }

    static int countDialogs(Client& agent) {
        int dialogs = 0;
        while (!agent.waitFor(QStringLiteral("BEGIN"), 200).isNull())
            ++dialogs;
        return dialogs;
    }
};

TEST_F(Limits, twentyCallersAtOnceAreAllServed) {
    std::vector<std::unique_ptr<Client>> clients;
    for (int number = 0; number < 20; ++number)
        clients.push_back(std::make_unique<Client>(kBob));
    QElapsedTimer timer;
    timer.start();
    for (const auto& client : clients)
        client->begin(kCall, setCall(kWanted));
    for (const auto& client : clients)
        EXPECT_EQ(client->answer(QStringLiteral("1")), kOk);
    std::cout << "20 callers at once: " << timer.elapsed() << " ms\n";
}

TEST_F(Limits, twentyCallsOfOneCallerAreFourAndSixteenBusy) {
    Client client(kBob);
    client.ask(kCall, setCall(kWanted));
    int served = 0;
    int busy = 0;
    for (const QString& id : callAtOnce(client, 20, setCall(kWanted))) {
        const QString answer = client.answer(id);
        served += answer == kOk ? 1 : 0;
        busy += answer.startsWith(QStringLiteral("ERROR org.halfopen.Error.Busy")) ? 1 : 0;
    }
    std::cout << "one caller, 20 calls: " << served << " served, " << busy << " busy\n";
    EXPECT_EQ(served + busy, 20);
    EXPECT_GE(served, 4);
    EXPECT_GT(busy, 0);
}

TEST_F(Limits, fourWaitForOneCallerAndLeavingClosesThemAll) {
    Client client(kAlice);
    const auto agent = agentFor(client, kAlice, QStringLiteral("hang"));
    EXPECT_EQ(countBusy(client, beginMany(client, 1, 6)), 2);
    EXPECT_EQ(countDialogs(*agent), 4);
    client.send(QStringLiteral("leave 0"));
    for (int dialog = 0; dialog < 4; ++dialog)
        EXPECT_FALSE(agent->waitFor(QStringLiteral("CANCEL"), 2000).isNull());
    EXPECT_EQ(countBusy(client, beginMany(client, 1, 4)), 0); // there is room again
    EXPECT_EQ(live(), kKernel);
}

TEST_F(Limits, usersCannotFillTheHelperNorTheTotalBeExceeded) {
    Client alice(kAlice);
    Client dave(kDave);
    Client bob(kBob);
    const auto agentOfAlice = agentFor(alice, kAlice, QStringLiteral("hang"));
    const auto agentOfDave = agentFor(dave, kDave, QStringLiteral("hang"));
    EXPECT_EQ(countBusy(alice, beginMany(alice, 9, 4)), 4); // 32 of one user
    EXPECT_EQ(bob.ask(kCall, setCall(kWanted)), kOk);       // others are served
    EXPECT_EQ(countBusy(dave, beginMany(dave, 9, 4)), 4);   // 64 in total
    EXPECT_TRUE(bob.ask(kCall, setCall(kWanted)).startsWith(QStringLiteral("ERROR org.halfopen.Error.Busy")));
    dave.kill();
    for (int tries = 0; tries < 100 && bob.ask(kCall, setCall(kWanted)) != kOk; ++tries)
        ::usleep(10000);
    EXPECT_EQ(bob.ask(kCall, setCall(kWanted)), kOk);
}

/// As root, for whom polkitd writes no line of its own, and with a new polkitd, which has nothing left to write about
/// the tests before: it uses syslog(3), and would hang itself.
TEST_F(Limits, logThatNobodyReadsDoesNotStopTheHelper) {
    killService(QStringLiteral("org.freedesktop.PolicyKit1"), SIGKILL);
    Client client(QStringLiteral("root"));
    EXPECT_EQ(client.ask(kCall, setCall(kWanted)).toStdString(), kOk.toStdString());
    readLog(false);
    for (int number = 0; number < 30; ++number)
        EXPECT_EQ(client.ask(kCall, setCall(kWanted)).toStdString(), kOk.toStdString());
    readLog(true);
    EXPECT_GE(newLogLines().size(), 5); // what fitted
}

/// In place of the installed helper stands one that is idle after 150 ms; the calls come when it is about to leave.
TEST_F(Limits, idleEndLosesNoCall) {
    const OtherHelper helper("short_idle_helper");
    Client client(kBob);
    constexpr int kCalls = 250;
    int served = 0;
    QSet<qint64> helpers;
    for (int number = 0; number < kCalls; ++number) {
        const QString connection = QString::number(number);
        const QString answer = client.ask(kCall, setCall(kWanted, false, true, connection));
        served += answer == kOk ? 1 : 0;
        EXPECT_EQ(answer.toStdString(), kOk.toStdString()) << "call " << number;
        helpers << pidOf(kHelper);
        client.send(QStringLiteral("leave ") + connection); // now it becomes idle
        ::usleep(static_cast<useconds_t>(145000 + 1000 * (number % 20)));
    }
    std::cout << served << " of " << kCalls << " calls served by " << helpers.size() << " helpers\n";
    EXPECT_EQ(served, kCalls);
    EXPECT_GT(helpers.size(), 20);
}

/// systemd sends SIGTERM when the name is gone, while the helper still answers what had arrived before.
TEST_F(Limits, leavingHelperSaysSoAndLetsSigtermWait) {
    killService(kHelper, SIGKILL);
    const int notify = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strcpy(address.sun_path, "/run/notify");
    ASSERT_EQ(::bind(notify, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    QProcess process;
    process.start(QStringLiteral("env"),
                  {QStringLiteral("NOTIFY_SOCKET=/run/notify"), QStringLiteral(BOX_BIN_DIR "/short_idle_helper")});
    ASSERT_TRUE(process.waitForStarted());
    char message[64] = {};
    ASSERT_GT(::recv(notify, message, sizeof message - 1, 0), 0);
    QElapsedTimer timer;
    timer.start();
    ::kill(static_cast<pid_t>(process.processId()), SIGTERM);
    EXPECT_STREQ(message, "STOPPING=1");
    EXPECT_TRUE(process.waitForFinished(3000));
    EXPECT_EQ(process.exitStatus(), QProcess::NormalExit);
    EXPECT_EQ(process.exitCode(), 0);
    EXPECT_GE(timer.elapsed(), 90);
    EXPECT_EQ(pidOf(kHelper), 0);
    ::close(notify);
    fs::remove("/run/notify");
}

TEST_F(Limits, idleHelperStaysWhileItsCallerStays) {
    const OtherHelper helper("short_idle_helper");
    Client client(kBob);
    EXPECT_EQ(client.ask(kCall, setCall(kWanted)), kOk);
    const qint64 served = pidOf(kHelper);
    ::usleep(600000);
    EXPECT_EQ(pidOf(kHelper), served);
    client.send(QStringLiteral("leave 0"));
    EXPECT_TRUE(ends(served));
}

/// Nor one that goes on calling and is refused each time: by polkit, or before it is asked.
TEST_F(Limits, callerThatIsRefusedDoesNotKeepTheHelper) {
    const OtherHelper helper("short_idle_helper");
    Client carol(QStringLiteral("carol"));
    const QString wrong = setCall({0, 30, 5});
    EXPECT_THAT(carol.ask(kCall, wrong).toStdString(), StartsWith("ERROR org.halfopen.Error.OutOfRange"));
    const qint64 first = pidOf(kHelper);
    EXPECT_GT(first, 0);
    for (int call = 0; call < 100 && isRunning(first); ++call) {
        carol.ask(kCall, call % 2 == 0 ? setCall(kWanted) : wrong);
        ::usleep(20000);
    }
    EXPECT_FALSE(isRunning(first)) << "a call every 20 ms, each refused, kept it alive beyond its 150 ms";
}

/// Nonsense takes a place among those that wait, as every call does.
TEST_F(Limits, twentyCallsThatAreNonsenseAreFourAndSixteenBusy) {
    Client client(kBob);
    client.ask(kCall, setCall(kWanted));
    int refused = 0;
    int busy = 0;
    for (const QString& id : callAtOnce(client, 20, setCall({0, 30, 5}))) {
        const QString answer = client.answer(id);
        refused += answer.startsWith(QStringLiteral("ERROR org.halfopen.Error.OutOfRange")) ? 1 : 0;
        busy += answer.startsWith(QStringLiteral("ERROR org.halfopen.Error.Busy")) ? 1 : 0;
    }
    EXPECT_EQ(refused + busy, 20);
    EXPECT_GE(refused, 4);
    EXPECT_GT(busy, 0);
}

/// Whoever is refused all the time is not even listened to for a while; others are served.
TEST_F(Limits, refusedCallsCountAgainstTheirUser) {
    const OtherHelper helper("unforgiving_helper");
    Client carol(QStringLiteral("carol"));
    Client bob(kBob);
    const QString gone = QStringLiteral("0 dialog 0 CloseConnections t:own a:987654321 b:0");
    const auto isBusy = [&gone](Client& client) {
        return client.ask(kCall, gone).startsWith(QStringLiteral("ERROR org.halfopen.Error.Busy"));
    };
    constexpr int kMost = 1000;
    int refused = 0;
    while (refused < kMost && !isBusy(carol))
        ++refused;
    std::cout << refused << " refused calls until it was enough\n";
    EXPECT_LT(refused, kMost);
    EXPECT_GT(refused, 100) << "nobody who is only mistaken gets there";
    Client again(QStringLiteral("carol")); // over another connection
    EXPECT_TRUE(isBusy(again));
    EXPECT_EQ(bob.ask(kCall, setCall(kWanted)), kOk);
}

} // namespace
} // namespace halfopen
