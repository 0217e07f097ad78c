// SPDX-License-Identifier: GPL-3.0-or-later
// Living sockets of another user through the real bus and the real polkitd.
#include "core/actions/direct_operations.h"
#include "core/actions/socket_operations.h"
#include "core/kernel/netns/netns_id.h"
#include "tests/core/processes.h"
#include "tests/helper/box.h"
#include "tests/lab/dump.h"

#include <fcntl.h>
#include <gmock/gmock.h>

#include <netinet/tcp.h>

#include <cerrno>

namespace halfopen {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using Kind = PrivilegeErrorKind;

std::string kind(Kind kind) {
    return "KIND " + std::to_string(static_cast<int>(kind));
}

QString number(std::uint64_t value) {
    return QString::number(value);
}

/// Raw calls; they allow a dialog.
QString inspectCall(const QString& cookies, const QString& netns = QStringLiteral("own")) {
    return QStringLiteral("0 dialog 0 InspectSockets t:%1 a:%2").arg(netns, cookies);
}
QString closeCall(const QString& cookies, const QString& netns = QStringLiteral("own")) {
    return QStringLiteral("0 dialog 0 CloseConnections t:%1 a:%2 b:0").arg(netns, cookies);
}
QString optionsCall(std::uint64_t cookie, const QString& values, const QString& netns = QStringLiteral("own")) {
    QString words = QStringLiteral("0 dialog 0 SetSocketOptions t:%1 a:%2").arg(netns).arg(cookie);
    for (const QString& value : values.split(QLatin1Char(' ')))
        words += QStringLiteral(" i:") + value;
    return words;
}

/// A connection of root, whose program is this test.
class SocketsBox : public BoxTest {
protected:
    void SetUp() override {
        BoxTest::SetUp();
        test::setOption(loopback.client.get(), IPPROTO_TCP, TCP_SYNCNT, 3);
        loopback.connectClient();
        server = loopback.accepted();
        for (const int fd : {loopback.listener.get(), loopback.client.get(), server.get()})
            ASSERT_EQ(fcntl(fd, F_SETFD, FD_CLOEXEC), 0); // clients of this test shall not hold them too
        cookie = test::cookieOf(loopback.client.get());
    }
    int optionOf(int level, int name) const { return test::optionOf(loopback.client.get(), level, name); }
    int error() const { return optionOf(SOL_SOCKET, SO_ERROR); }
    bool isAlive() const { return ::send(loopback.client.get(), "x", 1, MSG_NOSIGNAL) == 1; }
    std::string tuple() const {
        sockaddr_in local{};
        socklen_t size = sizeof local;
        EXPECT_EQ(getsockname(loopback.client.get(), reinterpret_cast<sockaddr*>(&local), &size), 0);
        return "127.0.0.1:" + std::to_string(ntohs(local.sin_port)) +
               " - 127.0.0.1:" + std::to_string(ntohs(loopback.address.sin_port));
    }
    void expectUntouched() const {
        EXPECT_EQ(optionOf(SOL_SOCKET, SO_KEEPALIVE), 0);
        EXPECT_EQ(optionOf(IPPROTO_TCP, TCP_KEEPIDLE), 7200);
        EXPECT_TRUE(isAlive());
    }

