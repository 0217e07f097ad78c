// SPDX-License-Identifier: GPL-3.0-or-later
// The Tuning page as a part of the window.
#include "tests/ui/fake_services.h"
#include "tests/ui/tuning_page_test.h"
#include "ui/connections/connections_page.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QCheckBox>
#include <QMessageBox>
#include <QTest>

namespace halfopen::test {
namespace {

using Kind = PrivilegeErrorKind;

struct TuningWindowTest : testing::Test {
    FakeServices fakes;
    FakeTuning& actions = fakes.tuning;
    MainWindow window{fakes.services()};
    TuningPage& tuning = child<TuningPage>(window);

    void SetUp() override {
        window.show();
        window.showFrame(tuningFrame(TuningTest::connections(), kOld));
        window.showPage(tuning);
    }
    void applyNew() {
        tuning.edit(kNew);
        child<ApplyBar>(tuning).apply->click();
        actions.accept();
    }
};

TEST_F(TuningWindowTest, itTakesFramesAlsoWhileAnotherPageIsShown) {
    window.showPage(window.connections());
    EXPECT_FALSE(tuning.isVisible());
    window.showFrame(tuningFrame(TuningTest::connections(), kNew));
    EXPECT_EQ(inEffect(tuning), kNew);
    window.showFrame(tuningFrame(TuningTest::connections(), kOld));
    window.showPage(tuning);
    EXPECT_TRUE(tuning.isVisible());
    EXPECT_EQ(inEffect(tuning), kOld);
}

TEST_F(TuningWindowTest, whoWaitsIsListedInTheTable) {
    applyNew();
    child<QPushButton>(tuning, "listWaiting").click();
    EXPECT_TRUE(window.connections().isVisible());
    EXPECT_TRUE(QTest::qWaitFor([&] { return fakes.queries.back().filter == "sk:2,1"; }));
}

TEST_F(TuningWindowTest, aPausedTableDoesNotStopTheTuning) {
    child<QAction>(window, "pause").setChecked(true);
    window.showFrame(tuningFrame(TuningTest::connections(), kNew));
    EXPECT_EQ(inEffect(tuning), kNew);
}

TEST_F(TuningWindowTest, closingDuringATrialAsksFirst) {
    child<ApplyBar>(tuning).trialBox->setChecked(true);
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
    child<ApplyBar>(tuning).trialBox->setChecked(true);
    applyNew();
    window.close();
    auto* question = window.findChild<QMessageBox*>();
    ASSERT_NE(question, nullptr);
    for (auto* button : question->buttons())
        if (question->buttonRole(button) == QMessageBox::DestructiveRole)
            button->click();
    actions.refuse(Kind::HelperGone);
    EXPECT_TRUE(window.isVisible());
    EXPECT_TRUE(child<ApplyBar>(tuning).keep->isVisible());
    EXPECT_TRUE(answerIn(tuning).contains(QStringLiteral("The reason.")));
    child<ApplyBar>(tuning).keep->click(); // or the window could not be closed at the end of the test
}

} // namespace
} // namespace halfopen::test
