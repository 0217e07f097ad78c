// SPDX-License-Identifier: GPL-3.0-or-later
// Network namespaces of others through the real bus and the real polkitd: looked into, and acted in.
#include "app/contract/bus_netns.h"
#include "core/kernel/netns/netns_access.h"
#include "core/model/privilege_error.h"
#include "core/model/settings.h"
#include "tests/core/kernel/netns/resident.h"
#include "tests/helper/box.h"

#include <QRegularExpression>

#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <pwd.h>
#include <sched.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <thread>
#include <vector>

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

/// The processes of the helper: what listens to the bus first, then the opener and the loader.
std::vector<qint64> processesOf(qint64 helper) {
    std::vector<qint64> all{helper};
    for (const auto& process : fs::directory_iterator("/proc"))
        if (const qint64 pid = QString::fromStdString(process.path().filename().string()).toLongLong(); pid > 0)
            if (statusOf(pid)["PPid"] == std::to_string(helper))
                all.push_back(pid);
    return all;
}

qint64 openerOf(qint64 helper) {
    for (const qint64 pid : processesOf(helper))
        if (statusOf(pid)["Name"] == "halfopen-opener")
            return pid;
    return 0;
}

TEST_F(NetnsBox, onlyTheOpenerMayEnterAndItEndsWithTheHelper) {
    Client bob(kBob);
    bob.ask(QStringLiteral("get"), QStringLiteral("Version")); // starts it
    const qint64 helper = pidOf(kHelper);
    const qint64 opener = openerOf(helper);
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

/// What of a process's /proc its caller's user may open: a number of files.
int openedBy(const char* user, qint64 pid) {
    const passwd* const account = ::getpwnam(user);
    return test::resultInChild([&] {
        if (!account || ::setgid(account->pw_gid) != 0 || ::setuid(account->pw_uid) != 0)
            return 100;
        int opened = 0;
        for (const char* file : {"environ", "maps", "mem", "io", "fd", "ns/net", "ns/mnt", "root", "cwd", "exe", "auxv",
                                 "map_files", "syscall", "stack"}) {
            const std::string path = "/proc/" + std::to_string(pid) + "/" + file;
            opened += UniqueFd(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) ? 1 : 0;
        }
        return opened;
    });
}

TEST_F(NetnsBox, itsCallersLookIntoNoneOfItsProcesses) {
    Client bob(kBob);
    bob.ask(kCall, openCall(cookie()));
    const auto processes = processesOf(pidOf(kHelper));
    ASSERT_EQ(processes.size(), 3U) << "with the opener and the loader";
    for (const qint64 pid : processes)
        EXPECT_EQ(openedBy("bob", pid), 0) << statusOf(pid)["Name"];
    EXPECT_GT(openedBy("bob", bob.pid()), 5) << "of his own he may";
}

std::size_t descriptorsOf(qint64 pid) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator("/proc/" + std::to_string(pid) + "/fd"), {}));
}

std::vector<std::string> namespacesOf(qint64 pid) {
    std::vector<std::string> all;
    for (const char* kind : {"net", "mnt", "user", "pid", "ipc", "uts"})
        all.push_back(fs::read_symlink("/proc/" + std::to_string(pid) + "/ns/" + kind).string());
    return all;
}

/// What it has opened there would keep the namespace, whoever has left it.
TEST_F(NetnsBox, theHelperKeepsNothingOfWhatItOpensAndStaysWhereItIs) {
    Client bob(kBob);
    bob.ask(kCall, openCall(cookie()));
    const qint64 helper = pidOf(kHelper);
    const qint64 opener = openerOf(helper);
    const auto before = std::pair(descriptorsOf(helper), descriptorsOf(opener));
    for (int time = 0; time < 5; ++time) {
        EXPECT_THAT(bob.ask(kCall, openCall(cookie())).toStdString(), StartsWith("OK ["));
        bob.ask(kCall, readCall(cookie()));
        bob.ask(kCall, setCall(cookie(), QStringLiteral("600 30 5")));
    }
    const MonotonicTime until = MonotonicClock::now() + std::chrono::seconds(10);
    while (std::pair(descriptorsOf(helper), descriptorsOf(opener)) != before && MonotonicClock::now() < until)
        ::usleep(1000); // what goes with an answer is closed once that is sent
    EXPECT_EQ(std::pair(descriptorsOf(helper), descriptorsOf(opener)), before);
    EXPECT_EQ(namespacesOf(opener), namespacesOf(helper));
    EXPECT_EQ(namespacesOf(opener), namespacesOf(::getpid()));
}