    test::Loopback loopback;
    UniqueFd server;
    std::uint64_t cookie = 0;
};

TEST_F(SocketsBox, whoMayReadsOptionsAndOwners) {
    Client bob(kBob);
    const std::string one = "[" + std::to_string(cookie) +
                            " off 7200/75/9 ut0 syn3 l60 rto120000 tst_helper_box:" + std::to_string(getpid()) + "]";
    EXPECT_EQ(bob.ask(kCall, inspectCall(number(cookie))).toStdString(), "OK " + one);
    EXPECT_EQ(bob.ask(QStringLiteral("inspect"), QStringLiteral("nodialog %1,12345").arg(cookie)).toStdString(),
              "OK " + one + "[12345 " + kind(Kind::NoSuchConnection) + "]");
    EXPECT_TRUE(newLogLines().isEmpty()) << "nothing was changed";
}

TEST_F(SocketsBox, protectedProcessOfAThirdUserIsReadToo) {
    const test::Child owner([] {
        test::becomeNobody();
        prctl(PR_SET_DUMPABLE, 0);
        prctl(PR_SET_NAME, "protected");
    });
    loopback.client.reset();
    Client bob(kBob);
    EXPECT_THAT(bob.ask(kCall, inspectCall(number(cookie))).toStdString(),
                HasSubstr(" protected:" + std::to_string(owner.pid()) + "]"));
}

/// Whoever sends text that is no UTF-8 is thrown out by the bus, and everybody chooses the name of their process.
TEST_F(SocketsBox, nameThatIsNoUtf8IsToldAndTheHelperStaysOnTheBus) {
    const test::Child owner([] { prctl(PR_SET_NAME, "a\xff\xe6\x95"); });
    loopback.client.reset();
    Client bob(kBob);
    EXPECT_THAT(bob.ask(kCall, inspectCall(number(cookie))).toStdString(),
                HasSubstr(" a\uFFFD\uFFFD:" + std::to_string(owner.pid()) + "]"));
    const qint64 helper = pidOf(kHelper);
    EXPECT_GT(helper, 0);
    EXPECT_THAT(bob.ask(kCall, inspectCall(number(cookie))).toStdString(), StartsWith("OK ["));
    EXPECT_EQ(pidOf(kHelper), helper);
}

TEST_F(SocketsBox, whoMayNotLearnsNothingAndChangesNothing) {
    Client carol(kCarol);
    for (const QString& call : {inspectCall(number(cookie)), closeCall(number(cookie)),
                                optionsCall(cookie, QStringLiteral("1 60 -1 -1 -1"))}) {
        const std::string answer = carol.ask(kCall, call).toStdString();
        EXPECT_THAT(answer, StartsWith("ERROR org.halfopen.Error.NotAuthorized"));
        EXPECT_THAT(answer, AllOf(Not(HasSubstr("tst_helper_box")), Not(HasSubstr(std::to_string(getpid())))));
    }
    const std::string set =
        carol.ask(QStringLiteral("options"), QStringLiteral("%1 1 60 - - -").arg(cookie)).toStdString();
    EXPECT_THAT(set, StartsWith(kind(Kind::NotAuthorized)));
    EXPECT_THAT(set, HasSubstr("| sudo halfopenctl set 0x"));
    EXPECT_THAT(carol.ask(QStringLiteral("close"), number(cookie)).toStdString(),
                HasSubstr("| sudo halfopenctl close 0x"));
    expectUntouched();
    EXPECT_TRUE(newLogLines().isEmpty());
}

TEST_F(SocketsBox, changeIsMadeReadBackAndLogged) {
    Client bob(kBob);
    EXPECT_EQ(bob.ask(QStringLiteral("options"), QStringLiteral("%1 1 60 10 - 5000").arg(cookie)).toStdString(),
              "OK [" + std::to_string(cookie) + " on 60/10/9 ut5000 syn3 l60 rto120000]");
    EXPECT_EQ(optionOf(SOL_SOCKET, SO_KEEPALIVE), 1);
    EXPECT_EQ(optionOf(IPPROTO_TCP, TCP_KEEPIDLE), 60);
    const QStringList log = newLogLines();
    ASSERT_EQ(log.size(), 1);
    EXPECT_THAT(log.at(0).toStdString(),
                AllOf(HasSubstr("set-socket-options: sender :"), HasSubstr(tuple()),
                      HasSubstr("keepalive off -> on, idle 7200 -> 60 s, interval 75 -> 10 s, probes 9 -> 9, "
                                "user timeout 0 -> 5000 ms")));
    EXPECT_EQ(bob.ask(QStringLiteral("options"), QStringLiteral("%1 0 7200 75 - 0").arg(cookie)).toStdString(),
              "OK [" + std::to_string(cookie) + " off 7200/75/9 ut0 syn3 l60 rto120000]");
    expectUntouched();
}

TEST_F(SocketsBox, questionNamesTheConnectionAndTheNewValuesAlone) {
    Client alice(kAlice);
    const auto agent = agentFor(alice, kAlice, kPassword);
    EXPECT_THAT(alice.ask(kCall, optionsCall(cookie, QStringLiteral("1 60 -1 -1 -1"))).toStdString(),
                StartsWith("OK [" + std::to_string(cookie) + " on 60/75/9"));
    const std::string set = agent->waitFor(QStringLiteral("BEGIN ")).toStdString();
    EXPECT_THAT(set, StartsWith("org.halfopen.helper.set-socket-options | "));
    EXPECT_THAT(set, HasSubstr("of a connection: " + tuple() + ", SO_KEEPALIVE on, TCP_KEEPIDLE 60 s | "));
    EXPECT_THAT(set, Not(HasSubstr("7200"))) << "what is in effect is another user's";
    alice.ask(kCall, inspectCall(number(cookie)));
    const std::string inspect = agent->waitFor(QStringLiteral("BEGIN ")).toStdString();
    EXPECT_THAT(inspect, AllOf(StartsWith("org.halfopen.helper.inspect-sockets | "), HasSubstr("TCP sockets: 1 | ")));
    EXPECT_THAT(alice.ask(kCall, closeCall(number(cookie))).toStdString(), StartsWith("OK "));
    const std::string close = agent->waitFor(QStringLiteral("BEGIN ")).toStdString();
    EXPECT_THAT(close, AllOf(StartsWith("org.halfopen.helper.close-connection | "), HasSubstr(": " + tuple() + " | ")));
    EXPECT_EQ(error(), ECONNABORTED);
}

/// Of root, too: the helper takes its program's descriptor, which alone stands for all subflows.
TEST_F(SocketsBox, anMptcpConnectionIsEndedByItsSubflowOrAsAWhole) {
    constexpr int kMptcp = 262; // IPPROTO_MPTCP
    const UniqueFd listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, kMptcp));
    const UniqueFd client(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, kMptcp));
    if (!listener)
        GTEST_SKIP() << "this kernel has no MPTCP, or net.mptcp.enabled is 0";
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* name = reinterpret_cast<sockaddr*>(&address);
    ASSERT_EQ(bind(listener.get(), name, size), 0);
    ASSERT_EQ(listen(listener.get(), 4), 0);
    ASSERT_EQ(getsockname(listener.get(), name, &size), 0);
    ASSERT_EQ(connect(client.get(), name, size), 0);
    const UniqueFd accepted(accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
    char byte = 0;
    ASSERT_EQ(write(client.get(), "x", 1), 1);
    ASSERT_EQ(read(accepted.get(), &byte, 1), 1); // the handshake is whole with the first data
    const auto subflow = [&] {
        for (const Connection& one : test::dump())
            if (one.upperLayer == UpperLayer::Mptcp && one.remote.port == ntohs(address.sin_port))
                return one.cookie;
        return std::uint64_t{0};
    };
    const std::uint64_t whole = subflow();
    ASSERT_NE(whole, 0U);
    Client bob(kBob);
    EXPECT_EQ(bob.ask(kCall, QStringLiteral("0 dialog 0 CloseConnections t:own a:%1 b:1").arg(whole)).toStdString(),
              "OK [" + std::to_string(whole) + " ]");
    EXPECT_EQ(subflow(), 0U);
    EXPECT_EQ(read(accepted.get(), &byte, 1), -1);
    EXPECT_EQ(errno, ECONNRESET);
    EXPECT_EQ(send(client.get(), "y", 1, MSG_NOSIGNAL), -1) << "its program's own descriptor";
    EXPECT_TRUE(isAlive()) << "another connection of the same program";
    ASSERT_EQ(newLogLines().size(), 1);
    Client alice(kAlice);
    const auto agent = agentFor(alice, kAlice, kPassword);
    alice.ask(kCall, QStringLiteral("0 dialog 0 CloseConnections t:own a:%1 b:1").arg(cookie));
    const std::string question = agent->waitFor(QStringLiteral("BEGIN ")).toStdString();
    EXPECT_THAT(question, Not(HasSubstr("MPTCP"))) << "this one is none";
    EXPECT_EQ(error(), ECONNABORTED);
}

