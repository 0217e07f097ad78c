// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/frames/frame_maker.h"
#include "tests/ui/fake_sockets.h"
#include "ui/connections/connection_actions.h"
#include "ui/connections/connections_page.h"
#include "ui/details/details_pane.h"
#include "ui/history/ended_filter.h"
#include "ui/history/history_columns.h"
#include "ui/history/history_model.h"
#include "ui/history/history_page.h"
#include "ui/history/history_view.h"
#include "ui/look/ending_strings.h"
#include "ui/parts/fact_panel.h"
#include "ui/parts/notice_bar.h"
#include "ui/parts/report_bar.h"
#include "ui/parts/status_line.h"
#include "ui/table/connection_view.h"
#include "ui/window/main_window.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QHeaderView>
#include <QLineEdit>
#include <QSettings>
#include <QTest>
#include <QToolButton>

#include <gmock/gmock.h>

namespace halfopen::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;
using Code = EndingEvidence::Code;

Instant at(std::chrono::milliseconds since) {
    return {epoch() + since, WallTime(1'700'000'000'000ms + since)};
}

/// A connection that lived from 0 s to `end`, last heard 9 s before.
Certificate ended(std::uint64_t cookie, Ending ending, std::chrono::seconds end = 60s) {
    Certificate c;
    c.cookie = cookie;
    c.local = endpoint("10.0.0.5", static_cast<std::uint16_t>(40000 + cookie));
    c.remote = endpoint("203.0.113.9", 5432);
    c.lastState = State::Established;
    c.ending = ending;
    c.confidence = Confidence::Certain;
    c.firstSeen = at(0s);
    c.ended = c.lastSeen = at(end);
    c.firstMissed = at(end + 1s);
    c.lastLife = at(end - 9s);
    c.holders = {{8123, 4, "psql"}};
    return c;
}

Certificate exhausted(std::uint64_t cookie, std::chrono::seconds end = 60s) {
    auto c = ended(cookie, Ending::KeepaliveExhausted, end);
    c.unanswered = 3;
    c.allowed = 3;
    c.evidence = {{Code::ProbesUnanswered, 3, 3}, {Code::DestroyEvent, 3, 0}};
    c.errorNumber = 110;
    return c;
}

struct HistoryTest : testing::Test {
    HistoryPtr history = std::make_shared<History>();
    HistoryPage page{history};
    QAbstractItemModelTester tester{&page.model(), QAbstractItemModelTester::FailureReportingMode::Fatal};

    HistoryTest() {
        QSettings().clear();
        page.resize(1200, 600);
        page.show();
    }
    void add(std::vector<Certificate> certificates) {
        history->add(std::move(certificates));
        page.update();
        QApplication::processEvents();
    }
    std::string cell(int row, int column) { return page.model().index(row, column).data().toString().toStdString(); }
    std::vector<std::uint64_t> cookies() {
        std::vector<std::uint64_t> all;
        for (int row = 0; row < page.model().rowCount(); ++row)
            all.push_back(page.model().at(row)->cookie);
        return all;
    }
    void type(const QString& words) {
        page.filter().setText(words);
        QTest::qWait(250);
    }
};

TEST_F(HistoryTest, tellsHowWhyAndWhenItWasNoticed) {
    add({exhausted(1)});
    EXPECT_EQ(cell(0, HistoryLasted), "1 min");
    EXPECT_EQ(cell(0, HistoryRemote), "203.0.113.9:5432");
    EXPECT_EQ(cell(0, HistoryProcess), "psql 8123");
    EXPECT_EQ(cell(0, HistoryEnding), "keepalive exhausted");
    EXPECT_EQ(cell(0, HistoryEnding + 1), "3 probe(s) unanswered, noticed 9.0 s after the last sign of life");
    EXPECT_EQ(cell(0, HistoryEnding + 2), "9.0 s before");
    EXPECT_EQ(page.countText(), QStringLiteral("1 ended connection(s)"));
}

