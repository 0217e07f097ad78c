// SPDX-License-Identifier: GPL-3.0-or-later
// halfopenctl looks into other network namespaces than its own: as root, as their owner, as anybody.
#include "tests/ctl/ctl_netns.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <sys/mount.h>

#include <algorithm>
#include <filesystem>

namespace halfopen {
namespace {

using namespace test;
using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST_F(CtlNetns, rootListsWhatLivesElsewhere) {
    for (const Resident* there : {&roots, &alices}) {
        const auto listed = ctl({"list", "--json", "--netns", pidOf(*there)});
        ASSERT_EQ(listed.exitCode, 0) << listed.err;
        const json client = clientOf(listed, *there);
        EXPECT_EQ(client["cookie"], cookieOf(*there));
        EXPECT_EQ(client["netns"], there->facts().inode);
        EXPECT_EQ(client["netns_cookie"], there->facts().netnsCookie);
        EXPECT_EQ(client["netns_name"], fmt::format("resident {}", there->pid()));
        const json head = json::parse(listed.out);
        EXPECT_EQ(head["netns"], there->facts().inode);
        EXPECT_EQ(head["sysctl"]["tcp_keepalive_time"], there == &roots ? 600 : 700);
        ASSERT_EQ(head["namespaces"].size(), 1U);
        EXPECT_EQ(head["namespaces"][0]["cookie"], there->facts().netnsCookie);
        EXPECT_EQ(head["namespaces"][0]["tier"], "asked");
    }
}

TEST_F(CtlNetns, whoOwnsItSeesEverythingThere) {
    const auto listed = ctl({"list", "--json", "--netns", pidOf(alices)}, as(kAlice));
    ASSERT_EQ(listed.exitCode, 0) << listed.err;
    const json client = clientOf(listed, alices);
    EXPECT_EQ(client["cookie"], cookieOf(alices));
    EXPECT_EQ(client["uid"], kAlice) << "as she is called out here, not as in there (0)";
    EXPECT_FALSE(client["tcp"].is_null());
    EXPECT_EQ(client["processes"][0]["pid"], alices.pid());
    EXPECT_EQ(json::parse(listed.out)["namespaces"][0]["tier"], "mine");
    EXPECT_EQ(json::parse(listed.out)["sysctl"]["tcp_keepalive_time"], 700);
}

TEST_F(CtlNetns, anybodyElseSeesWhatAnybodyMay) {
    const auto listed = ctl({"list", "--json", "--netns", pidOf(roots)}, as(kBob));
    ASSERT_EQ(listed.exitCode, 0) << listed.err;
    const json client = clientOf(listed, roots);
    ASSERT_FALSE(client.is_null()) << listed.out;
    EXPECT_EQ(client["cookie"], "0x0");
    EXPECT_TRUE(client["tcp"].is_null());
    const json head = json::parse(listed.out);
    EXPECT_EQ(head["namespaces"][0]["tier"], "public");
    EXPECT_TRUE(head["sysctl"]["tcp_keepalive_time"].is_null()) << "not 600, and not a guess";
    const auto text = ctl({"list", "--netns", pidOf(roots)}, as(kBob));
    EXPECT_THAT(text.err, HasSubstr("Shown as anybody may see them"));
    EXPECT_THAT(text.out, Not(HasSubstr("0x8")));
}

TEST_F(CtlNetns, allOfThemAreListedWithTheirNames) {
    const auto listed = ctl({"list", "--json", "--all-netns"});
    ASSERT_EQ(listed.exitCode, 0) << listed.err;
    EXPECT_EQ(clientOf(listed, roots)["netns"], roots.facts().inode);
    EXPECT_EQ(clientOf(listed, alices)["netns"], alices.facts().inode);
    const auto csv = ctl({"list", "--csv", "--all-netns"});
    EXPECT_THAT(csv.out, HasSubstr(",netns,unit,container,netns_cookie\n"));
    EXPECT_THAT(csv.out, AllOf(HasSubstr(fmt::format("resident {},", roots.pid())),
                               HasSubstr(fmt::format("resident {},", alices.pid()))));
    const auto bobs = ctl({"list", "--json", "--all-netns"}, as(kBob));
    ASSERT_EQ(bobs.exitCode, 0) << bobs.err;
    EXPECT_FALSE(clientOf(bobs, roots).is_null());
    EXPECT_FALSE(clientOf(bobs, alices).is_null());
    const json first = clientOf(bobs, roots), second = clientOf(bobs, alices);
    EXPECT_TRUE(first["netns_cookie"].is_null());
    EXPECT_TRUE(first["netns_proc_inode"].is_number()) << "what tells them apart";
    EXPECT_NE(first["netns_proc_inode"], second["netns_proc_inode"]);
    const json namespaces = json::parse(bobs.out)["namespaces"];
    EXPECT_EQ(std::ranges::count_if(namespaces,
                                    [&](const json& one) { return one["proc_inode"] == first["netns_proc_inode"]; }),
              1);
}

TEST_F(CtlNetns, oneThatIsGoneIsInNoSampleAnyMore) {
    const Resident left;
    ASSERT_EQ(left.facts().error, 0);
    const std::string script = fmt::format(
        R"(timeout 60 {0} watch --json --no-owners --all-netns --interval 250ms | {{
               read -r line; echo "$line"; kill -9 {1}
               while read -r line; do case $line in *'"cookie":{2},'*) ;; *) echo "$line"; break ;; esac; done; }})",
        kProgram, left.pid(), left.facts().netnsCookie);
    const auto samples = run({"bash", "-c", script});
    const std::size_t end = samples.out.find('\n');
    ASSERT_NE(end, std::string::npos) << samples.err;
    const auto has = [&](const std::string& line) {
        const json all = json::parse(line)["namespaces"];
        return std::ranges::any_of(all, [&](const json& one) { return one["cookie"] == left.facts().netnsCookie; });
    };
    EXPECT_TRUE(has(samples.out.substr(0, end)));
    ASSERT_LT(end + 1, samples.out.size()) << "it is in the samples until the end";
    EXPECT_FALSE(has(samples.out.substr(end + 1)));
}