TEST_F(NetnsBox, aNameOfTheEnemysIsHarmlessInTheQuestionAndInTheLog) {
    // An escape, another line, what polkit would replace, and what turns the direction of writing.
    const test::Resident enemy(std::nullopt, {}, "\x1b\n$(count)\xe2\x80\xae");
    ASSERT_EQ(enemy.facts().error, 0);
    const QString number = QString::number(enemy.facts().netnsCookie);
    Client alice(kAlice);
    const auto agent = agentFor(alice, kAlice, kPassword);
    newLogLines();
    EXPECT_THAT(alice.ask(kCall, openCall(number)).toStdString(), StartsWith("OK ["));
    const std::string question = agent->waitFor(QStringLiteral("BEGIN ")).toStdString();
    EXPECT_THAT(question, AllOf(HasSubstr("(" + number.toStdString() + ")"), HasSubstr("$(count)"),
                                Not(HasSubstr("\x1b")), Not(HasSubstr("\xe2\x80\xae"))));
    const QStringList log = newLogLines();
    ASSERT_EQ(log.size(), 1) << "one line";
    EXPECT_THAT(log.at(0).toStdString(), AllOf(HasSubstr("(" + number.toStdString() + ")"), Not(HasSubstr("\x1b")),
                                               Not(HasSubstr("\xe2\x80\xae"))));
}

TEST_F(NetnsBox, everyQuestionNamesTheNamespacesThatItIsAbout) {
    const test::Resident other(std::nullopt, {}, "second");
    ASSERT_EQ(other.facts().error, 0);
    const auto nameOf = [](const char* name, const test::Resident& one) { // by its oldest process
        return fmt::format("{} {} ({})", name, one.pid(), one.facts().netnsCookie);
    };
    const std::string first = nameOf("resident", there);
    const std::string second = nameOf("second", other);
    Client alice(kAlice);
    const auto agent = agentFor(alice, kAlice, kPassword);
    const auto question = [&](const QString& words) {
        EXPECT_THAT(alice.ask(kCall, words).toStdString(), StartsWith("OK"));
        return agent->waitFor(QStringLiteral("BEGIN ")).section(QLatin1String(" | "), 1, 1).toStdString();
    };
    EXPECT_THAT(question(openCall(cookie() + QLatin1Char(',') + number(other.facts().netnsCookie))),
                AllOf(HasSubstr(first), HasSubstr(second)));
    EXPECT_THAT(question(setCall(cookie(), QStringLiteral("600 30 5"))), HasSubstr("[" + first + "]"));
    const QString words = QStringLiteral("0 dialog 0 %1 t:%2 a:%3");
    const QString client = number(there.facts().client);
    EXPECT_THAT(question(words.arg(QStringLiteral("SetSocketOptions"), cookie(), client) +
                         QStringLiteral(" i:1 i:61 i:-1 i:-1 i:-1")),
                HasSubstr(first));
    EXPECT_THAT(question(words.arg(QStringLiteral("CloseConnections"), cookie(), client) + QStringLiteral(" b:0")),
                HasSubstr(first));
}

/// Another namespace with this inode; nullptr: none of many got it, or somebody else's on this machine did.
std::unique_ptr<test::Resident> heirOf(ino_t inode) {
    constexpr int kMost = 60;
    std::vector<std::unique_ptr<test::Resident>> all;
    while (all.size() < kMost) {
        all.push_back(std::make_unique<test::Resident>());
        if (all.back()->facts().inode == inode)
            return std::move(all.back());
    }
    return nullptr;
}

/// The kernel gives the inodes of network namespaces anew at once, their cookies never.
TEST_F(NetnsBox, anInodeThatIsGivenAnewIsNotTheNamespaceThatWasMeant) {
    test::Resident::Facts meant;
    std::unique_ptr<test::Resident> heir;
    for (int attempt = 0; attempt < 5 && !heir; ++attempt) {
        auto old = std::make_unique<test::Resident>();
        meant = old->facts();
        Client caller(kBob);
        ASSERT_THAT(caller.ask(kCall, openCall(number(meant.netnsCookie))).toStdString(), StartsWith("OK ["));
        caller.kill(); // his sockets keep it
        old.reset();
        heir = heirOf(meant.inode);
    }
    if (!heir)
        GTEST_SKIP() << "no namespace got the inode of one that was gone";
    Client bob(kBob);
    const std::string wrong = "ERROR org.halfopen.Error.WrongNamespace";
    EXPECT_THAT(bob.ask(kCall, openCall(number(meant.netnsCookie))).toStdString(), StartsWith(wrong));
    EXPECT_THAT(bob.ask(kCall, setCall(number(meant.netnsCookie), QStringLiteral("600 30 5"))).toStdString(),
                StartsWith(wrong));
    EXPECT_THAT(bob.ask(kCall, openCall(number(heir->facts().netnsCookie))).toStdString(), StartsWith("OK ["));
}

