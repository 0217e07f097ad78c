// SPDX-License-Identifier: GPL-3.0-or-later
// Values on trial, held by the real helper for somebody who may crash, leave the bus or stay silent.
#include "core/model/privilege_error.h"
#include "tests/helper/box.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <csignal>

namespace halfopen {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;
using Kind = PrivilegeErrorKind;

const QString kTry = QStringLiteral("opstry");
const QString kKeep = QStringLiteral("opskeep");
const QString kBack = QStringLiteral("opsback");
constexpr KeepaliveDefaults kOthers{1000, 60, 7};

std::string over() {
    return "KIND " + std::to_string(static_cast<int>(Kind::TrialOver)) + " | ";
}

class TrialBox : public BoxTest {
protected:
    /// bob, who may, has the wanted values on trial for so long.
    void begin(int seconds) {
        ASSERT_EQ(bob.ask(kTry, QStringLiteral("600 30 5 %1").arg(seconds)), QStringLiteral("OK 600 30 5 | 7200 75 9"));
        ASSERT_EQ(live(), kWanted);
        EXPECT_THAT(newLogLines().value(0).toStdString(), HasSubstr("on trial for "));
    }
    static bool becomes(const KeepaliveDefaults& values) {
        for (int tries = 0; tries < 800 && live() != values; ++tries)
            ::usleep(10000);
        return live() == values;
    }
    static std::string lastLogLine() { return newLogLines().value(0).toStdString(); }

