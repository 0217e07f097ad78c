// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/frames/frame_maker.h"
#include "tests/ui/moments.h"
#include "ui/timeline/timeline_layout.h"
#include "ui/timeline/timeline_view.h"

#include <QImage>
#include <QPixmap>

#include <gtest/gtest.h>

namespace halfopen::test {
namespace {

using namespace std::chrono_literals;

double textWidth(const QString& text) {
    return 7.0 * static_cast<double>(text.size());
}

std::vector<TimelineEvent> probes(int count, std::chrono::milliseconds first, std::chrono::milliseconds interval,
                                  std::chrono::milliseconds uncertain = 0ms) {
    std::vector<TimelineEvent> events;
    for (int i = 0; i <= count; ++i) {
        const auto at = first + i * interval;
        events.push_back({i == count ? NextEvent::GiveUp : NextEvent::KeepaliveProbe, between(at, at + uncertain),
                          static_cast<std::uint16_t>(i == count ? 0 : i + 1)});
    }
    return events;
}

TimelineLayout layOutFor(const Row& row, const std::vector<TimelineEvent>& events, double width = 1000) {
    return layOut(timelineOf(row, events, epoch()), width, textWidth);
}

void expectNoLabelTouchesAnother(const TimelineLayout& layout, double width) {
    for (std::size_t i = 0; i < layout.labels.size(); ++i) {
        const auto& a = layout.labels[i];
        EXPECT_GE(a.left, 0);
        EXPECT_LE(a.left + a.width, width + 0.001);
        for (std::size_t j = i + 1; j < layout.labels.size(); ++j) {
            const auto& b = layout.labels[j];
            EXPECT_TRUE(a.line != b.line || a.left + a.width <= b.left || b.left + b.width <= a.left)
                << a.text.toStdString() << " and " << b.text.toStdString();
        }
    }
}

bool has(const TimelineLayout& layout, const QString& text) {
    return std::any_of(layout.labels.begin(), layout.labels.end(),
                       [&](const auto& label) { return label.text == text; });
}

TEST(TimelineLayout, labelsNeverOverlapAtAnyWidth) {
    for (const double width : {160.0, 240.0, 400.0, 700.0, 1000.0, 2400.0}) {
        for (const int count : {1, 3, 9, 30})
            expectNoLabelTouchesAnother(layOutFor(makeRow(guarded(1)), probes(count, 4s, 10s), width), width);
    }
}

TEST(TimelineView, whatStandsAboveABreakDoesNotTouchIt) {
    Timeline past;
    past.past = true;
    past.between = QStringLiteral("\u56fd\u56fd\u56fd\u56fd\u56fd\u56fd");
    for (const auto& [at, kind] :
         {std::pair{-3601s, TimelineStop::Kind::LastSign}, std::pair{-3600s, TimelineStop::Kind::LastSign},
          std::pair{0s, TimelineStop::Kind::End}})
        past.stops.push_back({kind, at, at, QStringLiteral("name"), QStringLiteral("when")});
    TimelineView view;
    view.resize(700, view.sizeHint().height());
    view.show(past, Qt::red);
    const QImage image = view.grab().toImage();
    const QRgb ground = view.palette().color(QPalette::Base).rgb();
    const auto drawn = [&](int y) { // beside the ends of the last stretch
        int pixels = 0;
        for (int x = image.width() / 3; x < image.width() - 80; ++x)
            pixels += image.pixel(x, y) != ground ? 1 : 0;
        return pixels;
    };
    int axis = 0;
    for (int y = 0; y < image.height(); ++y)
        axis = drawn(y) > drawn(axis) ? y : axis;
    ASSERT_GT(drawn(axis - 3), 0) << "there is a break";
    int blank = 0;
    for (int y = axis - 10; y < axis - 3; ++y)
        blank += drawn(y) == 0 ? 1 : 0;
    EXPECT_GT(blank, 0);
}

TEST(TimelineLayout, theNextProbeAndTheEndAreAlwaysNamed) {
    for (const double width : {400.0, 1000.0}) {
        const auto layout = layOutFor(makeRow(guarded(1)), probes(9, 4s, 75s), width);
        EXPECT_TRUE(has(layout, QStringLiteral("probe 1"))) << width;
        EXPECT_TRUE(has(layout, QStringLiteral("given up"))) << width;
    }
}

TEST(TimelineLayout, marksAreInTheOrderOfTime) {
    const auto layout = layOutFor(makeRow(guarded(1)), probes(9, 2h, 75s));
    ASSERT_EQ(layout.marks.size(), 12U); // last sign, now, nine probes, the end
    for (std::size_t i = 1; i < layout.marks.size(); ++i)
        EXPECT_GT(layout.marks[i].from, layout.marks[i - 1].to);
}

TEST(TimelineLayout, longTimesAreBrokenNotSquashed) {
    const auto layout = layOutFor(makeRow(guarded(1, 0s)), probes(9, 2h, 75s));
    EXPECT_TRUE(layout.gaps[1].broken);  // two hours to the first probe
    EXPECT_FALSE(layout.gaps[2].broken); // 75 s between probes
}

TEST(TimelineLayout, isTrueToScaleWhereThereIsRoom) {
    auto row = guarded(1);
    row.connection.info = {}; // a recording that has not asked for it
    row.connection.infoRequested = false;
    const auto layout = layOutFor(makeRow(row), probes(3, 10s, 10s));
    for (const auto& gap : layout.gaps) {
        EXPECT_FALSE(gap.broken);
        EXPECT_NEAR(gap.to - gap.from, layout.gaps[0].to - layout.gaps[0].from, 0.001);
    }
}

TEST(TimelineLayout, bandsAreDrawnAsBands) {
    const auto layout = layOutFor(makeRow(guarded(1)), probes(2, 4320s, 75s, 20s));
    EXPECT_EQ(layout.marks[1].from, layout.marks[1].to); // now is a point
    EXPECT_GT(layout.marks[2].to - layout.marks[2].from, 5.0);
    EXPECT_GT(layout.marks[4].to - layout.marks[4].from, 5.0);
}

TEST(TimelineLayout, eventsWithoutRoomAreCounted) {
    const auto layout = layOutFor(makeRow(guarded(1)), probes(30, 4s, 10s), 420);
    EXPECT_TRUE(has(layout, QStringLiteral("given up")));
    const bool counted = std::any_of(layout.labels.begin(), layout.labels.end(),
                                     [](const auto& label) { return label.text.endsWith(QStringLiteral(" more")); });
    EXPECT_TRUE(counted);
    EXPECT_LT(layout.marks.size(), 33U);
}

TEST(TimelineLayout, withoutATimerTheLineStaysOpen) {
    const auto line = timelineOf(makeRow(unguarded(1)), {}, epoch());
    EXPECT_FALSE(line.open.isEmpty());
    EXPECT_FALSE(line.timer);
    const auto layout = layOut(line, 800, textWidth);
    EXPECT_EQ(layout.end, 800);
    EXPECT_TRUE(has(layout, line.open));
}

TEST(TimelineLayout, whatIsDueStandsAtNow) {
    const auto line = timelineOf(makeRow(guarded(1)), probes(1, 4s, 10s), epoch() + 5s);
    EXPECT_EQ(line.stops[2].earliest, 0ms);
    EXPECT_EQ(line.stops[2].when.toStdString(), "due");
    expectNoLabelTouchesAnother(layOut(line, 900, textWidth), 900);
}

} // namespace
} // namespace halfopen::test