TEST_F(SocketsBox, manyAreSetInOneCallAfterOneQuestionAndEachIsLogged) {
    std::vector<std::unique_ptr<test::Loopback>> more;
    QStringList cookies{number(cookie), QStringLiteral("12345")};
    for (int count = 0; count < 4; ++count) {
        more.push_back(std::make_unique<test::Loopback>());
        more.back()->connectClient();
        cookies << number(test::cookieOf(more.back()->client.get()));
    }
    Client alice(kAlice);
    const auto agent = agentFor(alice, kAlice, kPassword);
    const QString all = cookies.join(QLatin1Char(','));
    const std::string answer = alice.ask(QStringLiteral("options"), all + QStringLiteral(" 1 60 - - -")).toStdString();
    EXPECT_THAT(answer, StartsWith("OK [" + std::to_string(cookie) + " on 60/75/9"));
    EXPECT_THAT(answer, HasSubstr("][12345 " + kind(Kind::NoSuchConnection) + "]["));
    for (const auto& one : more)
        EXPECT_EQ(test::optionOf(one->client.get(), IPPROTO_TCP, TCP_KEEPIDLE), 60);
    const std::string question = agent->waitFor(QStringLiteral("BEGIN ")).toStdString();
    EXPECT_THAT(question, AllOf(HasSubstr(tuple()), HasSubstr(" (+ 2), SO_KEEPALIVE on, TCP_KEEPIDLE 60 s | ")));
    EXPECT_TRUE(agent->waitFor(QStringLiteral("BEGIN"), 200).isNull()) << "one question";
    EXPECT_EQ(newLogLines().size(), 5);
}

