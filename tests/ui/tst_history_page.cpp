// SPDX-License-Identifier: GPL-3.0-or-later
// Which ended connections the page shows, how it finds and orders them, and what it tells of each.
#include "tests/ui/history_page_test.h"
#include "ui/history/ended_filter.h"
#include "ui/history/history_columns.h"
#include "ui/history/history_view.h"
#include "ui/parts/fact_panel.h"
#include "ui/parts/notice_bar.h"
#include "ui/parts/report_bar.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QToolButton>

#include <gmock/gmock.h>

namespace halfopen::test {
namespace {

using testing::HasSubstr;
using testing::Not;
using Code = EndingEvidence::Code;

TEST_F(HistoryTest, tellsHowWhyAndWhenItWasNoticed) {
    add({exhausted(1)});
    EXPECT_EQ(cell(0, HistoryLasted), "1m");
    EXPECT_EQ(cell(0, HistoryRemote), "203.0.113.9:5432");
    EXPECT_EQ(cell(0, HistoryProcess), "psql 8123");
    EXPECT_EQ(cell(0, HistoryEnding), "keepalive exhausted");
    EXPECT_EQ(cell(0, HistoryEvidence), "3 probes unanswered, noticed 9 s after the last sign of life");
    EXPECT_EQ(cell(0, HistoryLastLife), "9 s before");
    EXPECT_EQ(countText(), QStringLiteral("1 ended connection(s)"));
}

TEST_F(HistoryTest, theGradeOfTheForecastStandsInTheRowAndInTheDetails) {
    auto c = exhausted(1);
    c.grade = {.grade = Grade::Kept, .measured = true, .lead = 118min, .error = 4200us};
    auto late = exhausted(2);
    late.grade = {.grade = Grade::Broken, .error = 1200ms};
    add({c, late});
    EXPECT_EQ(cell(model.rowOfSocket(keyOf(1)), HistoryForecast), "forecast 1h 58m before, 4 ms off");
    EXPECT_EQ(cell(model.rowOfSocket(keyOf(2)), HistoryForecast), "came 1.2 s late: broken");
    const auto facts = endedFacts(c);
    const auto has = [](const Fact& fact) { return fact.value == QStringLiteral("Forecast 1h 58m before, 4 ms off."); };
    EXPECT_TRUE(
        std::ranges::any_of(facts, [&](const FactGroup& group) { return std::ranges::any_of(group.facts, has); }));
}

TEST_F(HistoryTest, theForecastIsInSightAlsoInASmallWindow) {
    add({exhausted(1)});
    page.resize(1024, 600);
    QApplication::processEvents();
    const int end = view.columnViewportPosition(HistoryForecast) + view.columnWidth(HistoryForecast);
    EXPECT_LE(end, view.viewport()->width());
}

TEST_F(HistoryTest, aBrokenForecastCanBeCopiedWithoutAddressesUnlessTheyAreAskedFor) {
    auto c = exhausted(1);
    c.broken = std::make_shared<const BrokenPromise>(BrokenPromise{c.key(), R"({"promised":"end"})"});
    add({c, exhausted(2)});
    const auto& report = child<ReportBar>(page);
    auto& copy = child<QToolButton>(report, "copyReport");
    page.select(keyOf(2));
    EXPECT_FALSE(report.isVisible());
    page.select(keyOf(1));
    ASSERT_TRUE(report.isVisible());
    copy.click();
    EXPECT_EQ(QApplication::clipboard()->text(), QStringLiteral(R"({"promised":"end"})"));
    child<QCheckBox>(report, "withAddresses").setChecked(true);
    copy.click();
    EXPECT_TRUE(QApplication::clipboard()->text().contains(QStringLiteral(R"("remote":"203.0.113.9:5432")")));
}

TEST_F(HistoryTest, aLikelyEndingIsCalledLikely) {
    auto c = ended(1, Ending::Reset);
    c.confidence = Confidence::Likely;
    add({c});
    EXPECT_EQ(cell(0, HistoryEnding), "reset (likely)");
}

TEST_F(HistoryTest, theNewestComesFirstAndEveryColumnSorts) {
    add({ended(1, Ending::Reset, 10s), ended(2, Ending::ClosedLocalFirst, 30s), exhausted(3, 20s)});
    EXPECT_THAT(cookies(), testing::ElementsAre(2U, 3U, 1U));
    for (int column = 0; column < model.columnCount(); ++column) {
        view.sortByColumn(column, Qt::AscendingOrder);
        const auto rising = cookies();
        view.sortByColumn(column, Qt::DescendingOrder);
        auto falling = cookies();
        std::ranges::reverse(falling);
        EXPECT_EQ(rising, falling) << "column " << column;
    }
}

TEST_F(HistoryTest, plainWordsFilterAsInTheTable) {
    auto other = ended(2, Ending::Reset);
    other.remote = endpoint("198.51.100.7", 443);
    other.owners = {{99, 1, "firefox"}};
    other.user = "alice";
    add({exhausted(1), other});
    const auto matching = [&](const char* words) {
        type(QLatin1String(words));
        return cookies();
    };
    EXPECT_THAT(matching("psql"), testing::ElementsAre(1U));
    EXPECT_THAT(matching("443"), testing::ElementsAre(2U));
    EXPECT_THAT(matching("198.51.100.7"), testing::ElementsAre(2U));
    EXPECT_THAT(matching("alice reset"), testing::ElementsAre(2U));
    EXPECT_THAT(matching("keepalive-ex"), testing::ElementsAre(1U));
    EXPECT_THAT(matching("exhausted 5432"), testing::ElementsAre(1U));
    EXPECT_THAT(matching("exhausted 443"), testing::ElementsAre());
    EXPECT_EQ(countText(), QStringLiteral("0 of 2 ended connection(s)"));
    EXPECT_EQ(matching("").size(), 2U);
}

TEST(RecordFilters, findByTheLastDiagnosis) {
    const auto found = [](State state, std::uint16_t unanswered, Switch keepalive, const char* word) {
        auto c = ended(1, Ending::Unknown);
        c.lastState = state;
        c.unanswered = unanswered;
        c.options.enabled = keepalive;
        return EndedFilter(QLatin1String(word)).matches(c);
    };
    EXPECT_TRUE(found(State::Established, 0, Switch::On, "guarded"));
    EXPECT_FALSE(found(State::Established, 0, Switch::Off, "guarded"));
    EXPECT_TRUE(found(State::Established, 0, Switch::Off, "unguarded"));
    EXPECT_TRUE(found(State::Established, 256, Switch::On, "suspect"));
    EXPECT_TRUE(found(State::SynSent, 3, Switch::Off, "opening"));
    EXPECT_TRUE(found(State::CloseWait, 0, Switch::On, "abandoned"));
    EXPECT_TRUE(found(State::Listen, 0, Switch::Off, "listening"));
    EXPECT_TRUE(found(State::FinWait2, 0, Switch::Off, "unguarded"));
    EXPECT_TRUE(found(State::FinWait1, 0, Switch::Off, "closing"));
}

TEST_F(HistoryTest, theSelectionStaysWithItsConnection) {
    add({exhausted(1, 10s), exhausted(2, 20s)});
    view.select(keyOf(1));
    add({exhausted(3, 30s), exhausted(4, 5s)});
    ASSERT_TRUE(view.selected());
    EXPECT_EQ(view.selected()->cookie, 1U);
}

TEST_F(HistoryTest, earlierRunsComeBeforeThisOne) {
    add({exhausted(7, 30s)});
    history->restore({ended(5, Ending::Reset, 10s), ended(6, Ending::Reset, 20s)});
    page.update();
    EXPECT_THAT(cookies(), testing::ElementsAre(7U, 6U, 5U));
    page.update();
    EXPECT_EQ(model.total(), 3U);
}

TEST_F(HistoryTest, onlyTheLastTenThousandAreKept) {
    std::vector<EndedConnection> many;
    for (std::uint64_t i = 1; i <= History::kLimit + 5; ++i)
        many.push_back(ended(i, Ending::Reset, std::chrono::seconds(i)));
    add(std::move(many));
    EXPECT_EQ(model.total(), History::kLimit);
    EXPECT_EQ(model.find(keyOf(3)), nullptr);
}

TEST_F(HistoryTest, copyIsTsvWithHeader) {
    add({exhausted(1)});
    view.select(keyOf(1));
    view.copySelection();
    const auto lines = QGuiApplication::clipboard()->text().split(QLatin1Char('\n'));
    ASSERT_GE(lines.size(), 2);
    EXPECT_TRUE(lines[0].startsWith(QStringLiteral("Ended\tLasted\tRemote\tProcess\tEnding\tForecast\tProgram got\t")));
    EXPECT_TRUE(lines[1].contains(QStringLiteral("\tpsql 8123\tkeepalive exhausted\t")));
}

TEST_F(HistoryTest, lostEventsAndTheArchiveAreTold) {
    add({exhausted(1)});
    const auto& lost = child<NoticeBar>(page, "eventsLost");
    EXPECT_EQ(words(lost), QString());
    history->addLostEvents(3);
    page.update();
    EXPECT_TRUE(words(lost).contains(QStringLiteral("3 time(s)")));
    page.sayArchive(QStringLiteral("The file was damaged and set aside."));
    bool told = false;
    for (auto* bar : page.findChildren<NoticeBar*>())
        told = told || (bar->isVisible() && words(*bar).contains(QStringLiteral("set aside")));
    EXPECT_TRUE(told);
}

TEST_F(HistoryTest, detailsTellEveryPieceOfEvidence) {
    add({exhausted(1)});
    view.select(keyOf(1));
    const auto text = words(child<FactPanel>(page)).toStdString();
    EXPECT_THAT(text, HasSubstr("Certain: what was seen fits nothing else."));
    EXPECT_THAT(text, HasSubstr("3 of 3 probes unanswered."));
    EXPECT_THAT(text, HasSubstr("The program was told ETIMEDOUT"));
    EXPECT_THAT(text, HasSubstr("Owners psql 8123"));
}

} // namespace
} // namespace halfopen::test
