// SPDX-License-Identifier: GPL-3.0-or-later
// Guarding what is still to come: the dialog, the table of rules, and what the window says of a connection.
#include "tests/frames/frame_maker.h"
#include "tests/ui/child.h"
#include "tests/ui/fake_guards.h"
#include "tests/ui/fake_services.h"
#include "ui/actions/guard_dialog.h"
#include "ui/connections/connections_page.h"
#include "ui/tuning/guard_model.h"
#include "ui/tuning/guard_panel.h"
#include "ui/window/guard_flow.h"
#include "ui/window/main_window.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTest>

#include <gmock/gmock.h>

#include <algorithm>

namespace halfopen::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::uint32_t kGroup = internCgroup(4711);
const std::uint32_t kOtherGroup = internCgroup(4712);
const GuardRule kRule{"x.service", 60, 10, 3, 0};

/// An unguarded connection that was made in a control group.
Scripted unguardedIn(std::uint64_t cookie, std::uint32_t group) {
    auto row = unguarded(cookie);
    row.connection.cgroup = group & 0xffffffU;
    return row;
}

struct GuardDialogTest : testing::Test {
    FakeGuards guards;
    QPointer<GuardDialog> dialog;

    GuardDialogTest() {
        guards.paths = {{cgroupId(kGroup), "/user.slice/x.service/inner"}};
        guards.groups = {{cgroupId(kGroup)}, 2};
    }
    ~GuardDialogTest() override { delete dialog; }
    void open() {
        dialog = new GuardDialog(guards, FrameMaker{unguardedIn(1, kGroup), unguardedIn(2, kOtherGroup)}.build(),
                                 {kGroup}, nullptr);
        dialog->open();
    }
    QStringList units() const {
        QStringList all;
        const auto& box = child<QComboBox>(*dialog, "guardUnit");
        for (int i = 0; i < box.count(); ++i)
            all.append(box.itemText(i));
        return all;
    }
    void choose(int unit) const { child<QComboBox>(*dialog, "guardUnit").setCurrentIndex(unit); }
    std::string text() const { return child<QLabel>(*dialog, "guardText").text().toStdString(); }
    std::string answer() const { return child<QLabel>(*dialog, "guardAnswer").text().toStdString(); }
    QPushButton& apply() const { return child<QPushButton>(*dialog, "guardApply"); }
};

TEST_F(GuardDialogTest, saysWhomItTouchesWhatItCostsAndWhatStays) {
    open();
    EXPECT_EQ(units().join(QLatin1Char(' ')), QStringLiteral("inner x.service user.slice every program"));
    choose(1);
    EXPECT_EQ(guards.sought.back(), "x.service");
    EXPECT_THAT(text(), HasSubstr("x.service: keepalive for each new connection whose program does not ask for it: "
                                  "first probe after 60 s of silence, then every 10 s, 3 in all."));
    EXPECT_THAT(text(), HasSubstr("Now it has 2 processes and 1 open connection."));
    EXPECT_THAT(text(), HasSubstr("Open connections stay as they are"));
    EXPECT_THAT(text(), HasSubstr("It costs a packet and its answer for each 60 s of silence"));
    EXPECT_TRUE(guards.sets.empty());
}

TEST_F(GuardDialogTest, setsWhatItShowsAndCloses) {
    open();
    choose(1);
    QSignalSpy guarded(dialog, &GuardDialog::guarded);
    child<QSpinBox>(*dialog, "TCP_KEEPIDLE").setValue(90);
    child<QSpinBox>(*dialog, "TCP_KEEPINTVL").setValue(0);
    EXPECT_THAT(text(), HasSubstr("first probe after 90 s of silence, 3 in all."));
    child<QCheckBox>(*dialog, "guardPersist").setChecked(false);
    apply().click();
    ASSERT_EQ(guards.sets.size(), 1U);
    EXPECT_EQ(guards.sets[0].rule, (GuardRule{"x.service", 90, 0, 3, 0}));
    EXPECT_FALSE(guards.sets[0].persist);
    EXPECT_FALSE(apply().isEnabled());
    guards.answer();
    EXPECT_EQ(guarded.count(), 1);
    EXPECT_FALSE(dialog && dialog->isVisible());
}

TEST_F(GuardDialogTest, everyProgramIsChosenByNameAlone) {
    open();
    choose(3);
    apply().click();
    ASSERT_EQ(guards.sets.size(), 1U);
    EXPECT_EQ(guards.sets[0].rule.unit, "");
}

