// SPDX-License-Identifier: GPL-3.0-or-later
// What `guard` says before it changes anything. What it changes is held against the kernel by tst_guard.
#include "tests/ctl/command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <cstdlib>

namespace halfopen::test {
namespace {

using testing::HasSubstr;
using Words = std::vector<std::string>;

/// Runs halfopenctl as an ordinary user, with no bus to ask.
Outcome asNobody(const Words& words) {
    constexpr uid_t kNobody = 65534;
    return ctl(words, {.inChild = [] {
                   ::setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere", 1);
                   if (::geteuid() == 0 && ::setuid(kNobody) != 0)
                       ::_exit(99);
               }});
}

TEST(CtlGuard, wrongWordsAreUsageErrors) {
    for (const Words& words : {Words{"guard"},
                               {"guard", "x.service"},
                               {"guard", "x.service", "--idle", "0"},
                               {"guard", "x.service", "--idle", "soon"},
                               {"guard", "x.service", "--idle", "60", "--interval", "40000"},
                               {"guard", "x.service", "--idle", "60", "--probes", "128"},
                               {"guard", "a/b.service", "--idle", "60"},
                               {"guard", "no-such-name", "--idle", "60"},
                               {"guard", "x.service", "--all", "--idle", "60"},
                               {"guard", "forget"}}) {
        const auto outcome = ctl(words);
        EXPECT_EQ(outcome.exitCode, 2) << words.back();
        EXPECT_EQ(outcome.out, "") << words.back();
        EXPECT_THAT(outcome.err, HasSubstr("halfopenctl: ")) << words.back();
    }
}

TEST(CtlGuard, aDryRunSaysWhomItTouchesAndWhatItCosts) {
    const auto outcome =
        ctl({"guard", "not-there.service", "--idle", "60", "--interval", "10", "--probes", "3", "--dry-run"});
    EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("first probe after 60 s of silence, then every 10 s, 3 in all"));
    EXPECT_THAT(outcome.out, HasSubstr("It is not running now"));
    EXPECT_THAT(outcome.out, HasSubstr("Open connections stay as they are"));
    EXPECT_THAT(outcome.out, HasSubstr("Nothing was changed."));
}

TEST(CtlGuard, aDryRunIsJsonToo) {
    const auto outcome = ctl({"guard", "--all", "--idle", "1m30s", "--dry-run", "--json"});
    ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
    const auto json = nlohmann::json::parse(outcome.out);
    EXPECT_EQ(json["rule"]["idle_s"], 90);
    EXPECT_TRUE(json["rule"]["interval_s"].is_null());
    EXPECT_FALSE(json["set"].get<bool>());
}

TEST(CtlGuard, whoIsNotRootAndHasNoBusIsToldTheCommand) {
    const auto refused = [](const Words& words, const char* said) {
        const auto outcome = asNobody(words);
        EXPECT_EQ(outcome.exitCode, 3) << words[1] << outcome.err;
        EXPECT_THAT(outcome.err, HasSubstr(said)) << words[1];
    };
    refused({"guard", "x.service", "--idle", "60", "--until-reboot"},
            "sudo halfopenctl guard x.service --idle 60 --until-reboot");
    refused({"guard", "--all", "--idle", "60"}, "sudo halfopenctl guard --all --idle 60");
    refused({"guard", "forget", "x.service"}, "sudo halfopenctl guard forget x.service");
    refused({"guard", "forget", "*"}, "sudo halfopenctl guard forget '*'");
    refused({"guard", "restore"}, "by root alone");
}

} // namespace
} // namespace halfopen::test
