// SPDX-License-Identifier: GPL-3.0-or-later
// What each answer of polkit becomes, on the bus and in the client.
#include "core/actions/direct_operations.h"
#include "core/kernel/netns/netns_id.h"
#include "core/kernel/sysctl/drop_in.h"
#include "core/model/boot_configuration.h"
#include "tests/core/processes.h"
#include "tests/helper/box.h"

#include <gmock/gmock.h>

#include <climits>
#include <fstream>
#include <iterator>

namespace halfopen {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;
using Kind = PrivilegeErrorKind;

std::string kindText(Kind kind) {
    return "KIND " + std::to_string(static_cast<int>(kind)) + " | ";
}

class Answers : public BoxTest {
protected:
    /// alice calls with an agent that does as `mode` says; the raw answer, and nothing may have changed.
    static std::string refusedWith(const QString& mode) {
        Client client(kAlice);
        const auto agent = agentFor(client, kAlice, mode);
        const std::string answer = client.ask(kCall, setCall(kWanted, true)).toStdString();
        EXPECT_EQ(live(), kKernel);
        EXPECT_FALSE(hasDropIn());
        return answer;
    }

    static std::string dropIn() {
        std::ifstream file{std::string(kDropInPath)};
        return {std::istreambuf_iterator<char>(file), {}};
    }
};

TEST_F(Answers, noDialogAllowedIsInteractionRequired) {
    Client client(kAlice);
    EXPECT_THAT(client.ask(kCall, setCall(kWanted, false, false)).toStdString(),
                StartsWith("ERROR org.freedesktop.DBus.Error.InteractiveAuthorizationRequired"));
    EXPECT_EQ(live(), kKernel);
}

TEST_F(Answers, noAgentLooksTheSameOnTheBusAndIsNamedByTheClient) {
    Client client(kAlice);
    EXPECT_THAT(client.ask(kCall, setCall(kWanted)).toStdString(),
                StartsWith("ERROR org.freedesktop.DBus.Error.InteractiveAuthorizationRequired"));
    const std::string answer = client.ask(kOps, kOpsWanted).toStdString();
    EXPECT_THAT(answer, StartsWith(kindText(Kind::NoAgent)));
    EXPECT_THAT(answer, EndsWith("| pkttyagent --process " + std::to_string(client.pid())));
    EXPECT_EQ(live(), kKernel);
}

TEST_F(Answers, ruleThatSaysNoIsNotAuthorized) {
    Client client(kCarol);
    EXPECT_THAT(client.ask(kCall, setCall(kWanted, true)).toStdString(),
                StartsWith("ERROR org.halfopen.Error.NotAuthorized"));
    const std::string answer = client.ask(kOps, kOpsWanted).toStdString();
    EXPECT_THAT(answer, StartsWith(kindText(Kind::NotAuthorized)));
    EXPECT_THAT(answer, HasSubstr("sudo sysctl -w net.ipv4.tcp_keepalive_time=600"));
    EXPECT_EQ(live(), kKernel);
    EXPECT_FALSE(hasDropIn());
}

TEST_F(Answers, ruleThatSaysYesIsDoneReadBackKeptAndLogged) {
    Client client(kBob);
    EXPECT_EQ(client.ask(kCall, setCall(kWanted, true)), QStringLiteral("OK 600 30 5"));
    EXPECT_EQ(live(), kWanted);
    EXPECT_EQ(dropIn(), dropInText(kWanted));
    const QStringList log = newLogLines();
    ASSERT_EQ(log.size(), 1) << log.join(QLatin1Char('\n')).toStdString();
    EXPECT_THAT(log.at(0).toStdString(),
                HasSubstr("tcp_keepalive_time 7200 -> 600, tcp_keepalive_intvl 75 -> 30, tcp_keepalive_probes 9 -> 5"));
    EXPECT_THAT(log.at(0).toStdString(), testing::ContainsRegex("sender :1\\.[0-9]+, uid [0-9]+"));
}

TEST_F(Answers, clientGetsWhatIsInEffect) {
    Client client(kBob);
    EXPECT_EQ(client.ask(kOps, kOpsWanted), QStringLiteral("OK 600 30 5"));
    EXPECT_EQ(live(), kWanted);
    EXPECT_FALSE(hasDropIn());
}

TEST_F(Answers, rootIsNotAsked) {
    Client client(QStringLiteral("root"));
    EXPECT_EQ(client.ask(kCall, setCall(kWanted, false, false)), QStringLiteral("OK 600 30 5"));
    EXPECT_EQ(live(), kWanted);
}

TEST_F(Answers, defaultsRefuseWhoHasNoLocalSession) {
    Client client(QStringLiteral("erin"));
    const auto agent = agentFor(client, QStringLiteral("erin"), kPassword);
    EXPECT_THAT(client.ask(kCall, setCall(kWanted)).toStdString(),
                StartsWith("ERROR org.halfopen.Error.NotAuthorized"));
    EXPECT_TRUE(agent->waitFor(QStringLiteral("BEGIN"), 0).isEmpty());
}

TEST_F(Answers, rightPasswordIsDoneAndTheDialogShowedTheNumbers) {
    Client client(kAlice);
    const auto agent = agentFor(client, kAlice, kPassword);
    EXPECT_EQ(client.ask(kCall, setCall(kWanted, true)), QStringLiteral("OK 600 30 5"));
    const std::string question = agent->waitFor(QStringLiteral("BEGIN ")).toStdString();
    EXPECT_THAT(question, StartsWith("org.halfopen.helper.set-keepalive-defaults | "));
    EXPECT_THAT(question, HasSubstr("computer: tcp_keepalive_time 7200 -> 600 s, tcp_keepalive_intvl 75 -> 30 s, "
                                    "tcp_keepalive_probes 9 -> 5 (+ /etc/sysctl.d/60-halfopen-keepalive.conf) | "));
    EXPECT_EQ(live(), kWanted);
    EXPECT_EQ(dropIn(), dropInText(kWanted));
}

TEST_F(Answers, dialogSpeaksTheLanguageOfItsAgent) {
    Client client(kAlice);
    Client agent(kAlice);
    agent.send(QStringLiteral("locale zh_CN.UTF-8"));
    agent.send(QStringLiteral("agent %1 cancel").arg(client.pid()));
    ASSERT_FALSE(agent.waitFor(QStringLiteral("REGISTERED")).isNull());
    client.ask(kCall, setCall(kWanted));
    EXPECT_THAT(agent.waitFor(QStringLiteral("BEGIN ")).toStdString(),
                HasSubstr("需要认证：tcp_keepalive_time 7200 -> 600 s"));
}

TEST_F(Answers, rulesCanLookAtTheValues) {
    Client client(QStringLiteral("dave"));
    EXPECT_EQ(client.ask(kCall, setCall({601, 31, 6}, true, false)), QStringLiteral("OK 601 31 6"));
    EXPECT_THAT(client.ask(kCall, setCall({601, 31, 6}, false, false)).toStdString(),
                HasSubstr("InteractiveAuthorizationRequired"));
    EXPECT_THAT(client.ask(kCall, setCall({601, 31, 7}, true, false)).toStdString(),
                HasSubstr("InteractiveAuthorizationRequired"));
}

TEST_F(Answers, wrongPasswordIsNotAuthorized) {
    EXPECT_THAT(refusedWith(QStringLiteral("password wrong")), StartsWith("ERROR org.halfopen.Error.NotAuthorized"));
}

TEST_F(Answers, closedDialogIsDismissed) {
    EXPECT_THAT(refusedWith(QStringLiteral("cancel")), StartsWith("ERROR org.halfopen.Error.Dismissed"));
}

TEST_F(Answers, agentThatFailsIsNotAuthorized) {
    EXPECT_THAT(refusedWith(QStringLiteral("fail")), StartsWith("ERROR org.halfopen.Error.NotAuthorized"));
}

TEST_F(Answers, agentThatSaysYesWithoutAPasswordIsNotAuthorized) {
    EXPECT_THAT(refusedWith(QStringLiteral("empty")), StartsWith("ERROR org.halfopen.Error.NotAuthorized"));
}

TEST_F(Answers, agentThatDiesIsNotAuthorized) {
    EXPECT_THAT(refusedWith(QStringLiteral("die")), StartsWith("ERROR org.halfopen.Error.NotAuthorized"));
}

TEST_F(Answers, callerThatLeavesClosesTheDialogAndNothingIsDone) {
    Client client(kAlice);
    const auto agent = agentFor(client, kAlice, QStringLiteral("hang"));
    client.begin(kCall, setCall(kWanted, true));
    ASSERT_FALSE(agent->waitFor(QStringLiteral("BEGIN")).isNull());
    client.send(QStringLiteral("leave 0"));
    EXPECT_FALSE(agent->waitFor(QStringLiteral("CANCEL"), 2000).isNull());
    // The helper serves on, and its answer to this one comes after anything it could still have done for the other.
    Client other(kCarol);
    other.ask(kCall, setCall(kWanted));
    EXPECT_EQ(live(), kKernel);
    EXPECT_FALSE(hasDropIn());
}

TEST_F(Answers, killedCallerClosesTheDialogToo) {
    Client client(kAlice);
    const auto agent = agentFor(client, kAlice, QStringLiteral("hang"));
    client.begin(kCall, setCall(kWanted));
    ASSERT_FALSE(agent->waitFor(QStringLiteral("BEGIN")).isNull());
    client.kill();
    EXPECT_FALSE(agent->waitFor(QStringLiteral("CANCEL"), 2000).isNull());
}

TEST_F(Answers, callThatOnlyTimesOutStillCounts) {
    Client client(kAlice);
    const auto agent = agentFor(client, kAlice, QStringLiteral("hang"));
    const QString id =
        client.begin(kCall, setCall(kWanted).replace(QStringLiteral("dialog 0"), QStringLiteral("dialog 300")));
    EXPECT_THAT(client.answer(id).toStdString(), StartsWith("ERROR org.freedesktop.DBus.Error.NoReply"));
    EXPECT_EQ(live(), kKernel);
    agent->send(QStringLiteral("answer password pw"));
    EXPECT_EQ(agent->waitFor(QStringLiteral("END ")), QStringLiteral("0"));
    client.ask(QStringLiteral("get"), QStringLiteral("Version"));
    for (int tries = 0; tries < 100 && live() != kWanted; ++tries)
        client.ask(QStringLiteral("ping"));
    EXPECT_EQ(live(), kWanted); // which is why our own client waits without a timeout and cancels by leaving
}

TEST_F(Answers, clientOpensOneDialogAtATime) {
    Client client(kAlice);
    const auto agent = agentFor(client, kAlice, QStringLiteral("hang"));
    const QString first = client.begin(kOps, kOpsWanted);
    const QString second = client.begin(kOps, QStringLiteral("601 31 6 0"));
    EXPECT_THAT(agent->waitFor(QStringLiteral("BEGIN")).toStdString(), HasSubstr("-> 600 s"));
    EXPECT_TRUE(agent->waitFor(QStringLiteral("BEGIN"), 300).isNull());
    agent->send(QStringLiteral("answer password pw"));
    EXPECT_EQ(client.answer(first), QStringLiteral("OK 600 30 5"));
    EXPECT_THAT(agent->waitFor(QStringLiteral("BEGIN")).toStdString(), HasSubstr("600 -> 601 s"));
    agent->send(QStringLiteral("answer cancel"));
    EXPECT_THAT(client.answer(second).toStdString(), StartsWith(kindText(Kind::Dismissed)));
    EXPECT_EQ(live(), kWanted);
}

TEST_F(Answers, cancelWithdrawsOneRequestAndItsDialogAndLeavesTheOthers) {
    Client client(kAlice);
    const auto agent = agentFor(client, kAlice, QStringLiteral("hang"));
    const QString first = client.begin(kOps, kOpsWanted);
    const QString second = client.begin(kOps, QStringLiteral("601 31 6 0"));
    const QString third = client.begin(kOps, QStringLiteral("602 32 7 0"));
    EXPECT_THAT(agent->waitFor(QStringLiteral("BEGIN")).toStdString(), HasSubstr("-> 600 s"));
    client.send(QStringLiteral("cancel ") + second); // waits behind the dialog
    EXPECT_THAT(client.answer(second).toStdString(), StartsWith(kindText(Kind::Dismissed)));
    EXPECT_TRUE(agent->waitFor(QStringLiteral("CANCEL"), 300).isNull()) << "the dialog of the first stays open";
    client.send(QStringLiteral("cancel ") + first);
    EXPECT_THAT(client.answer(first).toStdString(), StartsWith(kindText(Kind::Dismissed)));
    EXPECT_FALSE(agent->waitFor(QStringLiteral("CANCEL"), 2000).isNull());
    EXPECT_THAT(agent->waitFor(QStringLiteral("BEGIN")).toStdString(), HasSubstr("-> 602 s"));
    client.send(QStringLiteral("cancel ") + first); // was answered: nothing
    agent->send(QStringLiteral("answer password pw"));
    EXPECT_EQ(client.answer(third), QStringLiteral("OK 602 32 7"));
}

/// A question of the other kind opens no second dialog beside the first; what asks nobody does not wait for it.
TEST_F(Answers, verbsOfEveryKindShareTheOneDialog) {
    Client client(kAlice);
    const auto agent = agentFor(client, kAlice, QStringLiteral("hang"));
    const test::Loopback loopback;
    const QString cookie = QString::number(test::cookieOf(loopback.listener.get()));
    const QString first = client.begin(kOps, kOpsWanted);
    const QString second = client.begin(QStringLiteral("options"), cookie + QStringLiteral(" 1 60 - - -"));
    EXPECT_THAT(agent->waitFor(QStringLiteral("BEGIN")).toStdString(), HasSubstr("set-keepalive-defaults"));
    EXPECT_TRUE(agent->waitFor(QStringLiteral("BEGIN"), 300).isNull());
    EXPECT_THAT(client.ask(QStringLiteral("inspect"), QStringLiteral("nodialog ") + cookie).toStdString(),
                StartsWith("KIND "))
        << "is answered while the dialog is open";
    agent->send(QStringLiteral("answer cancel"));
    EXPECT_THAT(client.answer(first).toStdString(), StartsWith(kindText(Kind::Dismissed)));
    EXPECT_THAT(agent->waitFor(QStringLiteral("BEGIN")).toStdString(), HasSubstr("set-socket-options"));
    agent->send(QStringLiteral("answer cancel"));
    EXPECT_THAT(client.answer(second).toStdString(), StartsWith(kindText(Kind::Dismissed)));
}

TEST_F(Answers, forgetRemovesTheDropInAndKeepsTheValues) {
    Client client(kBob);
    ASSERT_EQ(client.ask(kCall, setCall(kWanted, true)), QStringLiteral("OK 600 30 5"));
    newLogLines();
    EXPECT_EQ(client.ask(kCall, forgetCall()), QStringLiteral("OK"));
    EXPECT_FALSE(hasDropIn());
    EXPECT_EQ(live(), kWanted);
    EXPECT_EQ(newLogLines().size(), 1);
    EXPECT_EQ(client.ask(QStringLiteral("opsforget")), QStringLiteral("OK"));
    EXPECT_TRUE(newLogLines().isEmpty()); // nothing was changed
    Client carol(kCarol);
    EXPECT_THAT(carol.ask(kCall, forgetCall()).toStdString(), StartsWith("ERROR org.halfopen.Error.NotAuthorized"));
}

/// carol is refused by polkit, so another error than NotAuthorized came before the question.
TEST_F(Answers, badValuesAreRefusedBeforeAnybodyIsAsked) {
    Client client(kCarol);
    for (const int bad : {0, -1, 32768, INT_MAX, INT_MIN})
        for (const KeepaliveDefaults& values : {KeepaliveDefaults{bad, 30, 5}, KeepaliveDefaults{600, bad, 5}})
            EXPECT_THAT(client.ask(kCall, setCall(values, true)).toStdString(),
                        StartsWith("ERROR org.halfopen.Error.OutOfRange"))
                << bad;
    for (const int bad : {0, -1, 128, INT_MAX, INT_MIN})
        EXPECT_THAT(client.ask(kCall, setCall({600, 30, bad})).toStdString(),
                    StartsWith("ERROR org.halfopen.Error.OutOfRange"))
            << bad;
    EXPECT_THAT(client.ask(kCall, setCall({32767, 32767, 127})).toStdString(),
                StartsWith("ERROR org.halfopen.Error.NotAuthorized"));
    EXPECT_EQ(live(), kKernel);
}

TEST_F(Answers, badValuesOpenNoDialog) {
    Client client(kAlice);
    const auto agent = agentFor(client, kAlice, kPassword);
    EXPECT_THAT(client.ask(kCall, setCall({0, 30, 5})).toStdString(),
                StartsWith("ERROR org.halfopen.Error.OutOfRange"));
    EXPECT_TRUE(agent->waitFor(QStringLiteral("BEGIN"), 300).isNull());
}

TEST_F(Answers, wrongTypesNeverReachTheService) {
    Client client(kBob);
    const QString method = QStringLiteral("0 dialog 0 SetKeepaliveDefaults ");
    for (const char* arguments :
         {"t:own x:4294967897 i:30 i:5 b:0", "t:own s:600 i:30 i:5 b:0", "i:1 i:600 i:30 i:5 b:0",
          "t:own i:600 i:30 i:5", "t:own i:600 i:30 i:5 b:0 s:more", ""})
        EXPECT_THAT(client.ask(kCall, method + QLatin1String(arguments)).toStdString(),
                    HasSubstr("Error.UnknownMethod"))
            << arguments;
    EXPECT_EQ(live(), kKernel);
}

TEST_F(Answers, otherNamespaceIsRefusedBeforeAnybodyIsAsked) {
    Client client(kCarol);
    const QString arguments = QStringLiteral("0 dialog 0 SetKeepaliveDefaults t:%1 i:600 i:30 i:5 b:1");
    for (const quint64 netns : {quint64(0), quint64(ownNetns() + 1), ~quint64(0)}) {
        EXPECT_THAT(client.ask(kCall, arguments.arg(netns)).toStdString(),
                    StartsWith("ERROR org.halfopen.Error.WrongNamespace"));
        EXPECT_THAT(
            client.ask(kCall, QStringLiteral("0 dialog 0 ForgetKeepaliveDefaults t:%1").arg(netns)).toStdString(),
            StartsWith("ERROR org.halfopen.Error.WrongNamespace"));
    }
}

TEST_F(Answers, callerInAnotherNamespaceChangesThatOneAlone) {
    Client client(kBob, {QStringLiteral("unshare"), QStringLiteral("-n")});
    EXPECT_EQ(client.ask(kOps, kOpsWanted).toStdString(), "OK 600 30 5");
    EXPECT_THAT(client.ask(kOps, QStringLiteral("600 30 5 1")).toStdString(),
                StartsWith(kindText(Kind::WrongNamespace)));
    EXPECT_EQ(live(), kKernel);
}

} // namespace
} // namespace halfopen
