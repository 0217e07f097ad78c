// SPDX-License-Identifier: GPL-3.0-or-later
// Another machine, by a real sshd: it is this machine's own network once more, so everything must be the same.
#include "tests/core/loopback_test.h"
#include "tests/ctl/ssh_server.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <netinet/tcp.h>

#include <algorithm>
#include <filesystem>
#include <map>

namespace halfopen {
namespace {

using namespace test;
using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class CtlRemote : public LoopbackTest {
protected:
    void SetUp() override {
        LoopbackTest::SetUp();
        if (IsSkipped() || HasFatalFailure())
            return;
        if (const auto why = SshServer::whyNot())
            SKIP_UNLESS_CI(*why);
        setOption(loopback.client.get(), SOL_SOCKET, SO_KEEPALIVE, 1);
        setOption(loopback.client.get(), IPPROTO_TCP, TCP_KEEPIDLE, 77);
    }
    static json rowOf(const json& listed, const std::string& cookie) {
        for (const json& one : listed["connections"])
            if (one["cookie"] == cookie)
                return one;
        return {};
    }
    json mineOf(const Outcome& listed) const {
        const json all = json::parse(listed.out, nullptr, false);
        return all.is_discarded() ? json() : rowOf(all, mine());
    }
    /// What is the same from one moment to the next.
    static json withoutMoments(json row) {
        for (const char* key : {"forecast", "sampled_ns", "timer", "tcp", "age", "rate"})
            row.erase(key);
        return row;
    }
    static std::size_t sameRows(const Outcome& there, const Outcome& here) {
        const json head = json::parse(there.out);
        const json own = json::parse(here.out);
        std::size_t same = 0;
        for (const json& row : own["connections"])
            if (row["state"] == "ESTABLISHED" || row["state"] == "LISTEN")
                same += withoutMoments(rowOf(head, row["cookie"])) == withoutMoments(row);
        return same;
    }
    static std::map<std::string, json> namesAndValues(const Outcome& settings) {
        const json all = json::parse(settings.out);
        std::map<std::string, json> values;
        for (const json& one : all["settings"])
            values.emplace(one["name"], one["value"]);
        return values;
    }
    std::string mine() const { return fmt::format("{:#x}", cookie); }

    SshServer far;
};

TEST_F(CtlRemote, tellsTheSameAsTheMachineItself) {
    ASSERT_EQ(far.start(), "");
    Outcome there;
    Outcome here;
    // A diagnosis or condition that begins or ends between the two: then both are told once more.
    for (int pair = 0; pair == 0 || (pair < 5 && sameRows(there, here) != 4); ++pair) {
        there = far.ctl({"list", "--json", "--host", "far"});
        ASSERT_EQ(there.exitCode, 0) << there.err;
        here = far.ctl({"list", "--json", "--source", "sock_diag"});
        ASSERT_EQ(here.exitCode, 0) << here.err;
    }
    EXPECT_EQ(sameRows(there, here), 4U) << "both ends, their listener, and that of sshd: " << there.out << here.out;
    const json remote = mineOf(there);
    ASSERT_FALSE(remote.is_null()) << there.out;
    EXPECT_EQ(remote["keepalive"]["idle_s"]["value"], 77);
    EXPECT_EQ(remote["keepalive"]["idle_s"]["provenance"], "exact");
    EXPECT_TRUE(std::ranges::any_of(remote["processes"], [](const json& its) { return its["pid"] == getpid(); }))
        << "among those that were forked here: " << remote["processes"];
    const json head = json::parse(there.out);
    const json own = json::parse(here.out);
    for (const char* key : {"host", "kernel", "hz", "sysctl", "netns"})
        EXPECT_EQ(head[key], own[key]) << key;
    EXPECT_EQ(mineOf(there)["forecast"]["next"]["event"], mineOf(here)["forecast"]["next"]["event"]);
    EXPECT_EQ(mineOf(there)["forecast"]["phase"], "band") << "never to the tick of another clock";
}

TEST_F(CtlRemote, isShownRecordedAndItsSettingsTold) {
    setOption(loopback.client.get(), IPPROTO_TCP, TCP_KEEPINTVL, 7);
    setOption(loopback.client.get(), IPPROTO_TCP, TCP_KEEPCNT, 3);
    ASSERT_EQ(far.start(), "");
    const Outcome shown = far.ctl({"show", mine(), "--host", "far"});
    EXPECT_EQ(shown.exitCode, 0) << shown.err;
    EXPECT_THAT(shown.out, HasSubstr("77"));
    const std::string file = (far.directory() / "far.dump").string();
    const Outcome recorded = far.ctl({"record", file, "--host", "far"});
    EXPECT_EQ(recorded.exitCode, 0) << recorded.err;
    const Outcome recordedList = far.ctl({"list", "--json", "--replay", file});
    EXPECT_FALSE(mineOf(recordedList).is_null());
    const Outcome unknown = far.ctl({"show", "0x1", "--host", "far"});
    EXPECT_EQ(unknown.exitCode, 1);
    EXPECT_THAT(unknown.err, HasSubstr("on far (any more)"));
    const Outcome settings = far.ctl({"sysctl", "--json", "--host", "far"});
    EXPECT_EQ(settings.exitCode, 0) << settings.err;
    EXPECT_EQ(json::parse(settings.out)["sysctl"], json::parse(far.ctl({"list", "--json"}).out)["sysctl"]);
    for (const auto& [name, value] : namesAndValues(far.ctl({"sysctl", "--json"})))
        EXPECT_EQ(namesAndValues(settings)[name], value) << name;
    EXPECT_EQ(json::parse(settings.out)["host"], json::parse(recordedList.out)["host"]);
    EXPECT_TRUE(json::parse(settings.out)["drop_in"].is_null());
    EXPECT_GE(json::parse(settings.out)["followers"]["own_values"], 1) << "those of mine";
    const Outcome table = far.ctl({"sysctl", "--host", "far"});
    EXPECT_THAT(table.out, AllOf(HasSubstr("tcp_keepalive_time"), HasSubstr("tcp_fin_timeout"),
                                 HasSubstr("not told by far"), HasSubstr("follow these values")));
    const Outcome noOwners = far.ctl({"list", "--json", "--no-owners", "--host", "far"});
    EXPECT_TRUE(mineOf(noOwners)["processes"].empty());
}

TEST_F(CtlRemote, anEndThereIsAnEvent) {
    ASSERT_EQ(far.start(), "");
    const Outcome events = far.bash(fmt::format(
        R"(timeout 60 {0} events --json --host far --no-owners --count 1 --interval 250ms 'dport = :{1}' | while read -r line; do
               echo "$line"
               case $line in *'"begin"'*) {0} close {2} > /dev/null ;; esac
           done)",
        kProgram, ntohs(loopback.address.sin_port), mine()));
    EXPECT_THAT(events.out, HasSubstr("\"closed\"")) << events.err;
    EXPECT_THAT(events.out, HasSubstr(mine()));
}

