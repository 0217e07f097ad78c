// SPDX-License-Identifier: GPL-3.0-or-later
// Endings by kind, what is folded, what stands still, and what is done with a record: with real clicks.
#include "tests/ui/history_page_test.h"
#include "ui/history/history_columns.h"
#include "ui/history/history_menu.h"
#include "ui/history/history_view.h"
#include "ui/history/record_head.h"
#include "ui/parts/fact_panel.h"
#include "ui/parts/notice_bar.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QMessageBox>
#include <QScrollBar>
#include <QSignalSpy>
#include <QToolButton>

#include <gmock/gmock.h>

namespace halfopen::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

/// Seen from 0 s on, closed after `lived`, and 60 s in TIME-WAIT.
EndedConnection timeWait(std::uint64_t cookie, std::chrono::seconds lived) {
    auto c = ended(cookie, Ending::TimeWaitOver, lived + 60s);
    c.lastState = State::TimeWait;
    c.forecastEnd = at(lived + 60s);
    c.inode = 4711;
    return c;
}

/// Nothing but its TIME-WAIT was seen.
EndedConnection remains(std::uint64_t cookie) {
    auto c = timeWait(cookie, 0s);
    c.firstSeen = at(30s);
    c.inode = 0;
    c.owners.clear();
    return c;
}

TEST(TimeWaits, belongToTheConnectionWhereMoreWasSeenOfIt) {
    EXPECT_FALSE(timeWait(1, 20s).isOnlyTimeWait());
    EXPECT_EQ(timeWait(1, 20s).closed(), at(20s));
    EXPECT_TRUE(remains(1).isOnlyTimeWait());
    auto quick = remains(1);
    quick.owners = {{8123, 4, "psql"}};
    EXPECT_FALSE(quick.isOnlyTimeWait());
    EXPECT_EQ(exhausted(1).closed(), exhausted(1).ended);
    EXPECT_FALSE(exhausted(1).isOnlyTimeWait());
}

TEST(EndingKinds, everyEndingIsOfOneKindAndGivenUpIsTimedOut) {
    for (std::size_t i = 0; i < kEndingCount; ++i) {
        const auto ending = static_cast<Ending>(i);
        EXPECT_EQ(kindOf(ending) == EndingKind::TimedOut, isGivenUp(ending)) << toString(ending);
    }
    EXPECT_EQ(kindOf(Ending::SynRefused), EndingKind::Refused);
    EXPECT_EQ(kindOf(Ending::TimeWaitOver), EndingKind::InOrder);
    EXPECT_EQ(kindOf(Ending::Unknown), EndingKind::Unknown);
}

struct HistoryKindsTest : HistoryTest {
    QToolButton& onlyTimeWait = child<QToolButton>(page, "onlyTimeWait");
    QToolButton& alike = child<QToolButton>(page, "alike");
    QToolButton& all = child<QToolButton>(page, "endingAll");
    NoticeBar& paused = child<NoticeBar>(page, "paused");

    QToolButton& chip(const char* kind) { return child<QToolButton>(page, (std::string("ending_") + kind).c_str()); }
    static void press(QWidget& button) {
        ASSERT_TRUE(button.isVisible());
        QTest::mouseClick(&button, Qt::LeftButton);
        QApplication::processEvents();
    }
    QToolButton& verb(const QAction* action) {
        for (auto* button : child<RecordHead>(page).findChildren<QToolButton*>())
            if (button->defaultAction() == action)
                return *button;
        return alike;
    }
    std::string facts() { return words(child<FactPanel>(page)).toStdString(); }
};

TEST_F(HistoryKindsTest, severalKindsCanBeChosenAndTheRightButtonLeavesOneOut) {
    add({exhausted(1), ended(2, Ending::Reset), ended(3, Ending::SynRefused), ended(4, Ending::ClosedLocalFirst)});
    EXPECT_EQ(chip("timed-out").text().toStdString(), "Timed out  1");
    EXPECT_EQ(all.text().toStdString(), "All  4");
    press(chip("timed-out"));
    EXPECT_THAT(cookies(), ElementsAre(1U));
    press(chip("reset"));
    EXPECT_THAT(cookies(), UnorderedElementsAre(1U, 2U));
    EXPECT_EQ(countText(), QStringLiteral("2 of 4 ended connection(s)"));
    press(all);
    EXPECT_EQ(cookies().size(), 4U);
    Q_EMIT chip("in-order").customContextMenuRequested({});
    EXPECT_THAT(cookies(), UnorderedElementsAre(1U, 2U, 3U));
}

