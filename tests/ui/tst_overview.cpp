// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/order.h"
#include "tests/frames/frame_maker.h"
#include "tests/ui/chart_words.h"
#include "tests/ui/fake_services.h"
#include "ui/charts/chart_panel.h"
#include "ui/charts/stacked_chart.h"
#include "ui/connections/connections_page.h"
#include "ui/details/summary_panel.h"
#include "ui/history/history_page.h"
#include "ui/overview/overview_numbers.h"
#include "ui/overview/overview_page.h"
#include "ui/table/filter_bar.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QComboBox>
#include <QGraphicsView>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include <gtest/gtest.h>

#include <numeric>

namespace halfopen::test {
namespace {

using namespace std::chrono_literals;

std::vector<Scripted> machine() {
    return {listening(1),
            timeWait(2),
            ofProgram(unguarded(3), 11, "psql"),
            ofProgram(unguarded(4), 11, "psql"),
            ofProgram(guarded(5), 12, "nginx", std::make_shared<ProcessUnit>(ProcessUnit{.unit = "nginx.service"})),
            ofProgram(suspect(6), 13, "backup"),
            ofProgram(abandoned(unguarded(7)), 14, "mail & <b>more</b>")};
}

struct OverviewTest : testing::Test {
    FakeServices fakes;
    std::unique_ptr<MainWindow> window;
    FrameSeries series;
    int second = 0;

