// SPDX-License-Identifier: GPL-3.0-or-later
// The programs that read every socket, handed to ordinary users over the real bus.
#include "core/kernel/bpf/exact_programs.h"
#include "tests/core/processes.h"
#include "tests/helper/box.h"
#include "tests/helper/box_ctl.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/mount.h>

#include <csignal>
#include <filesystem>
#include <thread>

namespace halfopen {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

const QString kExact = QStringLiteral("exact");
const QString kAgain = QStringLiteral("again");

std::string kindOf(PrivilegeErrorKind kind) {
    return "KIND " + std::to_string(static_cast<int>(kind)) + ' ';
}

/// How many descriptors of BPF programs, maps and links a process has.
int programsOf(qint64 pid) {
    int count = 0;
    for (const auto& entry : fs::directory_iterator("/proc/" + std::to_string(pid) + "/fd"))
        count += fs::read_symlink(entry.path()).string().find("bpf") != std::string::npos ? 1 : 0;
    return count;
}

/// The box sees the kernel's types.
class ExactBox : public BoxTest {
protected:
    void SetUp() override {
        BoxTest::SetUp();
        ASSERT_EQ(mount("sysfs", "/sys", "sysfs", MS_RDONLY, nullptr), 0) << strerror(errno);
        killService(kHelper, SIGKILL); // that of before sees none of it
        if (const auto programs = ExactPrograms::load(); !programs)
            GTEST_SKIP() << inEnglish(programs.error());
        setIdle(321);
    }
    void TearDown() override {
        killService(kHelper, SIGKILL);
        umount2("/sys", MNT_DETACH);
    }
    void setIdle(int seconds) const { test::setOption(loopback.listener.get(), IPPROTO_TCP, TCP_KEEPIDLE, seconds); }
    QString port() const { return QString::number(ntohs(loopback.address.sin_port)); }