TEST_F(HistoryTest, theGradeOfTheForecastStandsInTheRowAndInTheDetails) {
    auto c = exhausted(1);
    c.grade = {.grade = Grade::Kept, .measured = true, .lead = 118min, .error = 4200us};
    auto late = exhausted(2);
    late.grade = {.grade = Grade::Broken, .error = 1200ms};
    add({c, late});
    const int forecast = page.model().columnCount() - 1;
    EXPECT_EQ(cell(page.model().rowOfCookie(1), forecast), "foretold 1 h 58 min before, 4 ms off");
    EXPECT_EQ(cell(page.model().rowOfCookie(2), forecast), "came 1.2 s late: broken");
    const auto facts = endedFacts(c);
    const auto has = [](const Fact& fact) {
        return fact.value == QStringLiteral("Foretold 1 h 58 min before, 4 ms off.");
    };
    EXPECT_TRUE(std::ranges::any_of(facts.front().facts, has));
}

TEST_F(HistoryTest, aBrokenForecastCanBeCopiedWithoutAddressesUnlessTheyAreAskedFor) {
    auto c = exhausted(1);
    c.broken = std::make_shared<const BrokenPromise>(BrokenPromise{1, R"({"promised":"end"})"});
    add({c, exhausted(2)});
    page.select(2);
    EXPECT_FALSE(page.report().isVisible());
    page.select(1);
    ASSERT_TRUE(page.report().isVisible());
    page.report().copy().click();
    EXPECT_EQ(QApplication::clipboard()->text(), QStringLiteral(R"({"promised":"end"})"));
    page.report().withAddresses().setChecked(true);
    page.report().copy().click();
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
    for (int column = 0; column < page.model().columnCount(); ++column) {
        page.view().sortByColumn(column, Qt::AscendingOrder);
        const auto rising = cookies();
        page.view().sortByColumn(column, Qt::DescendingOrder);
        auto falling = cookies();
        std::ranges::reverse(falling);
        EXPECT_EQ(rising, falling) << "column " << column;
    }
}

TEST_F(HistoryTest, plainWordsFilterAsInTheTable) {
    auto other = ended(2, Ending::Reset);
    other.remote = endpoint("198.51.100.7", 443);
    other.holders = {{99, 1, "firefox"}};
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
    EXPECT_EQ(page.countText(), QStringLiteral("0 of 2 ended connection(s)"));
    EXPECT_EQ(matching("").size(), 2U);
}

TEST(CertificateFilters, findByTheLastDiagnosis) {
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
    page.view().select(1);
    add({exhausted(3, 30s), exhausted(4, 5s)});
    ASSERT_TRUE(page.view().selected());
    EXPECT_EQ(page.view().selected()->cookie, 1U);
}

TEST_F(HistoryTest, earlierRunsComeBeforeThisOne) {
    add({exhausted(7, 30s)});
    history->restore({ended(5, Ending::Reset, 10s), ended(6, Ending::Reset, 20s)});
    page.update();
    EXPECT_THAT(cookies(), testing::ElementsAre(7U, 6U, 5U));
    page.update();
    EXPECT_EQ(page.model().total(), 3U);
}

TEST_F(HistoryTest, onlyTheLastTenThousandAreKept) {
    std::vector<Certificate> many;
    for (std::uint64_t i = 1; i <= History::kLimit + 5; ++i)
        many.push_back(ended(i, Ending::Reset, std::chrono::seconds(i)));
    add(std::move(many));
    EXPECT_EQ(page.model().total(), History::kLimit);
    EXPECT_EQ(page.model().find(3), nullptr);
}

TEST_F(HistoryTest, copyIsTsvWithHeader) {
    add({exhausted(1)});
    page.view().select(1);
    page.view().copySelection();
    const auto lines = QGuiApplication::clipboard()->text().split(QLatin1Char('\n'));
    ASSERT_GE(lines.size(), 2);
    EXPECT_TRUE(lines[0].startsWith(QStringLiteral("Ended\tLasted\tLocal\tRemote\tProcess\tEnding\t")));
    EXPECT_TRUE(lines[1].contains(QStringLiteral("\tpsql 8123\tkeepalive exhausted\t")));
}

TEST_F(HistoryTest, lostEventsAndTheArchiveAreTold) {
    add({exhausted(1)});
    EXPECT_EQ(page.lostText(), QString());
    history->addLostEvents(3);
    page.update();
    EXPECT_TRUE(page.lostText().contains(QStringLiteral("3 time(s)")));
    page.sayArchive(QStringLiteral("The file was damaged and set aside."));
    bool told = false;
    for (auto* bar : page.findChildren<NoticeBar*>())
        told = told || (bar->isVisible() && bar->text().contains(QStringLiteral("set aside")));
    EXPECT_TRUE(told);
}

