// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ctl/command.h"
#include "tests/ctl/json_lines.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace halfopen {
namespace {

using namespace test;
using nlohmann::json;

/// In a laboratory of its own.
Outcome events(std::vector<std::string> words, const Setup& setup = {}) {
    words.insert(words.begin(), {kProgram, "events"});
    return inLab(std::move(words), setup);
}

TEST(HalfopenctlEvents, everyLineIsAnObjectAndTheFirstSaysWhatIsLookedAt) {
    const auto outcome = events({"--json", "--count", "3"});
    ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
    const auto all = lines(outcome.out);
    ASSERT_EQ(all.size(), 4u);
    EXPECT_EQ(all[0]["event"], "begin");
    EXPECT_EQ(all[0]["schema"], 1);
    for (std::size_t i = 1; i < all.size(); ++i) {
        EXPECT_EQ(all[i]["schema"], 1);
        const std::string event = all[i]["event"];
        EXPECT_TRUE(event == "opened" || event == "changed" || event == "closed") << event;
        EXPECT_TRUE(all[i].contains(event == "closed" ? "certificate" : "connection"));
        EXPECT_EQ(all[i].contains("before"), event == "changed");
    }
}

TEST(HalfopenctlEvents, anEndIsToldWithItsRecord) {
    // A peer that hangs up, and a shell that notices two seconds later; it begins when the events have, and they go on
    // until they tell of its end, a minute at most.
    const std::string script =
        "told=$(mktemp); (until [ -s $told ]; do sleep 0.1; done; exec 3<>/dev/tcp/198.51.100.9/443; read -r -u 3; "
        "sleep 2; exec 3>&-) & timeout -s INT 60 " +
        kProgram +
        " events --json --interval 250ms 198.51.100.9:443 > $told & events=$!; for i in {1..240}; do grep -q closed "
        "$told && break; sleep 0.25; done; kill -INT $events; wait $events; cat $told; rm $told";
    const auto outcome = run({kProgram, "lab", "--", "bash", "-c", script});
    ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
    const auto all = lines(outcome.out);
    const auto closed = std::find_if(all.begin(), all.end(), [](const json& one) { return one["event"] == "closed"; });
    ASSERT_NE(closed, all.end()) << outcome.out;
    const json& record = (*closed)["certificate"];
    EXPECT_EQ(record["ending"], "closed-remote-first");
    EXPECT_EQ(record["confidence"], "certain");
    EXPECT_EQ(record["sentence"], "closed in order, the peer first");
    EXPECT_EQ(record["there_before"], false);
    EXPECT_LE(record["last_seen"]["monotonic_ns"], record["ended"]["monotonic_ns"]);
    EXPECT_LE(record["ended"]["monotonic_ns"], record["first_missed"]["monotonic_ns"]);
    EXPECT_FALSE(record["evidence"].empty());
}

TEST(HalfopenctlEvents, aClosedPipeEndsIt) {
    const auto outcome = events({"--json"}, {.readAtMost = 10});
    EXPECT_EQ(outcome.signal, 0);
    EXPECT_EQ(outcome.exitCode, 1);
    EXPECT_TRUE(outcome.err.empty()) << outcome.err;
}

TEST(HalfopenctlEvents, wrongWordsAreUsageErrors) {
    for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
             {"events", "--interval", "1ms"}, {"events", "--count", "some"}, {"events", "--replay", "x"}}) {
        auto whole = words;
        whole.insert(whole.begin(), kProgram);
        EXPECT_EQ(run(whole).exitCode, 2);
    }
}

TEST(HalfopenctlEvents, withoutTheKernelsAnswerItIsNotPermitted) {
    const auto outcome = run({kProgram, "events", "--json"}, {.inChild = [] { forbidNetlink(EPERM); }});
    EXPECT_EQ(outcome.exitCode, 3);
    EXPECT_EQ(json::parse(outcome.err)["error"]["code"], "not-permitted");
}

} // namespace
} // namespace halfopen
