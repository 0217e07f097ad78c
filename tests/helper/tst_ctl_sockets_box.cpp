// SPDX-License-Identifier: GPL-3.0-or-later
// halfopenctl set, close and show --exact on another user's sockets, through the real bus and polkit.
#include "tests/core/processes.h"
#include "tests/helper/box.h"
#include "tests/helper/box_ctl.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <netinet/tcp.h>

#include <cerrno>

namespace halfopen {
namespace {

using nlohmann::json;
using testing::HasSubstr;

/// A connection of root, whose program is this test.
class CtlSocketsBox : public BoxTest {
protected:
    void SetUp() override {
        BoxTest::SetUp();
        for (const int fd : {loopback.listener.get(), loopback.client.get()})
            ASSERT_EQ(fcntl(fd, F_SETFD, FD_CLOEXEC), 0);
        loopback.connectClient();
        cookie = test::cookieOf(loopback.client.get());
    }
    Ended ctl(const char* user, QStringList words) const {
        words.replaceInStrings(QStringLiteral("COOKIE"), QString::number(cookie, 16));
        return runCtl(user, words);
    }
    int optionOf(int level, int name) const { return test::optionOf(loopback.client.get(), level, name); }

    const QStringList kSet{QStringLiteral("set"), QStringLiteral("COOKIE"), QStringLiteral("--keepalive"),
                           QStringLiteral("on"),  QStringLiteral("--idle"), QStringLiteral("60")};
    const QStringList kClose{QStringLiteral("close"), QStringLiteral("COOKIE")};
    const QStringList kShowExact{QStringLiteral("show"), QStringLiteral("COOKIE"), QStringLiteral("--exact"),
                                 QStringLiteral("--json")};
    test::Loopback loopback;
    std::uint64_t cookie = 0;
};

TEST_F(CtlSocketsBox, whoMayReadsSetsSeesTheTimerAndCloses) {
    const Ended before = ctl("bob", {QStringLiteral("show"), QStringLiteral("COOKIE"), QStringLiteral("--json")});
    ASSERT_EQ(before.status, 0) << before.err;
    EXPECT_EQ(json::parse(before.out)["connections"][0]["processes_unknown"], "other user");
    const Ended shown = ctl("bob", kShowExact);
    ASSERT_EQ(shown.status, 0) << shown.err;
    const json exact = json::parse(shown.out)["connections"][0];
    EXPECT_EQ(exact["keepalive"]["idle_s"], (json{{"value", 7200}, {"provenance", "exact"}}));
    EXPECT_EQ(exact["processes_unknown"], nullptr);
    ASSERT_EQ(exact["processes"].size(), 1u);
    EXPECT_EQ(exact["processes"][0]["pid"], getpid());
    EXPECT_EQ(exact["processes"][0]["name"], "tst_helper_box");
    EXPECT_EQ(exact["processes"][0]["fd"], nullptr);
    for (const std::string assumed : exact["forecast"]["assumes"]) // of the options nothing is assumed
        EXPECT_THAT(assumed, testing::Not(testing::ContainsRegex("sysctl|TCP_|hides|inferred")));

    const Ended set = ctl("bob", kSet + QStringList{QStringLiteral("--json")});
    ASSERT_EQ(set.status, 0) << set.err;
    const json after = json::parse(set.out)["changed"][0]["after"];
    EXPECT_EQ(after["timer"]["kind"], "keepalive");
    EXPECT_EQ(after["keepalive"]["idle_s"], (json{{"value", 60}, {"provenance", "exact"}}));
    EXPECT_EQ(optionOf(IPPROTO_TCP, TCP_KEEPIDLE), 60);

    const Ended closed = ctl("bob", kClose);
    EXPECT_EQ(closed.status, 0) << closed.err;
    EXPECT_EQ(optionOf(SOL_SOCKET, SO_ERROR), ECONNABORTED);
    EXPECT_EQ(ctl("bob", kClose).status, 1);
}

TEST_F(CtlSocketsBox, whoMayNotExitsWith3AndIsToldTheCommand) {
    for (const char* user : {"carol", "alice"}) { // refused, and without an agent
        const Ended set = ctl(user, kSet + QStringList{QStringLiteral("--json")});
        EXPECT_EQ(set.status, 3);
        EXPECT_EQ(json::parse(set.err.substr(set.err.find("{\"error\"")))["error"]["code"], "not-permitted");
        EXPECT_EQ(ctl(user, kShowExact).status, 3);
        EXPECT_EQ(ctl(user, kClose).status, 3);
    }
    EXPECT_THAT(ctl("carol", kSet).err, HasSubstr("sudo halfopenctl set 0x"));
    EXPECT_THAT(ctl("carol", kClose).err, HasSubstr("sudo halfopenctl close 0x"));
    EXPECT_THAT(ctl("alice", kClose).err, HasSubstr("pkttyagent --process "));
    EXPECT_EQ(optionOf(SOL_SOCKET, SO_KEEPALIVE), 0);
    EXPECT_EQ(optionOf(SOL_SOCKET, SO_ERROR), 0);
}

} // namespace
} // namespace halfopen
