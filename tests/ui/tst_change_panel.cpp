// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/forecast.h"
#include "tests/frames/frame_maker.h"
#include "tests/ui/child.h"
#include "tests/ui/fake_sockets.h"
#include "ui/actions/change_panel.h"

#include <QApplication>
#include <QCheckBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

#include <gmock/gmock.h>

#include <limits>

namespace halfopen::test {
namespace {

using testing::HasSubstr;

Scripted readable(Scripted row) {
    row.options = FakeSockets::exactOptions();
    return row;
}

Scripted armed(Scripted row, std::int32_t idle) {
    row = guarded(std::move(row), std::chrono::seconds(idle), idle);
    row.options = FakeSockets::exactOptions(idle, Switch::On);
    return row;
}

struct ChangePanelTest : testing::Test {
    FakeSockets sockets;
    ChangePanel panel{sockets};
    QCheckBox& keepalive = child<QCheckBox>(panel, "SO_KEEPALIVE");
    QPushButton& apply = child<QPushButton>(panel, "applyChange");
    QPushButton& undo = child<QPushButton>(panel, "undoChange");

    ChangePanelTest() {
        panel.resize(1000, 240);
        panel.show();
    }
    void show(FrameMaker maker, const std::vector<std::uint64_t>& cookies) {
        std::vector<SocketKey> keys;
        for (const std::uint64_t cookie : cookies)
            keys.push_back(keyOf(cookie));
        panel.showTargets(targetsIn(maker.at(MonotonicClock::now()).build(), keys));
        QApplication::processEvents();
    }
    QSpinBox& box(const char* option) const { return child<QSpinBox>(panel, option); }
    QString note(const char* option) const {
        return child<QLabel>(panel, qPrintable(QStringLiteral("note_%1").arg(QLatin1String(option)))).text();
    }
    std::string forecastText() const { return child<QLabel>(panel, "changeForecast").text().toStdString(); }
    std::string answer() const {
        const auto& label = child<QLabel>(panel, "changeAnswer");
        return label.isVisible() ? label.text().toStdString() : std::string();
    }
    void switchOn(int idle = 60) {
        keepalive.click();
        box("TCP_KEEPIDLE").setValue(idle);
    }
};

TEST_F(ChangePanelTest, fieldsShowWhatIsKnownAndWhereFrom) {
    show({unguarded(1)}, {1});
    EXPECT_EQ(box("TCP_KEEPIDLE").value(), 7200);
    EXPECT_EQ(note("TCP_KEEPIDLE"), QStringLiteral("assumed"));
    EXPECT_EQ(note("SO_KEEPALIVE"), QStringLiteral("derived"));
    EXPECT_FALSE(keepalive.isChecked());
    EXPECT_FALSE(apply.isEnabled());
}

TEST_F(ChangePanelTest, anExactValueIsTheSystemsOrAnOverride) {
    auto row = readable(unguarded(1));
    row.options->intervalSeconds = 10;
    show({row}, {1});
    EXPECT_EQ(note("TCP_KEEPIDLE"), QStringLiteral("exact, same as the system's"));
    EXPECT_EQ(note("TCP_KEEPINTVL"), QStringLiteral("exact, override"));
}

TEST_F(ChangePanelTest, fieldsTakeWhatTheKernelTakes) {
    show({unguarded(1)}, {1});
    EXPECT_EQ(box("TCP_KEEPIDLE").minimum(), 1);
    EXPECT_EQ(box("TCP_KEEPIDLE").maximum(), 32767);
    EXPECT_EQ(box("TCP_KEEPINTVL").maximum(), 32767);
    EXPECT_EQ(box("TCP_KEEPCNT").maximum(), 127);
    EXPECT_EQ(box("TCP_USER_TIMEOUT").minimum(), 0);
    EXPECT_EQ(box("TCP_USER_TIMEOUT").maximum(), std::numeric_limits<int>::max());
}

TEST_F(ChangePanelTest, whatIsBeingTypedSurvivesTheNextFrame) {
    show({unguarded(1)}, {1});
    auto& idle = box("TCP_KEEPIDLE");
    idle.setFocus();
    idle.selectAll();
    QTest::keyClick(&idle, Qt::Key_Backspace);
    show({unguarded(1)}, {1});
    QTest::keyClick(&idle, Qt::Key_6);
    show({unguarded(1)}, {1});
    QTest::keyClick(&idle, Qt::Key_0);
    EXPECT_EQ(idle.value(), 60);
}

TEST_F(ChangePanelTest, theForecastIsToldBeforeApply) {
    FrameMaker maker{readable(unguarded(1))};
    maker.machine.clock = TickClock{1000, 0};
    show(std::move(maker), {1});
    EXPECT_THAT(forecastText(), HasSubstr("Now: never given up"));
    EXPECT_THAT(forecastText(), testing::Not(HasSubstr("After Apply")));
    switchOn(30);
    box("TCP_KEEPINTVL").setValue(10);
    box("TCP_KEEPCNT").setValue(6);
    EXPECT_THAT(forecastText(), testing::ContainsRegex("After Apply: next probe in 3[01] s"));
    EXPECT_THAT(forecastText(), testing::ContainsRegex("given up in 1m 3[0-2]s"));
    EXPECT_TRUE(sockets.sets.empty());
}

TEST_F(ChangePanelTest, onlyWhatWasTouchedIsSet) {
    show({readable(unguarded(1))}, {1});
    switchOn(60);
    apply.click();
    ASSERT_EQ(sockets.sets.size(), 1U);
    EXPECT_EQ(sockets.sets[0].change.enabled, true);
    EXPECT_EQ(sockets.sets[0].change.idleSeconds, 60);
    EXPECT_FALSE(sockets.sets[0].change.intervalSeconds);
    EXPECT_FALSE(sockets.sets[0].change.probes);
    EXPECT_FALSE(sockets.sets[0].change.userTimeoutMs);
    EXPECT_TRUE(sockets.inspects.empty());
    EXPECT_FALSE(apply.isEnabled());
}

TEST_F(ChangePanelTest, theProofComesWithAFrameBegunAfterTheChange) {
    const auto before = readable(unguarded(1));
    show({before}, {1});
    switchOn(60);
    apply.click();
    const auto stale = FrameMaker{before}.at(MonotonicClock::now()).build();
    sockets.acceptSet();
    panel.showTargets(targetsIn(stale, {keyOf(1)}));
    EXPECT_THAT(answer(), HasSubstr("The timer is being read again"));
    show({armed(unguarded(1), 60)}, {1});
    EXPECT_THAT(answer(), HasSubstr("Before: no timer is running; never given up"));
    EXPECT_THAT(answer(), HasSubstr("Now: its keepalive timer fires in 1m"));
    EXPECT_THAT(answer(), HasSubstr("given up"));
}

/// Namespaces that are not in view have their turn later than the frame that comes first.
TEST_F(ChangePanelTest, theProofOfOneThatLivesElsewhereWaitsForItsSample) {
    constexpr NetnsId kElsewhere = 77;
    FrameSeries series;
    const auto next = [&](Scripted row) {
        SampleScript script{.connections = {unguarded(2)}};
        script.others = {{.netns = kElsewhere, .connections = {std::move(row)}}};
        return series.next(std::move(script), {.netns = kEveryNetns});
    };
    const std::vector keys{SocketKey{1, kElsewhere}};
    panel.showTargets(targetsIn(next(readable(unguarded(1))), keys));
    switchOn(60);
    apply.click();
    const MonotonicTime before = MonotonicClock::now();
    sockets.acceptSet();
    const auto frame = std::make_shared<Frame>(*next(armed(unguarded(1), 60)));
    frame->started = frame->samples[0].started = before + std::chrono::hours(1);
    frame->samples[1].started = before;
    panel.showTargets(targetsIn(frame, keys));
    EXPECT_THAT(answer(), HasSubstr("The timer is being read again"));
    frame->samples[1].started = frame->started;
    panel.showTargets(targetsIn(frame, keys));
    EXPECT_THAT(answer(), HasSubstr("Now: its keepalive timer fires in"));
}

TEST_F(ChangePanelTest, aClosedDialogSaysNothingAndKeepsTheEdit) {
    show({readable(unguarded(1))}, {1});
    switchOn(60);
    apply.click();
    sockets.refuse(PrivilegeErrorKind::Dismissed);
    EXPECT_EQ(answer(), "");
    EXPECT_TRUE(apply.isEnabled());
    EXPECT_EQ(box("TCP_KEEPIDLE").value(), 60);
    EXPECT_FALSE(undo.isEnabled());
}

TEST_F(ChangePanelTest, aRefusalIsASentenceWithItsCommand) {
    show({readable(unguarded(1))}, {1});
    switchOn(60);
    apply.click();
    sockets.refuse(PrivilegeErrorKind::NotAuthorized, Sentence::tr("polkit said no."), "sudo halfopenctl set 1");
    EXPECT_THAT(answer(), HasSubstr("Nothing was changed: polkit said no."));
    EXPECT_THAT(answer(), HasSubstr("sudo halfopenctl set 1"));
    EXPECT_THAT(answer(), testing::Not(HasSubstr("Before:")));
}

TEST_F(ChangePanelTest, manyAreChangedInOneCallAndEachFailureIsTold) {
    show({readable(unguarded(1)), readable(unguarded(2)), readable(unguarded(3))}, {1, 2, 3});
    switchOn(60);
    apply.click();
    ASSERT_EQ(sockets.sets.size(), 1U);
    EXPECT_EQ(sockets.sets[0].cookies, (std::vector<std::uint64_t>{1, 2, 3}));
    sockets.acceptSet(FakeSockets::exactOptions(60, Switch::On),
                      {{2, {PrivilegeErrorKind::NoSuchConnection, Sentence::tr("Gone."), {}}}});
    EXPECT_FALSE(sockets.isAsked());
    EXPECT_THAT(answer(), HasSubstr("2 of 3 changed; 1 could not be: It had gone already."));
}

TEST_F(ChangePanelTest, aRefusalForAllEndsTheRound) {
    show({readable(unguarded(1)), readable(unguarded(2)), readable(unguarded(3))}, {1, 2, 3});
    switchOn(60);
    apply.click();
    sockets.refuse(PrivilegeErrorKind::NotAuthorized, Sentence::tr("No."));
    EXPECT_EQ(sockets.sets.size(), 1U);
    EXPECT_THAT(answer(), HasSubstr("0 of 3 changed; 3 could not be: No."));
}

TEST_F(ChangePanelTest, undoOfUnlikeOnesIsACallForEachKindAndStopsAtARefusal) {
    auto other = readable(unguarded(2));
    other.options->idleSeconds = 9000;
    show({readable(unguarded(1)), other, readable(unguarded(3))}, {1, 2, 3});
    switchOn(60);
    apply.click();
    sockets.acceptSet();
    undo.click();
    EXPECT_EQ(sockets.sets.back().cookies, (std::vector<std::uint64_t>{1, 3})) << "those alike together";
    EXPECT_EQ(sockets.sets.back().change.idleSeconds, 7200);
    sockets.acceptSet();
    EXPECT_EQ(sockets.sets.back().cookies, (std::vector<std::uint64_t>{2}));
    EXPECT_EQ(sockets.sets.back().change.idleSeconds, 9000);
    sockets.refuse(PrivilegeErrorKind::NotAuthorized, Sentence::tr("No."));
    EXPECT_EQ(sockets.sets.size(), 3U);
    EXPECT_THAT(answer(), HasSubstr("2 of 3 changed; 1 could not be: No."));
}

TEST_F(ChangePanelTest, undoSetsExactlyWhatWas) {
    auto row = readable(unguarded(1));
    row.options->userTimeout = Millis(5000);
    show({row}, {1});
    switchOn(60);
    box("TCP_USER_TIMEOUT").setValue(0);
    apply.click();
    sockets.acceptSet();
    ASSERT_TRUE(undo.isEnabled());
    undo.click();
    const auto& back = sockets.sets.back().change;
    EXPECT_EQ(back.enabled, false);
    EXPECT_EQ(back.idleSeconds, 7200);
    EXPECT_EQ(back.userTimeoutMs, 5000);
    EXPECT_FALSE(back.intervalSeconds);
    EXPECT_FALSE(back.probes);
    sockets.acceptSet(*row.options);
    EXPECT_FALSE(undo.isEnabled());
    EXPECT_THAT(answer(), HasSubstr("does not follow the system's"));
}

TEST_F(ChangePanelTest, whatIsNotKnownExactlyIsReadBeforeItIsChanged) {
    show({unguarded(1)}, {1});
    switchOn(60);
    apply.click();
    ASSERT_EQ(sockets.inspects.size(), 1U);
    EXPECT_TRUE(sockets.sets.empty());
    sockets.acceptInspect(FakeSockets::exactOptions(600));
    ASSERT_EQ(sockets.sets.size(), 1U);
    sockets.acceptSet();
    undo.click();
    EXPECT_EQ(sockets.sets.back().change.idleSeconds, 600);
}

TEST_F(ChangePanelTest, withoutReadingThereIsAChangeButNoUndo) {
    show({unguarded(1)}, {1});
    switchOn(60);
    apply.click();
    sockets.refuse(PrivilegeErrorKind::NotAuthorized);
    ASSERT_EQ(sockets.sets.size(), 1U);
    sockets.acceptSet();
    EXPECT_FALSE(undo.isEnabled());
}

TEST_F(ChangePanelTest, anEditSurvivesFramesButNotAnotherChoice) {
    show({readable(unguarded(1)), readable(unguarded(2))}, {1});
    switchOn(60);
    show({readable(unguarded(1)), readable(unguarded(2))}, {1});
    EXPECT_EQ(box("TCP_KEEPIDLE").value(), 60);
    show({readable(unguarded(1)), readable(unguarded(2))}, {2});
    EXPECT_EQ(box("TCP_KEEPIDLE").value(), 7200);
    EXPECT_FALSE(keepalive.isChecked());
}

TEST_F(ChangePanelTest, whatWasReadBackIsLearnt) {
    QSignalSpy readingsArrived(&panel, &ChangePanel::readingsArrived);
    show({readable(unguarded(1))}, {1});
    switchOn(60);
    apply.click();
    sockets.acceptSet();
    ASSERT_EQ(readingsArrived.count(), 1);
}

TEST_F(ChangePanelTest, whatWasReadForUndoIsLearntWithItsOwners) {
    QSignalSpy readingsArrived(&panel, &ChangePanel::readingsArrived);
    show({unguarded(1)}, {1});
    switchOn(60);
    apply.click();
    sockets.acceptInspect();
    ASSERT_EQ(readingsArrived.count(), 1);
    const auto readings = readingsArrived[0][0].value<ReadingsOrder>().readings;
    ASSERT_EQ(readings.size(), 1U);
    EXPECT_EQ(readings[0].owners.at(0).name, "theirs");
}

TEST_F(ChangePanelTest, aRecordingCannotBeChanged) {
    FrameMaker recorded{unguarded(1)};
    recorded.live = false;
    show(std::move(recorded), {1});
    EXPECT_FALSE(keepalive.isEnabled());
    EXPECT_FALSE(apply.isEnabled());
}

} // namespace
} // namespace halfopen::test