TEST_F(CtlNetns, whatLivesElsewhereIsSaidWhereNothingIsShown) {
    const test::Setup alone{.inChild = [] {
        if (unshare(CLONE_NEWNET) != 0)
            _exit(99);
    }};
    const auto here = ctl({"list", "--no-owners"}, alone);
    EXPECT_EQ(here.exitCode, 0) << here.err;
    EXPECT_THAT(here.err, testing::ContainsRegex("--all-netns shows it .sockets: [0-9]+, namespaces: [0-9]+"));
    EXPECT_THAT(ctl({"list", "--no-owners", "netns:nosuch"}, alone).err, HasSubstr("in other network namespaces"));
    EXPECT_THAT(ctl({"list", "--no-owners", "--all-netns", "netns:nosuch"}, alone).err,
                Not(HasSubstr("in other network namespaces")));
    EXPECT_THAT(ctl({"list", "--no-owners", "--netns", pidOf(roots)}).err,
                Not(HasSubstr("in other network namespaces")));
    const auto closed = ctl({"close", "--filter", "netns:nosuch", "--yes"}, alone);
    EXPECT_EQ(closed.exitCode, 1);
    EXPECT_THAT(closed.err, HasSubstr("--netns NAME"));
}

TEST_F(CtlNetns, whereProcessesAreHiddenItIsSaid) {
    constexpr uid_t kAlone = kBob + 17; // of whom no other test runs anything, as it may beside this one
    for (const char* how : {"hidepid=1", "hidepid=2", "hidepid=4"}) { // no access, not listed, only who may be traced
        const test::Setup hidden{.inChild = [how] {
            if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
                mount("proc", "/proc", "proc", 0, how) != 0)
                _exit(99);
            as(kAlone).inChild();
        }};
        const auto listed = ctl({"sysctl", "--all-netns"}, hidden);
        EXPECT_EQ(listed.exitCode, 0) << how << ": " << listed.err;
        EXPECT_THAT(listed.err, HasSubstr("(hidepid): network namespaces may be missing")) << how;
        EXPECT_THAT(listed.out, Not(HasSubstr("halfopen"))) << "one's own is not called after the command itself";
    }
    EXPECT_THAT(ctl({"sysctl", "--all-netns"}, as(kAlone)).err, Not(HasSubstr("hidepid")));
}

