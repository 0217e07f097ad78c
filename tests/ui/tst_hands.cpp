// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/frames/frame_maker.h"
#include "tests/ui/child.h"
#include "tests/ui/choose.h"
#include "tests/ui/fake_services.h"
#include "ui/actions/close_flow.h"
#include "ui/connections/connections_page.h"
#include "ui/details/details_pane.h"
#include "ui/parts/answer_bar.h"
#include "ui/parts/message_page.h"
#include "ui/parts/notice_bar.h"
#include "ui/parts/status_line.h"
#include "ui/table/connection_model.h"
#include "ui/table/connection_view.h"
#include "ui/table/filter_bar.h"
#include "ui/tuning/apply_bar.h"
#include "ui/tuning/tuning_page.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QScreen>
#include <QSettings>
#include <QTabBar>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>

#include <gmock/gmock.h>

namespace halfopen::test {
namespace {

/// No verb and no key acts on what is hidden, and the window says what it shows.
struct HandsTest : testing::Test {
    FakeServices fakes;
    std::unique_ptr<MainWindow> window;
    FrameSeries series;

    HandsTest() { QSettings().clear(); }
    void open(bool laboratory = false) {
        auto services = fakes.services();
        services.laboratory = laboratory;
        services.openMachine = [] {};
        open(services);
    }
    void open(const WindowServices& services) {
        window = std::make_unique<MainWindow>(services);
        window->showPage(window->connections());
        window->show();
        QApplication::processEvents();
    }
    void show(FrameMaker maker) {
        window->showFrame(series.next(maker.at(MonotonicClock::now()).script));
        QApplication::processEvents();
    }
    ConnectionView& view() { return window->connections().view(); }
    QAction& changeVerb() const { return child<QAction>(*window, "changeKeepalive"); }
    QAction& closeVerb() const { return child<QAction>(*window, "closeConnection"); }
    QLineEdit& field() { return child<QLineEdit>(*window, "filter"); }
};

TEST_F(HandsTest, theFirstWindowFitsTheScreen) {
    open();
    const auto available = window->screen()->availableSize();
    EXPECT_LE(window->width(), std::max(available.width() * 9 / 10 + 1, window->minimumSizeHint().width()));
    EXPECT_LE(window->height(), std::max(available.height() * 9 / 10 + 1, window->minimumSizeHint().height()));
}

TEST_F(HandsTest, aWindowOfALargerScreenIsBroughtBackOntoThisOne) {
    open();
    window->setGeometry(3000, 2500, 700, 500); // as on a screen that is no longer there
    QApplication::processEvents();
    window->close();
    open();
    EXPECT_TRUE(window->screen()->availableGeometry().intersects(window->geometry()));
    EXPECT_LE(window->width(), window->screen()->availableSize().width());
}

TEST_F(HandsTest, noVerbActsOnAHiddenPage) {
    open();
    show({guarded(1), unguarded(2)});
    view().select(keyOf(1));
    QApplication::processEvents();
    EXPECT_TRUE(closeVerb().isEnabled());
    EXPECT_TRUE(child<QAction>(*window, "find").isEnabled());
    for (const int page : {0, 2, 3}) {
        window->setPage(page);
        QApplication::processEvents();
        EXPECT_FALSE(closeVerb().isEnabled()) << page;
        EXPECT_FALSE(changeVerb().isEnabled()) << page;
        EXPECT_FALSE(window->connections().menu()->menuAction()->isEnabled()) << page;
        EXPECT_EQ(child<QAction>(*window, "pause").isEnabled(), page == 3) << page; // the history holds still, too
        EXPECT_FALSE(child<QAction>(*window, "details").isEnabled()) << page;
    }
    window->showPage(child<TuningPage>(*window));
    EXPECT_FALSE(child<QAction>(*window, "find").isEnabled());
    QTest::keyClick(window.get(), Qt::Key_F, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget() ? QApplication::focusWidget() : window.get(), QStringLiteral("abc"));
    EXPECT_EQ(field().text(), QString());
    window->showPage(window->connections());
    QApplication::processEvents();
    EXPECT_TRUE(closeVerb().isEnabled());
    EXPECT_TRUE(child<QAction>(*window, "find").isEnabled());
}

TEST_F(HandsTest, aRowThatTheFilterHidesIsNoTarget) {
    open();
    show({guarded(1), unguarded(2)});
    view().select(keyOf(1));
    QApplication::processEvents();
    ASSERT_TRUE(closeVerb().isEnabled());
    FrameMaker filtered{guarded(1), unguarded(2)};
    window->showFrame(series.next(filtered.at(MonotonicClock::now()).script,
                                  Query{.quick = QuickFilter::Unguarded, .sort = SortKey::Kernel}));
    QApplication::processEvents();
    EXPECT_FALSE(closeVerb().isEnabled());
    EXPECT_FALSE(changeVerb().isEnabled());
}

TEST_F(HandsTest, theLaboratorySaysSoOnEveryPage) {
    open(true);
    EXPECT_EQ(window->windowTitle(), QStringLiteral("Laboratory - Halfopen"));
    const auto badge = [&] {
        for (const auto* label : window->findChildren<QLabel*>())
            if (label->isVisible() && label->text() == QStringLiteral("Laboratory"))
                return true;
        return false;
    };
    for (const int page : {0, 1, 2, 3}) {
        window->setPage(page);
        EXPECT_TRUE(badge()) << page;
    }
    EXPECT_TRUE(words(child<NoticeBar>(*window, "source")).contains(QStringLiteral("laboratory")));
    open();
    EXPECT_EQ(window->windowTitle(), QStringLiteral("Halfopen"));
    EXPECT_FALSE(badge());
}

/// A machine without a connection shows two ways to see some.
TEST_F(HandsTest, anEmptyPageLeadsToTheLaboratoryAndToARecording) {
    auto services = fakes.services();
    std::function<void(const QString&)> failed;
    services.openLaboratory = [&](auto told) { failed = told; };
    open(services);
    show({});
    auto& message = child<MessagePage>(window->connections());
    QList<QPushButton*> shown;
    for (auto* button : message.findChildren<QPushButton*>())
        if (button->isVisible())
            shown.append(button);
    ASSERT_EQ(shown.size(), 2);
    EXPECT_TRUE(shown[0]->text().contains(QStringLiteral("Laboratory")));
    EXPECT_TRUE(shown[1]->text().contains(QStringLiteral("Recording")));
    EXPECT_FALSE(shown[1]->isEnabled()) << "nobody can open one here";
    shown[0]->click();
    ASSERT_TRUE(failed);
    failed(QStringLiteral("It has no room."));
    EXPECT_TRUE(words(*window).contains(QStringLiteral("It has no room.")));
    FrameMaker hidden{guarded(1)};
    window->showFrame(series.next(hidden.at(MonotonicClock::now()).script,
                                  Query{.quick = QuickFilter::Unguarded, .sort = SortKey::Kernel}));
    QApplication::processEvents();
    EXPECT_FALSE(shown[1]->isVisible()) << "one way is left: to clear the filter";
}

TEST_F(HandsTest, aRecordingSaysSoAndCanNeitherBePausedNorSampled) {
    open();
    FrameMaker recorded{guarded(1)};
    recorded.live = false;
    window->setSource({.recording = QStringLiteral("/tmp/monday.dump")});
    window->showFrame(recorded.build());
    EXPECT_EQ(window->windowTitle(), QStringLiteral("monday.dump - Halfopen"));
    EXPECT_TRUE(child<NoticeBar>(*window, "source").isVisible());
    EXPECT_TRUE(words(child<NoticeBar>(*window, "source")).contains(QStringLiteral("monday.dump")));
    EXPECT_FALSE(child<QAction>(*window, "pause").isEnabled());
    EXPECT_FALSE(child<QComboBox>(*window, "interval").isEnabled());
}

TEST_F(HandsTest, whatIsToBeHitIsLargeEnoughForAFinger) { // WCAG 2.2, 2.5.8
    open(true);
    show({suspect(owned(1)), unguarded(2)});
    for (const auto choose : {false, true}) {
        if (choose)
            view().select(keyOf(1));
        QTest::qWait(30);
        int seen = 0;
        for (const auto* button : window->findChildren<QToolButton*>()) {
            const bool ours = !button->objectName().startsWith(QStringLiteral("quick")) &&
                              !qobject_cast<QLineEdit*>(button->parentWidget()) &&
                              !qobject_cast<QTabBar*>(button->parentWidget());
            if (!button->isVisible() || !ours)
                continue;
            ++seen;
            EXPECT_GE(std::min(button->width(), button->height()), 24) << button->text().toStdString();
        }
        EXPECT_GE(seen, 3);
    }
}

TEST_F(HandsTest, theKeysReachPagesColumnsAndOrder) {
    open();
    show({guarded(1), unguarded(2)});
    QTest::keyClick(window.get(), Qt::Key_3, Qt::AltModifier);
    EXPECT_TRUE(child<TuningPage>(*window).isVisible());
    QTest::keyClick(window.get(), Qt::Key_2, Qt::AltModifier);
    EXPECT_TRUE(window->connections().isVisible());
    EXPECT_TRUE(view().hasFocus());
    QTest::keyClick(window.get(), Qt::Key_PageDown, Qt::ControlModifier);
    EXPECT_TRUE(child<TuningPage>(*window).isVisible());
    QTest::keyClick(window.get(), Qt::Key_PageUp, Qt::ControlModifier);
    EXPECT_TRUE(window->connections().isVisible());
    const auto menus = view().columnMenus(window.get());
    ASSERT_EQ(menus.size(), 2);
    Q_EMIT menus[1]->aboutToShow();
    for (auto* action : menus[1]->actions())
        if (action->text() == QStringLiteral("Idle"))
            action->trigger();
    EXPECT_EQ(view().layout().sortKey(), SortKey::Idle);
    Q_EMIT menus[0]->aboutToShow();
    menus[0]->actions().at(1)->setChecked(false);
    EXPECT_TRUE(view().isColumnHidden(1));
}

/// As in TCPView, htop and Wireshark: letters look for it, Enter opens it, Escape shows everything again.
TEST_F(HandsTest, whatIsTypedOverTheTableIsLookedForAndEnterOpensTheDetails) {
    open();
    show({guarded(1), unguarded(2)});
    view().select(keyOf(1));
    view().setFocus();
    QTest::keyClicks(&view(), QStringLiteral("p"));
    EXPECT_TRUE(field().hasFocus());
    QTest::keyClicks(&field(), QStringLiteral("sql"));
    EXPECT_EQ(field().text(), QStringLiteral("psql"));
    QTest::keyClick(&field(), Qt::Key_Down);
    EXPECT_TRUE(view().hasFocus());
    QTest::keyClicks(&view(), QStringLiteral("/"));
    EXPECT_TRUE(field().hasFocus());
    EXPECT_EQ(field().text(), QStringLiteral("psql")) << "as in less";
    view().setFocus();
    QTest::keyClick(&view(), Qt::Key_Escape);
    EXPECT_EQ(field().text(), QString());
    child<QAction>(*window, "details").setChecked(false);
    view().setFocus();
    QTest::keyClick(&view(), Qt::Key_Return);
    EXPECT_TRUE(window->connections().details().isVisible());
    EXPECT_TRUE(window->connections().details().isAncestorOf(QApplication::focusWidget()));
    child<QAction>(*window, "details").setChecked(false);
    QTest::mouseDClick(view().viewport(), Qt::LeftButton, {},
                       view().visualRect(view().connections().index(0, 0)).center());
    EXPECT_TRUE(window->connections().details().isVisible());
}

TEST_F(HandsTest, whatIsToldMovesNoRow) {
    open();
    window->resize(1320, 820);
    show({guarded(1), suspect(2)});
    const auto place = [this] { return view().viewport()->mapTo(window.get(), QPoint(0, 0)); };
    for (QPoint last(-1, -1); last != place();) { // the chips find their lines
        last = place();
        QApplication::processEvents();
    }
    const auto before = place();
    const int height = view().height();
    child<QAction>(*window, "pause").setChecked(true);
    window->connections().answer().say(QStringLiteral("1 connection closed."), QStringLiteral("sudo it"));
    QApplication::processEvents();
    EXPECT_LT(view().height(), height) << "both notices are shown";
    EXPECT_EQ(place(), before);
    child<AnswerBar>(*window, "exportAnswer").say(QStringLiteral("Written."));
    QApplication::processEvents();
    EXPECT_EQ(place(), before);
}

TEST_F(HandsTest, theColumnsAreAsWideWithManyRowsAsWithOne) {
    open();
    show({guarded(1)});
    const int width = view().viewport()->width();
    FrameMaker many;
    for (std::uint64_t i = 1; i <= 300; ++i)
        many.add(guarded(i));
    show(std::move(many));
    EXPECT_EQ(view().viewport()->width(), width);
}

TEST_F(HandsTest, theWordsAreExplainedTheWorstFirst) {
    open();
    child<QAction>(*window, "legend").trigger();
    const auto& dialog = child<QDialog>(*window, "legend");
    const auto* pages = dialog.findChild<QTabWidget*>();
    ASSERT_EQ(pages->count(), 3);
    QStringList words;
    for (const auto* label : pages->widget(0)->findChildren<QLabel*>())
        if (label->font().bold())
            words.append(label->text());
    ASSERT_EQ(words.size(), static_cast<int>(kDiagnosisCount));
    EXPECT_EQ(words.front(), QStringLiteral("suspect"));
    EXPECT_EQ(words.back(), QStringLiteral("listening"));
    QStringList marks;
    for (const auto* label : pages->widget(1)->findChildren<QLabel*>())
        marks.append(label->text());
    for (const char* mark : {"+", "!", "60/10/6", "3/15", "Bell"})
        EXPECT_TRUE(marks.contains(QLatin1String(mark))) << mark;
}

TEST_F(HandsTest, whatIsWatchedHasABell) {
    open();
    show({guarded(1), guarded(2)});
    choose(view(), {1});
    const auto gutterOf = [&](std::uint64_t cookie) {
        const QRect cell = view().visualRect(view().model()->index(view().connections().rowOf(keyOf(cookie)), 0));
        const QSize size(view().fontMetrics().height(), cell.height());
        return view().viewport()->grab(QRect(cell.topLeft(), size)).toImage();
    };
    const auto first = gutterOf(1);
    const auto second = gutterOf(2);
    Q_EMIT window->connections().menu()->aboutToShow(); // then the verb knows what is chosen
    child<QAction>(*window, "watchConnection").trigger();
    EXPECT_NE(gutterOf(1), first);
    EXPECT_EQ(gutterOf(2), second);
    const auto index = view().model()->index(view().connections().rowOf(keyOf(1)), 0);
    EXPECT_THAT(index.data(Qt::AccessibleTextRole).toString().toStdString(), testing::HasSubstr("watched."));
}

TEST_F(HandsTest, pauseTurnsIntoResume) {
    open();
    EXPECT_EQ(child<QAction>(*window, "pause").iconText(), QStringLiteral("Pause (Space)"));
    child<QAction>(*window, "pause").setChecked(true);
    EXPECT_EQ(child<QAction>(*window, "pause").iconText(), QStringLiteral("Resume (Space)"));
}

TEST_F(HandsTest, manyAreClosedOnlyOnceSomebodyHasSaidHowMany) {
    open();
    FrameMaker many;
    for (std::uint64_t cookie = 1; cookie <= 25; ++cookie)
        many.add(owned(cookie));
    show(many);
    view().selectAll();
    QApplication::processEvents();
    closeVerb().trigger();
    auto* box = window->findChild<QMessageBox*>();
    ASSERT_NE(box, nullptr);
    ASSERT_NE(box->checkBox(), nullptr);
    EXPECT_TRUE(box->checkBox()->text().contains(QStringLiteral("25")));
    QAbstractButton* close = nullptr;
    for (auto* button : box->buttons())
        if (box->buttonRole(button) == QMessageBox::DestructiveRole)
            close = button;
    ASSERT_NE(close, nullptr);
    EXPECT_FALSE(close->isEnabled());
    box->checkBox()->setChecked(true);
    EXPECT_TRUE(close->isEnabled());
    box->reject();
}

TEST_F(HandsTest, theKeysGoFromApplyToKeepAndTheTrialIsToldOnEveryPage) {
    open();
    show({guarded(1)});
    auto& tuning = child<TuningPage>(*window);
    auto& bar = child<ApplyBar>(tuning);
    window->showPage(tuning);
    QApplication::processEvents();
    tuning.edit({600, 30, 5});
    bar.trialBox->setChecked(true);
    bar.apply->setFocus();
    bar.apply->click();
    fakes.tuning.accept();
    EXPECT_EQ(QApplication::focusWidget(), bar.keep);
    window->showPage(window->connections());
    const auto& trial = child<QToolButton>(child<StatusLine>(*window), "trial");
    EXPECT_TRUE(trial.isVisible());
    EXPECT_TRUE(trial.text().contains(QStringLiteral("come back"))) << trial.text().toStdString();
    bar.keep->click();
    EXPECT_FALSE(trial.isVisible());
}

std::string questionAbout(const Scripted& row) {
    const auto frame = FrameMaker{row}.build();
    return closeQuestion({frame, {frame->rows.data()}}, {.destroys = true, .uid = 0}).detail.toStdString();
}

TEST(CloseQuestion, saysWhatThePeerGetsInEachState) {
    EXPECT_THAT(questionAbout(owned(1)), testing::HasSubstr("The peer gets a reset"));
    const auto timeWaiting = questionAbout(timeWait(1));
    EXPECT_THAT(timeWaiting, testing::HasSubstr("frees the address pair early"));
    EXPECT_THAT(timeWaiting, testing::Not(testing::HasSubstr("reset")));
    EXPECT_THAT(timeWaiting, testing::Not(testing::HasSubstr("lost")));
    EXPECT_THAT(questionAbout(opening(1, 1)), testing::HasSubstr("the attempt ends, and the peer gets nothing"));
}

} // namespace
} // namespace halfopen::test
