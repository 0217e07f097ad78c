// SPDX-License-Identifier: GPL-3.0-or-later
// Another machine in the window: whose connections these are stands on every page, nothing is changed there, and a line
// that is lost says since when and why.
#include "tests/frames/frame_maker.h"
#include "tests/ui/child.h"
#include "tests/ui/choose_file.h"
#include "tests/ui/ended_connections.h"
#include "tests/ui/fake_services.h"
#include "ui/actions/change_panel.h"
#include "ui/connections/connections_page.h"
#include "ui/details/details_pane.h"
#include "ui/history/history_page.h"
#include "ui/overview/overview_page.h"
#include "ui/parts/host_selector.h"
#include "ui/parts/message_page.h"
#include "ui/parts/notice_bar.h"
#include "ui/table/connection_view.h"
#include "ui/tuning/tuning_page.h"
#include "ui/window/main_window.h"

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <gmock/gmock.h>

namespace halfopen::test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::uint32_t kHost = 7; // HostContext::host

MachineFacts farMachine() {
    MachineFacts machine = usualMachine();
    machine.host = kHost;
    machine.name = "db7.example";
    machine.kernel = "6.12.1";
    return machine;
}

/// As the session makes it before the other machine has told something.
FramePtr unmet(std::optional<Error> error) {
    auto frame = std::make_shared<Frame>();
    frame->owners = std::make_shared<OwnerTable>();
    NetnsContext netns;
    netns.host = std::make_shared<const HostContext>(HostContext{.host = kUnmetHost, .name = "db7"});
    frame->namespaces = {std::make_shared<const NetnsContext>(std::move(netns))};
    frame->error = std::move(error);
    return frame;
}

struct AnotherHost : testing::Test {
    FakeServices fakes;
    std::vector<QString> asked; ///< "": back to this machine
    HistoryPtr history = std::make_shared<History>();
    std::unique_ptr<MainWindow> window;
    FrameSeries theirs{farMachine()};
    FrameSeries here;

    AnotherHost() {
        QSettings().clear();
        auto services = fakes.services();
        services.openMachine = [this] {
            asked.emplace_back();
            window->setSource({});
        };
        services.openHost = [this](const QString& host) {
            asked.push_back(host);
            window->setSource({.host = host, .history = history});
        };
        services.knownHosts = [] { return QStringList{QStringLiteral("db7"), QStringLiteral("web1")}; };
        services.record = [](const QString&, const FramePtr&) { return [] { return Result<RecordedView>(); }; };
        window = std::make_unique<MainWindow>(services);
        window->showPage(window->connections());
        window->show();
        QApplication::processEvents();
    }
    void show(const FramePtr& frame) {
        window->showFrame(frame);
        QApplication::processEvents();
    }
    void showFar(const char* host = "db7") {
        window->setSource({.host = QLatin1String(host), .history = history});
        show(theirs.next({suspect(owned(1)), unguarded(2)}));
    }
    std::string line() { return words(child<NoticeBar>(*window, "source")).toStdString(); }
    QToolButton& lineButton() { return *child<NoticeBar>(*window, "source").findChild<QToolButton*>(); }
    HostSelector& selector() { return child<HostSelector>(*window); }
    QLineEdit& field() { return *selector().lineEdit(); }
    bool isEnabled(const char* action) { return child<QAction>(*window, action).isEnabled(); }
    int labelsWith(const QString& text) {
        int count = 0;
        for (const auto* label : window->findChildren<QLabel*>())
            count += label->isVisible() && label->text().contains(text);
        return count;
    }
};

TEST_F(AnotherHost, everyPageAndTheTitleSayWhoseTheseAre) {
    showFar("alice@db7");
    EXPECT_EQ(window->windowTitle(), QStringLiteral("alice@db7 - Halfopen"));
    for (const int page : {0, 1, 2, 3}) {
        window->setPage(page);
        EXPECT_TRUE(child<NoticeBar>(*window, "source").isVisible()) << page;
        EXPECT_THAT(line(), HasSubstr("alice@db7 (db7.example, Linux 6.12.1)")) << page;
        EXPECT_THAT(line(), HasSubstr("Nothing is changed there"));
        EXPECT_GE(labelsWith(QStringLiteral("alice@db7")), 2) << page << ": the badge, too";
        EXPECT_EQ(selector().currentText(), QStringLiteral("alice@db7"));
    }
    window->setSource({});
    EXPECT_EQ(window->windowTitle(), QStringLiteral("Halfopen"));
    EXPECT_FALSE(child<NoticeBar>(*window, "source").isVisible());
    EXPECT_EQ(selector().currentText(), QStringLiteral("This machine"));
}

