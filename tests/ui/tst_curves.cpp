// SPDX-License-Identifier: GPL-3.0-or-later
// The curves of the connection that is chosen.
#include "tests/frames/frame_maker.h"
#include "tests/ui/chart_words.h"
#include "ui/charts/chart_panel.h"
#include "ui/charts/stacked_chart.h"
#include "ui/connections/curves_page.h"

#include <QApplication>

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

TEST_F(CurvesTest, withNothingChosenItSaysSo) {
    page.show(nullptr, {});
    EXPECT_EQ(words("rates").toStdString(), "Choose a connection.");
}

} // namespace
} // namespace halfopen::test
