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
using testing::HasSubstr;

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

} // namespace
} // namespace halfopen
