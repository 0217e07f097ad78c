// SPDX-License-Identifier: GPL-3.0-or-later
// What was changed, of what, from what to what, by whom, and the way back.
#include "tests/frames/frame_maker.h"
#include "tests/ui/child.h"
#include "tests/ui/choose.h"
#include "tests/ui/fake_services.h"
#include "ui/changes/change_log.h"
#include "ui/connections/connections_page.h"
#include "ui/table/connection_view.h"
#include "ui/table/filter_bar.h"
#include "ui/tuning/apply_bar.h"
#include "ui/tuning/tuning_page.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QTableView>

#include <gmock/gmock.h>

#include <memory>

namespace halfopen::test {
namespace {

using testing::HasSubstr;

Scripted mine(std::uint64_t cookie) {
    Scripted row = unguarded(cookie);
    row.options = FakeSockets::exactOptions();
    return row;
}

struct ChangesTest : testing::Test {
    ChangesTest() {
        QSettings().clear();
        window = std::make_unique<MainWindow>(fakes.services());
        window->showPage(window->connections());
        window->show();
        show(FrameMaker{mine(1), mine(2), mine(3)});
    }
    void show(const FrameMaker& maker) {
        FrameMaker now = maker;
        window->showFrame(series.next(now.at(MonotonicClock::now()).script));
        QApplication::processEvents();
    }
    /// With other settings than the kernel's own.
    void showSettings(const KeepaliveDefaults& values) {
        auto& sysctls = series.machine().sysctls;
        sysctls.keepaliveTime = values.time;
        sysctls.keepaliveInterval = values.interval;
        sysctls.keepaliveProbes = values.probes;
        show(FrameMaker{mine(1), mine(2), mine(3)});
    }
    void turnOn(std::initializer_list<std::uint64_t> cookies) {
        choose(window->connections().view(), cookies);
        QApplication::processEvents();
        child<QAction>(*window, "changeKeepalive").trigger();
        child<QCheckBox>(*window, "SO_KEEPALIVE").click();
        child<QPushButton>(*window, "applyChange").click();
    }
    QDialog& list() {
        child<QAction>(*window, "changesMade").trigger();
        return child<QDialog>(*window, "changesWindow");
    }
    QTableView& table() { return child<QTableView>(list(), "changes"); }
    std::string cell(int row, ChangeLog::Column column) {
        return table().model()->index(row, column).data().toString().toStdString();
    }
    QPushButton& undo() { return child<QPushButton>(list(), "undoLogged"); }

