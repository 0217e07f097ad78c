// SPDX-License-Identifier: GPL-3.0-or-later
// Network namespaces of others through the real bus and the real polkitd: looked into, and acted in.
#include "app/bus/bus_netns.h"
#include "core/kernel/netns/netns_access.h"
#include "tests/core/kernel/netns/resident.h"
#include "tests/helper/box.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <map>

namespace halfopen {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using Kind = PrivilegeErrorKind;

const QString kLook = QStringLiteral("look");

QString number(std::uint64_t value) {
    return QString::number(value);
}

QString openCall(const QString& cookies) {
    return QStringLiteral("0 dialog 0 OpenNamespaces a:") + cookies;
}
QString readCall(const QString& cookies) {
    return QStringLiteral("0 nodialog 0 ReadSettings a:") + cookies;
}
QString setCall(const QString& cookie, const QString& values, bool persist = false) {
    QString words = QStringLiteral("0 dialog 0 SetKeepaliveDefaults t:%1").arg(cookie);
    for (const QString& value : values.split(QLatin1Char(' ')))
        words += QStringLiteral(" i:") + value;
    return words + QStringLiteral(" b:%1").arg(persist ? 1 : 0);
}

/// A namespace of root's, with a connection, and another tcp_keepalive_time than the kernel's.
class NetnsBox : public BoxTest {
protected:
    void SetUp() override {
        BoxTest::SetUp();
        ASSERT_EQ(there.facts().error, 0);
    }
    QString cookie() const { return number(there.facts().netnsCookie); }
    int keepaliveTime() const {
        auto access = enterNetns(
            UniqueFd(::open(("/proc/" + std::to_string(there.pid()) + "/ns/net").c_str(), O_RDONLY | O_CLOEXEC)), "");
        const UniqueFd folder = (*access)->settings("ipv4");
        const UniqueFd file(::openat(folder.get(), "tcp_keepalive_time", O_RDONLY | O_CLOEXEC));
        char text[16]{};
        EXPECT_GT(::read(file.get(), text, sizeof text - 1), 0);
        return std::atoi(text);
    }

