// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/tuning_page_test.h"
#include "ui/tuning/preset_list.h"
#include "ui/tuning/track_view.h"
#include "ui/tuning/tuning_strings.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QRegularExpression>
#include <QSpinBox>
#include <QTest>
#include <QTreeWidget>

namespace halfopen::test {
namespace {

struct TuningPageTest : TuningTest {
    TrackView& track = child<TrackView>(page);
    QTreeWidget& middleboxes = child<QTreeWidget>(page);
    QPushButton& propose = child<QPushButton>(page, "propose");

    QString sentences() const { return child<QLabel>(page, "tuningSentences").text(); }
    QString idleInEffect() const { return child<QLabel>(page, "inEffect_tcp_keepalive_time").text(); }
    QString why() const { return child<QLabel>(page, "whyProposed").text(); }
    bool tracks(const KeepaliveDefaults& values) const {
        return track.accessibleDescription().endsWith(firstProbeSentence(values) + QLatin1Char(' ') +
                                                      noticedSentence(values));
    }
    void chooseBox(int index) { middleboxes.setCurrentItem(middleboxes.topLevelItem(index)); }
    QString survivalAt(int index) const { return middleboxes.topLevelItem(index)->text(2); }
};

TEST_F(TuningPageTest, showsWhatIsInEffect) {
    EXPECT_EQ(inEffect(page), kOld);
    EXPECT_EQ(edited(page), kOld);
    EXPECT_TRUE(tracks(kOld));
    EXPECT_FALSE(bar.apply->isEnabled());
    EXPECT_FALSE(bar.revert->isEnabled());
    EXPECT_TRUE(idleInEffect().contains(QStringLiteral("kernel default")));
}

TEST_F(TuningPageTest, wordsSayWhatTheTrackDraws) {
    page.edit(kNew);
    EXPECT_TRUE(sentences().contains(QStringLiteral("after 10m of silence"))) << sentences().toStdString();
    EXPECT_TRUE(sentences().contains(QStringLiteral("noticed after 12m 30s")));
    EXPECT_TRUE(sentences().contains(QStringLiteral("forget a silent connection before the first probe")));
    EXPECT_TRUE(sentences().contains(QStringLiteral("packets a second")));
}

TEST_F(TuningPageTest, theEffectIsCountedBeforeApply) {
    page.edit(kNew);
    const QString text = effect();
    EXPECT_TRUE(text.startsWith(QStringLiteral("0 follow at once"))) << text.toStdString();
    // It expires in 12 s; when the wheel lets it fire then, the machine's clock decides (tst_effect has the numbers).
    const QRegularExpression band(
        QStringLiteral(" 2 follow when their armed timer fires: the first in [^,]+ ±[^,]+, the last in "));
    EXPECT_TRUE(band.match(text).hasMatch()) << text.toStdString();
    EXPECT_TRUE(text.contains(QStringLiteral(" 1 keep their own values")));
    EXPECT_TRUE(text.contains(QStringLiteral(" 1 have keepalive off")));
}

TEST_F(TuningPageTest, spinBoxAndTrackMoveTogether) {
    idleBox(page).setValue(650);
    EXPECT_EQ(edited(page).time, 650);
    EXPECT_TRUE(tracks({650, 75, 9}));
    track.focusHandle(TrackHandle::Time);
    QTest::keyClick(&track, Qt::Key_Left);
    EXPECT_EQ(idleBox(page).value(), 600);
}

TEST_F(TuningPageTest, whatIsBeingTypedSurvivesTheNextFrame) {
    auto& box = idleBox(page);
    box.setFocus();
    box.selectAll();
    QTest::keyClick(&box, Qt::Key_6);
    show(kOld);
    QTest::keyClick(&box, Qt::Key_0);
    show(kOld);
    QTest::keyClick(&box, Qt::Key_0);
    QTest::keyClick(&box, Qt::Key_Return);
    EXPECT_EQ(edited(page).time, 600);
}

TEST_F(TuningPageTest, revertGoesBackToWhatIsInEffect) {
    page.edit(kNew);
    bar.revert->click();
    EXPECT_EQ(edited(page), kOld);
}

TEST_F(TuningPageTest, aChangeByOthersMovesTheGhostAndNotTheEdit) {
    page.edit(kNew);
    show({3600, 75, 9});
    EXPECT_EQ(edited(page), kNew);
    EXPECT_EQ(inEffect(page).time, 3600);
}

TEST_F(TuningPageTest, withoutAnEditThePageFollowsOthers) {
    show({3600, 75, 9});
    EXPECT_EQ(edited(page).time, 3600);
}

TEST_F(TuningPageTest, unusualValuesAreShownMarkedAndNeverOffered) {
    show({0, -7, 0});
    EXPECT_TRUE(idleInEffect().contains(QStringLiteral("in effect: 0 s")));
    EXPECT_TRUE(idleInEffect().contains(QStringLiteral("Unusual")));
    EXPECT_TRUE(child<QLabel>(page, "inEffect_tcp_keepalive_intvl").text().contains(QStringLiteral("-7")));
    EXPECT_EQ(edited(page), (KeepaliveDefaults{7200, 75, 9}));
    EXPECT_TRUE(bar.apply->isEnabled());
    EXPECT_FALSE(bar.trialBox->isEnabled()); // they would not be written back
    for (const auto* box : page.findChildren<QSpinBox*>())
        EXPECT_EQ(box->minimum(), 1);
}

TEST_F(TuningPageTest, aRecordingCannotBeChanged) {
    FrameMaker recorded = connections();
    recorded.live = false;
    page.showFrame(tuningFrame(std::move(recorded), kOld));
    page.edit(kNew);
    EXPECT_FALSE(bar.apply->isEnabled());
    EXPECT_TRUE(warning().contains(QStringLiteral("recording")));
}

TEST_F(TuningPageTest, nothingIsKeptInALaboratory) {
    actions.place.laboratory = true;
    page.hide();
    page.show();
    EXPECT_FALSE(bar.persistBox->isEnabled());
    show({3600, 75, 9});
    EXPECT_TRUE(idleInEffect().contains(QStringLiteral("laboratory")));
}

TEST_F(TuningPageTest, aFileThatWinsAtBootIsNamed) {
    actions.place.boot.assignments = {
        {Setting::KeepaliveTime, "/etc/sysctl.d/99-sysctl.conf", 3, "900", 900, false, false}};
    page.hide();
    page.show();
    bar.persistBox->click();
    EXPECT_TRUE(warning().contains(QStringLiteral("/etc/sysctl.d/99-sysctl.conf:3 sets tcp_keepalive_time = 900")))
        << warning().toStdString();
    EXPECT_TRUE(idleInEffect().contains(QStringLiteral("brings back 900")));
}

TEST_F(TuningPageTest, aPresetProposesItsValuesAndSaysWhy) {
    const auto boxes = shippedMiddleboxes();
    const auto azure = std::ranges::find(boxes, "azure-lb", &Middlebox::id);
    ASSERT_NE(azure, boxes.end());
    const auto index = static_cast<int>(azure - boxes.begin());
    EXPECT_EQ(survivalAt(index), QStringLiteral("forgotten"));
    chooseBox(index);
    EXPECT_TRUE(why().contains(QStringLiteral("silent for 4m")));
    propose.click();
    EXPECT_EQ(edited(page), (KeepaliveDefaults{120, 30, 4}));
    EXPECT_EQ(survivalAt(index), QStringLiteral("survives"));
    EXPECT_TRUE(actions.changes.empty()); // proposed, not applied
}

TEST_F(TuningPageTest, layerSevenSaysThatKeepaliveDoesNotHelp) {
    const auto boxes = shippedMiddleboxes();
    const auto proxy = std::ranges::find(boxes, 7, &Middlebox::layer);
    ASSERT_NE(proxy, boxes.end());
    chooseBox(static_cast<int>(proxy - boxes.begin()));
    EXPECT_FALSE(propose.isEnabled());
    EXPECT_TRUE(why().contains(QStringLiteral("keepalive does not help")));
}

TEST(CountedLines, aNumberStandsInTheLineOfItsWords) {
    CountedLines lines;
    lines.show({{5, QStringLiteral("follow")}, {0, QStringLiteral("\u7acb\u5373\u91c7\u7528\u65b0\u503c")}});
    lines.setVisible(true);
    QApplication::processEvents();
    const auto labels = lines.findChildren<QLabel*>();
    ASSERT_EQ(labels.size(), 4);
    for (int i = 0; i < 4; i += 2)
        EXPECT_NEAR(labels[i]->geometry().center().y(), labels[i + 1]->geometry().center().y(), 1) << i;
}

} // namespace
} // namespace halfopen::test