TEST_F(AnotherHost, nothingIsChangedThere) {
    showFar();
    window->connections().view().select({1, kNetns, kHost});
    QApplication::processEvents();
    for (const char* action :
         {"changeKeepalive", "closeConnection", "readExactly", "guardNewConnections", "undoLastChange"})
        EXPECT_FALSE(isEnabled(action)) << action;
    EXPECT_TRUE(isEnabled("saveRecording")) << "which changes nothing";
    const auto refusal = QStringLiteral("changes nothing there: log in to db7.example for that");
    child<QAction>(*window, "changeKeepalive").trigger();
    window->connections().details().showPage(&child<ChangePanel>(*window));
    QApplication::processEvents();
    EXPECT_TRUE(words(child<ChangePanel>(*window)).contains(refusal));
    window->showPage(child<TuningPage>(*window));
    QApplication::processEvents();
    EXPECT_TRUE(child<QLabel>(*window, "tuningWarning").text().contains(refusal));
    EXPECT_EQ(labelsWith(QStringLiteral("kernel default")), 0) << "no file of that machine was read";
    EXPECT_FALSE(fakes.sockets.isAsked());
}

TEST_F(AnotherHost, theVerbsComeBackWithThisMachine) {
    showFar();
    window->setSource({});
    show(here.next({guarded(1)}));
    window->connections().view().select(keyOf(1));
    QApplication::processEvents();
    EXPECT_TRUE(isEnabled("changeKeepalive"));
    EXPECT_TRUE(isEnabled("closeConnection"));
    EXPECT_TRUE(isEnabled("saveRecording"));
}

TEST_F(AnotherHost, aLostLineIsToldOnEveryPageAndMendsByItself) {
    showFar();
    show(theirs.fail({ErrorCode::Unreadable, Sentence::tr("The connection to {0} is lost.", std::string("db7"))}));
    for (const int page : {0, 1, 2, 3}) {
        window->setPage(page);
        EXPECT_THAT(line(), HasSubstr("These rows are from")) << page;
        EXPECT_THAT(line(), HasSubstr("The connection to db7 is lost.")) << page;
        EXPECT_EQ(labelsWith(QStringLiteral("These rows are from")), 1) << page << ": it is said once";
    }
    EXPECT_EQ(window->connections().view().model()->rowCount(), 2);
    EXPECT_EQ(lineButton().text(), QStringLiteral("Try Again")) << "ssh may have to ask a person";
    lineButton().click();
    EXPECT_EQ(asked, std::vector<QString>{QStringLiteral("db7")});
    show(theirs.next({guarded(1), unguarded(2)}));
    EXPECT_THAT(line(), HasSubstr("Nothing is changed there"));
}

TEST_F(AnotherHost, whyItCannotBeShownIsSaidOnEveryPageAndItCanBeAskedAgain) {
    show(here.next({guarded(1)}));
    window->setPage(0);
    window->setSource({.host = QStringLiteral("db7"), .history = history});
    show(unmet(std::nullopt));
    EXPECT_THAT(line(), HasSubstr("db7 is being asked"));
    EXPECT_EQ(window->connections().view().model()->rowCount(), 0);
    EXPECT_EQ(labelsWith(QStringLiteral("0 connections")), 0) << "nobody has told how many";
    show(unmet(
        Error{ErrorCode::NotSupported, Sentence::tr("ssh to {0} has ended without a word.", std::string("db7"))}));
    for (const int page : {0, 1, 2, 3}) {
        window->setPage(page);
        QApplication::processEvents();
        EXPECT_THAT(line(), HasSubstr("ssh to db7 has ended without a word.")) << page;
    }
    for (const Page* page :
         {static_cast<Page*>(&child<OverviewPage>(*window)), static_cast<Page*>(&child<TuningPage>(*window))})
        EXPECT_FALSE(page->findChild<QScrollArea*>()->widget()->isVisibleTo(page)) << "what is there is not db7's";
    EXPECT_TRUE(words(child<MessagePage>(window->connections())).contains(QStringLiteral("cannot be shown")));
    EXPECT_EQ(lineButton().text(), QStringLiteral("Try Again"));
    lineButton().click();
    EXPECT_EQ(asked, std::vector<QString>{QStringLiteral("db7")});
    EXPECT_THAT(line(), HasSubstr("db7 is being asked"));
    EXPECT_EQ(lineButton().text(), QStringLiteral("Back to This Machine"));
    lineButton().click();
    EXPECT_EQ(asked.back(), QString());
}

