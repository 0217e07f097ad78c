// SPDX-License-Identifier: GPL-3.0-or-later
// A person without a mouse does all of it. No test in this file may use one, nor call what a key would do.
// Source: WCAG 2.2, 2.1.1 and 2.4.3.
#include "tests/frames/frame_maker.h"
#include "tests/ui/child.h"
#include "tests/ui/fake_services.h"
#include "ui/actions/change_panel.h"
#include "ui/connections/connections_page.h"
#include "ui/details/details_pane.h"
#include "ui/parts/notice_bar.h"
#include "ui/table/connection_view.h"
#include "ui/table/filter_bar.h"
#include "ui/tuning/apply_bar.h"
#include "ui/tuning/track_view.h"
#include "ui/tuning/tuning_page.h"
#include "ui/window/main_window.h"
#include "ui/window/pages.h"

#include <QApplication>
#include <QCheckBox>
#include <QDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QTest>
#include <QToolButton>

#include <gmock/gmock.h>

#include <functional>
#include <memory>

namespace halfopen::test {
namespace {

constexpr int kMostStops = 60; ///< of a page; more is a trap for the keys

Scripted mine(std::uint64_t cookie) {
    Scripted row = unguarded(cookie);
    row.options = FakeSockets::exactOptions();
    return row;
}

struct KeysAlone : testing::Test {
    KeysAlone() {
        QSettings().clear();
        window = std::make_unique<MainWindow>(fakes.services());
        window->resize(1200, 800);
        window->show();
        window->activateWindow();
        EXPECT_TRUE(QTest::qWaitForWindowActive(window.get()));
        show({mine(1), mine(2), guarded(3)});
        press(Qt::Key_2, Qt::AltModifier);
    }
    void show(FrameMaker maker) {
        window->showFrame(series.next(maker.at(MonotonicClock::now()).script, fakes.queries.back()));
        QApplication::processEvents();
    }
    static QWidget* keys() { return QApplication::focusWidget(); }
    /// Wherever the keys are, as from a keyboard.
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QWidget* to = QApplication::activePopupWidget();
        if (!to)
            to = keys();
        QTest::keyClick(to ? to : window.get(), key, modifiers);
        QApplication::processEvents();
    }
    void type(const QString& text) {
        QTest::keyClicks(keys(), text);
        QApplication::processEvents();
    }
    /// Tab, until the keys are there.
    bool tabTo(const std::function<bool(QWidget& at)>& there) {
        for (int stop = 0; stop < kMostStops; ++stop) {
            if (keys() && there(*keys()))
                return true;
            press(Qt::Key_Tab);
        }
        return false;
    }
    bool tabTo(const char* name) {
        return tabTo([name](QWidget& at) { return at.objectName() == QLatin1String(name); });
    }
    /// Through the menus: F10 or Alt and its letter, arrows, Enter.
    void choose(const QStringList& path) {
        auto* bar = window->menuBar();
        const QString& first = path.front();
        for (auto* action : bar->actions()) {
            QString text = action->text();
            if (text.remove(QLatin1Char('&')) == first) {
                const QChar letter = action->text()[action->text().indexOf(QLatin1Char('&')) + 1].toUpper();
                press(static_cast<Qt::Key>(letter.unicode()), Qt::AltModifier);
            }
        }
        for (qsizetype i = 1; i < path.size(); ++i) {
            auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
            ASSERT_NE(menu, nullptr) << path[i - 1].toStdString();
            const auto at = [&] {
                QString text = menu->activeAction() ? menu->activeAction()->text() : QString();
                return text.remove(QLatin1Char('&'));
            };
            for (qsizetype step = 0; step <= menu->actions().size() && !at().startsWith(path[i]); ++step)
                press(Qt::Key_Down);
            ASSERT_TRUE(at().startsWith(path[i])) << path[i].toStdString();
            press(i + 1 < path.size() ? Qt::Key_Right : Qt::Key_Return);
        }
    }
    ConnectionView& view() { return window->connections().view(); }
    /// Who has the keys is seen, and is on this page.
    void expectKeysIn(QWidget& page) {
        ASSERT_NE(keys(), nullptr);
        EXPECT_TRUE(keys()->isVisible()) << keys()->metaObject()->className();
        EXPECT_TRUE(page.isAncestorOf(keys())) << keys()->metaObject()->className();
    }

