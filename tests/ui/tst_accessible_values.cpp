// SPDX-License-Identifier: GPL-3.0-or-later
// What a screen reader is told, and how often: rows as sentences, values, news, names that change.
#include "tests/frames/frame_maker.h"
#include "tests/ui/child.h"
#include "tests/ui/ended_connections.h"
#include "tests/ui/fake_services.h"
#include "ui/connections/connections_page.h"
#include "ui/details/details_pane.h"
#include "ui/history/history_page.h"
#include "ui/look/announce.h"
#include "ui/look/duration_text.h"
#include "ui/look/strings.h"
#include "ui/look/text.h"
#include "ui/table/connection_view.h"
#include "ui/table/spoken_row.h"
#include "ui/timeline/timeline_view.h"
#include "ui/tuning/track_view.h"
#include "ui/tuning/tuning_strings.h"
#include "ui/window/main_window.h"
#include "ui/window/pages.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QApplication>
#include <QLabel>
#include <QProxyStyle>
#include <QSettings>
#include <QTest>
#include <QTimer>
#include <QTranslator>

#include <gmock/gmock.h>

#include <memory>
#include <vector>

namespace halfopen::test {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

/// One of each diagnosis.
Scripted diagnosed(Diagnosis diagnosis, std::uint64_t cookie = 1) {
    switch (diagnosis) {
    case Diagnosis::Suspect:
        return suspect(owned(cookie));
    case Diagnosis::Unguarded:
        return owned(cookie);
    case Diagnosis::Guarded:
        return guarded(owned(cookie));
    case Diagnosis::Listening:
        return listening(cookie);
    case Diagnosis::Closing:
        return timeWait(cookie);
    case Diagnosis::Stalled:
        return stalled(owned(cookie));
    case Diagnosis::Abandoned:
        return abandoned(owned(cookie));
    case Diagnosis::Opening:
        return opening(cookie);
    case Diagnosis::Active:
        break;
    }
    return active(owned(cookie));
}

constexpr std::array kAll{Diagnosis::Suspect,   Diagnosis::Unguarded, Diagnosis::Guarded,
                          Diagnosis::Listening, Diagnosis::Closing,   Diagnosis::Stalled,
                          Diagnosis::Abandoned, Diagnosis::Opening,   Diagnosis::Active};

/// Each diagnosis, as it comes, as it is, as it goes, in both languages: who, to whom, what will become of it.
TEST(SpokenRows, areASentenceWhateverTheyAre) {
    ASSERT_EQ(kAll.size(), kDiagnosisCount);
    QTranslator chinese;
    ASSERT_TRUE(chinese.load(QStringLiteral(":/i18n/halfopen_zh_CN.qm")));
    for (const bool inChinese : {false, true}) {
        if (inChinese)
            QCoreApplication::installTranslator(&chinese);
        for (const Diagnosis diagnosis : kAll) {
            const auto frame = FrameMaker{diagnosed(diagnosis)}.build();
            const Row& row = frame->rows[0];
            ASSERT_EQ(row.diagnosis, diagnosis) << diagnosisLabel(diagnosis).toStdString();
            std::vector<QString> sentences;
            for (const auto change : {Change::None, Change::New, Change::Closed}) {
                const QString sentence = spokenRow({*frame, row, row.connection.sampled}, change);
                SCOPED_TRACE(sentence.toStdString());
                EXPECT_TRUE(sentence.contains(diagnosisLabel(diagnosis)));
                const bool hasPeer = diagnosis != Diagnosis::Listening;
                EXPECT_TRUE(sentence.contains(
                    QString::number(hasPeer ? row.connection.remote.port : row.connection.local.port)));
                EXPECT_TRUE(sentence.endsWith(inChinese ? QStringLiteral("。") : QStringLiteral(".")));
                EXPECT_FALSE(sentence.contains(QStringLiteral("..")));
                EXPECT_FALSE(sentence.contains(QStringLiteral("  ")));
                sentences.push_back(sentence);
            }
            EXPECT_NE(sentences[0], sentences[1]);
            EXPECT_NE(sentences[0], sentences[2]);
        }
        if (inChinese)
            QCoreApplication::removeTranslator(&chinese);
    }
}

struct SpokenWindow : testing::Test {
    SpokenWindow() {
        QSettings().clear();
        QSettings().setValue(QStringLiteral("window/words_understood"), true);
        fakes.history->add({exhausted(9)});
        window = std::make_unique<MainWindow>(fakes.services());
        window->showPage(window->connections());
        window->resize(1200, 800);
        window->show();
        show({suspect(1), unguarded(2), guarded(3)});
        window->select(keyOf(1));
        window->history().select(keyOf(9));
        QTest::qWait(20); // a subject is laid out some milliseconds later
    }
    void show(FrameMaker maker, std::chrono::nanoseconds later = 0s) {
        window->showFrame(series.next(maker.at(MonotonicClock::now()).after(later).script));
        QApplication::processEvents();
    }