/// What a BPF program of a control group does, a filter on the helper itself does here.
TEST_F(SocketsBox, changeThatTheKernelTakesHalfWayIsSetBackToldAndLogged) {
    const OtherHelper helper("half_taking_helper");
    Client bob(kBob);
    const std::string answer = bob.ask(kCall, optionsCall(cookie, QStringLiteral("1 60 -1 -1 -1"))).toStdString();
    EXPECT_THAT(answer, HasSubstr("org.halfopen.Error.WriteFailed The kernel did not take SO_KEEPALIVE"));
    expectUntouched();
    const QStringList log = newLogLines();
    ASSERT_EQ(log.size(), 1);
    EXPECT_THAT(log.at(0).toStdString(),
                AllOf(HasSubstr("set-socket-options: sender :"), HasSubstr("idle 7200 -> 7200 s"),
                      HasSubstr("The kernel did not take SO_KEEPALIVE")));
}

TEST_F(SocketsBox, eachVerbHasAnActionOfItsOwnAndRulesCanLookAtTheValues) {
    Client dave(kDave);
    EXPECT_THAT(
        dave.ask(kCall, inspectCall(number(cookie)).replace(QStringLiteral("0 dialog"), QStringLiteral("0 nodialog")))
            .toStdString(),
        StartsWith("OK ["));
    const auto set = [&](const char* values) {
        return dave
            .ask(kCall, optionsCall(cookie, QLatin1String(values))
                            .replace(QStringLiteral("0 dialog"), QStringLiteral("0 nodialog")))
            .toStdString();
    };
    EXPECT_THAT(set("1 61 -1 -1 -1"), HasSubstr(" on 61/75/9"));
    EXPECT_THAT(set("1 62 -1 -1 -1"), HasSubstr("InteractiveAuthorizationRequired"));
    EXPECT_THAT(set("1 61 -1 3 -1"), HasSubstr("InteractiveAuthorizationRequired"));
    EXPECT_THAT(
        dave.ask(kCall, closeCall(number(cookie)).replace(QStringLiteral("0 dialog"), QStringLiteral("0 nodialog")))
            .toStdString(),
        HasSubstr("InteractiveAuthorizationRequired"));
    EXPECT_TRUE(isAlive());
}

TEST_F(SocketsBox, withoutADialogNoneIsOpened) {
    Client alice(kAlice);
    const auto agent = agentFor(alice, kAlice, kPassword);
    EXPECT_THAT(alice.ask(QStringLiteral("inspect"), QStringLiteral("nodialog %1").arg(cookie)).toStdString(),
                StartsWith(kind(Kind::InteractionRequired)));
    EXPECT_TRUE(agent->waitFor(QStringLiteral("BEGIN"), 300).isNull());
    EXPECT_THAT(alice.ask(QStringLiteral("inspect"), QStringLiteral("dialog %1").arg(cookie)).toStdString(),
                StartsWith("OK ["));
    EXPECT_THAT(alice.ask(QStringLiteral("inspect"), QStringLiteral("nodialog %1").arg(cookie)).toStdString(),
                StartsWith("OK ["))
        << "while the permission lasts";
}

