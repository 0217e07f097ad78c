// SPDX-License-Identifier: GPL-3.0-or-later
// The curves of the connection that is chosen.
#include "tests/frames/frame_maker.h"
#include "tests/ui/chart_words.h"
#include "ui/charts/chart_panel.h"
#include "ui/charts/stacked_chart.h"
#include "ui/connections/curve_measures.h"
#include "ui/connections/curves_page.h"

#include <QApplication>
#include <QCategoryAxis>
#include <QChart>
#include <QChartView>
#include <QTableView>
#include <QTest>

#include <gmock/gmock.h>

namespace halfopen::test {
namespace {

using testing::SizeIs;

struct CurvesTest : testing::Test {
    CurvesPage page;
    FrameSeries series;
    int second = 0;

    CurvesTest() {
        page.resize(900, 400);
        page.setVisible(true);
    }
    void show(FrameMaker maker, std::uint64_t cookie = 1) {
        page.show(series.next(maker.after(std::chrono::seconds(++second)).script), keyOf(cookie));
        QApplication::processEvents();
    }
    ChartPanel& panel(const char* curve) const { return child<ChartPanel>(page, curve); }
    const std::vector<ChartPoint>& points(const char* curve) const { return panel(curve).chart().numbers().points; }
    QString words(const char* curve) const { return wordsOf(panel(curve)); }
};

TEST_F(CurvesTest, aPointForEachSampleOfTheOneChosen) {
    for (int i = 0; i < 5; ++i)
        show({suspect(1), guarded(2)});
    EXPECT_THAT(points("roundTrip"), SizeIs(5));
    EXPECT_EQ(points("roundTrip").back().at, 0);
    EXPECT_NEAR(points("roundTrip").front().at, -4, 0.5);
    EXPECT_GT(points("unanswered").back().values[0], 0U);
    EXPECT_THAT(points("rates").back().values, SizeIs(2));
}

TEST_F(CurvesTest, ofAnotherOneTheyBeginAnew) {
    for (int i = 0; i < 5; ++i)
        show({suspect(1), guarded(2)});
    show({suspect(1), guarded(2)}, 2);
    EXPECT_THAT(points("queues"), SizeIs(0)); // too few for a curve, and it says so
    EXPECT_EQ(words("queues").toStdString(), "Its curves begin now.");
}

TEST_F(CurvesTest, theSameSampleIsOnePoint) {
    const auto frame = series.next(FrameMaker({suspect(1)}).script);
    for (int i = 0; i < 5; ++i)
        page.show(frame, keyOf(1));
    EXPECT_EQ(words("queues").toStdString(), "Its curves begin now.");
}

TEST_F(CurvesTest, onlyTheLastMinutesAreKept) {
    for (int i = 0; i < 330; ++i)
        page.show(series.next(FrameMaker({guarded(1)}).after(std::chrono::seconds(++second)).script), keyOf(1));
    EXPECT_LE(points("queues").size(), 302U);
    EXPECT_GE(points("queues").size(), 298U);
}

TEST_F(CurvesTest, whatIsNotKnownIsNoCurveOfZeros) {
    auto unmeasured = guarded(2); // as a connection is before its first acknowledgement
    unmeasured.connection.info.rttUs = 0;
    for (int i = 0; i < 4; ++i)
        show({listening(1), unmeasured});
    for (const auto curve : {"roundTrip", "rates", "queues", "silence"}) {
        EXPECT_THAT(points(curve), SizeIs(0));
        EXPECT_EQ(words(curve).toStdString(), "Not known of this one.");
    }
    for (int i = 0; i < 4; ++i)
        show({listening(1), unmeasured}, 2);
    EXPECT_EQ(words("roundTrip").toStdString(), "Not known of this one.");
    EXPECT_THAT(points("queues"), SizeIs(4));
}

/// The labels of the axis at its left, from below.
QStringList numbersOf(ChartPanel& panel) {
    const auto* chart = child<QChartView>(panel).chart();
    return qobject_cast<QCategoryAxis*>(chart->axes(Qt::Vertical).front())->categoriesLabels();
}

TEST_F(CurvesTest, anAxisIsInTheUnitThatItsNumbersHaveInTheTable) {
    auto far = guarded(1);
    for (int i = 0; i < 4; ++i) {
        far.connection.info.rttUs = 31'000 + 1'000U * static_cast<unsigned>(i);
        far.connection.sendQueue = 5000;
        show({far});
    }
    EXPECT_EQ(numbersOf(panel("roundTrip")),
              QStringList({QStringLiteral("0"), QStringLiteral("20.0 ms"), QStringLiteral("40.0 ms")}));
    EXPECT_EQ(numbersOf(panel("queues")).back(), QStringLiteral("8 KiB"));
    EXPECT_EQ(numbersOf(panel("rates")).back(), QStringLiteral("1 KiB/s"));
    EXPECT_EQ(numbersOf(panel("silence")).back(), QStringLiteral("1m"));
    auto& chart = panel("roundTrip").chart();
    QTest::keyClick(&chart, Qt::Key_End);
    EXPECT_TRUE(words("roundTrip").endsWith(QStringLiteral(": round trip 34.0 ms")))
        << words("roundTrip").toStdString();
    QTest::keyClick(&chart, Qt::Key_T);
    auto& table = child<QTableView>(panel("roundTrip"));
    EXPECT_EQ(table.model()->index(3, 1).data().toString(), QStringLiteral("34.0 ms"));
}

TEST(CurveMeasures, axesEndWithShortNumbers) {
    const auto topsOf = [](const Measure& measure, std::initializer_list<std::uint64_t> values) {
        QStringList tops;
        for (const auto value : values) {
            const auto top = measure.top(value);
            EXPECT_GE(top, value);
            EXPECT_EQ(top % 2, 0U);
            tops.append(measure.text(top / 2) + QLatin1Char(' ') + measure.text(top));
        }
        return tops.join(QStringLiteral(", ")).toStdString();
    };
    EXPECT_EQ(topsOf(kRoundTrips, {0, 31, 62, 850, 3'100, 250'000, 12'000'000}),
              "1 µs 2 µs, 20 µs 40 µs, 50 µs 100 µs, 500 µs 1.00 ms, 2.00 ms 4.00 ms, 200 ms 400 ms, 10 s 20 s");
    EXPECT_EQ(topsOf(kAmounts, {0, 1025, 1'048'577}), "512 bytes 1 KiB, 1 KiB 2 KiB, 1 MiB 2 MiB");
    EXPECT_EQ(topsOf(kSilences, {1, 45, 61, 7000, 90'000, 400'000}), "2 s 4 s, 30 s 1m, 1m 2m, 1h 2h, 1d 2d, 4d 8d");
}

TEST_F(CurvesTest, withNothingChosenItSaysSo) {
    page.show(nullptr, {});
    EXPECT_EQ(words("rates").toStdString(), "Choose a connection.");
}

} // namespace
} // namespace halfopen::test
