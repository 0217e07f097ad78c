// SPDX-License-Identifier: GPL-3.0-or-later
// halfopenctl in other network namespaces than its own: as root, as their owner, as anybody.
#include "tests/core/kernel/netns/resident.h"
#include "tests/ctl/command.h"
#include "tests/lab/in_child.h"
#include "tests/skip.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <sys/mount.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace halfopen {
namespace {

using namespace test;
using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

Setup as(uid_t uid) {
    return {.inChild = [uid] {
        setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere", 1);
        if (setgroups(0, nullptr) != 0 || setresgid(uid, uid, uid) != 0 || setresuid(uid, uid, uid) != 0)
            _exit(99);
    }};
}

/// The connection's client side, as `list --json` tells it; null: it is not there.
json clientOf(const Outcome& listed, const Resident& resident) {
    const json all = json::parse(listed.out, nullptr, false);
    if (all.is_discarded())
        return {};
    for (const json& one : all["connections"])
        if (one["remote"]["port"] == resident.facts().port && one["state"] == "ESTABLISHED")
            return one;
    return {};
}

class CtlNetns : public testing::Test {
protected:
    void SetUp() override {
        if (!isRoot())
            SKIP_UNLESS_CI("needs root, to make namespaces of several users");
        ASSERT_EQ(roots.facts().error, 0);
        ASSERT_EQ(alices.facts().error, 0);
    }
    static std::string pidOf(const Resident& resident) { return std::to_string(resident.pid()); }
    static std::string cookieOf(const Resident& resident) { return fmt::format("{:#x}", resident.facts().client); }