TEST_F(HistoryTest, detailsTellEveryPieceOfEvidence) {
    add({exhausted(1)});
    page.view().select(1);
    std::string text;
    for (const auto& group : page.details().groups()) {
        for (const auto& fact : group.facts)
            text += fact.name.toStdString() + "|" + fact.value.toStdString() + "\n";
    }
    EXPECT_THAT(text, HasSubstr("Certain: what was seen fits nothing else."));
    EXPECT_THAT(text, HasSubstr("3 probe(s) unanswered, 3 allowed."));
    EXPECT_THAT(text, HasSubstr("The program was told|ETIMEDOUT"));
    EXPECT_THAT(text, HasSubstr("Held by|psql 8123"));
}

Certificate foundDead(std::uint64_t cookie) {
    Certificate c;
    c.number = std::uint64_t{1} << 63 | cookie;
    c.cookie = cookie;
    c.sampled = false;
    c.foundDead = true;
    c.local = endpoint("10.0.0.5", 51422);
    c.evidence = {{Code::NoDestroyEvent}};
    c.ended = c.firstMissed = at(90s);
    c.lastLife = c.lastSeen = at(30s);
    c.holders = {{8123, 5, "psql"}};
    return c;
}

struct DeadTest : HistoryTest {
    CertificatePtr seen; ///< this run saw it end
    CertificatePtr found = std::make_shared<const Certificate>(foundDead(7));

    DeadTest() {
        add({exhausted(1), ended(2, Ending::Reset)});
        seen = page.model().find(1);
    }
    std::string details() {
        std::string text;
        for (const auto& group : page.details().groups()) {
            for (const auto& fact : group.facts)
                text += fact.name.toStdString() + "|" + fact.value.toStdString() + "\n";
        }
        return text;
    }
};

TEST_F(DeadTest, oneThatIsHeldSaysSoAsLongAsItIs) {
    EXPECT_FALSE(page.onlyDead().isVisible());
    page.showDead({seen}, at(240s).monotonic);
    page.view().select(1);
    EXPECT_EQ(cell(page.model().rowOfCookie(1), HistoryEnding), "keepalive exhausted; still held");
    EXPECT_EQ(cell(page.model().rowOfCookie(2), HistoryEnding), "reset");
    EXPECT_THAT(details(), HasSubstr("Still held|By its program, which may not know that it is dead; for 3 min."));
    page.showDead({seen}, at(300s).monotonic);
    EXPECT_THAT(details(), HasSubstr("for 4 min."));
    page.showDead({}, at(301s).monotonic);
    EXPECT_EQ(cell(page.model().rowOfCookie(1), HistoryEnding), "keepalive exhausted");
    EXPECT_THAT(details(), Not(HasSubstr("Still held")));
}

TEST_F(DeadTest, oneFoundDeadIsARowThatInventsNothing) {
    page.showDead({found}, at(90s).monotonic);
    EXPECT_EQ(page.countText(), QStringLiteral("3 ended connection(s)"));
    const int row = page.model().rowOfCookie(7);
    ASSERT_GE(row, 0);
    EXPECT_THAT(cell(row, HistoryEnded), HasSubstr("before "));
    EXPECT_EQ(cell(row, HistoryRemote), "not known");
    EXPECT_EQ(cell(row, HistoryLasted), "");
    EXPECT_EQ(cell(row, HistoryEnding), "ended, not known how; still held");
    EXPECT_EQ(cell(row, HistoryEnding + 2), momentText(found->lastLife->wall).toStdString());
    page.view().select(7);
    EXPECT_THAT(details(), HasSubstr("at most for 1 min."));
    EXPECT_THAT(details(), HasSubstr("when Halfopen found it dead"));
    page.showDead({}, at(91s).monotonic);
    EXPECT_EQ(page.model().rowOfCookie(7), -1);
}