TEST_F(SocketsBox, closedDialogIsDismissedAndNothingIsDone) {
    Client alice(kAlice);
    const auto agent = agentFor(alice, kAlice, QStringLiteral("cancel"));
    EXPECT_THAT(alice.ask(QStringLiteral("close"), number(cookie)).toStdString(), StartsWith(kind(Kind::Dismissed)));
    EXPECT_THAT(alice.ask(QStringLiteral("options"), QStringLiteral("%1 1 60 - - -").arg(cookie)).toStdString(),
                StartsWith(kind(Kind::Dismissed)));
    EXPECT_THAT(alice.ask(QStringLiteral("inspect"), QStringLiteral("dialog %1").arg(cookie)).toStdString(),
                StartsWith(kind(Kind::Dismissed)));
    expectUntouched();
}

TEST_F(SocketsBox, callerThatLeavesDuringTheDialogChangesNothing) {
    Client alice(kAlice);
    const auto agent = agentFor(alice, kAlice, QStringLiteral("hang"));
    alice.begin(kCall, closeCall(number(cookie)));
    ASSERT_FALSE(agent->waitFor(QStringLiteral("BEGIN")).isNull());
    alice.send(QStringLiteral("leave 0"));
    EXPECT_FALSE(agent->waitFor(QStringLiteral("CANCEL"), 2000).isNull());
    Client(kCarol).ask(kCall, closeCall(number(cookie)));
    expectUntouched();
}

/// carol is refused by polkit, so another error than NotAuthorized came before the question.
TEST_F(SocketsBox, nonsenseIsRefusedBeforeAnybodyIsAsked) {
    Client carol(kCarol);
    const auto expect = [&](const char* error, const QString& call) {
        EXPECT_THAT(carol.ask(kCall, call).toStdString(), StartsWith(std::string("ERROR org.halfopen.Error.") + error))
            << call.toStdString();
    };
    for (const char* values : {"-1 -1 -1 -1 -1", "2 -1 -1 -1 -1", "-2 60 -1 -1 -1", "1 0 -1 -1 -1", "1 32768 -1 -1 -1",
                               "1 -2 -1 -1 -1", "1 60 0 -1 -1", "1 60 32768 -1 -1", "1 60 10 0 -1", "1 60 10 128 -1",
                               "1 60 10 5 -2", "1 -2147483648 -1 -1 -1"})
        expect("OutOfRange", optionsCall(cookie, QLatin1String(values)));
    const QString all = number(UINT64_MAX), zero = QStringLiteral("0"), gone = number(cookie + 1'000'000);
    const QString listener = number(test::cookieOf(loopback.listener.get()));
    QString many = number(cookie);
    for (std::size_t more = 0; more < kSocketBatch; ++more)
        many += QLatin1Char(',') + number(cookie);
    for (const QString& cookies : {all, zero, QString(), QString(number(cookie) + QStringLiteral(",0")), many}) {
        expect("OutOfRange", inspectCall(cookies));
        expect("OutOfRange", closeCall(cookies));
    }
    expect("OutOfRange", optionsCall(0, QStringLiteral("1 60 -1 -1 -1")));
    expect("OutOfRange", closeCall(listener));
    expect("NoSuchConnection", inspectCall(gone));
    expect("NoSuchConnection", closeCall(gone));
    expect("NoSuchConnection", optionsCall(cookie + 1'000'000, QStringLiteral("1 60 -1 -1 -1")));
    expectUntouched();
}

TEST_F(SocketsBox, wrongTypesNeverReachTheService) {
    Client bob(kBob);
    for (const char* call :
         {"CloseConnections t:own t:5 b:0", "CloseConnections t:own b:0", "CloseConnections t:own a:5",
          "InspectSockets t:own s:all", "SetSocketOptions t:own a:5 i:1 i:60 i:10 i:5",
          "SetSocketOptions t:own t:5 i:1 i:60 i:10 i:5 i:0"})
        EXPECT_THAT(bob.ask(kCall, QStringLiteral("0 dialog 0 ") + QLatin1String(call)).toStdString(),
                    HasSubstr("Error.UnknownMethod"))
            << call;
}