    const Resident roots{std::nullopt, {{"tcp_keepalive_time", 600}}};
    const Resident alices{kAlice, {{"tcp_keepalive_time", 700}}};
};

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

TEST_F(CtlNetns, optionsAreSetAndConnectionsClosedThere) {
    struct Who {
        const Resident& there;
        test::Setup how;
    };
    for (const Who& who : {Who{roots, {}}, Who{alices, as(kAlice)}}) {
        const std::string pid = pidOf(who.there);
        const std::string cookie = cookieOf(who.there);
        const auto set = ctl({"set", cookie, "--keepalive", "on", "--idle", "60", "--json", "--netns", pid}, who.how);
        EXPECT_EQ(set.exitCode, 0) << set.err;
        const json client = clientOf(ctl({"list", "--json", "--netns", pid}, who.how), who.there);
        EXPECT_EQ(client["keepalive"]["idle_s"]["value"], 60);
        EXPECT_EQ(client["keepalive"]["idle_s"]["provenance"], "exact");
        const auto closed = ctl({"close", cookie, "--netns", pid}, who.how);
        EXPECT_EQ(closed.exitCode, 0) << closed.err;
        const auto after = ctl({"list", "--json", "--netns", pid}, who.how);
        EXPECT_TRUE(clientOf(after, who.there).is_null());
        const json held = json::parse(after.out)["held"]; // its program has not closed it
        EXPECT_TRUE(std::ranges::any_of(held, [&](const json& one) { return one["cookie"] == cookie; })) << after.out;
        EXPECT_EQ(json::parse(ctl({"list", "--json"}, who.how).out)["held"].size(), 0U) << "it is not here";
    }
}

TEST_F(CtlNetns, whereverTheyLiveTheyAreSetAndClosedInOneCall) {
    const auto set =
        ctl({"set", cookieOf(roots), cookieOf(alices), "0x7fffffff0", "--idle", "66", "--json", "--all-netns"});
    EXPECT_EQ(set.exitCode, 1) << set.err;
    const json answer = json::parse(set.out);
    ASSERT_EQ(answer["changed"].size(), 2U) << set.out;
    for (const json& one : answer["changed"]) {
        EXPECT_EQ(one["after"]["keepalive"]["idle_s"]["value"], 66) << one;
        EXPECT_NE(one["after"]["sampled_ns"], one["before"]["sampled_ns"]) << "read again";
    }
    ASSERT_EQ(answer["failed"].size(), 1U);
    EXPECT_EQ(answer["failed"][0]["cookie"], "0x7fffffff0");
    const auto refused = ctl({"set", cookieOf(roots), "--idle", "67", "--all-netns"}, as(kAlice));
    EXPECT_NE(refused.exitCode, 0) << "it is not hers";
    const auto closed = ctl(
        {"close", "--filter",
         fmt::format("state established and ( dport = :{} or dport = :{} )", roots.facts().port, alices.facts().port),
         "--yes", "--json", "--all-netns"});
    EXPECT_EQ(closed.exitCode, 0) << closed.err;
    EXPECT_THAT(json::parse(closed.out)["closed"].get<std::vector<std::string>>(),
                testing::UnorderedElementsAre(cookieOf(roots), cookieOf(alices)));
    const auto after = ctl({"list", "--json", "--all-netns"});
    EXPECT_TRUE(clientOf(after, roots).is_null());
    EXPECT_TRUE(clientOf(after, alices).is_null());
}

TEST_F(CtlNetns, ofThoseThatMayBeEnteredOnlyTheyAreSetAndClosed) {
    const auto set = ctl({"set", cookieOf(alices), "--idle", "68", "--all-netns"}, as(kAlice));
    EXPECT_EQ(set.exitCode, 0) << set.err;
    EXPECT_EQ(ctl({"close", cookieOf(alices), "--all-netns"}, as(kAlice)).exitCode, 0);
    EXPECT_NE(ctl({"close", cookieOf(roots), "--all-netns"}, as(kAlice)).exitCode, 0);
    EXPECT_FALSE(clientOf(ctl({"list", "--json", "--all-netns"}), roots).is_null());
}

TEST_F(CtlNetns, settingsAreShownAndSetThereAndNowhereElse) {
    const auto before = json::parse(ctl({"list", "--json", "--no-owners"}).out)["sysctl"];
    const auto shown = ctl({"sysctl", "--netns", pidOf(roots)});
    EXPECT_EQ(shown.exitCode, 0) << shown.err;
    EXPECT_THAT(shown.out, HasSubstr("600"));
    const auto set = ctl({"sysctl", "set", "--time", "601", "--netns", pidOf(roots)});
    EXPECT_EQ(set.exitCode, 0) << set.err;
    const auto mine = ctl({"sysctl", "set", "--time", "701", "--netns", pidOf(alices)}, as(kAlice));
    EXPECT_EQ(mine.exitCode, 0) << mine.err;
    const auto timeIn = [&](const Resident& there) {
        return json::parse(ctl({"list", "--json", "--netns", pidOf(there)}).out)["sysctl"]["tcp_keepalive_time"];
    };
    EXPECT_EQ(timeIn(roots), 601);
    EXPECT_EQ(timeIn(alices), 701);
    EXPECT_EQ(json::parse(ctl({"list", "--json", "--no-owners"}).out)["sysctl"], before);
    const auto kept = ctl({"sysctl", "set", "--time", "602", "--persist", "--netns", pidOf(roots)});
    EXPECT_NE(kept.exitCode, 0);
    EXPECT_THAT(kept.err, HasSubstr("nothing can be kept here"));
    EXPECT_EQ(timeIn(roots), 601);
}

TEST_F(CtlNetns, whatWouldBeTakenForTheOwnNamespaceIsRefused) {
    const auto before = json::parse(ctl({"list", "--json", "--no-owners"}).out)["sysctl"];
    const std::string there = pidOf(roots);
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"sysctl", "--all-netns", "set", "--time", "61"},
          {"sysctl", "--netns", there, "forget"},
          {"sysctl", "--all-netns", "forget"},
          {"guard", "--dry-run", "forget", "--all"}}) {
        const auto refused = ctl(words);
        EXPECT_EQ(refused.exitCode, 2) << words[1];
        EXPECT_THAT(refused.err, AllOf(HasSubstr(words[1]), HasSubstr("means nothing to"))) << words[1];
    }
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"sysctl", "set", "--time", "88", "--netns", ""},
          {"close", "--filter", ":1", "--yes", "--netns", ""},
          {"close", "--filter", "", "--yes"},
          {"list", "--columns", ""},
          {"list", "--group-by", ""},
          {"list", "--replay", ""},
          {"compare", "x", ""},
          {"set", cookieOf(roots), "--idle", "", "--interval", "60"},
          {"sysctl", "set", "--time", "", "--interval", "60"},
          {"guard", ""},
          {"guard", "x.service", "--idle", ""},
          {"metrics", "--textfile", ""},
          {"record", ""}}) {
        const auto refused = ctl(words);
        EXPECT_EQ(refused.exitCode, 2) << words.front() << " " << words.back() << refused.out;
        EXPECT_THAT(refused.err, HasSubstr("an empty value")) << words.front() << " " << words.back();
    }
    EXPECT_EQ(ctl({"metrics", "--ports", ""}).exitCode, 2) << "no number either";
    EXPECT_EQ(ctl({"list", "--netns="}).exitCode, 2);
    EXPECT_EQ(ctl({"list", ""}).exitCode, 0) << "a filter without a word lets everything through";
    EXPECT_EQ(json::parse(ctl({"list", "--json", "--no-owners"}).out)["sysctl"], before);
    EXPECT_EQ(ctl({"sysctl", "--netns", there, "set", "--time", "603"}).exitCode, 0) << "which it has, too";
    EXPECT_THAT(ctl({"sysctl", "--netns", there}).out, HasSubstr("603"));
    EXPECT_NE(ctl({"sysctl", "--host", "nowhere", "forget"}).exitCode, 0);
}

