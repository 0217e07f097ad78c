// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of the guard, set by ordinary users over the real bus and held against what the kernel makes of new
// connections.
#include "core/actions/guard_file.h"
#include "core/actions/guard_rules.h"
#include "tests/core/kernel/bpf/guard_test.h"
#include "tests/helper/box.h"
#include "tests/helper/box_ctl.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <sys/file.h>
#include <sys/mount.h>

#include <chrono>
#include <climits>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>

namespace halfopen {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string kAllGroups = "/run/cgroup"; ///< of the machine
const std::string kGroups = "/sys/fs/cgroup"; ///< what the box sees of it
const std::string kPrograms = "/sys/fs/bpf";
const std::string kFile = "/etc/halfopen/guard.conf";
const GuardRule kRule{"x.service", 300, 60, 5, 0};
const QString kSetRule = QStringLiteral("x.service 300 60 5 0 1"); ///< words of "guard"

std::map<std::string, std::string> statusOf(qint64 pid) {
    std::map<std::string, std::string> fields;
    std::ifstream file("/proc/" + std::to_string(pid) + "/status");
    for (std::string line; std::getline(file, line);)
        if (const auto colon = line.find(":\t"); colon != std::string::npos)
            fields[line.substr(0, colon)] = line.substr(colon + 2);
    return fields;
}

/// The process of this name that this one has forked; 0: none.
qint64 childOf(qint64 parent, const std::string& name) {
    for (const auto& process : fs::directory_iterator("/proc")) {
        const qint64 pid = QString::fromStdString(process.path().filename().string()).toLongLong();
        auto status = pid > 0 ? statusOf(pid) : std::map<std::string, std::string>();
        if (status["PPid"] == std::to_string(parent) && status["Name"] == name)
            return pid;
    }
    return 0;
}

/// The box sees a control group of its own as the root of all, and has a BPF file system of its own.
class GuardBox : public BoxTest {
protected:
    void SetUp() override {
        BoxTest::SetUp();
        fs::create_directories(kAllGroups);
        ASSERT_EQ(mount("sysfs", "/sys", "sysfs", 0, nullptr), 0) << strerror(errno);
        if (mount("cgroup2", kAllGroups.c_str(), "cgroup2", 0, nullptr) != 0)
            GTEST_SKIP() << "no cgroup2 file system here: " << strerror(errno);
        m_home = kAllGroups + test::ownCgroup();
        m_own =
            kAllGroups + "/halfopen-box-" + std::to_string(std::chrono::system_clock::now().time_since_epoch().count());
        if (mkdir(m_own.c_str(), 0755) != 0)
            GTEST_SKIP() << "no control group can be made: " << strerror(errno);
        ASSERT_EQ(mount(m_own.c_str(), kGroups.c_str(), nullptr, MS_BIND, nullptr), 0) << strerror(errno);
        if (mount("bpf", kPrograms.c_str(), "bpf", 0, nullptr) != 0)
            GTEST_SKIP() << "no BPF file system here: " << strerror(errno);
        killService(kHelper, SIGKILL); // that of before sees none of it
        const auto tried = GuardProgram::install({kGroups, kPrograms}, {});
        if (!tried)
            GTEST_SKIP() << inEnglish(tried.error());
        ASSERT_EQ(GuardProgram::remove({kGroups, kPrograms}), true);
        fs::create_directory(kGroups + "/x.service");
    }

    void TearDown() override {
        killService(kHelper, SIGKILL);
        fs::remove_all("/etc/halfopen");
        if (!m_own.empty())
            for (const auto& entry : fs::directory_iterator(m_own))
                if (entry.is_directory())
                    rmdir(entry.path().c_str());
        for (const std::string& mounted : {kPrograms, kGroups})
            umount2(mounted.c_str(), MNT_DETACH);
        if (!m_own.empty()) {
            EXPECT_EQ(rmdir(m_own.c_str()), 0) << strerror(errno);
        }
        umount2(kAllGroups.c_str(), MNT_DETACH);
        umount2("/sys", MNT_DETACH);
    }