TEST_F(SocketsBox, otherNamespaceIsRefusedBeforeAnybodyIsAsked) {
    Client carol(kCarol);
    for (const std::uint64_t netns : {std::uint64_t(0), ownNetns() + 1, UINT64_MAX})
        for (const QString& call :
             {inspectCall(number(cookie), number(netns)), closeCall(number(cookie), number(netns)),
              optionsCall(cookie, QStringLiteral("1 60 -1 -1 -1"), number(netns))})
            EXPECT_THAT(carol.ask(kCall, call).toStdString(), StartsWith("ERROR org.halfopen.Error.WrongNamespace"));
    Client elsewhere(kBob, {QStringLiteral("unshare"), QStringLiteral("-n")});
    EXPECT_THAT(elsewhere.ask(QStringLiteral("close"), number(cookie)).toStdString(),
                StartsWith(kind(Kind::NoSuchConnection)));
    expectUntouched();
}

TEST_F(SocketsBox, stateIsLookedAtAgainAfterTheQuestion) {
    Client alice(kAlice);
    const auto agent = agentFor(alice, kAlice, QStringLiteral("hang"));
    const QString call = alice.begin(kCall, closeCall(number(cookie)));
    ASSERT_FALSE(agent->waitFor(QStringLiteral("BEGIN")).isNull());
    const linger reset{1, 0};
    ASSERT_EQ(setsockopt(loopback.client.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset), 0);
    loopback.client.reset(); // gone while the dialog was open
    agent->send(QStringLiteral("answer ") + kPassword);
    EXPECT_THAT(alice.answer(call).toStdString(), StartsWith("ERROR org.halfopen.Error.NoSuchConnection"));
    EXPECT_TRUE(newLogLines().isEmpty());
}

TEST_F(SocketsBox, closingAnswersForEachAndLogsWhatWasClosed) {
    Client bob(kBob);
    const std::uint64_t listener = test::cookieOf(loopback.listener.get());
    EXPECT_EQ(bob.ask(QStringLiteral("close"), QStringLiteral("%1,%2,12345").arg(listener).arg(cookie)).toStdString(),
              "OK [" + std::to_string(listener) + " " + kind(Kind::OutOfRange) + "][" + std::to_string(cookie) +
                  " closed][12345 " + kind(Kind::NoSuchConnection) + "]");
    EXPECT_EQ(error(), ECONNABORTED);
    const QStringList log = newLogLines();
    ASSERT_EQ(log.size(), 1);
    EXPECT_THAT(log.at(0).toStdString(), AllOf(HasSubstr("close-connection: sender :"), HasSubstr(": closed")));
    loopback.client.reset(::socket(AF_INET, SOCK_STREAM, 0));
    loopback.connectClient();
    EXPECT_TRUE(loopback.accepted()) << "the listener is there";
}

TEST_F(SocketsBox, twentyCallersAtOnceCloseOneEach) {
    std::vector<std::unique_ptr<test::Loopback>> sockets;
    std::vector<std::unique_ptr<Client>> clients;
    for (int count = 0; count < 20; ++count) {
        sockets.push_back(std::make_unique<test::Loopback>());
        sockets.back()->connectClient();
        clients.push_back(std::make_unique<Client>(kBob));
    }
    for (std::size_t i = 0; i < clients.size(); ++i)
        clients[i]->begin(kCall, closeCall(number(test::cookieOf(sockets[i]->client.get()))));
    for (std::size_t i = 0; i < clients.size(); ++i) {
        EXPECT_THAT(clients[i]->answer(QStringLiteral("1")).toStdString(), StartsWith("OK ["));
        int error = 0;
        socklen_t size = sizeof error;
        getsockopt(sockets[i]->client.get(), SOL_SOCKET, SO_ERROR, &error, &size);
        EXPECT_EQ(error, ECONNABORTED);
    }
    EXPECT_EQ(newLogLines().size(), 20);
}

} // namespace
} // namespace halfopen