TEST_F(HistoryKindsTest, chipsCountWithinTheFilterAndTheWordsOfKindsFilter) {
    auto other = ended(2, Ending::Reset);
    other.remote = endpoint("198.51.100.7", 443);
    add({exhausted(1), other});
    type(QStringLiteral("198.51.100.7"));
    EXPECT_EQ(chip("timed-out").text().toStdString(), "Timed out  0");
    EXPECT_EQ(chip("reset").text().toStdString(), "Reset  1");
    type(QStringLiteral("timed-out"));
    EXPECT_THAT(cookies(), ElementsAre(1U));
}

TEST_F(HistoryKindsTest, aTimeWaitAloneIsFoldedUntilItIsAskedFor) {
    add({timeWait(1, 20s), remains(2), remains(3)});
    EXPECT_THAT(cookies(), ElementsAre(1U));
    EXPECT_EQ(onlyTimeWait.text().toStdString(), "Only TIME-WAIT seen  2");
    press(onlyTimeWait);
    EXPECT_THAT(cookies(), UnorderedElementsAre(1U, 2U, 3U));
    press(onlyTimeWait);
    EXPECT_TRUE(page.select(keyOf(3))); // what is asked for by name is shown
    EXPECT_TRUE(onlyTimeWait.isChecked());
}

TEST_F(HistoryKindsTest, whereOnlyTimeWaitsEndedTheMessageShowsThem) {
    add({remains(2)});
    EXPECT_THAT(cookies(), IsEmpty());
    for (auto* button : page.findChildren<QAbstractButton*>())
        if (button->isVisible() && button->text() == QStringLiteral("Show All"))
            QTest::mouseClick(button, Qt::LeftButton);
    EXPECT_THAT(cookies(), ElementsAre(2U));
}

TEST_F(HistoryKindsTest, aTimeWaitIsALineInTheRecordOfItsConnection) {
    add({timeWait(1, 20s)});
    EXPECT_EQ(cell(0, HistoryEnding), "closed in order");
    EXPECT_EQ(cell(0, HistoryLasted), "20 s");
    EXPECT_EQ(cell(0, HistoryLastLife), "");
    view.select(keyOf(1));
    EXPECT_THAT(facts(), HasSubstr("TIME-WAIT From "));
}

TEST_F(HistoryKindsTest, evidenceIsAChecklistWithItsSource) {
    auto c = exhausted(1);
    c.evidence.push_back({EndingEvidence::Code::GiveUpInInterval});
    c.evidence.push_back({EndingEvidence::Code::NothingReceived});
    c.evidence.push_back({EndingEvidence::Code::EventsLost, 2});
    add({c});
    view.select(keyOf(1));
    const auto text = facts();
    EXPECT_THAT(text, HasSubstr("<b>Keepalive exhausted</b>"));
    EXPECT_THAT(text, HasSubstr("\u2713 3 of 3 probes unanswered. (the kernel's event)"));
    EXPECT_THAT(text, HasSubstr("(forecast)"));
    EXPECT_THAT(text, HasSubstr("(byte counts)"));
    EXPECT_THAT(text, HasSubstr("\u2013 Events of the kernel were lost")); // speaks for nothing
    EXPECT_EQ(cell(0, HistoryError), "ETIMEDOUT");
}

TEST_F(HistoryKindsTest, theHeadSaysWhoAndLeadsOn) {
    auto other = exhausted(3, 50s);
    other.remote = endpoint("198.51.100.7", 443);
    add({exhausted(1, 20s), exhausted(2, 60s), other, ended(4, Ending::Reset, 55s)});
    view.select(keyOf(2));
    QApplication::processEvents();
    EXPECT_EQ(words(child<RecordHead>(page)).toStdString(),
              "psql 8123   10.0.0.5:40002 \u2192 203.0.113.9:5432 keepalive exhausted");
    EXPECT_EQ(alike.text().toStdString(), "1 more ended alike");
    QSignalSpy asked(&page, &HistoryPage::connectionsRequested);
    press(verb(page.historyMenu().sameRemote()));
    ASSERT_EQ(asked.size(), 1);
    EXPECT_EQ(asked[0][0].toString().toStdString(), "dst 203.0.113.9");
    press(verb(page.historyMenu().copyRecord()));
    EXPECT_TRUE(QApplication::clipboard()->text().contains(QStringLiteral("ETIMEDOUT")));
    press(alike);
    EXPECT_THAT(cookies(), UnorderedElementsAre(1U, 2U));
}