    FakeServices fakes;
    FrameSeries series;
    std::unique_ptr<MainWindow> window;
};

/// What is drawn has a role and says what it shows; nothing that has a name is a mere part of the window.
TEST_F(SpokenWindow, whatIsDrawnHasARole) {
    for (std::size_t page = 0; page < kPageNames.size(); ++page) {
        window->setPage(static_cast<int>(page));
        QApplication::processEvents();
        for (auto* widget : window->findChildren<QWidget*>()) {
            auto* told = QAccessible::queryAccessibleInterface(widget);
            if (!told || !widget->isVisible() || told->text(QAccessible::Name).isEmpty())
                continue;
            EXPECT_NE(told->role(), QAccessible::Client)
                << widget->metaObject()->className() << " " << told->text(QAccessible::Name).toStdString();
        }
    }
    auto* line = window->connections().details().findChild<TimelineView*>(QStringLiteral("timeline"),
                                                                          Qt::FindDirectChildrenOnly);
    EXPECT_EQ(QAccessible::queryAccessibleInterface(line)->role(), QAccessible::Chart);
}

TEST_F(SpokenWindow, theTimeLineIsWalkedThroughByTheKeys) {
    window->showPage(window->connections());
    auto* line = window->connections().details().findChild<TimelineView*>(QStringLiteral("timeline"),
                                                                          Qt::FindDirectChildrenOnly);
    ASSERT_NE(line, nullptr);
    line->setFocus();
    const auto after = [line](Qt::Key key) {
        QTest::keyClick(line, key);
        return line->accessibleDescription().toStdString();
    };
    EXPECT_THAT(after(Qt::Key_Home), HasSubstr("last sign of life"));
    EXPECT_THAT(after(Qt::Key_Right), HasSubstr("now"));
    EXPECT_THAT(after(Qt::Key_End), HasSubstr("given up"));
    EXPECT_THAT(after(Qt::Key_Right), HasSubstr("given up")) << "there is no more";
}

TEST(AccessibleTrack, isThreeSlidersThatCanBeMoved) {
    TrackView track;
    track.resize(1000, track.sizeHint().height());
    track.show();
    track.setValues({7200, 75, 9});
    auto* told = QAccessible::queryAccessibleInterface(&track);
    ASSERT_EQ(told->childCount(), kTrackHandles);
    const std::array expected{7200, 75, 9};
    for (int i = 0; i < kTrackHandles; ++i) {
        auto* handle = told->child(i);
        ASSERT_NE(handle, nullptr);
        EXPECT_EQ(told->indexOfChild(handle), i);
        EXPECT_EQ(handle->role(), QAccessible::Slider);
        EXPECT_EQ(handle->text(QAccessible::Name), handleName(static_cast<TrackHandle>(i)));
        auto* value = handle->valueInterface();
        ASSERT_NE(value, nullptr);
        EXPECT_EQ(value->currentValue().toInt(), expected[static_cast<std::size_t>(i)]);
        EXPECT_LT(value->minimumValue().toInt(), value->maximumValue().toInt());
        EXPECT_GT(value->minimumStepSize().toInt(), 0);
        EXPECT_TRUE(track.geometry().contains(track.mapFromGlobal(handle->rect().center())));
    }
    std::vector<KeepaliveDefaults> moved;
    QObject::connect(&track, &TrackView::valuesChanged, &track, [&](const auto& values) { moved.push_back(values); });
    told->child(0)->valueInterface()->setCurrentValue(600);
    ASSERT_EQ(moved.size(), 1U);
    EXPECT_EQ(moved.back(), (KeepaliveDefaults{600, 75, 9}));
    track.setEditable(false);
    told->child(2)->valueInterface()->setCurrentValue(3);
    EXPECT_EQ(moved.size(), 1U);
    EXPECT_TRUE(told->child(2)->state().readOnly);
}

TEST(AccessibleTrack, saysWhichHasTheKeys) {
    TrackView track;
    track.show();
    track.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&track));
    auto* told = QAccessible::queryAccessibleInterface(&track);
    track.clearFocus();
    EXPECT_EQ(told->focusChild(), nullptr);
    track.setFocus(Qt::TabFocusReason);
    EXPECT_EQ(told->focusChild(), told->child(0));
    QTest::keyClick(&track, Qt::Key_Tab);
    EXPECT_EQ(told->focusChild(), told->child(1));
    EXPECT_TRUE(told->child(1)->state().focused);
    EXPECT_FALSE(told->child(0)->state().focused);
}

