// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/tuning_page_test.h"
#include "ui/tuning/effect_panel.h"
#include "ui/tuning/preset_list.h"
#include "ui/tuning/track_view.h"
#include "ui/tuning/value_editor.h"

#include <QCheckBox>
#include <QSpinBox>
#include <QTest>

namespace halfopen::test {
namespace {

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
    EXPECT_TRUE(page.sentences().contains(QStringLiteral("after 10m of silence"))) << page.sentences().toStdString();
    EXPECT_TRUE(page.sentences().contains(QStringLiteral("noticed after 12m 30s")));
    EXPECT_TRUE(page.sentences().contains(QStringLiteral("Does not survive: ")));
    EXPECT_TRUE(page.sentences().contains(QStringLiteral("Azure")));
    EXPECT_TRUE(page.sentences().contains(QStringLiteral("packets a second")));
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

TEST_F(TuningTest, whatIsBeingTypedSurvivesTheNextFrame) {
    auto& box = page.editor().box(Setting::KeepaliveTime);
    box.setFocus();
    box.selectAll();
    QTest::keyClick(&box, Qt::Key_6);
    show(kOld);
    QTest::keyClick(&box, Qt::Key_0);
    show(kOld);
    QTest::keyClick(&box, Qt::Key_0);
    QTest::keyClick(&box, Qt::Key_Return);
    EXPECT_EQ(page.edited().time, 600);
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
    FrameMaker recorded = connections();
    recorded.live = false;
    page.showFrame(tuningFrame(std::move(recorded), kOld));
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

TEST_F(TuningTest, aPresetProposesItsValuesAndSaysWhy) {
    const auto boxes = shippedMiddleboxes();
    const auto azure = std::ranges::find(boxes, "azure-lb", &Middlebox::id);
    ASSERT_NE(azure, boxes.end());
    const auto index = static_cast<int>(azure - boxes.begin());
    EXPECT_EQ(page.presets().wordAt(index), QStringLiteral("forgotten"));
    page.presets().select(index);
    EXPECT_TRUE(page.presets().why().contains(QStringLiteral("silent for 4m")));
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

} // namespace
} // namespace halfopen::test