    /// A connection whose both ends are made in a control group.
    struct Made : test::Loopback {
        UniqueFd server;
    };
    std::unique_ptr<Made> madeIn(const std::string& group) const {
        EXPECT_TRUE(test::enterCgroup(kGroups + '/' + group));
        auto made = std::make_unique<Made>();
        made->connectClient();
        made->server = made->accepted();
        EXPECT_TRUE(test::enterCgroup(m_home));
        return made;
    }
    /// What such a connection has.
    test::KeepaliveOf newIn(const std::string& group) const {
        const auto made = madeIn(group);
        EXPECT_EQ(test::keepaliveOf(made->client.get()), test::keepaliveOf(made->server.get()));
        return test::keepaliveOf(made->server.get());
    }

    static std::string file() {
        std::ifstream stream(kFile);
        return {std::istreambuf_iterator<char>(stream), {}};
    }
    static std::string setCall(const char* unit, const char* rest = "i:300 i:60 i:5 u:0 b:1") {
        return std::string("0 dialog 0 SetGuard s:") + unit + ' ' + rest;
    }
    static std::string raw(Client& client, const std::string& words) {
        return client.ask(kCall, QString::fromStdString(words)).toStdString();
    }
    static std::string listed(Client& client) { return raw(client, "0 nodialog 0 ListGuards"); }

