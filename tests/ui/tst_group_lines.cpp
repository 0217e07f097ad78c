// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/group_lines_test.h"
#include "ui/table/cell_delegate.h"
#include "ui/tuning/tuning_page.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QMenu>
#include <QSignalSpy>
#include <QToolButton>

namespace halfopen::test {
namespace {

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
    QTest::mouseClick(view().viewport(), Qt::LeftButton, {},
                      CellDelegate::triangleIn(first, view().fontMetrics()).center());
    answer();
    EXPECT_EQ(lines(), (Lines{"nginx", "1", "2", "psql", "TIME-WAIT"}));
    QTest::mouseDClick(view().viewport(), Qt::LeftButton, {}, view().visualRect(model().index(3, 3)).center());
    answer();
    EXPECT_EQ(lines().size(), 8U);
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
    connections[0] = at(ofProgram(unguarded(1), 11, "nginx"), now); // nothing is wrong with nginx any more
    connections[4] = at(ofProgram(suspect(unguarded(5)), 13, "psql"), now);
    answer();
    EXPECT_EQ(lines().front(), "psql");
    EXPECT_TRUE(view().selectionModel()->isRowSelected(0));
    EXPECT_EQ(view().shownSelectedKeys().size(), 3U);
}

TEST_F(GroupLines, stayChosenAmongManyWhereverTheyMove) {
    for (std::uint64_t cookie = 100; cookie < 200; ++cookie)
        connections.push_back(ofProgram(guarded(unguarded(cookie)), 13, "psql"));
    groups().setAllExpanded(true);
    answer();
    view().selectAll();
    view().selectionModel()->select(model().index(1, 0), // the first of nginx
                                    QItemSelectionModel::Deselect | QItemSelectionModel::Rows);
    answer();
    ASSERT_EQ(lines()[1], "1");
    connections.erase(connections.begin() + 10, connections.begin() + 20);
    connections.push_back(ofProgram(guarded(unguarded(300)), 13, "psql"));
    connections[0] = at(ofProgram(unguarded(1), 11, "nginx"), connections[0].connection.sampled);
    connections[4] = at(ofProgram(suspect(unguarded(5)), 13, "psql"), connections[0].connection.sampled);
    answer();
    const auto after = lines();
    ASSERT_EQ(after.front(), "psql");
    for (int row = 0; row < model().rowCount(); ++row) {
        const std::string& line = after[static_cast<std::size_t>(row)];
        EXPECT_EQ(view().selectionModel()->isRowSelected(row), line != "1" && line != "300") << line;
    }
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
    EXPECT_EQ(child<QComboBox>(*window, "groupBy").currentIndex(), static_cast<int>(GroupBy::Program));
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

TEST_F(GroupLines, leaveTheCellsToTheKeysOffTheFirstColumn) {
    choose(1);
    press(Qt::Key_Right);
    press(Qt::Key_Right);
    ASSERT_EQ(view().currentIndex().row(), 2);
    press(Qt::Key_Right);
    press(Qt::Key_Right);
    const QModelIndex there = view().currentIndex();
    press(Qt::Key_Left);
    EXPECT_EQ(view().currentIndex().row(), 2);
    EXPECT_LT(view().currentIndex().column(), there.column());
    press(Qt::Key_Left);
    EXPECT_EQ(view().currentIndex().column(), view().layout().firstShown());
    press(Qt::Key_Left);
    EXPECT_EQ(view().currentIndex().row(), 1) << "in the first it means the tree";
}

TEST_F(GroupLines, countAsTheirMembersDoInARecording) {
    FrameMaker recorded{at(suspect(unguarded(1)), epoch() + std::chrono::seconds(20)),
                        at(guarded(unguarded(2), std::chrono::seconds(3)), epoch())};
    recorded.live = false;
    recorded.query.grouping = {.by = GroupBy::RemoteHost, .expanded = true};
    view().showFrame(recorded.build());
    ASSERT_EQ(lines(), (Lines{"198.51.100.7", "1", "2"}));
    const Group& group = *model().groupAt(0);
    const auto rowOf = [&](std::uint32_t member) {
        return model().rowOf(model().orderFrame()->keyOf(model().orderFrame()->rows[member]));
    };
    const auto text = [&](int row, SortKey key) {
        return model().cell(model().index(row, columnOf(key))).text.toStdString();
    };
    EXPECT_EQ(text(0, SortKey::NextProbe), text(rowOf(group.next), SortKey::NextProbe));
    EXPECT_EQ(text(0, SortKey::GivesUp), text(rowOf(group.ends), SortKey::GivesUp));
    EXPECT_EQ(text(0, SortKey::Idle), text(rowOf(group.idlest), SortKey::Idle));
    EXPECT_NE(group.worst, group.next) << "else this says nothing";
}

TEST_F(GroupLines, ofTimeWaitsAreExpandedToo) {
    groups().setGroupBy(GroupBy::None);
    answer();
    auto* expand = groups().menu()->actions().at(groups().menu()->actions().size() - 2);
    ASSERT_TRUE(expand->isEnabled());
    expand->trigger();
    answer();
    EXPECT_EQ(lines().back(), "6");
    const auto buttons = groups().findChildren<QToolButton*>();
    ASSERT_EQ(buttons.size(), 2);
    EXPECT_TRUE(buttons.front()->isVisible());
    groups().setFoldTimeWait(false);
    EXPECT_FALSE(expand->isEnabled());
    EXPECT_FALSE(buttons.front()->isVisible()) << "nothing is a group any more";
}

TEST_F(GroupLines, areChosenByCtrlG) {
    view().setFocus();
    QTest::keyClick(window.get(), Qt::Key_G, Qt::ControlModifier);
    EXPECT_TRUE(child<QComboBox>(*window, "groupBy").hasFocus());
    window->showPage(child<TuningPage>(*window));
    QTest::keyClick(window.get(), Qt::Key_G, Qt::ControlModifier);
    EXPECT_FALSE(child<QComboBox>(*window, "groupBy").hasFocus());
}

TEST_F(GroupLines, areExpandedForAMemberThatIsToBeSeen) {
    view().select(keyOf(4));
    answer();
    EXPECT_EQ(view().shownSelectedKeys(), std::vector{keyOf(4)});
    EXPECT_EQ(model().lineAt(view().currentIndex().row()).socket, keyOf(4));
    EXPECT_EQ(lines().size(), 6U);
}

TEST_F(GroupLines, areSearchedWhileThePictureStandsStill) {
    window->connections().setPaused(true);
    groups().setExpanded(model().lineAt(0).group, true);
    EXPECT_EQ(lines(), (Lines{"nginx", "1", "2", "psql", "TIME-WAIT"}));
}

} // namespace
} // namespace halfopen::test
