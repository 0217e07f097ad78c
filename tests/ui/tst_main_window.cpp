// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/frames/frame_maker.h"
#include "tests/ui/child.h"
#include "tests/ui/fake_services.h"
#include "ui/connections/connections_page.h"
#include "ui/details/details_head.h"
#include "ui/details/details_pane.h"
#include "ui/parts/message_page.h"
#include "ui/parts/notice_bar.h"
#include "ui/table/connection_model.h"
#include "ui/table/connection_view.h"
#include "ui/table/filter_bar.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QApplication>
#include <QDateTime>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScreen>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <gtest/gtest.h>

#include <algorithm>

namespace halfopen::test {
namespace {

constexpr std::uint16_t bit(Diagnosis diagnosis) {
    return static_cast<std::uint16_t>(1U << static_cast<unsigned>(diagnosis));
}

struct WindowTest : testing::Test {
    FakeServices fakes;
    std::vector<Query>& queries = fakes.queries;
    std::unique_ptr<MainWindow> window;
    FrameSeries series;
    int second = 0;

    WindowTest() {
        QSettings().clear();
        open();
    }
    void open() {
        window = std::make_unique<MainWindow>(fakes.services());
        window->showPage(window->connections());
        window->show();
        QApplication::processEvents();
    }
    /// The next sample of one run, a second after the one before.
    FramePtr sample(FrameMaker maker) { return series.next(maker.after(std::chrono::seconds(++second)).script); }
    FramePtr show(const FramePtr& frame) {
        window->showFrame(frame);
        QApplication::processEvents();
        return frame;
    }
    FramePtr show(std::initializer_list<Scripted> connections) { return show(sample(connections)); }
    ConnectionView& view() { return window->connections().view(); }
    ConnectionModel& model() { return view().connections(); }
    QLineEdit& field() { return child<QLineEdit>(*window, "filter"); }
    QString headline() { return words(child<DetailsHead>(*window)); }
    MessagePage& message() { return child<MessagePage>(window->connections()); }
    std::string messageSentence() { return child<QLabel>(message(), "messageSentence").text().toStdString(); }
    QString noticed(const QString& part) {
        for (auto* bar : window->findChildren<NoticeBar*>()) {
            if (bar->isVisible() && words(*bar).contains(part))
                return words(*bar);
        }
        return {};
    }
};

TEST_F(WindowTest, theQueryIsToldAtTheStart) {
    ASSERT_FALSE(queries.empty());
    EXPECT_EQ(queries.back().sort, SortKey::Diagnosis);
    EXPECT_EQ(queries.back().interval, std::chrono::seconds(1));
    EXPECT_FALSE(queries.back().hidden);
}

TEST_F(WindowTest, typingFilters) {
    QTest::keyClicks(&field(), QStringLiteral("psql 5432"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return queries.back().filter == "psql 5432"; }));
    QTest::keyClick(&field(), Qt::Key_Escape);
    EXPECT_TRUE(QTest::qWaitFor([&] { return queries.back().filter.empty(); }));
}

TEST_F(WindowTest, aSpaceInTheFilterDoesNotPause) {
    field().setFocus();
    QTest::keyClicks(&field(), QStringLiteral("a b"));
    EXPECT_FALSE(child<QAction>(*window, "pause").isChecked());
    EXPECT_EQ(field().text(), QStringLiteral("a b"));
}

TEST_F(WindowTest, quickButtonsCountAndFilter) {
    show({guarded(1), suspect(2), unguarded(3), unguarded(4)});
    auto& button = child<QToolButton>(*window, "chip_unguarded");
    EXPECT_TRUE(button.text().contains(QStringLiteral("Unguarded"))) << button.text().toStdString();
    EXPECT_TRUE(button.text().contains(QLatin1Char('2')));
    button.click();
    EXPECT_EQ(queries.back().diagnoses, bit(Diagnosis::Unguarded));
}

TEST_F(WindowTest, sortingAsksTheSampler) {
    view().horizontalHeader()->setSortIndicator(columnOf(SortKey::GivesUp), Qt::DescendingOrder);
    EXPECT_EQ(queries.back().sort, SortKey::GivesUp);
    EXPECT_TRUE(queries.back().descending);
}

TEST_F(WindowTest, selectingAsksForTheDetails) {
    show({guarded(1), suspect(2)});
    view().select(keyOf(2));
    EXPECT_EQ(queries.back().selected, keyOf(2));
    EXPECT_TRUE(QTest::qWaitFor([&] { return headline().contains(QStringLiteral("2 of 6 probes unanswered")); }));
}

TEST_F(WindowTest, aHiddenWindowSaysSo) {
    window->hide();
    EXPECT_TRUE(queries.back().hidden);
    window->show();
    EXPECT_FALSE(queries.back().hidden);
}

TEST_F(WindowTest, spacePausesAndTheBannerCounts) {
    show({unguarded(1)});
    view().setFocus();
    QTest::keyClick(&view(), Qt::Key_Space);
    ASSERT_TRUE(child<QAction>(*window, "pause").isChecked());
    show({unguarded(1), unguarded(2), unguarded(3)});
    show({unguarded(3)}); // one dump may have missed them
    show({unguarded(3)});
    EXPECT_EQ(model().rowCount(), 1);
    EXPECT_EQ(model().lineAt(0).socket, keyOf(1));
    const auto banner = noticed(QStringLiteral("Paused"));
    EXPECT_TRUE(banner.contains(QStringLiteral("2 connection"))) << banner.toStdString();
    EXPECT_TRUE(banner.contains(QStringLiteral("2 closed"))) << banner.toStdString();
    QTest::keyClick(&view(), Qt::Key_Space);
    EXPECT_EQ(model().lineAt(0).socket, keyOf(3));
    EXPECT_TRUE(noticed(QStringLiteral("Paused")).isEmpty());
}

TEST_F(WindowTest, whatAppearsWhilePausedIsCountedOnceWhateverFramesAreSeen) {
    show({unguarded(1)});
    show({unguarded(1), unguarded(2)});
    child<QAction>(*window, "pause").setChecked(true);
    window->showFrame(show({unguarded(1), unguarded(2), unguarded(3)})); // twice
    FrameMaker many{unguarded(1), unguarded(2), unguarded(3)};
    for (std::uint64_t cookie = 100; cookie < 140; ++cookie)
        many.add(unguarded(cookie));
    sample(many); // in frames that this thread was too slow to see
    for (int missed = 0; missed < 2; ++missed)
        sample({unguarded(1), unguarded(2), unguarded(3), unguarded(100)});
    show({unguarded(1), unguarded(2), unguarded(3), unguarded(4), unguarded(100)});
    const auto banner = noticed(QStringLiteral("Paused"));
    EXPECT_TRUE(banner.contains(QStringLiteral("42 connection"))) << banner.toStdString();
    EXPECT_TRUE(banner.contains(QStringLiteral("39 closed"))) << banner.toStdString();
}

TEST_F(WindowTest, aPausedPictureCanStillBeSearched) {
    show({guarded(1), unguarded(2), unguarded(3)});
    child<QAction>(*window, "pause").setChecked(true);
    window->connections().filterBar().setDiagnoses(bit(Diagnosis::Guarded));
    EXPECT_EQ(model().rowCount(), 1);
    EXPECT_EQ(model().lineAt(0).socket, keyOf(1));
}

TEST_F(WindowTest, searchingAPausedPictureCopiesNoRowAndKeepsTheSelection) {
    const FramePtr frame = show({guarded(1), unguarded(2), unguarded(3), unguarded(4)});
    child<QAction>(*window, "pause").setChecked(true);
    view().select(keyOf(3));
    window->connections().filterBar().setDiagnoses(bit(Diagnosis::Unguarded));
    EXPECT_EQ(model().rowCount(), 3);
    EXPECT_EQ(model().frame(), frame) << "the very same frame, with other rows of it shown";
    EXPECT_EQ(model().rowAt(0), &frame->rows[1]);
    EXPECT_EQ(view().shownSelectedKeys(), std::vector{keyOf(3)});
    window->connections().filterBar().setDiagnoses(bit(Diagnosis::Abandoned));
    EXPECT_EQ(model().rowCount(), 0);
    window->connections().filterBar().setDiagnoses(0);
    EXPECT_EQ(model().rowCount(), 4);
    EXPECT_EQ(view().shownSelectedKeys(), std::vector{keyOf(3)});
    child<QAction>(*window, "pause").setChecked(false);
    EXPECT_EQ(model().rowCount(), 4);
}

TEST_F(WindowTest, pausedCountdownsStandStill) {
    show(FrameMaker{guarded(1)}.at(MonotonicClock::now()).build());
    child<QAction>(*window, "pause").setChecked(true);
    const auto before = model().now();
    EXPECT_GT(MonotonicClock::now(), before);
    EXPECT_EQ(model().now(), before);
}

TEST_F(WindowTest, whatIsWrongStandsWhereTheTableWouldBe) {
    show(series.fail({ErrorCode::NotSupported, Sentence::tr("This kernel has no tcp_diag.")}));
    EXPECT_TRUE(message().isVisible());
    EXPECT_EQ(messageSentence(), "This kernel has no tcp_diag.");
}

TEST_F(WindowTest, anEmptyMachineIsASentence) {
    show({});
    EXPECT_TRUE(message().isVisible());
    EXPECT_FALSE(messageSentence().empty());
}

TEST_F(WindowTest, aFilterThatMatchesNothingOffersAWayBack) {
    show({unguarded(1)});
    field().setText(QStringLiteral("nonsense"));
    FrameMaker filtered{unguarded(1)};
    filtered.query.filter = "nonsense";
    window->showFrame(filtered.build());
    EXPECT_TRUE(message().isVisible());
    child<QPushButton>(message()).click();
    EXPECT_TRUE(window->connections().filterBar().isClear());
}

TEST_F(WindowTest, oldRowsWithAnErrorAreMarkedAsOld) {
    show({unguarded(1)});
    show(series.fail({ErrorCode::Unreadable, Sentence::tr("The answer was cut off.")}));
    EXPECT_TRUE(view().isVisible());
    EXPECT_FALSE(noticed(QStringLiteral("cut off")).isEmpty());
}

TEST_F(WindowTest, theWordsAreExplainedUntilDismissed) {
    EXPECT_FALSE(noticed(QStringLiteral("unguarded")).isEmpty());
    for (auto* bar : window->findChildren<NoticeBar*>())
        if (words(*bar).contains(QStringLiteral("unguarded")))
            Q_EMIT bar->triggered(); // "Got It"
    EXPECT_TRUE(noticed(QStringLiteral("unguarded")).isEmpty());
    open();
    EXPECT_TRUE(noticed(QStringLiteral("unguarded")).isEmpty());
}

TEST_F(WindowTest, aRecordingThatOpensSlowlyIsToldAndCanBeCancelled) {
    QSignalSpy cancelled(window.get(), &MainWindow::openingCancelled);
    const auto& opening = child<NoticeBar>(*window, "opening");
    EXPECT_FALSE(opening.isVisible());
    window->showOpening(QStringLiteral("/tmp/big.dump"), 1 << 20, 4 << 20);
    EXPECT_TRUE(opening.isVisible());
    EXPECT_EQ(words(opening), QStringLiteral("Opening big.dump: 1.00 MiB of 4.00 MiB read."));
    window->showOpening(QStringLiteral("/tmp/pipe"), 0, 0);
    EXPECT_EQ(words(opening), QStringLiteral("Opening pipe: 0 bytes read so far."));
    child<QToolButton>(opening).click();
    EXPECT_EQ(cancelled.count(), 1);
    window->hideOpening();
    EXPECT_FALSE(opening.isVisible());
}

TEST_F(WindowTest, theFilterIsThereAgain) {
    window->connections().filterBar().setFilter(QStringLiteral("dport = :443"));
    window->close();
    MainWindow again(fakes.services());
    EXPECT_EQ(again.connections().filterBar().filter(), QStringLiteral("dport = :443"));
    EXPECT_EQ(fakes.queries.back().filter, "dport = :443");
}

TEST_F(WindowTest, theDiagnosesChosenAreThereAgain) {
    window->connections().filterBar().showOnly(Diagnosis::Suspect);
    window->close();
    MainWindow again(fakes.services());
    EXPECT_EQ(again.connections().filterBar().diagnoses(), 1U << static_cast<unsigned>(Diagnosis::Suspect));
    EXPECT_EQ(fakes.queries.back().diagnoses, 1U << static_cast<unsigned>(Diagnosis::Suspect));
}

TEST_F(WindowTest, recordingsOpenedLastAreOfferedAgain) {
    QStringList opened;
    auto services = fakes.services();
    services.openRecording = [&](const QString& file) { opened.append(file); };
    const auto choose = [&](MainWindow& in, const QString& file) {
        child<QAction>(in, "openRecording").trigger();
        Q_EMIT child<QFileDialog>(in).fileSelected(file);
        child<QFileDialog>(in).close();
        QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    };
    {
        MainWindow first(services);
        EXPECT_FALSE(child<QMenu>(first, "recentRecordings").menuAction()->isEnabled());
        choose(first, QStringLiteral("/tmp/a.dump"));
        choose(first, QStringLiteral("/tmp/b&c.dump"));
        choose(first, QStringLiteral("/tmp/a.dump"));
    }
    MainWindow again(services);
    const auto& menu = child<QMenu>(again, "recentRecordings");
    EXPECT_TRUE(menu.menuAction()->isEnabled());
    ASSERT_EQ(menu.actions().size(), 2);
    EXPECT_EQ(menu.actions()[0]->text(), QStringLiteral("a.dump"));
    EXPECT_EQ(menu.actions()[1]->text(), QStringLiteral("b&&c.dump"));
    menu.actions()[1]->trigger();
    EXPECT_EQ(opened.back(), QStringLiteral("/tmp/b&c.dump"));
    EXPECT_EQ(menu.actions()[0]->text(), QStringLiteral("b&&c.dump"));
}

TEST_F(WindowTest, aMenuOfColumnsStaysOpenWhileTheyAreTicked) {
    auto& header = *view().horizontalHeader();
    Q_EMIT header.customContextMenuRequested(QPoint(5, 5));
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    ASSERT_NE(menu, nullptr);
    const auto actions = menu->actions();
    const auto press = [&](const QString& title) {
        const auto found = std::ranges::find(actions, title, &QAction::text);
        ASSERT_NE(found, actions.end());
        QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(*found).center());
    };
    press(QStringLiteral("RTT"));
    EXPECT_FALSE(view().isColumnHidden(columnOf(SortKey::Rtt)));
    EXPECT_TRUE(menu->isVisible());
    press(QStringLiteral("Keepalive"));
    EXPECT_TRUE(view().isColumnHidden(columnOf(SortKey::Keepalive)));
    EXPECT_TRUE(menu->isVisible());
    menu->setActiveAction(*std::ranges::find(actions, QStringLiteral("Keepalive"), &QAction::text));
    QTest::keyClick(menu, Qt::Key_Space);
    EXPECT_FALSE(view().isColumnHidden(columnOf(SortKey::Keepalive)));
    QTest::keyClick(menu, Qt::Key_Escape);
    EXPECT_EQ(QApplication::activePopupWidget(), nullptr);
}

