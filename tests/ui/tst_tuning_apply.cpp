// SPDX-License-Identifier: GPL-3.0-or-later
// Applying on the Tuning page: what is asked for, every answer, and what is taken back.
#include "core/model/boot_configuration.h"
#include "tests/ui/tuning_page_test.h"

#include <QCheckBox>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

#include <ostream>

namespace halfopen::test {
namespace {

using Kind = PrivilegeErrorKind;

struct TuningApplyTest : TuningTest {};

TEST_F(TuningApplyTest, applyAsksForExactlyTheseValues) {
    page.edit(kNew);
    bar.persistBox->click();
    bar.apply->click();
    ASSERT_EQ(actions.changes.size(), 1U);
    EXPECT_EQ(actions.changes[0].values, kNew);
    EXPECT_TRUE(actions.changes[0].persist);
    EXPECT_EQ(actions.changes[0].netns, 4026531840U);
    EXPECT_TRUE(bar.stepText().contains(QStringLiteral("Waiting")));
    EXPECT_FALSE(idleBox(page).isEnabled());
}

TEST_F(TuningApplyTest, whatWasReadBackIsInEffectAndTheNumbersTurnIntoWhatHappened) {
    applyNew();
    actions.accept();
    EXPECT_EQ(inEffect(page), kNew);
    EXPECT_FALSE(bar.apply->isEnabled());
    EXPECT_TRUE(answerIn(page).contains(QStringLiteral("600 / 30 / 5 are in effect")));
    EXPECT_TRUE(effect().contains(QStringLiteral("0 have followed")));
    EXPECT_TRUE(effect().contains(QStringLiteral("2 are still armed with the old value")));
    FrameMaker later = connections();
    later.script.connections[0].connection.timer.expires = Millis(400'000);
    page.showFrame(tuningFrame(std::move(later), kNew, begun));
    EXPECT_TRUE(effect().contains(QStringLiteral("1 have followed"))) << effect().toStdString();
}

TEST_F(TuningApplyTest, thoseThatWaitAreListedByOneClick) {
    applyNew();
    actions.accept();
    QSignalSpy wanted(&page, &TuningPage::connectionsRequested);
    child<QPushButton>(page, "listWaiting").click();
    ASSERT_EQ(wanted.count(), 1);
    EXPECT_EQ(wanted[0][0].toString(), QStringLiteral("sk:2,1")); // the one that waits longest first
}

TEST_F(TuningApplyTest, aFrameFromBeforeTheChangeDoesNotUndoIt) {
    const auto old = tuningFrame(connections(), kOld, begun);
    applyNew();
    actions.accept();
    page.showFrame(old);
    EXPECT_EQ(inEffect(page), kNew);
    show(kNew);
    EXPECT_EQ(inEffect(page), kNew);
}

TEST_F(TuningApplyTest, aDismissedDialogIsSilentAndTheEditStays) {
    applyNew();
    actions.refuse(Kind::Dismissed);
    EXPECT_TRUE(answerIn(page).isEmpty());
    EXPECT_EQ(edited(page), kNew);
    EXPECT_EQ(inEffect(page), kOld);
    EXPECT_TRUE(bar.apply->isEnabled());
}

TEST_F(TuningApplyTest, cancelWithdrawsTheQuestion) {
    applyNew();
    bar.cancel->click();
    EXPECT_FALSE(actions.isAsked());
    EXPECT_EQ(edited(page), kNew);
    EXPECT_TRUE(answerIn(page).isEmpty());
}

struct Refusal {
    const char* name;
    Kind kind;
    const char* command;
    const char* says;
};

void PrintTo(const Refusal& one, std::ostream* out) {
    *out << one.name;
}

struct RefusalTest : TuningTest, testing::WithParamInterface<Refusal> {};

TEST_P(RefusalTest, isSaidWithItsCommandAndTheEditStays) {
    applyNew();
    actions.refuse(GetParam().kind, Sentence::tr("The very reason."), GetParam().command);
    EXPECT_TRUE(answerIn(page).contains(QLatin1String(GetParam().says))) << answerIn(page).toStdString();
    EXPECT_EQ(commandIn(page), QLatin1String(GetParam().command));
    EXPECT_EQ(edited(page), kNew);
    EXPECT_EQ(inEffect(page), kOld);
    EXPECT_TRUE(bar.apply->isEnabled());
}

INSTANTIATE_TEST_SUITE_P(
    EveryAnswer, RefusalTest,
    testing::Values(Refusal{"NotAuthorized", Kind::NotAuthorized, "sudo sysctl -w x=1", "The very reason."},
                    Refusal{"NoAgent", Kind::NoAgent, "pkttyagent --process 12", "authentication agent"},
                    Refusal{"NoAuthority", Kind::NoAuthority, "sudo sysctl -w x=1", "polkit is not installed"},
                    Refusal{"NotInstalled", Kind::NotInstalled, "sudo sysctl -w x=1", "helper is not installed"},
                    Refusal{"NoBus", Kind::NoBus, "sudo sysctl -w x=1", "no system bus"},
                    Refusal{"WriteFailed", Kind::WriteFailed, "", "The very reason."},
                    Refusal{"OutOfRange", Kind::OutOfRange, "", "The very reason."},
                    Refusal{"WrongNamespace", Kind::WrongNamespace, "", "The very reason."},
                    Refusal{"Busy", Kind::Busy, "", "try again"},
                    Refusal{"HelperGone", Kind::HelperGone, "", "The very reason."},
                    Refusal{"NotSupported", Kind::NotSupported, "", "The very reason."}),
    [](const auto& one) { return std::string(one.param.name); });

TEST_F(TuningApplyTest, aTrialIsTakenBackWhenTheTimeIsOver) {
    bar.trialBox->setChecked(true);
    bar.persistBox->click();
    applyNew();
    EXPECT_FALSE(actions.changes[0].persist); // not before it is kept
    actions.accept();
    EXPECT_TRUE(isOnTrial());
    EXPECT_TRUE(bar.stepText().contains(QStringLiteral("7200 / 75 / 9 come back")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return actions.changes.size() == 2; }));
    EXPECT_EQ(actions.changes[1].values, kOld);
    actions.accept();
    EXPECT_EQ(inEffect(page), kOld);
    EXPECT_FALSE(isOnTrial());
    EXPECT_TRUE(answerIn(page).contains(QStringLiteral("Taken back")));
    ASSERT_EQ(actions.ends.size(), 1U); // by whoever holds the trial: nobody is asked
    EXPECT_EQ(actions.ends[0].trial, 1U);
    EXPECT_FALSE(actions.ends[0].keeps);
}

TEST_F(TuningApplyTest, valuesThatSomebodyElseSetDuringATrialStayAndThatIsSaid) {
    bar.trialBox->setChecked(true);
    applyNew();
    actions.accept();
    actions.overtaken = true;
    bar.takeBack->click();
    EXPECT_FALSE(isOnTrial());
    EXPECT_FALSE(actions.isAsked());
    EXPECT_EQ(actions.changes.size(), 1U);
    EXPECT_TRUE(answerIn(page).contains(QStringLiteral("Other values were set"))) << answerIn(page).toStdString();
}

TEST_F(TuningApplyTest, aTrialThatIsKeptStays) {
    bar.trialBox->setChecked(true);
    applyNew();
    actions.accept();
    bar.keep->click();
    EXPECT_FALSE(isOnTrial());
    QTest::qWait(300); // twice the trial: nothing is to come
    EXPECT_EQ(actions.changes.size(), 1U);
    EXPECT_EQ(inEffect(page), kNew);
}

TEST_F(TuningApplyTest, keepingAfterRebootIsWrittenOnlyOnceKept) {
    bar.trialBox->setChecked(true);
    bar.persistBox->click();
    applyNew();
    actions.accept();
    bar.keep->click();
    ASSERT_EQ(actions.changes.size(), 2U);
    EXPECT_EQ(actions.changes[1].values, kNew);
    EXPECT_TRUE(actions.changes[1].persist);
    actions.accept();
    EXPECT_TRUE(answerIn(page).contains(QStringLiteral("after a reboot")));
}

TEST_F(TuningApplyTest, whatCannotBeTakenBackIsSaidAndCanBeTriedAgain) {
    bar.trialBox->setChecked(true);
    applyNew();
    actions.accept();
    bar.takeBack->click();
    actions.refuse(Kind::Dismissed);
    EXPECT_TRUE(answerIn(page).contains(QStringLiteral("still in effect")));
    EXPECT_TRUE(commandIn(page).contains(QStringLiteral("tcp_keepalive_time=7200")));
    EXPECT_EQ(inEffect(page), kNew);
    bar.takeBack->click();
    EXPECT_EQ(actions.ends.size(), 1U) << "nobody holds the trial any more: it is asked for";
    actions.accept();
    EXPECT_EQ(inEffect(page), kOld);
}

TEST_F(TuningApplyTest, anAnswerAfterThePageIsGoneIsDropped) {
    applyNew();
    owned.reset();
    ASSERT_TRUE(actions.isAsked());
    actions.accept(); // whoever goes to the page that is gone is found by AddressSanitizer
    EXPECT_EQ(actions.changes.size(), 1U);
    EXPECT_FALSE(actions.isAsked());
}

TEST_F(TuningApplyTest, theDropInCanBeForgotten) {
    EXPECT_FALSE(bar.forget->isVisibleTo(&page));
    actions.place.boot.assignments = {
        {Setting::KeepaliveTime, std::string(kDropInPath), 2, "7200", 7200, false, false}};
    page.hide();
    page.show();
    ASSERT_TRUE(bar.forget->isVisibleTo(&page));
    bar.forget->click();
    EXPECT_EQ(actions.forgets, 1);
    actions.place.boot.assignments.clear();
    actions.acceptForget();
    EXPECT_FALSE(bar.forget->isVisibleTo(&page));
    EXPECT_TRUE(answerIn(page).contains(QStringLiteral("gone")));
}

TEST_F(TuningApplyTest, closingDuringATrialWaitsForADecision) {
    bar.trialBox->setChecked(true);
    applyNew();
    actions.accept();
    bool settled = false;
    EXPECT_FALSE(page.mayClose([&] { settled = true; }));
    EXPECT_FALSE(settled);
    bar.takeBack->click();
    actions.accept();
    EXPECT_FALSE(settled); // the person was not the one who decided
    EXPECT_FALSE(isOnTrial());
}

} // namespace
} // namespace halfopen::test