TEST_F(AnotherHost, aMachineIsPickedOrTyped) {
    ASSERT_TRUE(selector().isVisible());
    ASSERT_EQ(selector().count(), 3);
    EXPECT_EQ(selector().itemText(2), QStringLiteral("web1"));
    selector().setFocus();
    field().selectAll();
    QTest::keyClicks(&field(), QStringLiteral("alice@db9"));
    QTest::keyClick(&field(), Qt::Key_Return);
    EXPECT_EQ(asked, std::vector<QString>{QStringLiteral("alice@db9")});
    EXPECT_EQ(selector().currentText(), QStringLiteral("alice@db9"));
    field().selectAll();
    QTest::keyClicks(&field(), QStringLiteral("db7"));
    QTest::keyClick(&field(), Qt::Key_Return);
    EXPECT_EQ(asked.size(), 2U);
    EXPECT_EQ(asked.back(), QStringLiteral("db7"));
    QTest::keyClick(&selector(), Qt::Key_Down);
    ASSERT_TRUE(selector().view()->isVisible());
    QTest::keyClick(selector().view(), Qt::Key_Down);
    EXPECT_EQ(asked.size(), 2U) << "nobody is asked in passing";
    QTest::keyClick(selector().view(), Qt::Key_Return);
    EXPECT_EQ(asked.back(), QStringLiteral("web1"));
    field().selectAll();
    QTest::keyClicks(&field(), QStringLiteral("nothing"));
    QTest::keyClick(&field(), Qt::Key_Escape);
    EXPECT_EQ(selector().currentText(), QStringLiteral("web1"));
    QTest::keyClick(&selector(), Qt::Key_Up);
    QTest::keyClick(selector().view(), Qt::Key_Home);
    QTest::keyClick(selector().view(), Qt::Key_Return);
    EXPECT_EQ(asked.back(), QString()) << "this machine";
}

TEST_F(AnotherHost, whatEndsThereIsNoHistoryOfThisMachine) {
    fakes.history->add({exhausted(9)});
    show(here.next({guarded(1)}));
    EXPECT_TRUE(window->history().find(keyOf(9)));
    showFar();
    EXPECT_FALSE(window->history().find(keyOf(9)));
    auto there = exhausted(11);
    there.host = kHost;
    history->add({there});
    show(theirs.next({guarded(1)}));
    EXPECT_TRUE(window->history().find({11, kNetns, kHost}));
    window->setSource({});
    EXPECT_TRUE(window->history().find(keyOf(9)));
    EXPECT_FALSE(window->history().find({11, kNetns, kHost}));
}

TEST_F(AnotherHost, itsSettingsAreNoChangeOfThisMachines) {
    const QSignalSpy changed(&child<TuningPage>(*window), &TuningPage::settingsChanged);
    show(here.next({guarded(1)}));
    theirs.machine().sysctls.keepaliveTime = 77;
    showFar();
    theirs.machine().sysctls.keepaliveTime = 78;
    show(theirs.next({guarded(1)}));
    window->setSource({});
    show(here.next({guarded(1)}));
    EXPECT_EQ(changed.count(), 0);
}

TEST_F(AnotherHost, whatIsExportedNamesTheMachine) {
    const QTemporaryDir folder;
    showFar();
    chooseFile(*window, "exportAll", folder.filePath(QStringLiteral("a.json")));
    QFile file(folder.filePath(QStringLiteral("a.json")));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_THAT(file.readAll().toStdString(), AllOf(HasSubstr("\"db7.example\""), HasSubstr("\"6.12.1\"")));
}

} // namespace
} // namespace halfopen::test