TEST_F(WindowTest, choicesAreRemembered) {
    view().layout().setShown(columnOf(SortKey::Rtt), true);
    // Within the screen, to which Qt from 6.5 on clips what it restores, and not the size of a first start.
    const QSize chosen = window->screen()->availableSize() - QSize(37, 98);
    window->resize(chosen);
    ASSERT_EQ(window->size(), chosen);
    window->close();
    open();
    EXPECT_FALSE(view().isColumnHidden(columnOf(SortKey::Rtt)));
    EXPECT_EQ(window->size(), chosen);
}

TEST_F(WindowTest, aFailedSampleLeavesRowsSelectionAndPlaceAndSaysSinceWhen) {
    FrameMaker many;
    for (std::uint64_t cookie = 1; cookie <= 200; ++cookie)
        many.add(unguarded(cookie));
    many.at(MonotonicClock::now() - std::chrono::seconds(40));
    show(series.next(many.script));
    view().select(keyOf(150));
    view().verticalScrollBar()->setValue(700);
    show(series.fail(
        {ErrorCode::Unreadable, Sentence::tr("The kernel had no memory to list all TCP sockets (ENOBUFS).")}));
    EXPECT_EQ(view().selectedKey(), keyOf(150));
    EXPECT_EQ(view().verticalScrollBar()->value(), 700);
    EXPECT_EQ(model().rowCount(), 200);
    const QString said = noticed(QStringLiteral("ENOBUFS"));
    const auto contains = [&](int secondsAgo) { // the clock may have gone on by one meanwhile
        return said.contains(QDateTime::currentDateTime().addSecs(-secondsAgo).toString(QStringLiteral("HH:mm:ss")));
    };
    EXPECT_TRUE(contains(40) || contains(41)) << said.toStdString();
    show(series.next(many.at(MonotonicClock::now()).script));
    EXPECT_TRUE(noticed(QStringLiteral("ENOBUFS")).isEmpty());
}

TEST_F(WindowTest, aConnectionThatIsGoneKeepsItsDetails) {
    show({suspect(1), unguarded(2)});
    view().select(keyOf(1));
    for (int missed = 0; missed < 2; ++missed)
        show({unguarded(2)});
    EXPECT_TRUE(QTest::qWaitFor([&] { return headline().contains(QStringLiteral("closed")); }));
    EXPECT_TRUE(headline().contains(QStringLiteral("203.0.113.9")) ||
                headline().contains(QStringLiteral("198.51.100.7")))
        << headline().toStdString();
    FramePtr frame;
    for (int after = 0; after < 5; ++after)
        frame = show({unguarded(2)});
    EXPECT_EQ(frame->find(1), nullptr) << "closed rows stay for three seconds";
    EXPECT_TRUE(headline().contains(QStringLiteral("closed"))) << headline().toStdString();
}

TEST_F(WindowTest, thingsToActOnHaveNames) {
    for (const auto* widget :
         std::initializer_list<const QWidget*>{&view(), &field(), &window->connections().details()})
        EXPECT_FALSE(widget->accessibleName().isEmpty()) << widget->metaObject()->className();
}

} // namespace
} // namespace halfopen::test
