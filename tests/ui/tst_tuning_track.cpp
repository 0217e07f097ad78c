// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/steps.h"
#include "ui/tuning/track_geometry.h"
#include "ui/tuning/track_paint.h"
#include "ui/tuning/track_view.h"
#include "ui/tuning/tuning_strings.h"

#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace halfopen::test {
namespace {

constexpr KeepaliveDefaults kDefaults{7200, 75, 9};

bool isStep(std::int32_t seconds) {
    return nearestStep(seconds) == seconds;
}

std::int32_t valueOf(TrackHandle handle, const KeepaliveDefaults& values) {
    return handle == TrackHandle::Time       ? values.time
           : handle == TrackHandle::Interval ? values.interval
                                             : values.probes;
}

struct TrackTest : testing::Test {
    TrackView track;
    KeepaliveDefaults values; ///< as the track tells them

    void SetUp() override {
        track.resize(1000, track.sizeHint().height());
        QObject::connect(&track, &TrackView::valuesChanged, &track, [this](const auto& moved) { values = moved; });
        setValues(kDefaults);
        track.show();
    }
    void setValues(const KeepaliveDefaults& set) {
        track.setValues(set);
        values = set;
    }
    bool moves(TrackHandle handle) const {
        return track.accessibleDescription().startsWith(QStringLiteral("Arrow keys move: %1.").arg(handleName(handle)));
    }
    void drag(TrackHandle handle, int pixels) {
        const QPoint from = track.handlePosition(handle);
        const QPoint to = from + QPoint(pixels, 0);
        QTest::mousePress(&track, Qt::LeftButton, {}, from);
        QMouseEvent move(QEvent::MouseMove, to, track.mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&track, &move);
        QTest::mouseRelease(&track, Qt::LeftButton, {}, to);
    }
    void key(TrackHandle handle, int key) {
        track.focusHandle(handle);
        QTest::keyClick(&track, static_cast<Qt::Key>(key));
    }
};

TEST_F(TrackTest, aPressOnAHandleMovesNothing) {
    for (int i = 0; i < kTrackHandles; ++i) {
        drag(static_cast<TrackHandle>(i), 0);
        EXPECT_EQ(values, kDefaults) << i;
        EXPECT_TRUE(moves(static_cast<TrackHandle>(i)));
    }
}

TEST_F(TrackTest, aDragGoesOnWhileThePageIsRefreshed) {
    const QPoint from = track.handlePosition(TrackHandle::Time);
    const auto moveBy = [&](int pixels) {
        const QPoint to = from + QPoint(pixels, 0);
        QMouseEvent move(QEvent::MouseMove, to, track.mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&track, &move);
        return values.time;
    };
    QTest::mousePress(&track, Qt::LeftButton, {}, from);
    const auto first = moveBy(-40);
    EXPECT_LT(first, 7200);
    track.setEditable(true); // as with every frame
    EXPECT_LT(moveBy(-120), first);
    track.setEditable(false); // a question is open now
    const auto last = values.time;
    EXPECT_EQ(moveBy(-200), last);
}

TEST_F(TrackTest, draggingMovesOneValueOnly) {
    drag(TrackHandle::Time, -60);
    EXPECT_LT(values.time, 7200);
    EXPECT_EQ(values.interval, 75);
    EXPECT_EQ(values.probes, 9);
    const auto before = values;
    drag(TrackHandle::Probes, -80);
    EXPECT_LT(values.probes, 9);
    EXPECT_EQ(values.time, before.time);
    EXPECT_EQ(values.interval, before.interval);
}

TEST_F(TrackTest, draggingAndKeysStopAtTheSameSteps) {
    for (const auto handle : {TrackHandle::Time, TrackHandle::Interval}) {
        for (int pixels = -150; pixels <= 150; pixels += 7) {
            setValues(kDefaults);
            drag(handle, pixels);
            EXPECT_TRUE(isStep(valueOf(handle, values))) << pixels;
        }
    }
}

TEST_F(TrackTest, whatADragReachesTheKeysReachToo) {
    drag(TrackHandle::Time, -90);
    const auto dragged = values;
    ASSERT_LT(dragged.time, 7200);
    setValues(kDefaults);
    for (int i = 0; i < 50 && values.time > dragged.time; ++i)
        key(TrackHandle::Time, Qt::Key_Left);
    EXPECT_EQ(values, dragged);
}

TEST_F(TrackTest, everyKeyIsOneStep) {
    key(TrackHandle::Time, Qt::Key_Right);
    EXPECT_EQ(values.time, 9000);
    key(TrackHandle::Interval, Qt::Key_Down);
    EXPECT_EQ(values.interval, 60);
    key(TrackHandle::Probes, Qt::Key_Up);
    EXPECT_EQ(values.probes, 10);
    key(TrackHandle::Probes, Qt::Key_Home);
    EXPECT_EQ(values.probes, 1);
    key(TrackHandle::Probes, Qt::Key_Left);
    EXPECT_EQ(values.probes, 1);
    key(TrackHandle::Time, Qt::Key_End);
    EXPECT_EQ(values.time, 32767);
    key(TrackHandle::Interval, Qt::Key_PageDown);
    EXPECT_EQ(values.interval, 25);
}

TEST_F(TrackTest, nothingLeavesTheSaneRange) {
    for (const int pixels : {-3000, 3000}) {
        for (int i = 0; i < kTrackHandles; ++i) {
            setValues(kDefaults);
            drag(static_cast<TrackHandle>(i), pixels);
            EXPECT_TRUE(checkRange(values)) << i << ' ' << pixels;
        }
    }
}

TEST_F(TrackTest, tabGoesFromHandleToHandle) {
    track.focusHandle(TrackHandle::Time);
    track.setFocus();
    track.activateWindow();
    if (!QTest::qWaitForWindowActive(&track))
        GTEST_SKIP() << "this platform activates no window";
    QTest::keyClick(&track, Qt::Key_Tab);
    EXPECT_TRUE(moves(TrackHandle::Interval));
    QTest::keyClick(&track, Qt::Key_Tab);
    EXPECT_TRUE(moves(TrackHandle::Probes));
    QTest::keyClick(&track, Qt::Key_Backtab);
    EXPECT_TRUE(moves(TrackHandle::Interval));
}

TEST_F(TrackTest, notEditableNothingMoves) {
    track.setEditable(false);
    QSignalSpy changed(&track, &TrackView::valuesChanged);
    drag(TrackHandle::Time, -90);
    key(TrackHandle::Time, Qt::Key_Left);
    EXPECT_EQ(changed.count(), 0);
    EXPECT_EQ(values, kDefaults);
}

TEST(TrackGeometry, twoHoursAndSeventyFiveSecondsAreBothVisible) {
    const TrackGeometry geometry(900, TrackGeometry::extentFor(kDefaults, 0));
    const double time = geometry.xOf(TrackHandle::Time, kDefaults);
    const double interval = geometry.xOf(TrackHandle::Interval, kDefaults);
    const double end = geometry.xOf(TrackHandle::Probes, kDefaults);
    EXPECT_GT(time, 200);
    EXPECT_LT(time, geometry.idleEnd());
    EXPECT_GT(interval - geometry.probesBegin(), 15);
    EXPECT_GT(end, interval + 100);
    EXPECT_LE(end, geometry.width());
}

TEST(TrackGeometry, everyHandleStandsWhereItsValueIs) {
    for (const KeepaliveDefaults values : {kDefaults, KeepaliveDefaults{600, 30, 5}, KeepaliveDefaults{20, 5, 6}}) {
        const TrackGeometry geometry(1200, TrackGeometry::extentFor(values, 0));
        for (int i = 0; i < kTrackHandles; ++i) {
            const auto handle = static_cast<TrackHandle>(i);
            EXPECT_EQ(geometry.moved(handle, geometry.xOf(handle, values), values), values) << i;
        }
    }
}

TEST(TrackGeometry, theExtentShowsAllProbesOfAnySaneValues) {
    for (const std::int32_t interval : {1, 30, 75, 3600, 32767}) {
        for (const std::int32_t probes : {1, 9, 127}) {
            const KeepaliveDefaults values{7200, interval, probes};
            const double extent = TrackGeometry::extentFor(values, 0);
            EXPECT_LE(static_cast<double>(interval) * probes, extent * 0.92);
        }
    }
}

TEST(TrackGeometry, theScaleStaysWhileItServes) {
    EXPECT_EQ(TrackGeometry::extentFor({7200, 75, 9}, 1000), 1000);
    EXPECT_NE(TrackGeometry::extentFor({7200, 75, 13}, 1000), 1000);
    EXPECT_NE(TrackGeometry::extentFor({7200, 5, 5}, 1000), 1000);
}

TEST(CrowdMarks, aMarkStandsForARoundNumber) {
    EXPECT_EQ(connectionsPerMark(0, 6), 1U);
    EXPECT_EQ(connectionsPerMark(6, 6), 1U);
    EXPECT_EQ(connectionsPerMark(7, 6), 2U);
    EXPECT_EQ(connectionsPerMark(13, 6), 5U);
    EXPECT_EQ(connectionsPerMark(31, 6), 10U);
    EXPECT_EQ(connectionsPerMark(100'000, 6), 20'000U);
}

} // namespace
} // namespace halfopen::test
