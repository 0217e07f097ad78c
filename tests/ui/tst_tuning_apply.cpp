// SPDX-License-Identifier: GPL-3.0-or-later
// Applying on the Tuning page: what is asked for, every answer, and what is taken back.
#include "core/model/boot_configuration.h"
#include "tests/ui/tuning_page_test.h"
#include "ui/parts/answer_bar.h"
#include "ui/tuning/effect_panel.h"
#include "ui/tuning/value_editor.h"

#include <QCheckBox>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

namespace halfopen::test {
namespace {

using Kind = PrivilegeErrorKind;

struct TuningApplyTest : TuningTest {};

TEST_F(TuningApplyTest, applyAsksForExactlyTheseValues) {
    page.edit(kNew);
    page.applyBar().setPersist(true);
    page.applyBar().apply->click();
    ASSERT_EQ(actions.changes.size(), 1U);
    EXPECT_EQ(actions.changes[0].values, kNew);
    EXPECT_TRUE(actions.changes[0].persist);
    EXPECT_EQ(actions.changes[0].netns, 4026531840U);
    EXPECT_TRUE(page.applyBar().stepText().contains(QStringLiteral("Waiting")));
    EXPECT_FALSE(page.editor().box(Setting::KeepaliveTime).isEnabled());
}

TEST_F(TuningApplyTest, whatWasReadBackIsInEffectAndTheNumbersTurnIntoWhatHappened) {
    applyNew();
    actions.accept();
    EXPECT_EQ(page.inEffect(), kNew);
    EXPECT_FALSE(page.applyBar().apply->isEnabled());
    EXPECT_TRUE(page.answer().sentence().contains(QStringLiteral("600 / 30 / 5 are in effect")));
    EXPECT_TRUE(page.effect().text().contains(QStringLiteral("0 have followed")));
    EXPECT_TRUE(page.effect().text().contains(QStringLiteral("2 are still armed with the old value")));
    FrameMaker later = connections();
    later.script.connections[0].connection.timer.expires = Millis(400'000);
    page.showFrame(tuningFrame(std::move(later), kNew, begun));
    EXPECT_TRUE(page.effect().text().contains(QStringLiteral("1 have followed"))) << page.effect().text().toStdString();
}

TEST_F(TuningApplyTest, thoseThatWaitAreListedByOneClick) {
    applyNew();
    actions.accept();
    QSignalSpy wanted(&page, &TuningPage::connectionsRequested);
    page.effect().listButton().click();
    ASSERT_EQ(wanted.count(), 1);
    EXPECT_EQ(wanted[0][0].toString(), QStringLiteral("sk:2,1")); // the one that waits longest first
}

TEST_F(TuningApplyTest, aFrameFromBeforeTheChangeDoesNotUndoIt) {
    const auto old = tuningFrame(connections(), kOld, begun);
    applyNew();
    actions.accept();
    page.showFrame(old);
    EXPECT_EQ(page.inEffect(), kNew);
    show(kNew);
    EXPECT_EQ(page.inEffect(), kNew);
}

TEST_F(TuningApplyTest, aDismissedDialogIsSilentAndTheEditStays) {
    applyNew();
    actions.refuse(Kind::Dismissed);
    EXPECT_TRUE(page.answer().sentence().isEmpty());
    EXPECT_EQ(page.edited(), kNew);
    EXPECT_EQ(page.inEffect(), kOld);
    EXPECT_TRUE(page.applyBar().apply->isEnabled());
}

TEST_F(TuningApplyTest, cancelWithdrawsTheQuestion) {
    applyNew();
    page.applyBar().cancel->click();
    EXPECT_FALSE(actions.isAsked());
    EXPECT_EQ(page.edited(), kNew);
    EXPECT_TRUE(page.answer().sentence().isEmpty());
}

struct Refusal {
    const char* name;
    Kind kind;
    const char* command;
    const char* says;
};

struct RefusalTest : TuningTest, testing::WithParamInterface<Refusal> {};

TEST_P(RefusalTest, isSaidWithItsCommandAndTheEditStays) {
    applyNew();
    actions.refuse(GetParam().kind, Sentence::tr("The very reason."), GetParam().command);
    EXPECT_TRUE(page.answer().sentence().contains(QLatin1String(GetParam().says)))
        << page.answer().sentence().toStdString();
    EXPECT_EQ(page.answer().command(), QLatin1String(GetParam().command));
    EXPECT_EQ(page.edited(), kNew);
    EXPECT_EQ(page.inEffect(), kOld);
    EXPECT_TRUE(page.applyBar().apply->isEnabled());
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
    page.applyBar().trialBox->setChecked(true);
    page.applyBar().setPersist(true);
    applyNew();
    EXPECT_FALSE(actions.changes[0].persist); // not before it is kept
    actions.accept();
    EXPECT_TRUE(page.isOnTrial());
    EXPECT_TRUE(page.applyBar().stepText().contains(QStringLiteral("7200 / 75 / 9 come back")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return actions.changes.size() == 2; }));
    EXPECT_EQ(actions.changes[1].values, kOld);
    actions.accept();
    EXPECT_EQ(page.inEffect(), kOld);
    EXPECT_FALSE(page.isOnTrial());
    EXPECT_TRUE(page.answer().sentence().contains(QStringLiteral("Taken back")));
    ASSERT_EQ(actions.ends.size(), 1U); // by whoever holds the trial: nobody is asked
    EXPECT_EQ(actions.ends[0].trial, 1U);
    EXPECT_FALSE(actions.ends[0].keeps);
}

TEST_F(TuningApplyTest, valuesThatSomebodyElseSetDuringATrialStayAndThatIsSaid) {
    page.applyBar().trialBox->setChecked(true);
    applyNew();
    actions.accept();
    actions.overtaken = true;
    page.applyBar().takeBack->click();
    EXPECT_FALSE(page.isOnTrial());
    EXPECT_FALSE(actions.isAsked());
    EXPECT_EQ(actions.changes.size(), 1U);
    EXPECT_TRUE(page.answer().sentence().contains(QStringLiteral("Other values were set")))
        << page.answer().sentence().toStdString();
}

TEST_F(TuningApplyTest, aTrialThatIsKeptStays) {
    page.applyBar().trialBox->setChecked(true);
    applyNew();
    actions.accept();
    page.applyBar().keep->click();
    EXPECT_FALSE(page.isOnTrial());
    QTest::qWait(300); // twice the trial: nothing is to come
    EXPECT_EQ(actions.changes.size(), 1U);
    EXPECT_EQ(page.inEffect(), kNew);
}

TEST_F(TuningApplyTest, keepingAfterRebootIsWrittenOnlyOnceKept) {
    page.applyBar().trialBox->setChecked(true);
    page.applyBar().setPersist(true);
    applyNew();
    actions.accept();
    page.applyBar().keep->click();
    ASSERT_EQ(actions.changes.size(), 2U);
    EXPECT_EQ(actions.changes[1].values, kNew);
    EXPECT_TRUE(actions.changes[1].persist);
    actions.accept();
    EXPECT_TRUE(page.answer().sentence().contains(QStringLiteral("after a reboot")));
}

TEST_F(TuningApplyTest, whatCannotBeTakenBackIsSaidAndCanBeTriedAgain) {
    page.applyBar().trialBox->setChecked(true);
    applyNew();
    actions.accept();
    page.applyBar().takeBack->click();
    actions.refuse(Kind::Dismissed);
    EXPECT_TRUE(page.answer().sentence().contains(QStringLiteral("still in effect")));
    EXPECT_TRUE(page.answer().command().contains(QStringLiteral("tcp_keepalive_time=7200")));
    EXPECT_EQ(page.inEffect(), kNew);
    page.applyBar().takeBack->click();
    EXPECT_EQ(actions.ends.size(), 1U) << "nobody holds the trial any more: it is asked for";
    actions.accept();
    EXPECT_EQ(page.inEffect(), kOld);
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
    EXPECT_FALSE(page.applyBar().forget->isVisibleTo(&page));
    actions.place.boot.assignments = {
        {Setting::KeepaliveTime, std::string(kDropInPath), 2, "7200", 7200, false, false}};
    page.hide();
    page.show();
    ASSERT_TRUE(page.applyBar().forget->isVisibleTo(&page));
    page.applyBar().forget->click();
    EXPECT_EQ(actions.forgets, 1);
    actions.place.boot.assignments.clear();
    actions.acceptForget();
    EXPECT_FALSE(page.applyBar().forget->isVisibleTo(&page));
    EXPECT_TRUE(page.answer().sentence().contains(QStringLiteral("gone")));
}

TEST_F(TuningApplyTest, closingDuringATrialWaitsForADecision) {
    page.applyBar().trialBox->setChecked(true);
    applyNew();
    actions.accept();
    bool settled = false;
    page.settle([&] { settled = true; });
    EXPECT_FALSE(settled);
    page.flow().takeBack();
    actions.accept();
    EXPECT_FALSE(settled); // the person was not the one who decided
    EXPECT_FALSE(page.isOnTrial());
}

} // namespace
} // namespace halfopen::test
