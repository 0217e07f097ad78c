// SPDX-License-Identifier: GPL-3.0-or-later
// The terminal beside a program that holds its socket's lock: it answers, says why something is missing, and ends.
#include "tests/core/locked_connection.h"
#include "tests/ctl/command.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace halfopen {
namespace {

using namespace test;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class CtlLocked : public LockedConnectionTest {
protected:
    std::string name() const { return fmt::format("{:#x}", cookie); }
};

TEST_F(CtlLocked, listTellsWhatCanBeHadAndWhichSocketItIs) {
    const Outcome outcome = ctl({"list", "--json"});
    EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
    const auto frame = nlohmann::json::parse(outcome.out);
    bool found = false;
    for (const auto& connection : frame["connections"]) {
        found = found || connection["cookie"] == name();
        EXPECT_TRUE(connection["tcp"].is_null());
    }
    EXPECT_TRUE(found) << "the locked one is listed too";
    const Outcome text = ctl({"list"});
    EXPECT_EQ(text.exitCode, 0);
    EXPECT_THAT(text.err, HasSubstr("is locked by its program"));
    EXPECT_THAT(text.err, HasSubstr(name()));
}

TEST_F(CtlLocked, showAndWatchEndToo) {
    const Outcome shown = ctl({"show", name()});
    EXPECT_EQ(shown.exitCode, 0) << shown.err;
    EXPECT_THAT(shown.out, HasSubstr("ESTABLISHED"));
    EXPECT_EQ(ctl({"watch", "--count", "3", "--interval", "250ms"}).exitCode, 0);
}

TEST_F(CtlLocked, recordingDoesWithoutTcpInfo) {
    const std::string file = testing::TempDir() + fmt::format("halfopen-locked-{}", getpid());
    const Outcome outcome = ctl({"record", file});
    EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
    unlink(file.c_str());
}

/// The kernel would do it when the program lets go, and nobody could end halfopenctl until then.
TEST_F(CtlLocked, whatTheKernelWouldWaitForIsNotBegun) {
    Loopback other;
    other.connectClient();
    const std::string free = fmt::format("{:#x}", cookieOf(other.client.get()));
    const int idle = optionOf(loopback.client.get(), IPPROTO_TCP, TCP_KEEPIDLE);
    const Outcome set = ctl({"set", name(), free, "--idle", "4321s"});
    EXPECT_EQ(set.exitCode, 1);
    EXPECT_THAT(set.err, AllOf(HasSubstr(name()), HasSubstr("holds its lock"), Not(HasSubstr(free))));
    EXPECT_THAT(set.out, HasSubstr(free));
    const Outcome closed = ctl({"close", name()});
    EXPECT_EQ(closed.exitCode, 1);
    EXPECT_THAT(closed.err, HasSubstr("holds its lock"));
    const Outcome asJson = ctl({"close", name(), free, "--json"});
    EXPECT_EQ(nlohmann::json::parse(asJson.out)["failed"][0]["cookie"], name());
    letGo();
    EXPECT_EQ(optionOf(loopback.client.get(), IPPROTO_TCP, TCP_KEEPIDLE), idle) << "nor done afterwards";
    EXPECT_EQ(errorOn(loopback.client.get()), 0);
}

} // namespace
} // namespace halfopen