    Client bob{kBob};
};

TEST_F(TrialBox, whoStaysSilentGetsTheOldValuesBack) {
    begin(1);
    EXPECT_TRUE(becomes(kKernel));
    EXPECT_THAT(lastLogLine(), AllOf(HasSubstr("trial over (its time is over)"), HasSubstr("600 -> 7200")));
    EXPECT_EQ(bob.ask(kBack), QStringLiteral("OK 7200 75 9")) << "which is what was to happen";
    EXPECT_THAT(bob.ask(kKeep).toStdString(), StartsWith(over() + "The trial is over"));
    EXPECT_EQ(live(), kKernel);
}

TEST_F(TrialBox, whoCrashesGetsTheOldValuesBack) {
    begin(600);
    bob.kill();
    EXPECT_TRUE(becomes(kKernel));
    EXPECT_THAT(lastLogLine(), HasSubstr("trial over (its caller left the bus)"));
}

TEST_F(TrialBox, otherValuesThatSomebodySetMeanwhileStay) {
    begin(1);
    setLive(kOthers);
    QString line;
    for (int tries = 0; tries < 800 && line.isEmpty(); ++tries) {
        ::usleep(10000);
        line = newLogLines().value(0);
    }
    EXPECT_THAT(line.toStdString(), HasSubstr("other values are in effect and stay"));
    EXPECT_EQ(live(), kOthers);
    EXPECT_THAT(bob.ask(kBack).toStdString(), StartsWith(over() + "Other values were set"));
    EXPECT_EQ(live(), kOthers);
}

TEST_F(TrialBox, oneOtherValueIsEnoughToLeaveAllOfThem) {
    begin(600);
    const KeepaliveDefaults mixed{600, 30, 8};
    setLive(mixed);
    EXPECT_THAT(bob.ask(kBack).toStdString(), StartsWith(over()));
    EXPECT_EQ(live(), mixed);
}

TEST_F(TrialBox, theSameValuesSetForGoodMeanwhileStayToo) {
    begin(600);
    Client dave(QStringLiteral("root"));
    ASSERT_EQ(dave.ask(kCall, setCall(kWanted)), QStringLiteral("OK 600 30 5"));
    bob.kill();
    Client(kBob).ask(QStringLiteral("ping"));
    EXPECT_EQ(live(), kWanted);
    for (const QString& line : newLogLines())
        EXPECT_FALSE(line.contains(QStringLiteral("600 -> 7200"))) << line.toStdString();
}

TEST_F(TrialBox, whatIsKeptStaysWhoeverLeaves) {
    begin(1);
    EXPECT_EQ(bob.ask(kKeep), QStringLiteral("OK 600 30 5"));
    EXPECT_THAT(lastLogLine(), HasSubstr("trial over (kept)"));
    bob.kill();
    ::usleep(1500000); // longer than the trial
    EXPECT_EQ(live(), kWanted);
    EXPECT_TRUE(newLogLines().isEmpty());
}

TEST_F(TrialBox, whatIsTakenBackIsBackAtOnceAndAsksNobody) {
    begin(600);
    EXPECT_EQ(bob.ask(kBack), QStringLiteral("OK 7200 75 9"));
    EXPECT_EQ(live(), kKernel);
}

TEST_F(TrialBox, valuesOutsideTheSaneRangeComeBackAsTheyWere) {
    run(QStringLiteral("sysctl"), {QStringLiteral("-w"), QStringLiteral("net.ipv4.tcp_keepalive_time=40000")});
    ASSERT_EQ(bob.ask(kTry, QStringLiteral("600 30 5 600")), QStringLiteral("OK 600 30 5 | 40000 75 9"));
    EXPECT_EQ(bob.ask(kBack), QStringLiteral("OK 40000 75 9"));
    EXPECT_EQ(live().time, 40000);
}

TEST_F(TrialBox, cancellingAnotherRequestLeavesTheTrialAlone) {
    begin(600);
    Client alice(QStringLiteral("alice")); // bob's own requests need no dialog, so that none can be cancelled
    const auto agent = agentFor(alice, QStringLiteral("alice"), QStringLiteral("password pw"));
    EXPECT_THAT(alice.ask(kTry, QStringLiteral("601 31 6 600")).toStdString(),
                StartsWith("KIND " + std::to_string(static_cast<int>(Kind::Busy))))
        << "one trial at a time";
    EXPECT_EQ(bob.ask(kBack), QStringLiteral("OK 7200 75 9"));
    ASSERT_THAT(alice.ask(kTry, QStringLiteral("601 31 6 600")).toStdString(), StartsWith("OK 601 31 6"));
    agent->waitFor(QStringLiteral("BEGIN"));
    const auto hanging = agentFor(bob, kBob, QStringLiteral("hang"));
    const QString forgotten = alice.begin(QStringLiteral("opsforget"));
    alice.send(QStringLiteral("cancel ") + forgotten);
    EXPECT_FALSE(alice.answer(forgotten).isNull());
    alice.ask(QStringLiteral("ping"));
    EXPECT_EQ(live(), (KeepaliveDefaults{601, 31, 6}));
    alice.kill();
    EXPECT_TRUE(becomes(kKernel));
}

TEST_F(TrialBox, helperThatIsEndedTakesThemBackFirst) {
    begin(600);
    const qint64 helper = pidOf(kHelper);
    killService(kHelper, SIGTERM);
    EXPECT_TRUE(becomes(kKernel));
    EXPECT_THAT(lastLogLine(), HasSubstr("trial over (the helper ends)"));
    for (int tries = 0; tries < 200 && isRunning(helper); ++tries)
        ::usleep(10000);
    EXPECT_FALSE(isRunning(helper));
}

TEST_F(TrialBox, nobodyElseCanKeepItOrTakeItBack) {
    begin(600);
    Client carol(QStringLiteral("carol"));
    for (const char* method : {"KeepTrial", "TakeBackTrial"})
        for (const char* trial : {"0", "1", "18446744073709551615"})
            EXPECT_THAT(
                carol.ask(kCall, QStringLiteral("0 dialog 0 %1 t:%2").arg(QLatin1String(method), QLatin1String(trial)))
                    .toStdString(),
                StartsWith("ERROR org.halfopen.Error.TrialOver"));
    EXPECT_EQ(live(), kWanted);
    EXPECT_EQ(bob.ask(kBack), QStringLiteral("OK 7200 75 9"));
}

TEST_F(TrialBox, nonsenseIsRefusedBeforeAnybodyIsAskedAndWhoMayNotTriesNothing) {
    Client carol(QStringLiteral("carol"));
    const QString words = QStringLiteral("0 dialog 0 TryKeepaliveDefaults t:own i:%1 i:30 i:5 u:%2");
    for (const auto& [time, seconds] : {std::pair{0, 60U}, {600, 0U}, {600, 3601U}, {600, 4294967295U}, {-1, 60U}})
        EXPECT_THAT(carol.ask(kCall, words.arg(time).arg(seconds)).toStdString(),
                    StartsWith("ERROR org.halfopen.Error.OutOfRange"));
    EXPECT_THAT(carol.ask(kCall, words.arg(600).arg(60)).toStdString(),
                StartsWith("ERROR org.halfopen.Error.NotAuthorized"));
    EXPECT_EQ(live(), kKernel);
}

TEST_F(TrialBox, theQuestionSaysHowLong) {
    Client alice(QStringLiteral("alice"));
    const auto agent = agentFor(alice, QStringLiteral("alice"), QStringLiteral("cancel"));
    EXPECT_THAT(alice.ask(kTry, QStringLiteral("600 30 5 60")).toStdString(),
                StartsWith("KIND " + std::to_string(static_cast<int>(Kind::Dismissed))));
    EXPECT_THAT(agent->waitFor(QStringLiteral("BEGIN ")).toStdString(),
                HasSubstr("tcp_keepalive_probes 9 -> 5 (60 s) | "));
    EXPECT_EQ(live(), kKernel);
}

} // namespace
} // namespace halfopen