/// 4.1.3: what Alert is told, and what becomes of one too many. tests/a11y hears them as a screen reader does.
TEST(Announcements, comeOnceASecondAtMost) {
    QLabel label(QStringLiteral("first"));
    EXPECT_TRUE(announce(label));
    EXPECT_FALSE(announce(label)) << "it waits";
    QLabel other(QStringLiteral("second"));
    EXPECT_TRUE(announce(other)) << "another place";
    const auto* pause = label.findChild<QTimer*>();
    ASSERT_NE(pause, nullptr);
    EXPECT_TRUE(QTest::qWaitFor([&] { return !pause->isActive(); })) << "told, and a second has passed";
    EXPECT_TRUE(announce(label));
}

TEST(WithoutTenths, leavesWholeSeconds) {
    EXPECT_EQ(withoutTenths(QStringLiteral("probe in 5.3 s, 10.0.0.1:443")),
              QStringLiteral("probe in 5 s, 10.0.0.1:443"));
    EXPECT_EQ(withoutTenths(QStringLiteral("5.3 秒后")), QStringLiteral("5 秒后"));
    EXPECT_EQ(withoutTenths(QStringLiteral("rtt 0.3 ms")), QStringLiteral("rtt 0.3 ms"));
}

/// A desktop on which nothing is to move.
class StillStyle final : public QProxyStyle {
public:
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* returned) const override {
        return hint == SH_Widget_Animation_Duration ? 0 : QProxyStyle::styleHint(hint, option, widget, returned);
    }
};

TEST_F(SpokenWindow, nothingRunsFasterThanOnceASecondWhereNothingIsToMove) {
    const Moment soon{5300ms, 5300ms, 5300ms};
    const MonotonicTime sampled = MonotonicTime() + 1000s;
    const auto left = [&] { return countdownText(soon, sampled, sampled + 50ms).toStdString(); };
    EXPECT_EQ(left(), "5.3 s");
    StillStyle still;
    window->setStyle(&still);
    EXPECT_EQ(left(), "6 s");
    EXPECT_EQ(untilNextTick(sampled + 50ms, true), 950ms);
    window->setStyle(nullptr);
    EXPECT_EQ(left(), "5.3 s");
    EXPECT_EQ(untilNextTick(sampled + 50ms, true), 50ms);
}

} // namespace
} // namespace halfopen::test
