// SPDX-License-Identifier: GPL-3.0-or-later
// The curves of the connection that is chosen.
#include "tests/frames/frame_maker.h"
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
    const std::vector<ChartPoint>& points(CurvesPage::Curve curve) {
        return page.panel(curve).chart().numbers().points;
    }
};

TEST_F(CurvesTest, aPointForEachSampleOfTheOneChosen) {
    for (int i = 0; i < 5; ++i)
        show({suspect(1), guarded(2)});
    EXPECT_THAT(points(CurvesPage::RoundTrip), SizeIs(5));
    EXPECT_EQ(points(CurvesPage::RoundTrip).back().at, 0);
    EXPECT_NEAR(points(CurvesPage::RoundTrip).front().at, -4, 0.5);
    EXPECT_GT(points(CurvesPage::Unanswered).back().values[0], 0U);
    EXPECT_THAT(points(CurvesPage::Rates).back().values, SizeIs(2));
}

TEST_F(CurvesTest, ofAnotherOneTheyBeginAnew) {
    for (int i = 0; i < 5; ++i)
        show({suspect(1), guarded(2)});
    show({suspect(1), guarded(2)}, 2);
    EXPECT_EQ(page.points(), 1U);
    EXPECT_THAT(points(CurvesPage::Queues), SizeIs(0)); // too few for a curve, and it says so
    EXPECT_EQ(page.panel(CurvesPage::Queues).words().toStdString(), "Its curves begin now.");
}

TEST_F(CurvesTest, theSameSampleIsOnePoint) {
    const auto frame = series.next(FrameMaker({suspect(1)}).script);
    page.show(frame, keyOf(1));
    page.show(frame, keyOf(1));
    EXPECT_EQ(page.points(), 1U);
}

TEST_F(CurvesTest, onlyTheLastMinutesAreKept) {
    for (int i = 0; i < 330; ++i)
        page.show(series.next(FrameMaker({guarded(1)}).after(std::chrono::seconds(++second)).script), keyOf(1));
    EXPECT_LE(page.points(), 302U);
    EXPECT_GE(page.points(), 298U);
}

TEST_F(CurvesTest, whatIsNotKnownIsNoCurveOfZeros) {
    auto unmeasured = guarded(2); // as a connection is before its first acknowledgement
    unmeasured.connection.info.rttUs = 0;
    for (int i = 0; i < 4; ++i)
        show({listening(1), unmeasured});
    for (const auto curve : {CurvesPage::RoundTrip, CurvesPage::Rates, CurvesPage::Queues, CurvesPage::Silence}) {
        EXPECT_THAT(points(curve), SizeIs(0));
        EXPECT_EQ(page.panel(curve).words().toStdString(), "Not known of this one.");
    }
    for (int i = 0; i < 4; ++i)
        show({listening(1), unmeasured}, 2);
    EXPECT_EQ(page.panel(CurvesPage::RoundTrip).words().toStdString(), "Not known of this one.");
    EXPECT_THAT(points(CurvesPage::Queues), SizeIs(4));
}

TEST_F(CurvesTest, withNothingChosenItSaysSo) {
    page.show(nullptr, {});
    EXPECT_EQ(page.panel(CurvesPage::Rates).words().toStdString(), "Choose a connection.");
}

} // namespace
} // namespace halfopen::test