/// Everything below /proc/sys/net of a namespace, as a process in there reads it.
std::map<std::string, std::string> settingsIn(pid_t pid) {
    std::map<std::string, std::string> all;
    std::thread([&] {
        const UniqueFd netns(::open(("/proc/" + std::to_string(pid) + "/ns/net").c_str(), O_RDONLY | O_CLOEXEC));
        if (::setns(netns.get(), CLONE_NEWNET) != 0)
            return;
        for (const auto& entry : fs::recursive_directory_iterator("/proc/sys/net")) {
            char text[4096];
            const UniqueFd file(::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC));
            const ssize_t size = entry.is_regular_file() && file ? ::read(file.get(), text, sizeof text) : -1;
            if (size >= 0) // some cannot be read
                all[entry.path().string()] = {text, static_cast<std::size_t>(size)};
        }
    }).join();
    return all;
}

/// The unit may write to all of them (ReadWritePaths=/proc/sys/net): what the helper knows is the only limit.
TEST_F(NetnsBox, nothingButTheThreeSettingsIsWrittenOrRead) {
    const auto before = settingsIn(there.pid());
    ASSERT_GT(before.size(), 100U);
    Client bob(kBob);
    EXPECT_EQ(bob.ask(kCall, setCall(cookie(), QStringLiteral("600 30 5"))).toStdString(), "OK 600 30 5");
    std::vector<std::string> changed;
    for (const auto& [name, value] : settingsIn(there.pid()))
        if (!before.contains(name) || before.at(name) != value)
            changed.push_back(name);
    EXPECT_THAT(changed, testing::ElementsAre("/proc/sys/net/ipv4/tcp_keepalive_intvl",
                                              "/proc/sys/net/ipv4/tcp_keepalive_probes",
                                              "/proc/sys/net/ipv4/tcp_keepalive_time"));
    const QString read = bob.ask(kCall, readCall(cookie()));
    const QStringList told = read.mid(3).split(QRegularExpression(QStringLiteral("[^a-z0-9_.=-]+")));
    int settings = 0;
    for (const QString& one : told) {
        const std::string name = one.section(QLatin1Char('='), 0, 0).toStdString();
        if (!one.contains(QLatin1Char('=')) || name.empty())
            continue;
        ++settings;
        EXPECT_TRUE(name.starts_with("ip_local_port_range.") ||
                    std::ranges::any_of(allSettings(), [&](const SettingInfo& info) { return info.name == name; }))
            << name;
    }
    EXPECT_GE(settings, 10) << read.toStdString();
}

/// A container that has the bus mounted asks about others: it is in no session, which is all that polkit goes by.
TEST_F(NetnsBox, whoIsInAContainerWithTheBusIsRefusedTheOthers) {
    const QStringList container{QStringLiteral("unshare"), QStringLiteral("--net"),
                                QStringLiteral("--mount"), QStringLiteral("--pid"),
                                QStringLiteral("--fork"),  QStringLiteral("--mount-proc"),
                                QStringLiteral("--uts"),   QStringLiteral("--kill-child")};
    Client erin(QStringLiteral("erin"), container);
    const std::string refused = "ERROR org.halfopen.Error.NotAuthorized";
    EXPECT_THAT(erin.ask(kCall, openCall(cookie())).toStdString(), StartsWith(refused));
    EXPECT_THAT(erin.ask(kCall, readCall(cookie())).toStdString(), StartsWith(refused));
    EXPECT_THAT(erin.ask(kCall, setCall(cookie(), QStringLiteral("600 30 5"))).toStdString(), StartsWith(refused));
    EXPECT_THAT(
        erin.ask(kCall,
                 QStringLiteral("0 dialog 0 CloseConnections t:%1 a:%2 b:0").arg(cookie()).arg(there.facts().client))
            .toStdString(),
        StartsWith(refused));
    EXPECT_EQ(keepaliveTime(), 4321);
    EXPECT_TRUE(newLogLines().isEmpty());
}

/// The unit's RestrictNamespaces=net refuses all that would enter another kind, and setns(2) that does not say which.
TEST_F(NetnsBox, underTheFilterOfItsUnitItEntersNetworkNamespaces) {
    const OtherHelper helper("confined_helper");
    Client bob(kBob);
    EXPECT_THAT(bob.ask(kLook, number(there.pid())).toStdString(),
                StartsWith("OK " + cookie().toStdString() + " 4321 asked 3 "));
    EXPECT_EQ(bob.ask(kCall, setCall(cookie(), QStringLiteral("600 30 5"))).toStdString(), "OK 600 30 5");
    EXPECT_EQ(keepaliveTime(), 600);
}

} // namespace
} // namespace halfopen