TEST_F(DeadTest, theyCanBeShownAlone) {
    page.showDead({found, seen}, at(90s).monotonic);
    EXPECT_TRUE(page.onlyDead().isVisible());
    EXPECT_EQ(page.onlyDead().text(), QStringLiteral("Still held (2)"));
    page.onlyDead().click();
    EXPECT_THAT(cookies(), testing::UnorderedElementsAre(1U, 7U));
    page.showDead({seen}, at(91s).monotonic);
    EXPECT_THAT(cookies(), testing::ElementsAre(1U));
    page.showDead({}, at(92s).monotonic); // nothing is left to show alone
    EXPECT_THAT(cookies(), testing::ElementsAre(2U, 1U));
    EXPECT_FALSE(page.onlyDead().isVisible());
}

TEST(EndingStrings, everyEndingAndPieceOfEvidenceHasWords) {
    for (std::size_t i = 0; i < kEndingCount; ++i)
        EXPECT_EQ(endingLabel(static_cast<Ending>(i)).toStdString(), describe(static_cast<Ending>(i)));
    for (auto code = Code::StateSeen; code <= Code::AskedFor; code = static_cast<Code>(static_cast<int>(code) + 1))
        EXPECT_FALSE(evidenceSentence({code, 1, 0}).isEmpty());
}

struct HistoryWindowTest : testing::Test {
    HistoryPtr history = std::make_shared<History>();
    FakeSockets sockets;
    MainWindow window{[](const Query&) {}};

    HistoryWindowTest() {
        QSettings().clear();
        window.setActions(sockets, {}, {});
        window.setHistory(history);
        window.show();
    }
    FrameSeries series;
    int second = 0;

    void show(FrameMaker maker) {
        window.showFrame(series.next(maker.after(std::chrono::seconds(++second)).script));
        QApplication::processEvents();
    }
};

TEST_F(HistoryWindowTest, aClosedRowTellsHowItEndedAndLeadsToItsCertificate) {
    show({suspect(1), unguarded(2)});
    window.connections().view().select(1);
    EXPECT_FALSE(window.connectionActions()->ended().isEnabled());
    history->add({exhausted(1)});
    for (int missed = 0; missed < 2; ++missed)
        show({unguarded(2)});
    const auto headline = [&] { return window.connections().details().headline(); };
    EXPECT_TRUE(QTest::qWaitFor([&] { return headline().contains(QStringLiteral("exhausted")); }));
    EXPECT_THAT(
        headline().toStdString(),
        HasSubstr("closed: keepalive exhausted: 3 probe(s) unanswered, noticed 9.0 s after the last sign of life"));
    show({unguarded(2)});
    ASSERT_TRUE(window.connectionActions()->ended().isEnabled());
    window.connectionActions()->ended().trigger();
    EXPECT_TRUE(window.history()->isVisible());
    ASSERT_TRUE(window.history()->view().selected());
    EXPECT_EQ(window.history()->view().selected()->cookie, 1U);
}

TEST_F(HistoryWindowTest, theStatusLineLeadsToThoseThatAreHeld) {
    history->add({ended(2, Ending::Reset)});
    show({unguarded(3)});
    auto* status = window.findChild<StatusLine*>();
    ASSERT_TRUE(status);
    EXPECT_FALSE(status->dead().isVisible());
    auto frame = std::make_shared<Frame>(*FrameMaker({unguarded(3)}).build());
    frame->held = {std::make_shared<const Certificate>(foundDead(7))};
    window.showFrame(frame);
    ASSERT_TRUE(status->dead().isVisible());
    EXPECT_EQ(status->dead().text(), QStringLiteral("1 dead but held"));
    status->dead().click();
    EXPECT_TRUE(window.history()->isVisible());
    ASSERT_EQ(window.history()->model().rowCount(), 1);
    EXPECT_EQ(window.history()->model().at(0)->cookie, 7U);
}

TEST_F(HistoryWindowTest, copyTakesFromThePageShown) {
    history->add({exhausted(1)});
    show({unguarded(2)});
    window.connections().view().select(2);
    window.connectionActions();
    window.history()->view().select(1);
    window.setPage(1);
    window.actions().copy->trigger();
    EXPECT_TRUE(QGuiApplication::clipboard()->text().contains(QStringLiteral("keepalive exhausted")));
    window.setPage(0);
    window.actions().copy->trigger();
    EXPECT_TRUE(QGuiApplication::clipboard()->text().contains(QStringLiteral("198.51.100.7:443")));
}

} // namespace
} // namespace halfopen::test