TEST_F(CtlRemote, hostKeysAreSshsBusiness) {
    ASSERT_EQ(far.start(), "");
    far.forgetHost();
    const Outcome unknown = far.ctl({"list", "--host", "far"});
    EXPECT_EQ(unknown.exitCode, 3);
    EXPECT_THAT(unknown.err, HasSubstr("far has a host key that is not known here"));
    far.changeKnownHost();
    const Outcome changed = far.ctl({"list", "--host", "far"});
    EXPECT_EQ(changed.exitCode, 3);
    EXPECT_THAT(changed.err, AllOf(HasSubstr("is not the machine that it was"), HasSubstr("SHA256:")));
}

TEST_F(CtlRemote, whoIsNotLetInIsToldWhy) {
    ASSERT_EQ(far.start(), "");
    far.configure(fmt::format(" IdentityFile {}/other\n", far.directory().string()));
    std::filesystem::remove(far.directory() / "user");
    const Outcome refused = far.ctl({"list", "--host", "far"});
    EXPECT_EQ(refused.exitCode, 3);
    EXPECT_THAT(refused.err, AllOf(HasSubstr("lets nobody in"), HasSubstr("SSH_AUTH_SOCK")));
    const Outcome nowhere = far.ctl({"list", "--host", "nobody@127.0.0.1:1"});
    EXPECT_EQ(nowhere.exitCode, 1);
    EXPECT_THAT(nowhere.err, HasSubstr("ssh to nobody@127.0.0.1:1:"));
}

