// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/frames/frame_maker.h"
#include "tests/ui/fake_services.h"
#include "ui/connections/connections_page.h"
#include "ui/details/details_pane.h"
#include "ui/table/cell_delegate.h"
#include "ui/table/connection_model.h"
#include "ui/table/connection_view.h"
#include "ui/table/group_box.h"
#include "ui/table/group_text.h"
#include "ui/window/main_window.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QMenu>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

namespace halfopen::test {
namespace {

Scripted of(Scripted one, std::int32_t pid, std::string name) {
    one.owners = {{pid, 3, std::move(name)}};
    return one;
}

/// A window that is shown what its query asks for, as the sampling thread would.
struct GroupLines : testing::Test {
    FakeServices fakes;
    std::unique_ptr<MainWindow> window;
    FrameSeries series;
    std::vector<Scripted> connections{of(suspect(unguarded(1)), 11, "nginx"), of(unguarded(2), 11, "nginx"),
                                      of(guarded(unguarded(3)), 12, "psql"),  of(guarded(unguarded(4)), 12, "psql"),
                                      of(guarded(unguarded(5)), 13, "psql"),  timeWait(6)};

    GroupLines() {
        QSettings().clear();
        open();
        groups().setGroupBy(GroupBy::Program);
        answer();
    }
    void open() {
        window = std::make_unique<MainWindow>(fakes.services());
        window->resize(1400, 900);
        window->show();
        QApplication::processEvents();
    }
    FramePtr answer() {
        for (Scripted& one : connections)
            one = later(one, std::chrono::seconds(1));
        auto frame = series.next({.connections = connections}, fakes.queries.back());
        window->showFrame(frame);
        QApplication::processEvents();
        return frame;
    }
    void press(Qt::Key key) {
        QTest::keyClick(&view(), key);
        answer();
    }
    void choose(int row) {
        view().setFocus();
        QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, view().visualRect(model().index(row, 2)).center());
        answer();
    }
    GroupBox& groups() { return window->connections().groupBox(); }
    ConnectionView& view() { return window->connections().view(); }
    ConnectionModel& model() { return view().connections(); }
    /// The first words of the lines: names of groups, cookies of connections.
    std::vector<std::string> lines() {
        std::vector<std::string> all;
        for (int row = 0; row < model().rowCount(); ++row)
            all.push_back(model().groupAt(row) ? groupName(*model().orderFrame(), *model().groupAt(row)).toStdString()
                                               : std::to_string(model().keyAt(row).cookie));
        return all;
    }
};

using Lines = std::vector<std::string>;

TEST_F(GroupLines, areExpandedAndCollapsedByKeysAsATreeIs) {
    const QAbstractItemModelTester tester(&model());
    EXPECT_EQ(lines(), (Lines{"nginx", "psql", "TIME-WAIT"}));
    choose(1);
    press(Qt::Key_Right);
    EXPECT_EQ(lines(), (Lines{"nginx", "psql", "3", "4", "5", "TIME-WAIT"}));
    EXPECT_EQ(view().currentIndex().row(), 1);
    press(Qt::Key_Right);
    EXPECT_EQ(view().currentIndex().row(), 2) << "a second time goes to the first member";
    press(Qt::Key_Left);
    EXPECT_EQ(view().currentIndex().row(), 1) << "and back";
    press(Qt::Key_Left);
    EXPECT_EQ(lines(), (Lines{"nginx", "psql", "TIME-WAIT"}));
    press(Qt::Key_Asterisk);
    EXPECT_EQ(lines(), (Lines{"nginx", "1", "2", "psql", "3", "4", "5", "TIME-WAIT", "6"}));
    EXPECT_EQ(view().currentIndex().row(), 3) << "what is chosen goes with its group";
    press(Qt::Key_Minus);
    press(Qt::Key_Plus);
    EXPECT_EQ(lines().size(), 9U);
    press(Qt::Key_Down);
    press(Qt::Key_Minus);
    EXPECT_EQ(view().currentIndex().row(), 3) << "who hides a member has chosen its group";
    EXPECT_EQ(lines(), (Lines{"nginx", "1", "2", "psql", "TIME-WAIT", "6"}));
}

TEST_F(GroupLines, areExpandedByTheirTriangleOrADoubleClick) {
    const QRect first = view().visualRect(model().index(0, view().layout().firstShown()));
    QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, CellDelegate::triangleIn(first).center());
    answer();
    EXPECT_EQ(lines(), (Lines{"nginx", "1", "2", "psql", "TIME-WAIT"}));
    QTest::mouseDClick(view().viewport(), Qt::LeftButton, {}, view().visualRect(model().index(3, 3)).center());
    answer();
    EXPECT_EQ(lines().size(), 8U);
}

TEST_F(GroupLines, standForTheirMembers) {
    choose(1);
    EXPECT_EQ(view().selectedKeys().size(), 3U);
    const auto verbs = window->connections().connectionActions().close().text();
    EXPECT_TRUE(verbs.contains(QLatin1Char('3'))) << verbs.toStdString();
    EXPECT_TRUE(window->connections().details().headline().contains(QLatin1Char('3')));
    window->connections().copySelection();
    const QString copied = QApplication::clipboard()->text();
    EXPECT_EQ(copied.count(QStringLiteral("psql")), 3) << copied.toStdString();
    EXPECT_EQ(copied.count(QLatin1Char('\n')), 4) << "a header and a line for each";
}

