// SPDX-License-Identifier: GPL-3.0-or-later
// halfopenctl changes, closes and records what lives in other network namespaces than its own.
#include "tests/ctl/ctl_netns.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>

namespace halfopen {
namespace {

using namespace test;
using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

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

} // namespace
} // namespace halfopen