TEST_F(CtlRemote, sshIsToldWhereNothingCanAsk) {
    far.replaceSsh("echo \"$@\" >&2; exit 255");
    EXPECT_THAT(far.ctl({"list", "--host", "far"}).err, HasSubstr("BatchMode=yes"));
    const Outcome asked = far.bash("SSH_ASKPASS=/bin/true SSH_ASKPASS_REQUIRE=force " + kProgram + " list --host far");
    EXPECT_THAT(asked.err, AllOf(HasSubstr("ssh to far: -T"), Not(HasSubstr("BatchMode=yes"))));
}

TEST_F(CtlRemote, whatTheConfigurationSaysDoesNotDisturb) {
    ASSERT_EQ(far.start({.path = {}, .saysBefore = "Welcome to db7!", .forced = {}}), "");
    far.configure(
        " RemoteCommand id\n RequestTTY force\n ForwardAgent yes\n PermitLocalCommand yes\n LocalCommand echo "
        "local\n");
    const Outcome listed = far.ctl({"list", "--json", "--host", "far"});
    ASSERT_EQ(listed.exitCode, 0) << listed.err;
    EXPECT_FALSE(mineOf(listed).is_null());
    EXPECT_THAT(json::parse(listed.out)["notes"].dump(), HasSubstr("Welcome to db7!"));
}

TEST_F(CtlRemote, goesThroughAJumpHost) {
    ASSERT_EQ(far.start(), "");
    const auto passed = far.directory() / "passed";
    far.configure(fmt::format("Match originalhost far\n ProxyJump jump\nMatch originalhost jump\n PermitLocalCommand "
                              "yes\n LocalCommand touch {}\n",
                              passed.string()));
    const Outcome listed = far.ctl({"list", "--json", "--host", "far"});
    ASSERT_EQ(listed.exitCode, 0) << listed.err;
    EXPECT_FALSE(mineOf(listed).is_null());
    EXPECT_TRUE(std::filesystem::exists(passed)) << "ssh has not been at the jump host";
    const std::string jump = "Match originalhost far\n ProxyJump jump\nMatch originalhost jump\n ";
    far.configure(jump + "HostKeyAlias nobody\n");
    const Outcome unknown = far.ctl({"list", "--host", "far"});
    EXPECT_EQ(unknown.exitCode, 3);
    EXPECT_THAT(unknown.err, HasSubstr("A jump host on the way to far has a host key that is not known here"));
    far.configure(jump + "ProxyCommand sh -c 'echo the line is down >&2; exit 1'\n");
    const Outcome off = far.ctl({"list", "--host", "far"});
    EXPECT_EQ(off.exitCode, 1);
    EXPECT_THAT(off.err, HasSubstr("ssh to far: the line is down."));
}

TEST_F(CtlRemote, aForcedCommandIsEnough) {
    ASSERT_EQ(far.start({.path = {}, .saysBefore = {}, .forced = "halfopenctl stream"}), "");
    const Outcome listed = far.ctl({"list", "--json", "--host", "far"});
    ASSERT_EQ(listed.exitCode, 0) << listed.err;
    EXPECT_FALSE(mineOf(listed).is_null());
    EXPECT_NE(far.bash("ssh far id").exitCode, 0) << "and nothing else is run";
}

TEST_F(CtlRemote, whatIsMissingOrOldThereIsSaid) {
    const std::string noShell = far.program("sh", "exit 127");
    ASSERT_EQ(far.start({.path = noShell, .saysBefore = {}, .forced = {}}), "");
    const Outcome missing = far.ctl({"list", "--host", "far"});
    EXPECT_EQ(missing.exitCode, 4);
    EXPECT_THAT(missing.err, HasSubstr("There is neither halfopenctl nor ss"));
    std::filesystem::remove(noShell + "/sh");
    ASSERT_EQ(far.start({.path = "/nowhere", .saysBefore = {}, .forced = {}}), "");
    const Outcome netns = far.ctl({"list", "--host", "far", "--netns", "web"});
    EXPECT_EQ(netns.exitCode, 4);
    EXPECT_THAT(netns.err, HasSubstr("There is no halfopenctl on far"));
    ASSERT_EQ(far.start({.path = far.program("ss", "echo nothing"), .saysBefore = {}, .forced = {}}), "");
    const Outcome another = far.ctl({"list", "--host", "far"});
    EXPECT_NE(another.exitCode, 0) << another.out;
    const std::string old =
        far.program("halfopenctl", "echo 'The following argument was not expected: stream' >&2; exit 2");
    ASSERT_EQ(far.start({.path = old, .saysBefore = {}, .forced = {}}), "");
    const Outcome tooOld = far.ctl({"list", "--host", "far"});
    EXPECT_EQ(tooOld.exitCode, 4);
    EXPECT_THAT(tooOld.err, HasSubstr("older than this one"));
}

