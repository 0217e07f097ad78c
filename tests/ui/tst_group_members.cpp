// SPDX-License-Identifier: GPL-3.0-or-later
// What is chosen, told, copied and listed of the members of groups and of listeners.
#include "tests/ui/group_lines_test.h"
#include "ui/details/details_head.h"
#include "ui/parts/netns_selector.h"
#include "ui/table/filter_bar.h"

#include <QAction>
#include <QClipboard>
#include <QToolButton>

#include <algorithm>

namespace halfopen::test {
namespace {

/// What a client has connected to port 8000 of this machine.
Scripted served(std::uint64_t cookie) {
    Scripted one = unguarded(cookie, "198.51.100.7", 50'000);
    one.connection.local.port = 8000;
    return one;
}

struct GroupMembers : GroupLines {
    /// "Show" beside the connections of a listener, in the details.
    void pressShow() {
        auto& details = window->connections().details();
        details.setPage(0);
        const auto isShow = [](const QToolButton* button) {
            return button->isVisible() && button->text() == QStringLiteral("Show");
        };
        const auto find = [&] {
            const auto all = details.findChildren<QToolButton*>();
            const auto found = std::ranges::find_if(all, isShow);
            return found == all.end() ? nullptr : *found;
        };
        ASSERT_TRUE(QTest::qWaitFor([&] { return find() != nullptr; })) << "laid out a moment after the table";
        QTest::mouseClick(find(), Qt::LeftButton);
        answer();
    }
};

TEST_F(GroupMembers, standForTheirMembers) {
    choose(1);
    EXPECT_EQ(view().shownSelectedKeys().size(), 3U);
    const auto verbs = child<QAction>(*window, "closeConnection").text();
    EXPECT_TRUE(verbs.contains(QLatin1Char('3'))) << verbs.toStdString();
    EXPECT_TRUE(words(child<DetailsHead>(*window)).contains(QLatin1Char('3')));
    window->connections().copySelection();
    const QString copied = QApplication::clipboard()->text();
    EXPECT_EQ(copied.count(QStringLiteral("psql")), 3) << copied.toStdString();
    EXPECT_EQ(copied.count(QLatin1Char('\n')), 4) << "a header and a line for each";
}

TEST_F(GroupMembers, countTheirMembersOnceHoweverTheyAreChosen) {
    groups().setAllExpanded(true);
    answer();
    window->connections().selectAll();
    EXPECT_EQ(view().shownSelectedKeys().size(), 6U);
    groups().setAllExpanded(false);
    answer();
    window->connections().selectAll();
    EXPECT_EQ(view().shownSelectedKeys().size(), 6U);
}

TEST_F(GroupMembers, thatHaveOneMemberAreToldAsThatOne) {
    choose(2);
    EXPECT_EQ(view().selectedKey(), keyOf(6));
    EXPECT_EQ(window->connections().details().key(), keyOf(6));
}

TEST_F(GroupMembers, ofAListenerAreShownByItsDetails) {
    connections = {listening(9, "0.0.0.0", 8000), served(10)};
    groups().setGroupBy(GroupBy::None);
    answer();
    view().select(keyOf(9));
    answer();
    pressShow();
    EXPECT_EQ(fakes.queries.back().filter, "state connected sport = :8000");
    EXPECT_EQ(lines(), (Lines{"10"})) << "no listener";
}

TEST_F(GroupMembers, ofAListenerAreThoseOfItsAddress) {
    connections = {listening(9, "10.0.0.5", 8000), served(10), served(11)};
    connections.back().connection.local = endpoint("10.0.0.6", 8000);
    groups().setGroupBy(GroupBy::None);
    answer();
    view().select(keyOf(9));
    answer();
    pressShow();
    EXPECT_EQ(fakes.queries.back().filter, "state connected src 10.0.0.5:8000");
    EXPECT_EQ(lines(), (Lines{"10"}));
}

TEST_F(GroupMembers, ofAListenerAreThoseOfItsNamespaceWhereAllAreInView) {
    connections = {listening(9, "::", 8000), served(10)};
    groups().setGroupBy(GroupBy::None);
    window->netns().choose(kEveryNetns);
    answer();
    view().select(keyOf(9));
    answer();
    pressShow();
    EXPECT_EQ(fakes.queries.back().filter, "state connected sport = :8000 netns=" + std::to_string(kNetns));
    EXPECT_EQ(lines(), (Lines{"10"}));
}

TEST_F(GroupMembers, thatComeDownToOneMemberAreToldAsThatOneFromThenOn) {
    choose(1);
    EXPECT_EQ(view().selectedKey(), SocketKey{});
    connections.erase(connections.begin() + 3, connections.begin() + 5);
    for (int frame = 0; frame < 10 && view().shownSelectedKeys().size() > 1; ++frame)
        answer(); // what has closed is shown for a while
    ASSERT_EQ(view().shownSelectedKeys(), std::vector{keyOf(3)});
    EXPECT_EQ(view().selectedKey(), keyOf(3));
    EXPECT_EQ(window->connections().details().key(), keyOf(3));
    EXPECT_EQ(fakes.queries.back().selected, keyOf(3));
    Scripted more = ofProgram(guarded(unguarded(7)), 13, "psql");
    connections.push_back(at(more, connections[0].connection.sampled));
    answer();
    EXPECT_EQ(view().shownSelectedKeys().size(), 2U);
    EXPECT_EQ(view().selectedKey(), SocketKey{});
}

TEST_F(GroupMembers, ofWhichTheOnlyMemberHasEndedStillShowHow) {
    choose(2);
    ASSERT_EQ(view().selectedKey(), keyOf(6));
    connections.pop_back();
    for (int frame = 0; frame < 10 && model().rowCount() > 2; ++frame)
        answer();
    ASSERT_EQ(model().rowCount(), 2) << "its group is gone";
    EXPECT_EQ(view().selectedKey(), keyOf(6));
    EXPECT_EQ(window->connections().details().key(), keyOf(6));
}

TEST_F(GroupMembers, areCopiedAsTheyAreSeenWhileTheRowsHoldStill) {
    choose(1);
    QTest::keyPress(&view(), Qt::Key_Control);
    ASSERT_TRUE(model().isLocked());
    connections[2].connection.state = State::CloseWait;
    answer();
    window->connections().copySelection();
    QTest::keyRelease(&view(), Qt::Key_Control);
    const QString copied = QApplication::clipboard()->text();
    EXPECT_EQ(copied.count(QStringLiteral("CLOSE-WAIT")), 1) << copied.toStdString();
    EXPECT_EQ(copied.count(QLatin1Char('\n')), 4);
}

TEST_F(GroupMembers, areSummedUpAsSearchedWhileThePictureStandsStill) {
    const auto& details = child<DetailsHead>(*window);
    groups().setGroupBy(GroupBy::None);
    answer();
    const auto says = [&](const char* what) {
        return QTest::qWaitFor([&] { return words(details).startsWith(QLatin1String(what)); });
    };
    ASSERT_TRUE(says("6 ")) << words(details).toStdString();
    window->connections().setPaused(true);
    window->connections().filterBar().setFilter(QStringLiteral("psql"));
    ASSERT_TRUE(says("3 ")) << words(details).toStdString();
    view().select(keyOf(3));
    ASSERT_TRUE(QTest::qWaitFor([&] { return words(details).contains(QStringLiteral("guarded")); }));
    view().clearSelection();
    EXPECT_TRUE(says("3 ")) << words(details).toStdString();
    window->connections().setPaused(false);
    EXPECT_TRUE(says("6 ")) << "until there is another frame: " << words(details).toStdString();
}

} // namespace
} // namespace halfopen::test