    test::Resident there{std::nullopt, {{"tcp_keepalive_time", 4321}}};
};

TEST_F(NetnsBox, whoMayLooksIntoItByWhatAnybodyKnowsItBy) {
    Client bob(kBob);
    // By BusOperations: what is listed there, its settings, and the sockets that the helper has opened.
    EXPECT_THAT(bob.ask(kLook, number(there.pid())).toStdString(),
                AllOf(StartsWith("OK " + cookie().toStdString() + " 4321 asked 3 "),
                      HasSubstr(" " + std::to_string(there.facts().client))));
    EXPECT_THAT(newLogLines().join(QLatin1Char('\n')).toStdString(),
                AllOf(HasSubstr("inspect-namespaces: "), HasSubstr("sockets of resident"),
                      HasSubstr("(" + cookie().toStdString() + ") handed out")));
}

TEST_F(NetnsBox, whoMayNotIsRefusedAndReadsNoSettings) {
    Client carol(kCarol);
    const std::string refused = "ERROR org.halfopen.Error.NotAuthorized";
    EXPECT_THAT(carol.ask(kCall, openCall(cookie())).toStdString(), StartsWith(refused));
    EXPECT_THAT(carol.ask(kCall, readCall(cookie())).toStdString(), StartsWith(refused));
    EXPECT_THAT(carol.ask(kCall, setCall(cookie(), QStringLiteral("600 30 5"))).toStdString(), StartsWith(refused));
    EXPECT_EQ(keepaliveTime(), 4321);
    EXPECT_TRUE(newLogLines().isEmpty());
}

TEST_F(NetnsBox, whatIsNoNamespaceIsRefusedBeforeAnybodyIsAsked) {
    Client alice(kAlice); // who would be asked, and has no agent
    const std::string wrong = "ERROR org.halfopen.Error.WrongNamespace";
    for (const QString& none : {QStringLiteral("0"), QStringLiteral("18446744073709551615"),
                                number(there.facts().inode), number(there.pid())}) {
        EXPECT_THAT(alice.ask(kCall, openCall(none)).toStdString(), StartsWith(wrong)) << none.toStdString();
        EXPECT_THAT(alice.ask(kCall, setCall(none, QStringLiteral("600 30 5"))).toStdString(), StartsWith(wrong));
        EXPECT_THAT(
            alice.ask(kCall, QStringLiteral("0 dialog 0 CloseConnections t:%1 a:5 b:0").arg(none)).toStdString(),
            StartsWith(wrong));
    }
    const std::string range = "ERROR org.halfopen.Error.OutOfRange";
    EXPECT_THAT(alice.ask(kCall, openCall({})).toStdString(), StartsWith(range));
    EXPECT_THAT(alice.ask(kCall, openCall(QStringLiteral("1,2,3"))).toStdString(), StartsWith(range));
}

TEST_F(NetnsBox, oneQuestionOpensItAndItsSettingsAreReadWithoutAnother) {
    Client alice(kAlice);
    const auto agent = agentFor(alice, kAlice, kPassword);
    EXPECT_THAT(alice.ask(kCall, openCall(cookie())).toStdString(),
                StartsWith("OK [" + cookie().toStdString() + " " + std::to_string(kSocketsOfNetns) + "]"));
    EXPECT_THAT(agent->waitFor(QStringLiteral("BEGIN ")).toStdString(),
                AllOf(HasSubstr("resident"), HasSubstr("(" + cookie().toStdString() + ")")));
    EXPECT_THAT(alice.ask(kCall, readCall(cookie())).toStdString(), HasSubstr("tcp_keepalive_time=4321"));
}

TEST_F(NetnsBox, settingsOfMoreThanOneCallTakesAreReadByMore) {
    Client bob(kBob);
    const int many = static_cast<int>(kSettingsBatch) + 1;
    EXPECT_THAT(bob.ask(kCall, readCall(QStringList(many, cookie()).join(QLatin1Char(',')))).toStdString(),
                StartsWith("ERROR org.halfopen.Error.OutOfRange"));
    EXPECT_EQ(bob.ask(QStringLiteral("settings"), QStringLiteral("%1 %2").arg(cookie()).arg(many)),
              QStringLiteral("OK %1").arg(many));
}

TEST_F(NetnsBox, settingsAreChangedThereAndNowhereElse) {
    Client bob(kBob);
    EXPECT_EQ(bob.ask(kCall, setCall(cookie(), QStringLiteral("600 30 5"))).toStdString(), "OK 600 30 5");
    EXPECT_EQ(keepaliveTime(), 600);
    EXPECT_EQ(live(), kKernel);
    EXPECT_THAT(newLogLines().join(QLatin1Char('\n')).toStdString(),
                AllOf(HasSubstr("tcp_keepalive_time 4321 -> 600"), HasSubstr("in resident"),
                      HasSubstr("(" + cookie().toStdString() + ")")));
    EXPECT_THAT(bob.ask(kCall, setCall(cookie(), QStringLiteral("700 30 5"), true)).toStdString(),
                StartsWith("ERROR org.halfopen.Error.WrongNamespace"));
    EXPECT_FALSE(hasDropIn());
    EXPECT_EQ(keepaliveTime(), 600);
    EXPECT_THAT(bob.ask(kCall, setCall(cookie(), QStringLiteral("0 30 5"))).toStdString(),
                StartsWith("ERROR org.halfopen.Error.OutOfRange"));
}

TEST_F(NetnsBox, aConnectionThereIsReadChangedAndClosed) {
    Client bob(kBob);
    const QString client = number(there.facts().client);
    const QString words = QStringLiteral("0 dialog 0 %1 t:%2 a:%3");
    const QString alone = QStringLiteral(" b:0"); // not the whole of MPTCP
    EXPECT_THAT(bob.ask(kCall, words.arg(QStringLiteral("InspectSockets"), cookie(), client)).toStdString(),
                AllOf(StartsWith("OK [" + client.toStdString() + " off 4321/75/9"), HasSubstr("resident:")));
    EXPECT_THAT(bob.ask(kCall, words.arg(QStringLiteral("SetSocketOptions"), cookie(), client) +
                                   QStringLiteral(" i:1 i:61 i:-1 i:-1 i:-1"))
                    .toStdString(),
                StartsWith("OK [" + client.toStdString() + " on 61/75/9"));
    EXPECT_EQ(
        bob.ask(kCall, QString(words + alone).arg(QStringLiteral("CloseConnections"), cookie(), client)).toStdString(),
        "OK [" + client.toStdString() + " ]");
    EXPECT_THAT(
        bob.ask(kCall, QString(words + alone).arg(QStringLiteral("CloseConnections"), cookie(), client)).toStdString(),
        StartsWith("ERROR org.halfopen.Error.NoSuchConnection"));
    // In the helper's own namespace there is none with this cookie.
    EXPECT_THAT(
        bob.ask(kCall, QString(words + alone).arg(QStringLiteral("CloseConnections"), QStringLiteral("own"), client))
            .toStdString(),
        StartsWith("ERROR org.halfopen.Error.NoSuchConnection"));
}

std::map<std::string, std::string> statusOf(qint64 pid) {
    std::map<std::string, std::string> fields;
    std::ifstream file("/proc/" + std::to_string(pid) + "/status");
    for (std::string line; std::getline(file, line);)
        if (const auto colon = line.find(":\t"); colon != std::string::npos)
            fields[line.substr(0, colon)] = line.substr(colon + 2);
    return fields;
}

TEST_F(NetnsBox, onlyTheOpenerMayEnterAndItEndsWithTheHelper) {
    Client bob(kBob);
    bob.ask(QStringLiteral("get"), QStringLiteral("Version")); // starts it
    const qint64 helper = pidOf(kHelper);
    qint64 opener = 0;
    for (const auto& process : fs::directory_iterator("/proc"))
        if (const qint64 pid = QString::fromStdString(process.path().filename().string()).toLongLong(); pid > 0)
            if (auto status = statusOf(pid);
                status["PPid"] == std::to_string(helper) && status["Name"] == "halfopen-opener")
                opener = pid;
    ASSERT_NE(opener, 0);
    auto status = statusOf(opener);
    EXPECT_EQ(status["CapEff"], "0000000000280004") << "SYS_ADMIN, SYS_PTRACE, DAC_READ_SEARCH";
    EXPECT_EQ(status["CapBnd"], "0000000000280004");
    EXPECT_EQ(status["NoNewPrivs"], "1");
    ::kill(static_cast<pid_t>(helper), SIGKILL);
    const MonotonicTime until = MonotonicClock::now() + std::chrono::seconds(10);
    while (isRunning(opener) && MonotonicClock::now() < until) // the kernel tells it
        ::usleep(1000);
    EXPECT_FALSE(isRunning(opener));
}

} // namespace
} // namespace halfopen