TEST_F(CtlNetns, whatCannotBeMeantOrMayNotBeDoneSaysWhy) {
    const auto unknown = ctl({"list", "--netns", "nosuch"});
    EXPECT_EQ(unknown.exitCode, 2);
    EXPECT_THAT(unknown.err, AllOf(HasSubstr("There is no network namespace nosuch."), HasSubstr(" (cookie:")))
        << "and some of those that there are";
    // Elsewhere such a word is a filter.
    for (const std::vector<std::string>& words : {std::vector<std::string>{"--netns", "-x"}, {"--netns=-x"}}) {
        const Outcome dashed = ctl({"list", words.front(), words.size() > 1 ? words.back() : "established"});
        EXPECT_EQ(dashed.exitCode, 2);
        EXPECT_THAT(dashed.err, Not(HasSubstr("!x")));
    }
    EXPECT_EQ(ctl({"list", "--netns", "/etc/passwd"}).exitCode, 2);
    EXPECT_EQ(ctl({"list", "--netns", "/no/such/file"}).exitCode, 2);
    EXPECT_EQ(ctl({"list", "--netns", "a", "--all-netns"}).exitCode, 2);
    EXPECT_EQ(ctl({"list", "--netns", "a", "--replay", "x"}).exitCode, 2);
    const std::string there = pidOf(roots);
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"set", cookieOf(roots), "--idle", "60", "--netns", there},
          {"close", cookieOf(roots), "--netns", there},
          {"sysctl", "--netns", there},
          {"sysctl", "set", "--time", "60", "--netns", there},
          {"record", "/tmp/never-written", "--netns", there}}) {
        const auto refused = ctl(words, as(kBob));
        EXPECT_EQ(refused.exitCode, 3) << words.front() << refused.out << refused.err;
        EXPECT_THAT(refused.err, HasSubstr("belongs to somebody else")) << words.front();
    }
    EXPECT_FALSE(std::filesystem::exists("/tmp/never-written"));
}

TEST_F(CtlNetns, aCookieThatLivesElsewhereIsSaidToLiveThere) {
    const std::string where =
        fmt::format("It lives in the network namespace resident {}: try it with --netns cookie:{}.", roots.pid(),
                    roots.facts().netnsCookie);
    for (const std::vector<std::string>& words : {std::vector<std::string>{"show", cookieOf(roots)},
                                                  {"set", cookieOf(roots), "--idle", "60"},
                                                  {"close", cookieOf(roots)}}) {
        const auto missed = ctl(words);
        EXPECT_EQ(missed.exitCode, 1) << words.front();
        EXPECT_THAT(missed.err, HasSubstr(where)) << words.front();
    }
    const auto shown = ctl({"show", cookieOf(roots), "--netns", fmt::format("cookie:{}", roots.facts().netnsCookie)});
    EXPECT_EQ(shown.exitCode, 0) << shown.err;
    EXPECT_THAT(shown.out, HasSubstr(fmt::format("It lives in the network namespace resident {}.", roots.pid())));
    EXPECT_EQ(ctl({"show", cookieOf(alices), "--all-netns"}).exitCode, 0);
    EXPECT_THAT(ctl({"show", "0x7fffffff0"}).err, Not(HasSubstr("It lives")));
}

TEST_F(CtlNetns, whereNoCookiesAreSeenNoneIsSaidToBeGone) {
    for (const char* where : {"--netns", "--all-netns"}) {
        std::vector<std::string> words{"show", cookieOf(roots), where};
        if (words.back() == "--netns")
            words.push_back(pidOf(roots));
        const Outcome shown = ctl(words, as(kBob));
        EXPECT_EQ(shown.exitCode, 3) << where;
        EXPECT_THAT(shown.err, AllOf(HasSubstr("only an administrator sees the cookies of "),
                                     HasSubstr("resident " + pidOf(roots)), Not(HasSubstr("any more"))));
    }
}

TEST_F(CtlNetns, whoWatchesOneThatIsLeftSaysSoAndLetsGo) {
    for (const char* command : {"watch", "events"}) {
        const Resident left;
        ASSERT_EQ(left.facts().error, 0);
        const std::string script = fmt::format(
            R"(timeout 60 {0} {1} --json --no-owners --netns {2} --interval 250ms | {{ read -r line; kill -9 {2}; cat > /dev/null; }}
               exit ${{PIPESTATUS[0]}})",
            kProgram, command, left.pid());
        const auto ended = run({"bash", "-c", script});
        EXPECT_EQ(ended.exitCode, 1) << ended.err;
        EXPECT_THAT(ended.err, AllOf(HasSubstr("Nobody lives in the network namespace"), HasSubstr("not-found")));
    }
}

TEST_F(CtlNetns, anEndElsewhereIsAnEvent) {
    const std::string script = fmt::format(
        R"(timeout 60 {0} events --json --all-netns --no-owners --count 1 --interval 250ms :{1} | while read -r line; do
               echo "$line"
               case $line in *'"begin"'*) {0} close {2} --netns {3} > /dev/null ;; esac
           done)",
        kProgram, roots.facts().port, cookieOf(roots), pidOf(roots));
    const auto events = run({"bash", "-c", script});
    EXPECT_EQ(events.exitCode, 0) << events.err;
    const std::string last = events.out.substr(events.out.rfind('\n', events.out.size() - 2) + 1);
    EXPECT_THAT(last, HasSubstr(fmt::format("\"netns\":{}", roots.facts().inode))) << events.out;
}

} // namespace
} // namespace halfopen