TEST_F(CtlNetns, settingsOfAllAreShownSideBySide) {
    const auto table = ctl({"sysctl", "--all-netns"});
    EXPECT_EQ(table.exitCode, 0) << table.err;
    const auto lineOf = [](const Resident& resident, std::string_view time) {
        return fmt::format("resident {} +{} +asked +3 +{} s", resident.pid(), resident.facts().netnsCookie, time);
    };
    EXPECT_THAT(table.out, testing::ContainsRegex(lineOf(roots, "600"))) << "and what tells two of one name apart";
    EXPECT_THAT(table.out, testing::ContainsRegex(lineOf(alices, "700")));
    const auto bobs = ctl({"sysctl", "--all-netns"}, as(kBob));
    EXPECT_THAT(bobs.out, testing::ContainsRegex(fmt::format("resident {} +- +public +3 +[?]", roots.pid())));
    const json head = json::parse(ctl({"sysctl", "--all-netns", "--json"}).out);
    EXPECT_GE(head["namespaces"].size(), 3U);
    EXPECT_EQ(ctl({"sysctl", "set", "--time", "60", "--all-netns"}).exitCode, 2);
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

TEST_F(CtlNetns, aRecordingIsOfThere) {
    const std::string file = fmt::format("{}/netns-{}.dump", testing::TempDir(), ::getpid());
    const auto recorded = ctl({"record", file, "--netns", pidOf(roots)});
    ASSERT_EQ(recorded.exitCode, 0) << recorded.err;
    const json played = clientOf(ctl({"list", "--json", "--replay", file}), roots);
    EXPECT_EQ(played["cookie"], cookieOf(roots));
    std::filesystem::remove(file);
}

TEST_F(CtlNetns, aRecordingIsOfAllOfThem) {
    const std::string file = fmt::format("{}/all-netns-{}.dump", testing::TempDir(), ::getpid());
    const auto recorded = ctl({"record", file, "--all-netns"});
    ASSERT_EQ(recorded.exitCode, 0) << recorded.err;
    const Outcome played = ctl({"list", "--json", "--replay", file});
    ASSERT_EQ(played.exitCode, 0) << played.err;
    for (const Resident* there : {&roots, &alices}) {
        const json client = clientOf(played, *there);
        EXPECT_EQ(client["cookie"], cookieOf(*there));
        EXPECT_EQ(client["netns_name"], "resident " + pidOf(*there));
        EXPECT_EQ(client["netns_cookie"], there->facts().netnsCookie);
    }
    const json namespaces = json::parse(played.out)["namespaces"];
    const auto timeOf = [&](const Resident& there) {
        const auto found = std::ranges::find_if(
            namespaces, [&](const json& one) { return one["cookie"] == there.facts().netnsCookie; });
        return found == namespaces.end() ? json() : (*found)["sysctl"]["tcp_keepalive_time"];
    };
    EXPECT_EQ(timeOf(roots), 600) << "each with its own settings";
    EXPECT_EQ(timeOf(alices), 700);
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"list", "--replay", file}, {"watch", "--replay", file, "--count", "1"}})
        EXPECT_THAT(ctl(words).out,
                    AllOf(HasSubstr("resident " + pidOf(roots)), HasSubstr("resident " + pidOf(alices))))
            << words.front();
    const json differences = json::parse(ctl({"compare", file, "--json"}).out);
    EXPECT_TRUE(std::ranges::none_of(
        differences["gone"],
        [&](const json& one) { return one["cookie"] == cookieOf(roots) || one["cookie"] == cookieOf(alices); }))
        << "what lives elsewhere is not gone: " << differences["gone"];
    const auto ofOne = ctl({"record", file, fmt::format("dport = :{}", roots.facts().port), "--all-netns"});
    ASSERT_EQ(ofOne.exitCode, 0) << ofOne.err;
    const Outcome filtered = ctl({"list", "--json", "--replay", file});
    EXPECT_FALSE(clientOf(filtered, roots).is_null());
    EXPECT_TRUE(clientOf(filtered, alices).is_null());
    const auto bobs = ctl({"record", "/dev/null", "--all-netns"}, as(kBob));
    EXPECT_THAT(bobs.err, HasSubstr("is left out: "));
    std::filesystem::remove(file);
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
