// SPDX-License-Identifier: GPL-3.0-or-later
// halfopenctl sysctl as a person runs it, through the real bus and polkit.
#include "core/kernel/sysctl/drop_in.h"
#include "tests/helper/box.h"
#include "tests/helper/box_ctl.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace halfopen {
namespace {

using nlohmann::json;
using testing::HasSubstr;

class CtlBox : public BoxTest {
protected:
    static Ended ctl(const char* user, const QStringList& words) {
        return runCtl(user, QStringList{QStringLiteral("sysctl")} + words);
    }

    const QStringList kSetWanted{QStringLiteral("set"),        QStringLiteral("--time"), QStringLiteral("10m"),
                                 QStringLiteral("--interval"), QStringLiteral("30"),     QStringLiteral("--probes"),
                                 QStringLiteral("5")};
};

TEST_F(CtlBox, whoMayChangesKeepsSeesAndForgets) {
    const Ended changed = ctl("bob", kSetWanted + QStringList{QStringLiteral("--persist")});
    EXPECT_EQ(changed.status, 0) << changed.err;
    EXPECT_THAT(changed.out, HasSubstr("a dead peer is noticed after 12m 30s. Kept after a reboot."));
    EXPECT_EQ(live(), kWanted);
    EXPECT_TRUE(hasDropIn());
    const json shown = json::parse(ctl("carol", {QStringLiteral("--json")}).out);
    EXPECT_EQ(shown["schema"], 1);
    EXPECT_EQ(shown["settings"][0]["value"], 600);
    EXPECT_EQ(shown["settings"][0]["origin"]["kind"], "file");
    EXPECT_EQ(shown["settings"][0]["origin"]["configured"]["file"], "/etc/sysctl.d/60-halfopen-keepalive.conf");
    EXPECT_EQ(shown["drop_in"]["present"], true);
    EXPECT_EQ(ctl("bob", {QStringLiteral("forget")}).status, 0);
    EXPECT_FALSE(hasDropIn());
    EXPECT_THAT(ctl("bob", {}).out, HasSubstr("600 s  set since boot"));
}

TEST_F(CtlBox, whoMayNotIsToldTheCommandAndExitsWith3) {
    for (const char* user : {"carol", "alice"}) { // refused, and without an agent
        const Ended refused = ctl(user, kSetWanted + QStringList{QStringLiteral("--json")});
        EXPECT_EQ(refused.status, 3);
        const json error = json::parse(refused.err.substr(refused.err.find("{\"error\"")));
        EXPECT_EQ(error["error"]["code"], "not-permitted");
    }
    EXPECT_THAT(ctl("carol", kSetWanted).err, HasSubstr("sudo sysctl -w net.ipv4.tcp_keepalive_time=600"));
    EXPECT_THAT(ctl("alice", kSetWanted).err, HasSubstr("pkttyagent --process "));
    EXPECT_EQ(ctl("carol", {QStringLiteral("forget")}).status, 3);
    EXPECT_EQ(live(), kKernel);
}

TEST_F(CtlBox, rootNeedsNoBus) {
    Box::stopBus();
    EXPECT_EQ(ctl("root", kSetWanted).status, 0);
    EXPECT_EQ(live(), kWanted);
    const Ended refused = ctl("bob", kSetWanted);
    EXPECT_EQ(refused.status, 3);
    EXPECT_THAT(refused.err, HasSubstr("There is no system bus"));
    Box::startBus();
}

TEST_F(CtlBox, badValuesExitWith2) {
    for (const char* time : {"0", "32768", "1500ms", "-1", "x", "1000d"})
        EXPECT_EQ(ctl("bob", {QStringLiteral("set"), QStringLiteral("--time=") + QLatin1String(time)}).status, 2)
            << time;
    EXPECT_EQ(ctl("bob", {QStringLiteral("set")}).status, 2);
    EXPECT_EQ(ctl("bob", {QStringLiteral("set"), QStringLiteral("--probes=128")}).status, 2);
    EXPECT_EQ(live(), kKernel);
}

TEST_F(CtlBox, laterFileIsWarnedOf) {
    std::ofstream("/etc/sysctl.d/99-zz.conf") << "# ours\nnet.ipv4.tcp_keepalive_time = 4321\n";
    const Ended changed = ctl("bob", kSetWanted + QStringList{QStringLiteral("--persist")});
    EXPECT_EQ(changed.status, 0);
    EXPECT_THAT(changed.err, HasSubstr("/etc/sysctl.d/99-zz.conf:2 sets tcp_keepalive_time to 4321 at boot"));
    std::remove("/etc/sysctl.d/99-zz.conf");
}

} // namespace
} // namespace halfopen