TEST_F(GroupLines, countTheirMembersOnceHoweverTheyAreChosen) {
    groups().setAllExpanded(true);
    answer();
    window->connections().selectAll();
    EXPECT_EQ(view().selectedKeys().size(), 6U);
    groups().setAllExpanded(false);
    answer();
    window->connections().selectAll();
    EXPECT_EQ(view().selectedKeys().size(), 6U);
}

TEST_F(GroupLines, thatHaveOneMemberAreToldAsThatOne) {
    choose(2);
    EXPECT_EQ(view().selectedKey(), keyOf(6));
    EXPECT_EQ(window->connections().details().key(), keyOf(6));
}

TEST_F(GroupLines, changeNoLayoutWhereTheOrderStays) {
    groups().setAllExpanded(true);
    answer();
    QSignalSpy layouts(&model(), &QAbstractItemModel::layoutChanged);
    QSignalSpy inserts(&model(), &QAbstractItemModel::rowsInserted);
    for (int frame = 0; frame < 20; ++frame)
        answer();
    EXPECT_EQ(layouts.count() + inserts.count(), 0);
}

TEST_F(GroupLines, stayChosenWhereverTheyMove) {
    choose(1);
    const MonotonicTime now = connections[0].connection.sampled;
    connections[0] = at(of(unguarded(1), 11, "nginx"), now); // nothing is wrong with nginx any more
    connections[4] = at(of(suspect(unguarded(5)), 13, "psql"), now);
    answer();
    EXPECT_EQ(lines().front(), "psql");
    EXPECT_TRUE(view().selectionModel()->isRowSelected(0));
    EXPECT_EQ(view().selectedKeys().size(), 3U);
}

TEST_F(GroupLines, sayToScreenReadersWhatTheyAre) {
    const auto spoken = [this](int row) {
        return model()
            .data(model().index(row, view().layout().firstShown()), Qt::AccessibleTextRole)
            .toString()
            .toStdString();
    };
    const std::string nginx = spoken(0);
    for (const char* part : {"Group nginx", "2", "1 suspect", "1 unguarded", "collapsed"})
        EXPECT_NE(nginx.find(part), std::string::npos) << part << " is missing in: " << nginx;
    choose(0);
    press(Qt::Key_Right);
    EXPECT_NE(spoken(0).find("expanded"), std::string::npos);
}

TEST_F(GroupLines, countDownToWhatComesFirst) {
    const int column = columnOf(SortKey::GivesUp);
    EXPECT_TRUE(model().left(model().index(0, column)).has_value());
    EXPECT_FALSE(model().cell(model().index(0, column)).text.isEmpty());
    EXPECT_EQ(model().cell(model().index(1, columnOf(SortKey::Keepalive))).text, QStringLiteral("on 3"));
}

TEST_F(GroupLines, areRememberedByWhatTheyAre) {
    groups().setSort(GroupSort::Count);
    groups().setFoldTimeWait(false);
    window->close();
    open();
    EXPECT_EQ(groups().grouping(), (Grouping{.by = GroupBy::Program, .sort = GroupSort::Count, .foldTimeWait = false}));
    EXPECT_EQ(groups().chooser().currentIndex(), static_cast<int>(GroupBy::Program));
    EXPECT_EQ(fakes.queries.back().grouping, groups().grouping());
}

TEST_F(GroupLines, areMadeByTheMenuToo) {
    const auto actions = groups().menu()->actions();
    actions.at(static_cast<int>(GroupBy::State))->trigger();
    answer();
    EXPECT_EQ(lines(), (Lines{"ESTABLISHED", "TIME-WAIT"}));
    groups().setGroupBy(GroupBy::None);
    answer();
    EXPECT_EQ(lines(), (Lines{"1", "2", "3", "4", "5", "TIME-WAIT"})) << "TIME-WAITs stay folded";
    groups().setFoldTimeWait(false);
    answer();
    EXPECT_EQ(lines().back(), "6");
}

TEST_F(GroupLines, namesOfHostsAreAskedForOnRequestOnly) {
    EXPECT_FALSE(fakes.queries.back().hostNames);
    window->connections().namesAction()->trigger();
    EXPECT_TRUE(fakes.queries.back().hostNames);
    window->close();
    open();
    EXPECT_TRUE(fakes.queries.back().hostNames) << "which is remembered";
}

TEST_F(GroupLines, ofAListenerAreShownByItsDetails) {
    Scripted listener = listening(9, "0.0.0.0", 8000);
    Scripted served = unguarded(10, "198.51.100.7", 50000);
    served.connection.local.port = 8000;
    connections = {listener, served};
    groups().setGroupBy(GroupBy::None);
    answer();
    view().select(keyOf(9));
    answer();
    Q_EMIT window->connections().details().asked(Verb::ShowChildren);
    EXPECT_EQ(fakes.queries.back().filter, "sport = :8000");
    EXPECT_EQ(answer()->shown.size(), 2U);
}

TEST_F(GroupLines, areExpandedForAMemberThatIsToBeSeen) {
    view().select(keyOf(4));
    answer();
    EXPECT_EQ(view().selectedKeys(), std::vector{keyOf(4)});
    EXPECT_EQ(model().keyAt(view().currentIndex().row()), keyOf(4));
    EXPECT_EQ(lines().size(), 6U);
}

TEST_F(GroupLines, areSearchedWhileThePictureStandsStill) {
    window->connections().setPaused(true);
    groups().setExpanded(model().lineAt(0).group, true);
    EXPECT_EQ(lines(), (Lines{"nginx", "1", "2", "psql", "TIME-WAIT"}));
}

} // namespace
} // namespace halfopen::test