TEST_F(CtlRemote, whatAnswersInItsPlaceIsSaid) {
    ASSERT_EQ(far.start({.path = {}, .saysBefore = {}, .forced = "echo hello there"}), "");
    const Outcome answered = far.ctl({"list", "--host", "far"});
    EXPECT_EQ(answered.exitCode, 1);
    EXPECT_THAT(answered.err,
                HasSubstr("No halfopenctl has answered on far: what was run there has ended (0). It said: "
                          "hello there."));
}

TEST_F(CtlRemote, whereThereIsNoHalfopenctlSsTells) {
    ASSERT_EQ(far.start({.path = "/nowhere", .saysBefore = "Welcome to db7!", .forced = {}}), "");
    const Outcome there = far.ctl({"list", "--json", "--host", "far"});
    ASSERT_EQ(there.exitCode, 0) << there.err;
    const json head = json::parse(there.out);
    EXPECT_THAT(head["notes"].dump(), AllOf(HasSubstr("There is no halfopenctl on far"), HasSubstr("Welcome to db7!")));
    const Outcome here = far.ctl({"list", "--json", "--source", "sock_diag"});
    const json own = json::parse(here.out);
    for (const char* key : {"host", "kernel", "sysctl"})
        EXPECT_EQ(head[key], own[key]) << key;
    const json remote = mineOf(there);
    const json local = mineOf(here);
    ASSERT_FALSE(remote.is_null()) << there.out;
    for (const char* key : {"local", "remote", "state", "inode", "cookie", "uid"})
        EXPECT_EQ(remote[key], local[key]) << key;
    EXPECT_TRUE(remote["processes"].empty());
    EXPECT_NE(remote["keepalive"]["idle_s"]["provenance"], "exact");
    EXPECT_EQ(remote["forecast"]["next"]["event"], local["forecast"]["next"]["event"]);
    EXPECT_EQ(remote["forecast"]["phase"], "band");
    const std::string file = (far.directory() / "far.dump").string();
    const Outcome recorded = far.ctl({"record", file, "--host", "far"});
    EXPECT_EQ(recorded.exitCode, 0) << recorded.err;
    const Outcome replayed = far.ctl({"list", "--json", "--replay", file});
    EXPECT_FALSE(mineOf(replayed).is_null());
    EXPECT_EQ(json::parse(replayed.out)["notes"].dump().find("cut short"), std::string::npos) << replayed.out;
    const Outcome watched = far.bash(
        fmt::format("timeout 60 {} watch --json --no-owners --count 3 --interval 300ms --host far | wc -l", kProgram));
    EXPECT_EQ(watched.out, "3\n") << watched.err;
}

TEST_F(CtlRemote, whatItRefusesItSaysItself) {
    ASSERT_EQ(far.start(), "");
    const Outcome there = far.ctl({"list", "--netns", "nowhere", "--host", "far"});
    const Outcome here = far.ctl({"list", "--netns", "nowhere"});
    EXPECT_EQ(there.exitCode, here.exitCode);
    const auto withoutThoseThere = [](const Outcome& said) { return said.err.substr(0, said.err.find(" There are:")); };
    EXPECT_THAT(there.err, HasSubstr("no network namespace nowhere"));
    EXPECT_EQ(withoutThoseThere(there), withoutThoseThere(here)) << "others come and go meanwhile";
}

TEST_F(CtlRemote, aHostileFarEndIsCutOff) {
    const std::string bad =
        far.program("halfopenctl", R"(printf 'halfopen stream 1 %s\n' "$3"; head -c 200000 /dev/zero)");
    ASSERT_EQ(far.start({.path = bad, .saysBefore = {}, .forced = {}}), "");
    const Outcome cut = far.ctl({"list", "--host", "far"});
    EXPECT_EQ(cut.exitCode, 5);
    EXPECT_THAT(cut.err, HasSubstr("What far says makes no sense"));
    const std::string loud = far.program("halfopenctl", R"sh(yes "$(printf '\033[2J')" | head -c 1000000)sh");
    ASSERT_EQ(far.start({.path = loud, .saysBefore = {}, .forced = {}}), "");
    const Outcome noisy = far.ctl({"list", "--host", "far"});
    EXPECT_EQ(noisy.exitCode, 5);
    EXPECT_THAT(noisy.err, Not(HasSubstr("\033")));
}

