// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sysctl/drop_in.h"
#include "tests/ui/fake_tuning.h"
#include "ui/answer_bar.h"
#include "ui/connections_page.h"
#include "ui/main_window.h"
#include "ui/tuning/apply_bar.h"
#include "ui/tuning/effect_panel.h"
#include "ui/tuning/preset_list.h"
#include "ui/tuning/track_view.h"
#include "ui/tuning/tuning_page.h"
#include "ui/tuning/value_editor.h"

#include <QCheckBox>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

#include <gtest/gtest.h>

namespace halfopen::test {
namespace {

using namespace std::chrono_literals;
using Kind = PrivilegeErrorKind;

constexpr KeepaliveDefaults kOld{7200, 75, 9};
constexpr KeepaliveDefaults kNew{600, 30, 5};

struct TuningTest : testing::Test {
    FakeTuning actions;
    std::unique_ptr<TuningPage> owned = std::make_unique<TuningPage>(actions, 150ms);
    TuningPage& page = *owned;

    void SetUp() override {
        page.resize(1100, 820);
        page.show();
        show(kOld);
    }
    void show(const KeepaliveDefaults& inEffect) { page.showFrame(tuningFrame(connections(), inEffect)); }
    static FrameBuilder connections() {
        FrameBuilder builder{follower(1, 12s), follower(2, 1h), unguarded(3)};
        Row own = guarded(4);
        builder.add(own);
        return builder;
    }
    void applyNew() {
        page.edit(kNew);
        page.applyBar().apply->click();
    }
};

TEST_F(TuningTest, showsWhatIsInEffect) {
    EXPECT_EQ(page.inEffect(), kOld);
    EXPECT_EQ(page.edited(), kOld);
    EXPECT_EQ(page.track().values(), kOld);
    EXPECT_EQ(page.editor().values(), kOld);
    EXPECT_FALSE(page.applyBar().apply->isEnabled());
    EXPECT_FALSE(page.applyBar().revert->isEnabled());
    EXPECT_TRUE(page.editor().inEffectText(Setting::KeepaliveTime).contains(QStringLiteral("kernel default")));
}

TEST_F(TuningTest, wordsSayWhatTheTrackDraws) {
    page.edit(kNew);
    EXPECT_TRUE(page.words().contains(QStringLiteral("after 10 min of silence"))) << page.words().toStdString();
    EXPECT_TRUE(page.words().contains(QStringLiteral("noticed after 12 min 30 s")));
    EXPECT_TRUE(page.words().contains(QStringLiteral("Does not survive: ")));
    EXPECT_TRUE(page.words().contains(QStringLiteral("Azure")));
    EXPECT_TRUE(page.words().contains(QStringLiteral("packets a second")));
}

TEST_F(TuningTest, theEffectIsCountedBeforeApply) {
    page.edit(kNew);
    const QString text = page.effect().text();
    EXPECT_TRUE(text.startsWith(QStringLiteral("0 follow at once"))) << text.toStdString();
    EXPECT_TRUE(text.contains(QStringLiteral("\n2 follow when their armed timer fires: the first in 12 s")));
    EXPECT_TRUE(text.contains(QStringLiteral("\n1 keep their own values")));
    EXPECT_TRUE(text.contains(QStringLiteral("\n1 have keepalive off")));
}

TEST_F(TuningTest, spinBoxAndTrackMoveTogether) {
    page.editor().box(Setting::KeepaliveTime).setValue(650);
    EXPECT_EQ(page.edited().time, 650);
    EXPECT_EQ(page.track().values().time, 650);
    page.track().focusHandle(TrackHandle::Time);
    QTest::keyClick(&page.track(), Qt::Key_Left);
    EXPECT_EQ(page.editor().box(Setting::KeepaliveTime).value(), 600);
}

TEST_F(TuningTest, applyAsksForExactlyTheseValues) {
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

TEST_F(TuningTest, whatWasReadBackIsInEffectAndTheNumbersTurnIntoWhatHappened) {
    applyNew();
    actions.accept();
    EXPECT_EQ(page.inEffect(), kNew);
    EXPECT_FALSE(page.applyBar().apply->isEnabled());
    EXPECT_TRUE(page.answer().sentence().contains(QStringLiteral("600 / 30 / 5 are in effect")));
    EXPECT_TRUE(page.effect().text().contains(QStringLiteral("0 have followed")));
    EXPECT_TRUE(page.effect().text().contains(QStringLiteral("2 are still armed with the old value")));
    FrameBuilder later = connections();
    later.edit().rows[0].connection.timer.expires = Millis(400'000);
    page.showFrame(tuningFrame(std::move(later), kNew));
    EXPECT_TRUE(page.effect().text().contains(QStringLiteral("1 have followed"))) << page.effect().text().toStdString();
}

TEST_F(TuningTest, thoseThatWaitAreListedByOneClick) {
    applyNew();
    actions.accept();
    QSignalSpy wanted(&page, &TuningPage::connectionsWanted);
    page.effect().listButton().click();
    ASSERT_EQ(wanted.count(), 1);
    EXPECT_EQ(wanted[0][0].toString(), QStringLiteral("sk:2,1")); // the one that waits longest first
}

TEST_F(TuningTest, aFrameFromBeforeTheChangeDoesNotUndoIt) {
    const auto old = tuningFrame(connections(), kOld);
    applyNew();
    actions.accept();
    page.showFrame(old);
    EXPECT_EQ(page.inEffect(), kNew);
    show(kNew);
    EXPECT_EQ(page.inEffect(), kNew);
}

TEST_F(TuningTest, aDismissedDialogIsSilentAndTheEditStays) {
    applyNew();
    actions.refuse(Kind::Dismissed);
    EXPECT_TRUE(page.answer().sentence().isEmpty());
    EXPECT_EQ(page.edited(), kNew);
    EXPECT_EQ(page.inEffect(), kOld);
    EXPECT_TRUE(page.applyBar().apply->isEnabled());
}

TEST_F(TuningTest, cancelWithdrawsTheQuestion) {
    applyNew();
    page.applyBar().cancel->click();
    EXPECT_FALSE(actions.isAsked());
    EXPECT_EQ(page.edited(), kNew);
    EXPECT_TRUE(page.answer().sentence().isEmpty());
}

struct Refusal {
    Kind kind;
    const char* command;
    const char* says;
};

struct RefusalTest : TuningTest, testing::WithParamInterface<Refusal> {};

TEST_P(RefusalTest, isSaidWithItsCommandAndTheEditStays) {
    applyNew();
    actions.refuse(GetParam().kind, "The very reason.", GetParam().command);
    EXPECT_TRUE(page.answer().sentence().contains(QLatin1String(GetParam().says)))
        << page.answer().sentence().toStdString();
    EXPECT_EQ(page.answer().command(), QLatin1String(GetParam().command));
    EXPECT_EQ(page.edited(), kNew);
    EXPECT_EQ(page.inEffect(), kOld);
    EXPECT_TRUE(page.applyBar().apply->isEnabled());
}

INSTANTIATE_TEST_SUITE_P(EveryAnswer, RefusalTest,
                         testing::Values(Refusal{Kind::NotAuthorized, "sudo sysctl -w x=1", "The very reason."},
                                         Refusal{Kind::NoAgent, "pkttyagent --process 12", "authentication agent"},
                                         Refusal{Kind::NoAuthority, "sudo sysctl -w x=1", "polkit is not installed"},
                                         Refusal{Kind::NotInstalled, "sudo sysctl -w x=1", "helper is not installed"},
                                         Refusal{Kind::NoBus, "sudo sysctl -w x=1", "no system bus"},
                                         Refusal{Kind::WriteFailed, "", "The very reason."},
                                         Refusal{Kind::OutOfRange, "", "The very reason."},
                                         Refusal{Kind::WrongNamespace, "", "The very reason."},
                                         Refusal{Kind::Busy, "", "try again"},
                                         Refusal{Kind::HelperGone, "", "The very reason."},
                                         Refusal{Kind::NotSupported, "", "The very reason."}));

TEST_F(TuningTest, aTrialIsTakenBackWhenTheTimeIsOver) {
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
}

TEST_F(TuningTest, aTrialThatIsKeptStays) {
    page.applyBar().trialBox->setChecked(true);
    applyNew();
    actions.accept();
    page.applyBar().keep->click();
    EXPECT_FALSE(page.isOnTrial());
    QTest::qWait(300);
    EXPECT_EQ(actions.changes.size(), 1U);
    EXPECT_EQ(page.inEffect(), kNew);
}

TEST_F(TuningTest, keepingAfterRebootIsWrittenOnlyOnceKept) {
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

TEST_F(TuningTest, whatCannotBeTakenBackIsSaidAndCanBeTriedAgain) {
    page.applyBar().trialBox->setChecked(true);
    applyNew();
    actions.accept();
    page.applyBar().takeBack->click();
    actions.refuse(Kind::Dismissed);
    EXPECT_TRUE(page.answer().sentence().contains(QStringLiteral("still in effect")));
    EXPECT_TRUE(page.answer().command().contains(QStringLiteral("tcp_keepalive_time=7200")));
    EXPECT_EQ(page.inEffect(), kNew);
    page.applyBar().takeBack->click();
    actions.accept();
    EXPECT_EQ(page.inEffect(), kOld);
}

TEST_F(TuningTest, anAnswerAfterThePageIsGoneIsDropped) {
    applyNew();
    owned.reset();
    actions.accept();
}

TEST_F(TuningTest, revertGoesBackToWhatIsInEffect) {
    page.edit(kNew);
    page.applyBar().revert->click();
    EXPECT_EQ(page.edited(), kOld);
}

TEST_F(TuningTest, aChangeByOthersMovesTheGhostAndNotTheEdit) {
    page.edit(kNew);
    show({3600, 75, 9});
    EXPECT_EQ(page.edited(), kNew);
    EXPECT_EQ(page.inEffect()->time, 3600);
}

TEST_F(TuningTest, withoutAnEditThePageFollowsOthers) {
    show({3600, 75, 9});
    EXPECT_EQ(page.edited().time, 3600);
}

TEST_F(TuningTest, unusualValuesAreShownMarkedAndNeverOffered) {
    show({0, -7, 0});
    EXPECT_TRUE(page.editor().inEffectText(Setting::KeepaliveTime).contains(QStringLiteral("in effect: 0 s")));
    EXPECT_TRUE(page.editor().inEffectText(Setting::KeepaliveTime).contains(QStringLiteral("Unusual")));
    EXPECT_TRUE(page.editor().inEffectText(Setting::KeepaliveInterval).contains(QStringLiteral("-7")));
    EXPECT_EQ(page.edited(), (KeepaliveDefaults{7200, 75, 9}));
    EXPECT_TRUE(page.applyBar().apply->isEnabled());
    EXPECT_FALSE(page.applyBar().trialBox->isEnabled()); // they would not be written back
    for (const auto setting : {Setting::KeepaliveTime, Setting::KeepaliveInterval, Setting::KeepaliveProbes})
        EXPECT_EQ(page.editor().box(setting).minimum(), 1);
}

TEST_F(TuningTest, aRecordingCannotBeChanged) {
    FrameBuilder builder = connections();
    builder.edit().live = false;
    page.showFrame(tuningFrame(std::move(builder), kOld));
    page.edit(kNew);
    EXPECT_FALSE(page.applyBar().apply->isEnabled());
    EXPECT_TRUE(page.warning().contains(QStringLiteral("recording")));
}

TEST_F(TuningTest, nothingIsKeptInALaboratory) {
    actions.place.laboratory = true;
    page.hide();
    page.show();
    EXPECT_FALSE(page.applyBar().persistBox->isEnabled());
    show({3600, 75, 9});
    EXPECT_TRUE(page.editor().inEffectText(Setting::KeepaliveTime).contains(QStringLiteral("laboratory")));
}

TEST_F(TuningTest, aFileThatWinsAtBootIsNamed) {
    actions.place.boot.assignments = {
        {Setting::KeepaliveTime, "/etc/sysctl.d/99-sysctl.conf", 3, "900", 900, false, false}};
    page.hide();
    page.show();
    page.applyBar().setPersist(true);
    EXPECT_TRUE(page.warning().contains(QStringLiteral("/etc/sysctl.d/99-sysctl.conf:3 sets tcp_keepalive_time = 900")))
        << page.warning().toStdString();
    EXPECT_TRUE(page.editor().inEffectText(Setting::KeepaliveTime).contains(QStringLiteral("brings back 900")));
}

TEST_F(TuningTest, theDropInCanBeForgotten) {
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

TEST_F(TuningTest, aPresetProposesItsValuesAndSaysWhy) {
    const auto boxes = shippedMiddleboxes();
    const auto azure = std::ranges::find(boxes, "azure-lb", &Middlebox::id);
    ASSERT_NE(azure, boxes.end());
    const auto index = static_cast<int>(azure - boxes.begin());
    EXPECT_EQ(page.presets().wordAt(index), QStringLiteral("forgotten"));
    page.presets().select(index);
    EXPECT_TRUE(page.presets().why().contains(QStringLiteral("silent for 4 min")));
    page.presets().proposeButton().click();
    EXPECT_EQ(page.edited(), (KeepaliveDefaults{120, 30, 4}));
    EXPECT_EQ(page.presets().wordAt(index), QStringLiteral("survives"));
    EXPECT_TRUE(actions.changes.empty()); // proposed, not applied
}

TEST_F(TuningTest, layerSevenSaysThatKeepaliveDoesNotHelp) {
    const auto boxes = shippedMiddleboxes();
    const auto proxy = std::ranges::find(boxes, 7, &Middlebox::layer);
    ASSERT_NE(proxy, boxes.end());
    page.presets().select(static_cast<int>(proxy - boxes.begin()));
    EXPECT_FALSE(page.presets().proposeButton().isEnabled());
    EXPECT_TRUE(page.presets().why().contains(QStringLiteral("keepalive does not help")));
}

TEST_F(TuningTest, closingDuringATrialWaitsForADecision) {
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

struct TuningWindowTest : testing::Test {
    FakeTuning actions;
    Query query;
    MainWindow window{[this](const Query& chosen) { query = chosen; }};

    void SetUp() override {
        window.setTuning(actions);
        window.show();
        window.showFrame(tuningFrame(TuningTest::connections(), kOld));
        window.setPage(1);
    }
    void applyNew() {
        window.tuning()->edit(kNew);
        window.tuning()->applyBar().apply->click();
        actions.accept();
    }
};

TEST_F(TuningWindowTest, thePageComesOnlyWithItsActions) {
    MainWindow without([](const Query&) {});
    EXPECT_EQ(without.tuning(), nullptr);
    EXPECT_TRUE(window.tuning()->isVisible());
    EXPECT_EQ(window.tuning()->inEffect(), kOld);
}

TEST_F(TuningWindowTest, whoWaitsIsListedInTheTable) {
    applyNew();
    window.tuning()->effect().listButton().click();
    EXPECT_TRUE(window.connections().isVisible());
    EXPECT_TRUE(QTest::qWaitFor([&] { return query.filter == "sk:2,1"; }));
}

TEST_F(TuningWindowTest, aPausedTableDoesNotStopTheTuning) {
    window.actions().pause->setChecked(true);
    window.showFrame(tuningFrame(TuningTest::connections(), kNew));
    EXPECT_EQ(window.tuning()->inEffect(), kNew);
}

TEST_F(TuningWindowTest, closingDuringATrialAsksFirst) {
    window.tuning()->applyBar().trialBox->setChecked(true);
    applyNew();
    EXPECT_FALSE(window.close());
    auto* question = window.findChild<QMessageBox*>();
    ASSERT_NE(question, nullptr);
    for (auto* button : question->buttons())
        if (question->buttonRole(button) == QMessageBox::DestructiveRole)
            button->click();
    ASSERT_EQ(actions.changes.size(), 2U);
    EXPECT_EQ(actions.changes[1].values, kOld);
    EXPECT_TRUE(window.isVisible());
    actions.accept();
    EXPECT_FALSE(window.isVisible());
}

TEST_F(TuningWindowTest, closingWaitsWhereTakingBackFails) {
    window.tuning()->applyBar().trialBox->setChecked(true);
    applyNew();
    window.close();
    auto* question = window.findChild<QMessageBox*>();
    ASSERT_NE(question, nullptr);
    for (auto* button : question->buttons())
        if (question->buttonRole(button) == QMessageBox::DestructiveRole)
            button->click();
    actions.refuse(Kind::HelperGone);
    EXPECT_TRUE(window.isVisible());
    EXPECT_TRUE(window.tuning()->isOnTrial());
    EXPECT_TRUE(window.tuning()->answer().sentence().contains(QStringLiteral("The reason.")));
    window.tuning()->applyBar().keep->click(); // or the window could not be closed at the end of the test
}

} // namespace
} // namespace halfopen::test