TEST_F(HistoryKindsTest, pausedItHoldsStillAndCountsWhatEnds) {
    add({exhausted(1)});
    page.setPaused(true);
    add({exhausted(2), exhausted(3)});
    EXPECT_THAT(cookies(), ElementsAre(1U));
    EXPECT_EQ(words(paused).toStdString(), "Paused; 2 more connection(s) ended since.");
    EXPECT_TRUE(page.find(keyOf(3))); // whoever asks for one is told
    page.setPaused(false);
    EXPECT_EQ(cookies().size(), 3U);
    EXPECT_EQ(words(paused), QString());
}

TEST_F(HistoryKindsTest, pausedBeforeAnythingEndedItDoesNotBlameTheFilter) {
    page.setPaused(true);
    add({exhausted(1)});
    EXPECT_EQ(countText().toStdString(), "0 ended connection(s)");
    EXPECT_EQ(child<QLabel>(page, "messageHeadline").text().toStdString(), "Nothing has ended yet");
    EXPECT_EQ(words(paused).toStdString(), "Paused; 1 more connection(s) ended since.");
}

TEST_F(HistoryKindsTest, whatIsReadStaysWhereItIsWhileOthersComeAbove) {
    std::vector<EndedConnection> many;
    for (std::uint64_t i = 1; i <= 200; ++i)
        many.push_back(ended(i, Ending::Reset, std::chrono::seconds(i)));
    add(std::move(many));
    view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum() / 2);
    QApplication::processEvents();
    const int row = view.indexAt({0, 0}).row();
    const auto read = model.at(row)->cookie;
    const int before = view.rowViewportPosition(row);
    add({ended(301, Ending::Reset, 301s), ended(302, Ending::Reset, 302s)});
    EXPECT_EQ(view.rowViewportPosition(model.rowOfSocket(keyOf(read))), before);
    for (auto* button : page.findChildren<QToolButton*>())
        if (button->isVisible() && button->text() == QStringLiteral("2 new above"))
            QTest::mouseClick(button, Qt::LeftButton);
    EXPECT_EQ(view.verticalScrollBar()->value(), 0);
    EXPECT_EQ(view.newAbove(), 0);
}

TEST_F(HistoryKindsTest, clearingAsksAndForgetsEverything) {
    add({exhausted(1), exhausted(2)});
    page.historyMenu().clear()->trigger();
    auto* box = page.findChild<QMessageBox*>();
    ASSERT_NE(box, nullptr);
    EXPECT_EQ(box->defaultButton(), box->button(QMessageBox::Cancel));
    for (auto* button : box->buttons())
        if (button->text() == QStringLiteral("Clear"))
            QTest::mouseClick(button, Qt::LeftButton);
    EXPECT_THAT(cookies(), IsEmpty());
    EXPECT_TRUE(history->after(0).records.empty());
    add({exhausted(3)});
    EXPECT_THAT(cookies(), ElementsAre(3U));
}

TEST(HistoryKeeping, isChosenInTheMenuAndKept) {
    QSettings().clear();
    EXPECT_EQ(keptFor(QSettings()), std::chrono::days(30));
    std::optional<std::chrono::hours> told;
    HistoryMenu menu([&](std::chrono::hours age) { told = age; });
    const auto choices = menu.keepMenu()->actions();
    EXPECT_EQ(choices[3]->isChecked(), true);
    choices[0]->trigger();
    EXPECT_EQ(told, std::chrono::hours(0));
    EXPECT_EQ(keptFor(QSettings()), std::chrono::hours(0));
    EXPECT_FALSE(HistoryMenu({}).keepMenu()->menuAction()->isEnabled()); // nothing keeps them anyway
}

TEST_F(HistoryKindsTest, columnsAreHiddenAndSortedInTheMenuOfTheHeader) {
    add({exhausted(1, 20s), exhausted(2, 60s)});
    auto* menu = view.newHeaderMenu(HistoryLocal);
    menu->actions()[0]->trigger();
    EXPECT_THAT(cookies(), ElementsAre(1U, 2U));
    menu->actions()[2]->trigger();
    EXPECT_TRUE(view.isColumnHidden(HistoryLocal));
    delete menu;
    menu = view.newHeaderMenu(-1);
    menu->actions()[HistoryLocal]->setChecked(true);
    EXPECT_FALSE(view.isColumnHidden(HistoryLocal));
    delete menu;
}

} // namespace
} // namespace halfopen::test