    test::Loopback loopback; ///< root's
};

TEST_F(ExactBox, whoMayReadsRootsSocketsAndGoesOnWithoutTheHelper) {
    Client bob(kBob);
    EXPECT_EQ(bob.ask(kExact, port()).toStdString(), "OK 321");
    EXPECT_THAT(newLogLines().join(QLatin1Char('\n')).toStdString(),
                AllOf(HasSubstr("read-exactly: "), HasSubstr("programs that read all sockets handed out")));
    const qint64 helper = pidOf(kHelper);
    EXPECT_GT(programsOf(bob.pid()), 0);
    EXPECT_EQ(programsOf(helper), 0) << "the helper keeps nothing of them";
    killService(kHelper, SIGKILL);
    setIdle(654);
    EXPECT_EQ(bob.ask(kAgain, port()).toStdString(), "OK 654");
    EXPECT_EQ(bob.ask(kExact, port()).toStdString(), "OK 654") << "a second time";
}

TEST_F(ExactBox, whoMayIsToldOfEndsAndOfThoseOfOthersWithoutTheirErrors) {
    Client bob(kBob);
    ASSERT_EQ(bob.ask(kExact, port()).toStdString(), "OK 321");
    std::thread server([this] {
        const UniqueFd accepted = loopback.accepted();
        const linger now{1, 0};
        EXPECT_EQ(setsockopt(accepted.get(), SOL_SOCKET, SO_LINGER, &now, sizeof now), 0);
    });
    EXPECT_EQ(bob.ask(QStringLiteral("ended"), port()).toStdString(), "client 104, server masked");
    shutdown(loopback.listener.get(), SHUT_RD); // who waits for a connection that never came waits no longer
    server.join();
}

TEST_F(ExactBox, whoIsInAnotherNetworkNamespaceIsNotToldOfEndsHere) {
    Client bob(kBob, {QStringLiteral("unshare"), QStringLiteral("-n")});
    EXPECT_THAT(bob.ask(kExact, port()).toStdString(), testing::Not(HasSubstr("321"))) << "its own sockets are others";
    EXPECT_EQ(bob.ask(QStringLiteral("ended"), port()).toStdString(), "no ends");
}

TEST_F(ExactBox, inTheTerminalWhoeverAsksForItIsAsked) {
    const auto list = [this](const char* user) {
        return runCtl(user, {QStringLiteral("list"), QStringLiteral("--source"), QStringLiteral("bpf"),
                             QStringLiteral("--json"), QStringLiteral("sport:") + port()});
    };
    const Ended bob = list("bob");
    ASSERT_EQ(bob.status, 0) << bob.err;
    const json all = json::parse(bob.out);
    EXPECT_EQ(all["source"], "bpf");
    ASSERT_EQ(all["connections"].size(), 1U);
    EXPECT_EQ(all["connections"][0]["keepalive"]["idle_s"]["value"], 321);
    EXPECT_EQ(all["connections"][0]["keepalive"]["idle_s"]["provenance"], "exact");
    EXPECT_EQ(all["connections"][0]["processes"][0]["pid"], getpid());
    const Ended carol = list("carol");
    EXPECT_EQ(carol.status, 3);
    EXPECT_THAT(carol.err, HasSubstr("sudo halfopenctl list --source bpf"));
}

/// By the loader: no process has a descriptor of it yet.
TEST_F(ExactBox, aConnectionThatWaitsInAQueueIsChangedThroughTheHelper) {
    loopback.connectClient();
    const auto waiting = json::parse(runCtl("root", {QStringLiteral("list"), QStringLiteral("--json"),
                                                     QStringLiteral("sport:") + port(), QStringLiteral("established")})
                                         .out)["connections"];
    ASSERT_EQ(waiting.size(), 1U);
    const std::string cookie = waiting[0]["cookie"];
    const auto set = [&](const char* user) {
        return runCtl(user, {QStringLiteral("set"), QString::fromStdString(cookie), QStringLiteral("--keepalive"),
                             QStringLiteral("on"), QStringLiteral("--idle"), QStringLiteral("99")});
    };
    const Ended carol = set("carol");
    EXPECT_EQ(carol.status, 3) << carol.err;
    const Ended bob = set("bob");
    EXPECT_EQ(bob.status, 0) << bob.err;
    EXPECT_THAT(newLogLines().join(QLatin1Char('\n')).toStdString(),
                HasSubstr("keepalive off -> on, idle 321 -> 99 s"));
    const UniqueFd server = loopback.accepted();
    EXPECT_EQ(test::optionOf(server.get(), IPPROTO_TCP, TCP_KEEPIDLE), 99);
    EXPECT_EQ(test::optionOf(server.get(), SOL_SOCKET, SO_KEEPALIVE), 1);
}

TEST_F(ExactBox, whoMayNotGetsNone) {
    Client carol(kCarol);
    EXPECT_THAT(carol.ask(kExact, port()).toStdString(), StartsWith(kindOf(PrivilegeErrorKind::NotAuthorized)));
    EXPECT_EQ(programsOf(carol.pid()), 0);
    EXPECT_TRUE(newLogLines().isEmpty());
}

TEST_F(ExactBox, dialogSaysForHowLong) {
    Client alice(kAlice);
    EXPECT_THAT(alice.ask(kExact, port()).toStdString(), StartsWith(kindOf(PrivilegeErrorKind::NoAgent)));
    const auto agent = agentFor(alice, kAlice, kPassword);
    EXPECT_EQ(alice.ask(kExact, port()).toStdString(), "OK 321");
    EXPECT_THAT(
        agent->waitFor(QStringLiteral("BEGIN ")).toStdString(),
        AllOf(StartsWith("org.halfopen.helper.read-exactly | "), HasSubstr("until the program that asks ends")));
}

TEST_F(ExactBox, withoutTheKernelsTypesNobodyIsAsked) {
    umount2("/sys", MNT_DETACH);
    killService(kHelper, SIGKILL);
    Client carol(kCarol); // whom polkit would refuse
    EXPECT_THAT(carol.ask(kExact, port()).toStdString(),
                AllOf(StartsWith(kindOf(PrivilegeErrorKind::NotSupported)), HasSubstr("it has no BTF")));
}

} // namespace
} // namespace halfopen
