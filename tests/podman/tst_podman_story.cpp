// SPDX-License-Identifier: GPL-3.0-or-later
// A stuck connection of a container to a database: found although `ss` does not show it, named, its settings compared
// with the host's, raced against the host's connection tracking, and changed; in the terminal. Rootful and rootless.
#include "tests/podman/container.h"
#include "tests/podman/person.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace halfopen {
namespace {

using namespace test;
using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class PodmanStory : public testing::TestWithParam<uid_t> {
protected:
    void SetUp() override {
        ASSERT_TRUE(container.runs());
        port = container.connectTo();
        ASSERT_NE(port, 0);
    }
    Outcome halfopenctl(std::vector<std::string> words) const {
        return GetParam() == 0 ? ctl(std::move(words)) : ctl(std::move(words), as(GetParam()));
    }
    /// The connection as `list` tells it; null: it does not.
    json found(std::vector<std::string> words) const {
        words.insert(words.begin(), {"list", "--json"});
        const Outcome listed = halfopenctl(words);
        EXPECT_EQ(listed.exitCode, 0) << listed.err;
        const json all = json::parse(listed.out, nullptr, false);
        for (const json& one : all.value("connections", json::array()))
            if (one["remote"]["port"] == port && one["state"] == "ESTABLISHED")
                return one;
        return {};
    }

    Container container{GetParam() == 0 ? "web" : "shop", GetParam(), GetParam() == 0 ? 1 : 2};
    const std::string name = GetParam() == 0 ? "web" : "shop";
    int port = 0;
};

TEST_P(PodmanStory, isPlayedInTheTerminal) {
    const std::string dport = fmt::format("dport:{}", port);
    EXPECT_THAT(must({"ss", "-tanH", "dst", fmt::format("10.9.{}.1", GetParam() == 0 ? 1 : 2)}),
                Not(HasSubstr("ESTAB")));
    EXPECT_TRUE(found({dport}).is_null()) << "it does not live here";
    const Outcome table = halfopenctl({"list", dport, "--all-netns"});
    EXPECT_THAT(table.out, AllOf(HasSubstr(name), HasSubstr(fmt::format(":{}", port)), HasSubstr("client")));

    const json one = found({"--all-netns", "container:" + name});
    ASSERT_FALSE(one.is_null());
    EXPECT_EQ(one["netns_name"], name);
    EXPECT_EQ(one["keepalive"]["idle_s"]["value"], 7200) << "a fresh namespace does not follow the host";
    const std::string cookie = one["cookie"];

    const Outcome drift = halfopenctl({"sysctl", "--all-netns"});
    EXPECT_THAT(drift.out, AllOf(HasSubstr("600 s"), HasSubstr("7200 s"), HasSubstr(name))) << drift.out;

    const Outcome told = halfopenctl({"show", cookie, "--all-netns"});
    // Who may read the table of flows is told of this one, others of how long any is kept.
    const bool isRoot = GetParam() == 0;
    EXPECT_THAT(told.out, AllOf(HasSubstr("It lives in the network namespace " + name),
                                HasSubstr(isRoot ? "What goes out next comes too late" : "forgets it after 5m"),
                                HasSubstr(isRoot ? "forgets it in " : "No probe goes out before that")))
        << told.out;

    const Outcome changed = halfopenctl({"set", cookie, "--netns", name, "--idle", "60"});
    EXPECT_EQ(changed.exitCode, 0) << changed.err;
    EXPECT_EQ(found({"--netns", name, dport})["keepalive"]["idle_s"]["value"], 60);
    EXPECT_THAT(halfopenctl({"show", cookie, "--all-netns"}).out,
                HasSubstr(isRoot ? "What goes out next comes before that" : "Its first probe goes out before that"));

    const Outcome all = halfopenctl({"sysctl", "set", "--netns", name, "--time", "120"});
    EXPECT_EQ(all.exitCode, 0) << all.err;
    EXPECT_EQ(container.keepaliveTime(), 120);
    std::ifstream host("/proc/sys/net/ipv4/tcp_keepalive_time");
    int stays = 0;
    host >> stays;
    EXPECT_EQ(stays, kHostTime);
}

INSTANTIATE_TEST_SUITE_P(Containers, PodmanStory, testing::Values(uid_t{0}, kAlice), [](const auto& one) {
    return one.param == 0 ? std::string("rootful") : std::string("rootless");
});

/// The machine's connection tracking gives the connection another address on its way and forgets it: told of both ends,
/// each of which knows half of its addresses alone.
TEST(PodmanBehindNat, bothEndsAreToldWhenTheMachineBetweenForgetsThem) {
    const Beyond beyond;
    Container container("pool", 0, 5);
    ASSERT_TRUE(container.runs());
    const int port = container.connectTo(beyond);
    ASSERT_NE(port, 0);
    for (const auto& [netns, filter] : {std::pair<std::string, std::string>{"pool", fmt::format("dport:{}", port)},
                                        {"beyond", fmt::format("sport:{} established", port)}}) {
        const json all = json::parse(ctl({"list", "--json", "--netns", netns, filter}).out, nullptr, false);
        ASSERT_TRUE(all.is_object() && all["connections"].size() == 1) << netns << ": " << all;
        const std::string cookie = all["connections"][0]["cookie"];
        const json shown = json::parse(ctl({"show", "--json", "--all-netns", cookie}).out, nullptr, false);
        ASSERT_TRUE(shown.is_object()) << netns;
        const json flows = shown["connections"][0]["tracked"];
        ASSERT_EQ(flows.size(), 1U) << netns << ": " << flows;
        EXPECT_TRUE(flows[0]["nat"]) << flows;
        EXPECT_EQ(flows[0]["state"], "ESTABLISHED") << flows;
        EXPECT_THAT(flows[0]["left_s"].get<double>(), AllOf(testing::Gt(250), testing::Le(300))) << flows;
        const Outcome told = ctl({"show", "--all-netns", cookie});
        EXPECT_THAT(told.out, HasSubstr("of the machine, which it passes through, holds it as ESTABLISHED")) << netns;
    }
}

} // namespace
} // namespace halfopen