    FakeServices fakes;
    FrameSeries series;
    std::unique_ptr<MainWindow> window;
};

TEST_F(KeysAlone, reachEveryPage) {
    for (int page = 0; page < static_cast<int>(kPageNames.size()); ++page) {
        press(static_cast<Qt::Key>(Qt::Key_1 + page), Qt::AltModifier);
        ASSERT_NE(keys(), nullptr) << page;
        EXPECT_TRUE(keys()->isVisible()) << page;
        press(Qt::Key_F, Qt::ControlModifier);
        ASSERT_NE(keys(), nullptr) << page;
        EXPECT_TRUE(keys()->isVisible()) << page << ": Ctrl+F";
    }
}

TEST_F(KeysAlone, sortAndChooseColumns) {
    ASSERT_TRUE(view().hasFocus());
    choose({QStringLiteral("View"), QStringLiteral("Sort By"), QStringLiteral("Idle")});
    EXPECT_EQ(view().layout().sortKey(), SortKey::Idle);
    const int local = 0;
    ASSERT_FALSE(view().isColumnHidden(local + 2));
    const QString title = view().model()->headerData(2, Qt::Horizontal).toString();
    choose({QStringLiteral("View"), QStringLiteral("Columns"), title});
    EXPECT_TRUE(view().isColumnHidden(2));
}

TEST_F(KeysAlone, divideTheRoomBetweenTableAndDetails) {
    press(Qt::Key_Down);
    QTest::qWait(20); // a subject is laid out some milliseconds later
    const int before = window->connections().details().height();
    press(Qt::Key_Up, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_GT(window->connections().details().height(), before);
    press(Qt::Key_Down, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_NEAR(window->connections().details().height(), before, 2);
}

TEST_F(KeysAlone, closeAConnection) {
    press(Qt::Key_Down);
    press(Qt::Key_Delete);
    auto* box = window->findChild<QMessageBox*>();
    ASSERT_NE(box, nullptr);
    ASSERT_TRUE(QTest::qWaitForWindowActive(box));
    ASSERT_TRUE(tabTo([box](QWidget& at) {
        auto* button = qobject_cast<QAbstractButton*>(&at);
        return button && box->buttonRole(button) == QMessageBox::DestructiveRole;
    }));
    press(Qt::Key_Space);
    ASSERT_EQ(fakes.sockets.closes.size(), 1U);
    fakes.sockets.acceptClose();
    window->activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(window.get()));
    expectKeysIn(window->connections());
}

TEST_F(KeysAlone, changeAConnectionAndTakeItBack) {
    press(Qt::Key_Down);
    press(Qt::Key_K, Qt::ControlModifier);
    ASSERT_TRUE(tabTo("SO_KEEPALIVE"));
    press(Qt::Key_Space);
    ASSERT_TRUE(tabTo("applyChange"));
    press(Qt::Key_Space);
    ASSERT_EQ(fakes.sockets.sets.size(), 1U);
    expectKeysIn(window->connections().details()); // Cancel, while it is waited for
    fakes.sockets.acceptSet();
    QApplication::processEvents();
    expectKeysIn(window->connections().details()); // Undo
    EXPECT_EQ(keys()->objectName(), QStringLiteral("undoChange"));
    press(Qt::Key_Space);
    ASSERT_EQ(fakes.sockets.sets.size(), 2U);
    EXPECT_EQ(fakes.sockets.sets.back().change, OptionsChange{.enabled = false});
    fakes.sockets.acceptSet(FakeSockets::exactOptions());
    QApplication::processEvents();
    expectKeysIn(window->connections().details());
    press(Qt::Key_L, Qt::ControlModifier);
    EXPECT_EQ(child<QDialog>(*window, "changesWindow").isVisible(), true);
}

TEST_F(KeysAlone, undoFromTheTable) {
    press(Qt::Key_Down);
    press(Qt::Key_K, Qt::ControlModifier);
    ASSERT_TRUE(tabTo("SO_KEEPALIVE"));
    press(Qt::Key_Space);
    ASSERT_TRUE(tabTo("applyChange"));
    press(Qt::Key_Space);
    fakes.sockets.acceptSet();
    press(Qt::Key_2, Qt::AltModifier);
    ASSERT_TRUE(view().hasFocus());
    press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(fakes.sockets.sets.size(), 2U);
    expectKeysIn(window->connections());
}

TEST_F(KeysAlone, changeTheSettingsAndTakeThemBack) {
    press(Qt::Key_3, Qt::AltModifier);
    auto& tuning = child<TuningPage>(*window);
    ASSERT_TRUE(tabTo("track"));
    press(Qt::Key_Right);
    auto& bar = child<ApplyBar>(tuning);
    ASSERT_TRUE(tabTo([&bar](QWidget& at) { return &at == bar.trialBox; }));
    if (!bar.trialBox->isChecked())
        press(Qt::Key_Space);
    ASSERT_TRUE(tabTo([&bar](QWidget& at) { return &at == bar.apply; }));
    press(Qt::Key_Space);
    ASSERT_TRUE(fakes.tuning.isAsked());
    expectKeysIn(tuning);
    fakes.tuning.accept();
    EXPECT_EQ(keys(), bar.keep);
    ASSERT_TRUE(tabTo([&bar](QWidget& at) { return &at == bar.takeBack; }));
    press(Qt::Key_Space);
    fakes.tuning.accept();
    expectKeysIn(tuning);
}

TEST_F(KeysAlone, staySomewhereWhenWhatHadThemGoes) {
    const auto& hint = child<NoticeBar>(*window, "wordsHint");
    ASSERT_TRUE(hint.isVisible());
    ASSERT_TRUE(tabTo([&hint](QWidget& at) { return hint.isAncestorOf(&at); }));
    press(Qt::Key_Space);
    EXPECT_FALSE(hint.isVisible());
    expectKeysIn(window->connections());
    press(Qt::Key_2, Qt::AltModifier);
    ASSERT_TRUE(view().hasFocus());
    type(QStringLiteral("z"));
    type(QStringLiteral("zz"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return fakes.queries.back().filter == "zzz"; }));
    press(Qt::Key_Tab);
    press(Qt::Key_2, Qt::AltModifier);
    show({mine(1), mine(2), guarded(3)});
    EXPECT_FALSE(view().isVisible()) << "nothing matches";
    expectKeysIn(window->connections());
    ASSERT_TRUE(tabTo([](QWidget& at) { return qobject_cast<QPushButton*>(&at) != nullptr; })) << "the way back";
    press(Qt::Key_Space);
    EXPECT_TRUE(window->connections().filterBar().filter().isEmpty());
    show({mine(1), mine(2), guarded(3)});
    EXPECT_TRUE(view().isVisible());
    expectKeysIn(window->connections());
}

} // namespace
} // namespace halfopen::test