TEST_F(GuardDialogTest, aRefusalIsSaidAndTheFieldsStay) {
    open();
    apply().click();
    guards.answer(
        refusal(PrivilegeErrorKind::NotAuthorized, Sentence::tr("Withdrawn."), "sudo halfopenctl guard inner"));
    EXPECT_THAT(answer(), HasSubstr("sudo halfopenctl guard inner"));
    EXPECT_TRUE(apply().isEnabled());
    EXPECT_TRUE(dialog->isVisible());
}

TEST_F(GuardDialogTest, leavingWithdrawsTheQuestion) {
    open();
    apply().click();
    EXPECT_TRUE(guards.isAsked());
    dialog->reject();
    EXPECT_FALSE(guards.isAsked());
}

TEST_F(GuardDialogTest, aRuleThatIsThereIsShownAndReplaced) {
    guards.list.rules = {{{"x.service", 300, 0, 5, 0}, true, GuardCounts()}};
    open();
    choose(1);
    EXPECT_EQ(child<QSpinBox>(*dialog, "TCP_KEEPIDLE").value(), 300);
    EXPECT_EQ(child<QSpinBox>(*dialog, "TCP_KEEPCNT").value(), 5);
    EXPECT_THAT(text(), HasSubstr("It takes the place of the rule that is there: first probe after 300 s"));
}