TEST_F(CtlRemote, aLostLineIsMended) {
    const std::string told = (far.directory() / "pid").string();
    const std::string wrapped = far.program("halfopenctl", fmt::format("echo $$ > {}; exec {} \"$@\"", told, kProgram));
    ASSERT_EQ(far.start({.path = wrapped, .saysBefore = {}, .forced = {}}), "");
    const Outcome watched = far.bash(fmt::format(
        R"sh(timeout 60 {0} watch --json --host far --no-owners --interval 250ms 2>{1}.err | {{
               read -r first
               kill -9 "$(cat {1})"
               until grep -q lost {1}.err; do read -r -t 1 line || [ $? -gt 128 ] || exit; done
               while read -r -t 0; do read -r line || exit; done # of before
               read -r again
               echo "$again"
           }}
           cat {1}.err >&2)sh",
        kProgram, told));
    EXPECT_THAT(watched.err, AllOf(HasSubstr("The connection to far is lost"), HasSubstr("Last heard")));
    EXPECT_FALSE(mineOf(watched).is_null()) << watched.out << watched.err;
}

TEST_F(CtlRemote, nobodyIsLeftWhereTheNearEndIsKilled) {
    const std::string told = (far.directory() / "pid").string();
    const std::string wrapped = far.program("halfopenctl", fmt::format("echo $$ > {}; exec {} \"$@\"", told, kProgram));
    ASSERT_EQ(far.start({.path = wrapped, .saysBefore = {}, .forced = {}}), "");
    const Outcome killed = far.bash(fmt::format(
        R"({0} watch --json --host far --no-owners > {1}.out & near=$!
           until [ -s {1}.out ] || ! kill -0 $near; do :; done
           there=$(cat {1}); kill -9 $near
           until [ ! -e /proc/$there ]; do :; done; echo gone)",
        kProgram, told));
    EXPECT_EQ(killed.out, "gone\n") << killed.err;
}

TEST_F(CtlRemote, nothingIsChangedOnAnotherMachine) {
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"set", mine(), "--idle", "60", "--host", "far"},
          {"close", mine(), "--yes", "--host", "far"},
          {"sysctl", "--host", "far", "set", "--time", "60"},
          {"sysctl", "--host", "far", "forget"},
          {"sysctl", "set", "--time", "60", "--host", "far"},
          {"sysctl", "set", "--host", "far"},
          {"sysctl", "forget", "--host", "far"},
          {"guard", "x.service", "--idle", "60", "--host", "far"},
          {"guard", "--host", "far", "x.service", "--idle", "60", "--dry-run"},
          {"guard", "--host", "far"},
          {"guard", "list", "--host", "far"},
          {"guard", "--host", "far", "list"},
          {"guard", "forget", "x.service", "--host", "far"},
          {"guard", "--host", "far", "forget", "--all"},
          {"guard", "restore", "--host", "far"}}) {
        const Outcome refused = far.ctl(words);
        EXPECT_EQ(refused.exitCode, 4) << testing::PrintToString(words) << refused.err;
        EXPECT_THAT(refused.err, HasSubstr("changes nothing there")) << testing::PrintToString(words);
    }
}

TEST_F(CtlRemote, anOptionOfSshIsNoMachine) {
    const auto made = far.directory() / "made";
    for (const std::string& host :
         {"-oProxyCommand=touch " + made.string(), std::string("-oProxyCommand=id"), std::string("far id")}) {
        EXPECT_EQ(far.ctl({"list", "--host=" + host}).exitCode, 2) << host;
    }
    EXPECT_FALSE(std::filesystem::exists(made));
    EXPECT_EQ(far.ctl({"list", "--host", "-oProxyCommand=id"}).exitCode, 2);
    EXPECT_EQ(far.ctl({"list", "--host", ""}).exitCode, 2);
    EXPECT_EQ(far.ctl({"list", "--host", "far", "--netns", "a;id"}).exitCode, 2);
    EXPECT_EQ(far.ctl({"list", "--host", "far", "--all-netns"}).exitCode, 2);
    EXPECT_EQ(far.ctl({"list", "--host", "far", "--replay", "x"}).exitCode, 2);
}

} // namespace
} // namespace halfopen