    inline static const test::KeepaliveOf kGuarded{1, 300, 60, 5, 0};

private:
    std::string m_home; ///< where this process was
    std::string m_own;  ///< in kAllGroups
};

TEST_F(GuardBox, whoMayGuardsAUnitSeesWhatItDoesAndTakesItBack) {
    Client bob(kBob);
    EXPECT_EQ(newIn("x.service"), test::kUntouched);
    EXPECT_EQ(raw(bob, setCall("x.service")), "OK");
    EXPECT_EQ(newIn("x.service"), kGuarded);
    EXPECT_EQ(file(), guardFileText({kRule}));
    EXPECT_EQ(fs::status(kFile).permissions(), fs::perms(0644));
    EXPECT_EQ(fs::status("/etc/halfopen").permissions(), fs::perms(0755));
    EXPECT_EQ(listed(bob), "OK [x.service 300/60/5 ut0 1 1 0 0]");
    const QStringList log = newLogLines();
    ASSERT_EQ(log.size(), 1);
    EXPECT_THAT(log.at(0).toStdString(), HasSubstr("x.service: idle 300 s, interval 60 s, probes 5, user timeout 0 ms, "
                                                   "kept after reboot: yes"));
    EXPECT_EQ(raw(bob, "0 dialog 0 ForgetGuard s:x.service"), "OK");
    EXPECT_EQ(newIn("x.service"), test::kUntouched);
    EXPECT_FALSE(fs::exists(kFile));
    EXPECT_EQ(listed(bob), "OK");
    EXPECT_TRUE(fs::is_empty(kPrograms + "/halfopen"));
    EXPECT_EQ(newLogLines().size(), 1);
    EXPECT_EQ(raw(bob, "0 dialog 0 ForgetGuard s:x.service"), "OK") << "there is none";
    EXPECT_TRUE(newLogLines().isEmpty());
}

TEST_F(GuardBox, untilTheNextBootAlone) {
    Client bob(kBob);
    EXPECT_EQ(raw(bob, setCall("x.service", "i:300 i:60 i:5 u:0 b:0")), "OK");
    EXPECT_EQ(newIn("x.service"), kGuarded);
    EXPECT_FALSE(fs::exists(kFile));
    EXPECT_EQ(bob.ask(QStringLiteral("guards")).toStdString(), "OK [x.service 300 until-reboot 2]");
    EXPECT_EQ(bob.ask(QStringLiteral("guard"), QStringLiteral("* 900 0 0 0 1")), QStringLiteral("OK"));
    EXPECT_EQ(bob.ask(QStringLiteral("guards")).toStdString(), "OK [* 900 kept 0][x.service 300 until-reboot 2]");
    EXPECT_EQ(GuardRules({kGroups, kPrograms}).restore(), 1U) << "as at boot";
    EXPECT_EQ(bob.ask(QStringLiteral("guards")).toStdString(), "OK [* 900 kept 0]");
    EXPECT_EQ(bob.ask(QStringLiteral("unguard"), QStringLiteral("*")), QStringLiteral("OK"));
    EXPECT_EQ(bob.ask(QStringLiteral("guards")).toStdString(), "OK");
}

TEST_F(GuardBox, longNamesAreNamesLikeOthers) {
    const std::string docker = "docker-" + std::string(64, 'f') + ".scope";
    fs::create_directory(kGroups + '/' + docker);
    Client bob(kBob);
    EXPECT_EQ(raw(bob, setCall(docker.c_str())), "OK");
    EXPECT_EQ(newIn(docker), kGuarded);
    EXPECT_EQ(listed(bob), "OK [" + docker + " 300/60/5 ut0 1 1 0 0]");
    EXPECT_EQ(raw(bob, "0 dialog 0 ForgetGuard s:" + docker), "OK");
    EXPECT_EQ(newIn(docker), test::kUntouched);
}

TEST_F(GuardBox, dialogShowsTheRule) {
    Client alice(kAlice);
    const auto agent = agentFor(alice, kAlice, kPassword);
    EXPECT_EQ(alice.ask(QStringLiteral("guard"), kSetRule), QStringLiteral("OK"));
    EXPECT_THAT(agent->waitFor(QStringLiteral("BEGIN ")).toStdString(),
                AllOf(StartsWith("org.halfopen.helper.guard | "),
                      HasSubstr("keepalive: x.service: TCP_KEEPIDLE 300 s, TCP_KEEPINTVL 60 s, TCP_KEEPCNT 5 (+ "
                                "/etc/halfopen/guard.conf) | ")));
    EXPECT_EQ(newIn("x.service"), kGuarded);
}

TEST_F(GuardBox, whoMayNotChangesNothingAndMayLook) {
    Client carol(kCarol);
    EXPECT_THAT(raw(carol, setCall("x.service")), StartsWith("ERROR org.halfopen.Error.NotAuthorized"));
    EXPECT_THAT(carol.ask(QStringLiteral("guard"), kSetRule).toStdString(),
                testing::EndsWith("| sudo halfopenctl guard x.service --idle 300 --interval 60 --probes 5"));
    Client bob(kBob);
    ASSERT_EQ(raw(bob, setCall("x.service")), "OK");
    EXPECT_THAT(raw(carol, "0 dialog 0 ForgetGuard s:x.service"), StartsWith("ERROR org.halfopen.Error.NotAuthorized"));
    EXPECT_EQ(listed(carol), "OK [x.service 300/60/5 ut0 0 0 0 0]");
    EXPECT_EQ(file(), guardFileText({kRule}));
}

/// carol is refused by polkit, so another error than NotAuthorized came before the question.
TEST_F(GuardBox, nonsenseIsRefusedBeforeAnybodyIsAsked) {
    Client carol(kCarol);
    const std::string tooLong(kMostGuardName + 1, 'x');
    for (const char* unit :
         {"", "a/b.service", "..", "a..b.service", "/", "x\ty.service", "no-such-group", "\xff", tooLong.c_str()}) {
        EXPECT_THAT(raw(carol, setCall(unit)), StartsWith("ERROR org.halfopen.Error.OutOfRange")) << unit;
        if (std::string_view(unit) != "no-such-group") {
            EXPECT_THAT(raw(carol, std::string("0 dialog 0 ForgetGuard s:") + unit),
                        StartsWith("ERROR org.halfopen.Error.OutOfRange"))
                << unit;
        }
    }
    for (const char* values : {"i:0 i:60 i:5 u:0 b:1", "i:-1 i:60 i:5 u:0 b:1", "i:32768 i:60 i:5 u:0 b:1",
                               "i:300 i:-1 i:5 u:0 b:1", "i:300 i:32768 i:5 u:0 b:1", "i:300 i:60 i:128 u:0 b:1",
                               "i:300 i:60 i:-1 u:0 b:1", "i:300 i:60 i:5 u:2147483648 b:1"})
        EXPECT_THAT(raw(carol, setCall("x.service", values)), StartsWith("ERROR org.halfopen.Error.OutOfRange"))
            << values;
    Client bob(kBob);
    EXPECT_THAT(raw(bob, setCall("x.service", "i:300 i:60 i:5 i:0 b:1")), HasSubstr("Error.UnknownMethod"));
    fs::create_directory(kGroups + "/no-unit");
    EXPECT_EQ(raw(bob, setCall("no-unit")), "OK") << "a control group that is there";
    EXPECT_EQ(newIn("no-unit"), kGuarded);
}

TEST_F(GuardBox, whatOthersCouldWriteIsNotHeeded) {
    Client bob(kBob);
    ASSERT_EQ(raw(bob, setCall("x.service")), "OK");
    const auto refused = [&] {
        const std::string answer = raw(bob, setCall("y.service"));
        EXPECT_THAT(answer, StartsWith("ERROR org.halfopen.Error.WriteFailed"));
        EXPECT_EQ(listed(bob), "OK [x.service 300/60/5 ut0 0 0 0 0]") << answer;
    };
    fs::permissions(kFile, fs::perms(0664));
    refused();
    fs::permissions(kFile, fs::perms(0644));
    fs::rename(kFile, "/etc/halfopen/other");
    fs::create_symlink("/etc/halfopen/other", kFile);
    refused();
    fs::rename("/etc/halfopen/other", kFile);
    fs::permissions("/etc/halfopen", fs::perms(0777));
    refused();
    fs::permissions("/etc/halfopen", fs::perms(0755));
    ASSERT_EQ(chown((kPrograms + "/halfopen").c_str(), 1, 0), 0);
    EXPECT_THAT(raw(bob, setCall("y.service")), StartsWith("ERROR org.halfopen.Error.WriteFailed"));
    EXPECT_EQ(file(), guardFileText({kRule}));
    ASSERT_EQ(chown((kPrograms + "/halfopen").c_str(), 0, 0), 0);
    EXPECT_EQ(raw(bob, setCall("y.service")), "OK");
}

/// Two at once lose nothing: root's own and the helper.
TEST_F(GuardBox, twoAtOnceLoseNothing) {
    Client bob(kBob);
    constexpr int kEach = 10;
    QStringList ids;
    for (int i = 0; i < kEach; ++i) {
        ids << bob.begin(kCall, QString::fromStdString(setCall(fmt::format("bob{}.service", i).c_str())));
        EXPECT_EQ(runCtl("root", {QStringLiteral("guard"), QStringLiteral("root%1.service").arg(i),
                                  QStringLiteral("--idle"), QStringLiteral("60")})
                      .status,
                  0);
        EXPECT_EQ(bob.answer(ids.back()).toStdString(), "OK");
    }
    EXPECT_EQ(readGuardFile()->size(), 2U * kEach);
    EXPECT_EQ(GuardRules({kGroups, kPrograms}).inKernel()->size(), 2U * kEach);
}

TEST_F(GuardBox, whoHoldsTheRulesUpHoldsUpNobodyElse) {
    Client bob(kBob);
    Client other(kBob);
    ASSERT_EQ(raw(bob, setCall("x.service")), "OK");
    const UniqueFd lock(open("/etc/halfopen", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    ASSERT_EQ(flock(lock.get(), LOCK_EX), 0);
    const QString id = bob.begin(kCall, QString::fromStdString(setCall("y.service")));
    EXPECT_EQ(other.ask(kOps, kOpsWanted, 2000), QStringLiteral("OK 600 30 5"));
    EXPECT_THAT(bob.answer(id, 15000).toStdString(), StartsWith("ERROR org.halfopen.Error.Busy"));
    flock(lock.get(), LOCK_UN);
    EXPECT_EQ(raw(bob, setCall("z.service")), "OK") << "and the answers are not mixed up";
    setLive(kKernel);
}

/// Threat 10: with BPF and PERFMON all of the kernel's memory can be read.
TEST_F(GuardBox, onlyTheLoaderMayLoadAndItEndsWithTheHelper) {
    Client bob(kBob);
    ASSERT_EQ(raw(bob, setCall("x.service")), "OK");
    const qint64 helper = pidOf(kHelper);
    const qint64 loader = childOf(helper, "halfopen-loader");
    ASSERT_NE(loader, 0);
    auto status = statusOf(loader);
    EXPECT_EQ(status["CapEff"], "000000c000001000") << "BPF, PERFMON, NET_ADMIN";
    EXPECT_EQ(status["CapPrm"], "000000c000001000");
    EXPECT_EQ(status["CapBnd"], "000000c000001000");
    EXPECT_EQ(status["NoNewPrivs"], "1");
    EXPECT_EQ(status["Threads"], "1");
    EXPECT_EQ(statusOf(helper)["CapEff"], "0000000000081004") << "as ever";
    std::size_t sockets = 0; // its end of the channel; not that of the opener, nor the bus
    for (const auto& entry : fs::directory_iterator("/proc/" + std::to_string(loader) + "/fd"))
        sockets += fs::read_symlink(entry.path()).string().starts_with("socket:") ? 1 : 0;
    EXPECT_EQ(sockets, 1U);
    ::kill(static_cast<pid_t>(helper), SIGKILL);
    const MonotonicTime until = MonotonicClock::now() + std::chrono::seconds(10);
    while (isRunning(loader) && MonotonicClock::now() < until) // the kernel tells it
        ::usleep(1000);
    EXPECT_FALSE(isRunning(loader));
    EXPECT_EQ(newIn("x.service"), kGuarded) << "it takes no process";
}

TEST_F(GuardBox, ctlAsAnOrdinaryUser) {
    const QStringList kGuardX{QStringLiteral("guard"),    QStringLiteral("x.service"),  QStringLiteral("--idle"),
                              QStringLiteral("5m"),       QStringLiteral("--interval"), QStringLiteral("60"),
                              QStringLiteral("--probes"), QStringLiteral("5")};
    const Ended refused = runCtl("carol", kGuardX);
    EXPECT_EQ(refused.status, 3);
    EXPECT_THAT(refused.err, HasSubstr("sudo halfopenctl guard x.service --idle 300 --interval 60 --probes 5"));
    const Ended set = runCtl("bob", kGuardX);
    EXPECT_EQ(set.status, 0) << set.err;
    EXPECT_THAT(set.out, HasSubstr("In effect, and kept after a reboot."));
    EXPECT_EQ(newIn("x.service"), kGuarded);
    const Ended list = runCtl("carol", {QStringLiteral("guard"), QStringLiteral("list"), QStringLiteral("--json")});
    EXPECT_EQ(list.status, 0) << list.err;
    const json rule = json::parse(list.out)["rules"][0];
    EXPECT_EQ(rule["unit"], "x.service");
    EXPECT_EQ(rule["kept"], true);
    EXPECT_EQ(rule["in_effect"], true);
    EXPECT_EQ(rule["guarded_passive"], 1);
    const Ended brief =
        runCtl("bob", kGuardX + QStringList{QStringLiteral("--until-reboot"), QStringLiteral("--json")});
    EXPECT_EQ(json::parse(brief.out)["kept"], false);
    const auto forget = [](const char* user, const char* word) {
        return runCtl(user, {QStringLiteral("guard"), QStringLiteral("forget"), QString::fromLatin1(word)}).status;
    };
    EXPECT_EQ(forget("carol", "x.service"), 3);
    EXPECT_EQ(forget("carol", "none.service"), 1) << "nobody is asked";
    EXPECT_EQ(forget("bob", "--all"), 0);
    EXPECT_EQ(newIn("x.service"), test::kUntouched);
    EXPECT_FALSE(fs::exists(kFile));
}

/// As somebody sees it who reads the socket: root.
TEST_F(GuardBox, showSaysWhoseKeepaliveItIs) {
    Client bob(kBob);
    fs::create_directory(kGroups + "/y.service");
    ASSERT_EQ(raw(bob, setCall("x.service")), "OK");
    const auto guarded = madeIn("x.service");
    const auto other = madeIn("y.service");
    const auto shown = [](const Made& made, bool asJson) {
        const QString cookie = QString::number(test::cookieOf(made.client.get()), 16);
        return runCtl("root", QStringList{QStringLiteral("show"), cookie} +
                                  (asJson ? QStringList{QStringLiteral("--json")} : QStringList()))
            .out;
    };
    EXPECT_THAT(shown(*guarded, false), HasSubstr("Its keepalive is that of Halfopen's rule for x.service (derived"));
    EXPECT_EQ(json::parse(shown(*guarded, true))["guarded_by"], "x.service");
    EXPECT_THAT(shown(*other, false), Not(HasSubstr("Halfopen's rule")));
    EXPECT_TRUE(json::parse(shown(*other, true))["guarded_by"].is_null());
}

} // namespace
} // namespace halfopen