    OverviewTest() {
        QSettings().clear();
        open();
    }
    void open() {
        window = std::make_unique<MainWindow>(fakes.services());
        window->resize(1280, 800);
        window->show();
        QApplication::processEvents();
    }
    /// As the sampler does: the frame answers the last query.
    FramePtr show(FrameMaker maker = FrameMaker(machine())) {
        const auto frame = series.next(maker.after(std::chrono::seconds(++second)).script, fakes.queries.back());
        window->showFrame(frame);
        QApplication::processEvents();
        return frame;
    }
    OverviewPage& page() { return child<OverviewPage>(*window); }
    ChartPanel& panel(const char* name) { return child<ChartPanel>(page(), name); }
    QString text(const char* label) { return child<QLabel>(page(), label).text(); }
    QString field() { return window->connections().filterBar().filter(); }
};

/// Clicks the one button whose name says this.
void clickThe(const QString& words, QWidget& page) {
    QToolButton* found = nullptr;
    for (auto* button : page.findChildren<QToolButton*>())
        if (button->isVisible() && button->accessibleName().contains(words))
            found = button;
    ASSERT_NE(found, nullptr) << words.toStdString();
    QTest::mouseClick(found, Qt::LeftButton);
}

/// How many living rows a filter lists.
std::size_t listedBy(Frame frame, const QString& filter) {
    frame.query.filter = filter.toStdString();
    frame.query.quick = QuickFilter::All;
    frame.query.diagnoses = 0;
    arrange(frame);
    return frame.shown.size();
}

TEST_F(OverviewTest, isTheFirstPageAndAsksForItselfWhileItIsSeen) {
    EXPECT_TRUE(page().isVisible());
    EXPECT_TRUE(fakes.queries.back().overview.has_value());
    window->showPage(window->connections());
    EXPECT_FALSE(fakes.queries.back().overview.has_value()) << "hidden it costs nothing";
    window->showPage(page());
    EXPECT_TRUE(fakes.queries.back().overview.has_value());
}

TEST_F(OverviewTest, thePageThatWasLeftIsShownAgain) {
    window->showPage(window->history());
    window->close();
    open();
    EXPECT_TRUE(window->history().isVisible());
    EXPECT_FALSE(page().isVisible());
}

TEST_F(OverviewTest, saysWhatIsWrongAndLeadsThere) {
    show();
    EXPECT_TRUE(text("socketsInView").startsWith(QLatin1Char('7'))) << text("socketsInView").toStdString();
    const auto problems = words(child<SummaryPanel>(page()));
    EXPECT_TRUE(problems.contains(QStringLiteral("psql 2"))) << problems.toStdString();
    clickThe(QStringLiteral("may have lost"), page());
    EXPECT_EQ(field(), QStringLiteral("diagnosis:suspect"));
    window->showPage(page());
    clickThe(QStringLiteral("for ever"), page());
    EXPECT_TRUE(window->connections().isVisible());
    EXPECT_EQ(field(), QStringLiteral("diagnosis:unguarded"));
}

TEST_F(OverviewTest, eachBarListsWhatItCounts) {
    const FramePtr frame = show();
    for (ChartPanel* panel : {&panel("givenUp"), &panel("worst")}) {
        const ChartNumbers numbers = panel->chart().numbers();
        ASSERT_GT(sumOf(numbers), 0U);
        for (std::size_t point = 0; point < numbers.points.size(); ++point) {
            for (int one = -1; one < static_cast<int>(numbers.series.size()); ++one) {
                const auto told = one < 0 ? sumOf(numbers.points[point])
                                          : numbers.points[point].values[static_cast<std::size_t>(one)];
                window->showPage(page());
                Q_EMIT panel->chart().activated(static_cast<int>(point), one);
                EXPECT_TRUE(window->connections().isVisible());
                EXPECT_EQ(listedBy(*frame, field()), told) << field().toStdString();
            }
        }
    }
}

TEST_F(OverviewTest, eachWayToGroupLeadsToWhatItCounts) {
    auto& by = child<QComboBox>(page(), "worstBy");
    for (int way = 0; way < by.count(); ++way) {
        window->showPage(page());
        by.setCurrentIndex(way);
        Q_EMIT by.activated(way);
        const FramePtr frame = show();
        EXPECT_FALSE(frame->overview->worst.empty()) << way;
        for (std::size_t point = 0; point < frame->overview->worst.size(); ++point) {
            window->showPage(page());
            Q_EMIT panel("worst").chart().activated(static_cast<int>(point), -1);
            EXPECT_EQ(listedBy(*frame, field()), frame->overview->worst[point].count) << field().toStdString();
        }
    }
}

TEST_F(OverviewTest, aClickOnABarListsIt) {
    show();
    auto& chart = panel("givenUp").chart();
    QApplication::processEvents();
    auto* view = chart.findChild<QGraphicsView*>();
    const QPoint firstBar(view->width() / 2, 12); // "never" is on top and the longest
    QTest::mouseClick(view->viewport(), Qt::RightButton, {}, firstBar);
    EXPECT_TRUE(page().isVisible()) << "only the left button";
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, firstBar);
    EXPECT_TRUE(window->connections().isVisible());
    EXPECT_TRUE(field().startsWith(QStringLiteral("gives-up:never"))) << field().toStdString();
}

TEST_F(OverviewTest, theKeysWalkThroughAChartAndItsWordsFollow) {
    show();
    auto& chart = panel("givenUp").chart();
    const auto isAt = [&](std::size_t point) {
        return wordsOf(panel("givenUp")).startsWith(chart.numbers().points[point].label);
    };
    chart.setFocus();
    QTest::keyClick(&chart, Qt::Key_Down);
    EXPECT_TRUE(isAt(0));
    EXPECT_EQ(wordsOf(panel("givenUp")), QStringLiteral("never: 2 unguarded, 1 abandoned"));
    EXPECT_EQ(chart.accessibleDescription(), wordsOf(panel("givenUp")));
    QTest::keyClick(&chart, Qt::Key_End);
    EXPECT_TRUE(isAt(kGiveUpClassCount - 1));
    QTest::keyClick(&chart, Qt::Key_Up);
    EXPECT_TRUE(isAt(kGiveUpClassCount - 2));
    QTest::keyClick(&chart, Qt::Key_Home);
    QTest::keyClick(&chart, Qt::Key_Return);
    EXPECT_TRUE(window->connections().isVisible());
    EXPECT_TRUE(field().startsWith(QStringLiteral("gives-up:never"))) << field().toStdString();
}

TEST_F(OverviewTest, eachChartIsATableToo) {
    const FramePtr frame = show();
    auto& worst = panel("worst");
    auto& table = child<QTableView>(worst);
    worst.chart().setFocus();
    QTest::keyClick(&worst.chart(), Qt::Key_T);
    ASSERT_TRUE(table.isVisible());
    EXPECT_TRUE(table.hasFocus()) << "the keys stay";
    const auto* model = table.model();
    ASSERT_EQ(model->rowCount(), static_cast<int>(frame->overview->worst.size()));
    EXPECT_EQ(model->index(0, 0).data().toString(), QStringLiteral("backup"));
    for (int row = 0; row < model->rowCount(); ++row) {
        int sum = 0;
        for (int column = 1; column < model->columnCount(); ++column)
            sum += model->index(row, column).data().toString().toInt();
        EXPECT_EQ(static_cast<std::uint32_t>(sum), frame->overview->worst[static_cast<std::size_t>(row)].count);
    }
    QTest::keyClick(&table, Qt::Key_T);
    EXPECT_FALSE(table.isVisible());
    EXPECT_TRUE(worst.chart().hasFocus());
}

TEST_F(OverviewTest, whatAWayForgetsIsCountedAndListed) {
    show();
    auto& path = child<QComboBox>(page(), "path");
    path.setCurrentIndex(0);
    Q_EMIT path.activated(0);
    const int seconds = path.currentData().toInt();
    EXPECT_EQ(fakes.queries.back().overview->pathForgets, std::chrono::seconds(seconds));
    const FramePtr frame = show();
    EXPECT_GT(frame->overview->forgotten, 0U) << "all have been idle for 65 s";
    EXPECT_TRUE(text("forgotten").startsWith(QString::number(frame->overview->forgotten)));
    clickThe(QStringLiteral("forgotten"), page());
    EXPECT_EQ(listedBy(*frame, field()), frame->overview->forgotten) << field().toStdString();
}

TEST_F(OverviewTest, theDestinationThatUsesMostPortsIsNamed) {
    const FramePtr frame = show();
    ASSERT_TRUE(frame->overview->ports);
    EXPECT_TRUE(text("localPorts").startsWith(QStringLiteral("Local ports to 198.51.100.7:443: ")))
        << text("localPorts").toStdString();
    clickThe(QStringLiteral("most ports"), page());
    EXPECT_EQ(field(), QStringLiteral("dst 198.51.100.7:443"));
}

TEST_F(OverviewTest, endingsLeadIntoTheHistory) {
    show();
    Q_EMIT panel("endings").chart().activated(0, 1);
    EXPECT_TRUE(window->history().isVisible());
    EXPECT_TRUE(child<QLineEdit>(*window, "endedFilter").text().contains(QStringLiteral("keepalive-exhausted or ")));
}

TEST_F(OverviewTest, whatIsNotThereYetIsSaid) {
    show();
    EXPECT_EQ(wordsOf(panel("curve")), QStringLiteral("One minute is needed for a curve."));
    EXPECT_EQ(wordsOf(panel("endings")), QStringLiteral("No connection has ended in the last half an hour."));
    second = 70;
    show();
    EXPECT_EQ(wordsOf(panel("curve")), QString());
    EXPECT_GE(panel("curve").chart().numbers().points.size(), 2U);
}

TEST_F(OverviewTest, aRecordingHasNoLastHalfHour) {
    FrameMaker maker(machine());
    maker.live = false;
    maker.query = fakes.queries.back();
    window->showFrame(maker.build());
    QApplication::processEvents();
    EXPECT_TRUE(wordsOf(panel("curve")).contains(QStringLiteral("recording"))) << wordsOf(panel("curve")).toStdString();
    EXPECT_GT(sumOf(panel("givenUp").chart().numbers()), 0U);
}

TEST(OverviewNumbers, everyEndingIsInOneSeries) {
    std::vector<int> times(kEndingCount, 0);
    for (std::size_t series = 0; series < endingSeries().size(); ++series)
        for (const Ending ending : endingsOf(series))
            ++times[static_cast<std::size_t>(ending)];
    times[static_cast<std::size_t>(Ending::TimeWaitOver)] += 1; // its connection had ended before
    EXPECT_EQ(times, std::vector<int>(kEndingCount, 1));
}

TEST(OverviewNumbers, endingsOfTheLastHalfHourAreByMinute) {
    Activity activity;
    constexpr MonotonicTime kNow{10h};
    for (int i = 39; i >= 0; --i) {
        ActivityMinute minute{.begin = kNow - std::chrono::minutes(i)};
        minute.happened.endings[static_cast<std::size_t>(Ending::Reset)] = static_cast<std::uint64_t>(i);
        activity.minutes.push_back(minute);
    }
    const auto points = endingPoints(activity, kNow + 30s);
    ASSERT_EQ(points.size(), kEndingMinutes);
    for (std::size_t i = 0; i < points.size(); ++i) {
        EXPECT_EQ(points[i].values[2], kEndingMinutes - 1 - i) << i;
        EXPECT_EQ(sumOf(points[i]), points[i].values[2]);
    }
    activity.minutes.erase(activity.minutes.begin(), activity.minutes.end() - 2);
    EXPECT_EQ(endingPoints(activity, kNow)[kEndingMinutes - 2].values[2], 1U) << "the last minute is the last";
}

} // namespace
} // namespace halfopen::test
