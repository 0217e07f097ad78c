// SPDX-License-Identifier: GPL-3.0-or-later
// The fields that filter, in their pages: what they say, and which keys are whose.
#include "tests/frames/frame_maker.h"
#include "tests/ui/child.h"
#include "tests/ui/fake_services.h"
#include "ui/connections/connections_page.h"
#include "ui/history/history_page.h"
#include "ui/parts/details_splitter.h"
#include "ui/parts/field_message.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QSettings>
#include <QTest>

#include <gtest/gtest.h>

#include <memory>

namespace halfopen::test {
namespace {

struct FilterFieldsTest : testing::Test {
    FakeServices fakes;
    std::unique_ptr<MainWindow> window;
    FrameSeries series;

    FilterFieldsTest() {
        QSettings().clear();
        window = std::make_unique<MainWindow>(fakes.services());
        window->showPage(window->connections());
        window->show();
        QApplication::processEvents();
    }
    void show(FrameMaker maker) {
        window->showFrame(series.next(maker.at(MonotonicClock::now()).script));
        QApplication::processEvents();
    }
};

TEST_F(FilterFieldsTest, whatIsWrongWithAFilterMovesNoRow) {
    show({suspect(1), unguarded(2)});
    for (Page* page : {static_cast<Page*>(&window->connections()), static_cast<Page*>(&window->history())}) {
        window->showPage(*page);
        QApplication::processEvents();
        const char* name = page == &window->history() ? "endedFilter" : "filter";
        auto& words = child<QLineEdit>(*page, name);
        auto& below = child<DetailsSplitter>(*page, nullptr);
        auto& message = child<FieldMessage>(*page, nullptr);
        const auto placeOf = [&](const QWidget& part) {
            return QRect(part.mapTo(window.get(), QPoint()), part.size());
        };
        const QRect place = placeOf(below);
        words.setFocus();
        QTest::keyClicks(&words,
                         QStringLiteral("state established and dport = nothing-that-would-be-a-port-here or ("));
        ASSERT_TRUE(QTest::qWaitFor([&] { return message.isVisible(); })) << name;
        QApplication::processEvents();
        EXPECT_EQ(placeOf(below), place) << name;
        EXPECT_TRUE(window->rect().contains(placeOf(message))) << name;
        EXPECT_FALSE(placeOf(message).intersects(placeOf(words))) << name << ": what is typed can be read";
        EXPECT_GE(message.height(), message.heightForWidth(message.width())) << name << ": all of it can be read";
        words.clear();
        EXPECT_TRUE(QTest::qWaitFor([&] { return !message.isVisible(); })) << name;
        EXPECT_EQ(placeOf(below), place) << name;
    }
}

TEST_F(FilterFieldsTest, theWindowsKeysAreItsOwnInAFilter) {
    show({suspect(1), unguarded(2)});
    for (Page* page : {static_cast<Page*>(&window->connections()), static_cast<Page*>(&window->history())}) {
        window->showPage(*page);
        auto& words = child<QLineEdit>(*page, page == &window->history() ? "endedFilter" : "filter");
        words.setFocus();
        words.setText(QStringLiteral("dport = :443"));
        words.setCursorPosition(2);
        for (const auto key : {Qt::Key_D, Qt::Key_E, Qt::Key_K}) {
            QKeyEvent asked(QEvent::ShortcutOverride, key, Qt::ControlModifier);
            asked.ignore();
            QApplication::sendEvent(&words, &asked);
            EXPECT_FALSE(asked.isAccepted()) << key;
        }
        QKeyEvent letter(QEvent::ShortcutOverride, Qt::Key_E, Qt::NoModifier, QStringLiteral("e"));
        letter.ignore();
        QApplication::sendEvent(&words, &letter);
        EXPECT_TRUE(letter.isAccepted());
        QTest::keyClick(&words, Qt::Key_Escape);
        EXPECT_EQ(words.text(), QString());
        QTest::keyClick(&words, Qt::Key_Down);
        EXPECT_FALSE(words.hasFocus());
    }
}

} // namespace
} // namespace halfopen::test