TEST(GuardModelTest, rowsStayInPlaceWhileRulesComeAndGo) {
    GuardModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const auto texts = [&](int row) {
        std::string all;
        for (int column = 0; column < GuardModel::kColumns; ++column)
            all += model.index(row, column).data().toString().toStdString() + '|';
        return all;
    };
    const GuardRule two{"two.scope", 90, 0, 0, 20'000};
    model.show({{{kRule, true, GuardCounts{3, 4, 1, 0}}, {two, true, std::nullopt}}, std::nullopt});
    EXPECT_EQ(texts(0), "x.service|60 s|10 s|3|the system's|3|4|1|0|in effect, kept|");
    EXPECT_EQ(texts(1), "two.scope|90 s|the system's|the system's|20000 ms|||||kept, not in effect|");
    const QPersistentModelIndex stays = model.index(1, 0);
    model.show({{{two, true, GuardCounts()}, {{"", 600, 0, 0, 0}, false, GuardCounts()}}, std::nullopt});
    EXPECT_EQ(stays.row(), 0);
    EXPECT_EQ(texts(1), "every program|600 s|the system's|the system's|the system's|0|0|0|0|until the next boot|");
    model.show({});
    EXPECT_EQ(model.rowCount(), 0);
}

TEST(GuardPanelTest, isThereWhileThereAreRulesAndForgetsThem) {
    FakeGuards guards;
    QWidget window;
    auto* panel = new GuardPanel(&guards, &window);
    window.show();
    panel->look();
    EXPECT_FALSE(panel->isVisible());
    guards.list.rules = {{kRule, true, GuardCounts{3, 4, 1, 0}}};
    panel->look();
    EXPECT_TRUE(panel->isVisible());
    auto& forget = child<QPushButton>(*panel, "forgetGuard");
    EXPECT_FALSE(forget.isEnabled());
    child<QTableView>(*panel, "guards").selectRow(0);
    QSignalSpy answered(panel, &GuardPanel::answered);
    forget.click();
    EXPECT_THAT(guards.forgotten, ElementsAre("x.service"));
    EXPECT_FALSE(forget.isEnabled());
    guards.list.rules.clear();
    guards.answer();
    ASSERT_EQ(answered.count(), 1);
    EXPECT_THAT(answered[0][0].toString().toStdString(), HasSubstr("guarded no more"));
    EXPECT_FALSE(panel->isVisible());
}

TEST(GuardFlowTest, aRowHasItsKeepaliveFromTheRuleOfItsUnit) {
    FakeGuards guards;
    guards.paths = {{cgroupId(kGroup), "/system.slice/x.service"}};
    QWidget window;
    GuardFlow flow(&guards, &window);
    QSignalSpy changed(&flow, &GuardFlow::changed);
    QSignalSpy wanted(&flow, &GuardFlow::rulesWanted);
    auto its = guarded(1);
    its.connection.cgroup = kGroup & 0xffffffU;
    const auto frame = FrameMaker{its, guarded(2)}.build();
    const auto& options = frame->rows[0].options;
    const GuardRule rule{"x.service", options.idleSeconds, options.intervalSeconds, options.probes,
                         static_cast<std::int32_t>(options.userTimeout.count())};
    EXPECT_EQ(wanted.count(), 0);
    EXPECT_FALSE(flow.ruleOf(*frame, frame->rows[0])) << "there is no rule";
    EXPECT_EQ(wanted.count(), 1) << "and nobody has looked";
    flow.take({{{rule, true, GuardCounts()}}, std::nullopt});
    EXPECT_EQ(changed.count(), 1);
    EXPECT_FALSE(flow.ruleOf(*frame, frame->rows[0])) << "its group is being looked for";
    EXPECT_EQ(changed.count(), 2);
    EXPECT_EQ(flow.ruleOf(*frame, frame->rows[0]), rule);
    EXPECT_FALSE(flow.ruleOf(*frame, frame->rows[1])) << "nothing tells its group";
    flow.take({{{rule, true, std::nullopt}}, std::nullopt});
    EXPECT_FALSE(flow.ruleOf(*frame, frame->rows[0])) << "the rule is not in effect";
    EXPECT_EQ(wanted.count(), 1);
}

struct GuardWindow : testing::Test {
    FakeServices fakes;
    FakeGuards guards;

    GuardWindow() {
        guards.paths = {{cgroupId(kGroup), "/system.slice/x.service"}};
        guards.groups = {{cgroupId(kGroup)}, 1};
    }
    static QAction& guard(const MainWindow& window) { return child<QAction>(window, "guardNewConnections"); }
    static bool advises(const MainWindow& window) {
        return std::ranges::any_of(window.findChildren<QAbstractButton*>(), [&](const QAbstractButton* button) {
            return button->isVisibleTo(&window) && button->text() == QStringLiteral("Guard New Ones...");
        });
    }
};

TEST_F(GuardWindow, offersItForWhatIsChosenAndSaysWhenItIsDone) {
    auto services = fakes.services();
    services.guards = &guards;
    MainWindow window(services);
    window.showPage(window.connections());
    window.show();
    const auto frame = FrameMaker{unguardedIn(1, kGroup), unguardedIn(2, 0)}.build();
    window.showFrame(frame);
    EXPECT_TRUE(guard(window).isVisible());
    EXPECT_FALSE(guard(window).isEnabled()) << "nothing is chosen";
    EXPECT_EQ(guards.lists, 0) << "a window that opens starts no helper";
    window.select(frame->keyOf(frame->rows[1]));
    EXPECT_FALSE(guard(window).isEnabled()) << "the kernel does not tell its group";
    window.select(frame->keyOf(frame->rows[0]));
    ASSERT_TRUE(guard(window).isEnabled());
    const int lists = guards.lists;
    guard(window).trigger();
    auto* dialog = window.findChild<GuardDialog*>();
    ASSERT_NE(dialog, nullptr);
    child<QPushButton>(*dialog, "guardApply").click();
    ASSERT_EQ(guards.sets.size(), 1U);
    EXPECT_EQ(guards.sets[0].rule.unit, "x.service");
    EXPECT_TRUE(guards.sets[0].persist);
    guards.answer();
    EXPECT_THAT(words(window).toStdString(),
                HasSubstr("Each new connection of x.service is guarded from now on, after a reboot as well."));
    EXPECT_GT(guards.lists, lists + 1) << "the table of rules is up to date";
}

TEST_F(GuardWindow, offersNothingOnAnotherMachine) {
    auto services = fakes.services();
    services.guards = &guards;
    MainWindow window(services);
    window.showPage(window.connections());
    window.show();
    const auto becomes = [&](bool offered, const FramePtr& frame) {
        window.showFrame(frame);
        window.select(frame->keyOf(frame->rows[0]));
        return QTest::qWaitFor([&] { return advises(window) == offered; });
    };
    FrameSeries here;
    EXPECT_TRUE(becomes(true, here.next({unguardedIn(1, kGroup)})));
    MachineFacts far = usualMachine();
    far.host = 7;
    FrameSeries there{far};
    EXPECT_TRUE(becomes(false, there.next({unguardedIn(1, kGroup)})));
}

TEST_F(GuardWindow, offersNothingWhereNothingCanBeGuarded) {
    MainWindow window(fakes.services());
    window.show();
    window.showFrame(FrameMaker{unguardedIn(1, kGroup)}.build());
    EXPECT_FALSE(guard(window).isVisible());
    EXPECT_FALSE(advises(window));
}

} // namespace
} // namespace halfopen::test