    FakeServices fakes;
    FrameSeries series;
    std::unique_ptr<MainWindow> window;
};

TEST_F(ChangesTest, tellWhatWasChangedFromWhatToWhatAndByWhom) {
    EXPECT_EQ(table().model()->rowCount(), 0);
    EXPECT_TRUE(child<QLabel>(list(), "noChanges").isVisible());
    turnOn({1});
    fakes.sockets.acceptSet();
    ASSERT_EQ(table().model()->rowCount(), 1);
    EXPECT_FALSE(child<QLabel>(list(), "noChanges").isVisible());
    EXPECT_THAT(cell(0, ChangeLog::Of), HasSubstr("→"));
    EXPECT_EQ(cell(0, ChangeLog::Values), "SO_KEEPALIVE: off → on");
    EXPECT_EQ(cell(0, ChangeLog::By), "Halfopen");
    EXPECT_EQ(cell(0, ChangeLog::Now), "in effect");
    EXPECT_THAT(cell(0, ChangeLog::When), testing::MatchesRegex("..:..:.."));
}

TEST_F(ChangesTest, whatWasChangedAlikeIsOneLine) {
    turnOn({1, 2, 3});
    const PrivilegeError gone{PrivilegeErrorKind::NoSuchConnection, Sentence::tr("The reason."), {}};
    fakes.sockets.acceptSet(FakeSockets::exactOptions(60, Switch::On), {{3, gone}});
    ASSERT_EQ(table().model()->rowCount(), 2);
    const int failed = cell(0, ChangeLog::Now) == "in effect" ? 1 : 0;
    EXPECT_EQ(cell(failed, ChangeLog::Now), "not done: It had gone already");
    EXPECT_THAT(cell(1 - failed, ChangeLog::Of), HasSubstr("2 connection(s): "));
}

TEST_F(ChangesTest, eachIsTakenBackWhicheverCameAfterIt) {
    turnOn({1});
    fakes.sockets.acceptSet();
    turnOn({2});
    fakes.sockets.acceptSet();
    list();
    table().selectRow(1); // that of 1, which is not the last
    ASSERT_TRUE(undo().isEnabled());
    undo().click();
    ASSERT_EQ(fakes.sockets.sets.size(), 3U);
    EXPECT_EQ(fakes.sockets.sets.back().cookies, std::vector<std::uint64_t>{1});
    EXPECT_EQ(fakes.sockets.sets.back().change, OptionsChange{.enabled = false});
    fakes.sockets.acceptSet(FakeSockets::exactOptions());
    ASSERT_EQ(table().model()->rowCount(), 3);
    EXPECT_EQ(cell(0, ChangeLog::Values), "SO_KEEPALIVE: on → off");
    EXPECT_EQ(cell(0, ChangeLog::Now), "in effect, as before");
    EXPECT_EQ(cell(1, ChangeLog::Now), "in effect") << "that of 2";
    EXPECT_THAT(cell(2, ChangeLog::Now), HasSubstr("taken back at "));
    table().selectRow(2);
    EXPECT_FALSE(undo().isEnabled()) << "it is";
    table().selectRow(1);
    EXPECT_TRUE(undo().isEnabled());
}

TEST_F(ChangesTest, aClosedDialogIsNoChangeAndSaysSo) {
    turnOn({1});
    fakes.sockets.refuse(PrivilegeErrorKind::Dismissed);
    ASSERT_EQ(table().model()->rowCount(), 1);
    EXPECT_EQ(cell(0, ChangeLog::Now), "not done: the dialog was closed");
    table().selectRow(0);
    EXPECT_FALSE(undo().isEnabled());
}

TEST_F(ChangesTest, closingIsLoggedToo) {
    choose(window->connections().view(), {1});
    QApplication::processEvents();
    child<QAction>(*window, "closeConnection").trigger();
    auto& box = child<QMessageBox>(*window);
    for (auto* button : box.buttons())
        if (box.buttonRole(button) == QMessageBox::DestructiveRole)
            button->click();
    fakes.sockets.acceptClose();
    ASSERT_EQ(table().model()->rowCount(), 1);
    EXPECT_EQ(cell(0, ChangeLog::Values), "open → closed");
    EXPECT_THAT(cell(0, ChangeLog::Now), HasSubstr("1 connection(s) closed"));
    table().selectRow(0);
    EXPECT_FALSE(undo().isEnabled()) << "that cannot be taken back";
}

TEST_F(ChangesTest, settingsThatSomethingElseHasChangedAreTakenBackOnTheirPage) {
    showSettings({7200, 75, 9});
    EXPECT_EQ(table().model()->rowCount(), 0) << "they are what they were at the start";
    showSettings({600, 75, 9});
    ASSERT_EQ(table().model()->rowCount(), 1);
    EXPECT_EQ(cell(0, ChangeLog::Of), "Settings of this machine");
    EXPECT_EQ(cell(0, ChangeLog::Values), "tcp_keepalive_time: 7200 s → 600 s");
    EXPECT_EQ(cell(0, ChangeLog::By), "another program");
    table().selectRow(0);
    ASSERT_TRUE(undo().isEnabled());
    undo().click();
    EXPECT_TRUE(child<TuningPage>(*window).isVisible());
    EXPECT_TRUE(child<ApplyBar>(child<TuningPage>(*window)).apply->isEnabled()) << "a person applies it";
}

TEST_F(ChangesTest, aTrialSaysHowItWasDecided) {
    auto& tuning = child<TuningPage>(*window);
    tuning.edit({600, 75, 9});
    auto& bar = child<ApplyBar>(tuning);
    bar.trialBox->setChecked(true);
    bar.apply->click();
    fakes.tuning.accept();
    ASSERT_EQ(table().model()->rowCount(), 1);
    EXPECT_EQ(cell(0, ChangeLog::Now), "on trial");
    EXPECT_EQ(cell(0, ChangeLog::By), "Halfopen");
    bar.takeBack->click();
    fakes.tuning.accept();
    ASSERT_EQ(table().model()->rowCount(), 2);
    EXPECT_EQ(cell(0, ChangeLog::Values), "tcp_keepalive_time: 600 s → 7200 s");
    EXPECT_THAT(cell(1, ChangeLog::Now), HasSubstr("taken back at "));
    tuning.edit({900, 75, 9});
    bar.apply->click();
    fakes.tuning.accept();
    bar.keep->click();
    ASSERT_EQ(table().model()->rowCount(), 3);
    EXPECT_EQ(cell(0, ChangeLog::Now), "in effect until a reboot");
}

TEST_F(ChangesTest, canBeCopiedAndLeadToTheirConnections) {
    turnOn({2});
    fakes.sockets.acceptSet();
    table().selectAll();
    table().actions().constFirst()->trigger();
    EXPECT_THAT(QApplication::clipboard()->text().toStdString(), HasSubstr("SO_KEEPALIVE: off → on"));
    table().selectRow(0);
    child<QPushButton>(list(), "showLogged").click();
    EXPECT_EQ(window->connections().filterBar().filter(), QStringLiteral("sk:2"));
}

TEST_F(ChangesTest, theirWindowGoesWithTheWindow) {
    turnOn({1});
    fakes.sockets.acceptSet();
    table().selectRow(0);
    window.reset();
    QApplication::processEvents();
    SUCCEED() << "nobody is asked who is gone";
}

TEST(ChangeLog, keepsTheNewestAndIsReadOutAsASentence) {
    ChangeLog log;
    for (std::size_t i = 0; i < ChangeLog::kMost + 1; ++i)
        log.add({.when = QDateTime::currentDateTime(), .of = QString::number(i)});
    EXPECT_EQ(log.rowCount(), static_cast<int>(ChangeLog::kMost));
    EXPECT_EQ(log.at(0).of, QString::number(ChangeLog::kMost));
    log.add({.when = QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5)),
             .of = QStringLiteral("psql"),
             .values = QStringLiteral("A: 1 → 2"),
             .by = QStringLiteral("Halfopen"),
             .state = QStringLiteral("in effect")});
    const auto spoken = log.index(0, 0).data(Qt::AccessibleTextRole).toString().toStdString();
    EXPECT_THAT(spoken, testing::EndsWith("03:04:05: psql. A: 1 → 2. By Halfopen, in effect"));
}

} // namespace
} // namespace halfopen::test
