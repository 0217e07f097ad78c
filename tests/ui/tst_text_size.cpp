// SPDX-License-Identifier: GPL-3.0-or-later
// View > Text Size, Full Screen and Sample Now.
#include "tests/frames/frame_maker.h"
#include "tests/ui/child.h"
#include "tests/ui/fake_services.h"
#include "ui/connections/connections_page.h"
#include "ui/look/text_size.h"
#include "ui/table/columns.h"
#include "ui/table/connection_view.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QApplication>
#include <QHeaderView>
#include <QLabel>
#include <QSettings>
#include <QTest>

#include <gtest/gtest.h>

namespace halfopen::test {
namespace {

struct TextSizeTest : testing::Test {
    TextSizeTest() {
        QSettings().clear();
        fakes.onOrder = [this](const Order& order) { samplesAskedFor += std::holds_alternative<SampleNow>(order); };
        open();
    }
    ~TextSizeTest() override { applyTextSize(kUsualTextSize); }
    void open() {
        window.reset();
        window = std::make_unique<MainWindow>(fakes.services());
        window->showPage(window->connections());
        window->show();
        QApplication::processEvents();
    }
    QAction& action(const char* name) { return child<QAction>(*window, name); }
    double points() const { return QApplication::font().pointSizeF(); }
    int rowHeight() { return window->connections().view().verticalHeader()->defaultSectionSize(); }
    double headlinePoints() { return child<QLabel>(window->connections(), "messageHeadline").font().pointSizeF(); }

    FakeServices fakes;
    int samplesAskedFor = 0;
    std::unique_ptr<MainWindow> window;
};

TEST_F(TextSizeTest, allTextGrowsAndRowsWithIt) {
    const double points = this->points(), headline = headlinePoints();
    const int height = rowHeight();
    for (int i = 0; i < 20; ++i)
        action("largerText").trigger();
    QApplication::processEvents();
    EXPECT_NEAR(this->points(), 2 * points, 0.1);
    EXPECT_NEAR(headlinePoints(), 2 * headline, 0.1);
    EXPECT_NEAR(rowHeight() - 6, 2 * (height - 6), 3);
    EXPECT_FALSE(action("largerText").isEnabled());
    action("usualText").trigger();
    QApplication::processEvents();
    EXPECT_EQ(rowHeight(), height);
    EXPECT_FALSE(action("usualText").isEnabled());
    for (int i = 0; i < 20; ++i)
        action("smallerText").trigger();
    EXPECT_NEAR(this->points(), 0.8 * points, 0.1);
    EXPECT_FALSE(action("smallerText").isEnabled());
}

TEST_F(TextSizeTest, columnsHaveRoomForAsManyLetters) {
    window->resize(2400, 800);
    QHeaderView* header = window->connections().view().horizontalHeader();
    const int remote = columnOf(SortKey::Remote), width = header->sectionSize(remote);
    for (int i = 0; i < 3; ++i)
        action("largerText").trigger(); // 150 %
    QApplication::processEvents();
    EXPECT_GT(header->sectionSize(remote), width) << "nobody has set it";
    action("usualText").trigger();
    QApplication::processEvents();
    header->resizeSection(remote, 200);
    for (int i = 0; i < 20; ++i)
        action("largerText").trigger();
    QApplication::processEvents();
    EXPECT_NEAR(header->sectionSize(remote), 400, 40) << "set by a person";
    window->close();
    open();
    EXPECT_NEAR(window->connections().view().horizontalHeader()->sectionSize(remote), 400, 40);
    action("usualText").trigger();
    QApplication::processEvents();
    EXPECT_NEAR(window->connections().view().horizontalHeader()->sectionSize(remote), 200, 40);
}

TEST_F(TextSizeTest, itIsRemembered) {
    const double points = this->points();
    QTest::keyClick(window.get(), Qt::Key_Equal, Qt::ControlModifier);
    EXPECT_NEAR(this->points(), 1.1 * points, 0.1);
    window->close();
    applyTextSize(kUsualTextSize);
    open();
    EXPECT_NEAR(this->points(), 1.1 * points, 0.1);
    window->close();
    QSettings().setValue(QStringLiteral("window/text_size"), 4711);
    open();
    EXPECT_NEAR(this->points(), points, 0.1) << "what nobody can have chosen";
}

TEST_F(TextSizeTest, theWindowTakesTheWholeScreenAndGivesItBack) {
    QTest::keyClick(window.get(), Qt::Key_F11);
    EXPECT_TRUE(window->isFullScreen());
    EXPECT_TRUE(action("fullScreen").isChecked());
    window->showNormal();
    QApplication::processEvents();
    EXPECT_FALSE(action("fullScreen").isChecked()) << "whoever has changed it";
}

TEST_F(TextSizeTest, aSampleIsTakenWhenItIsAskedFor) {
    FrameSeries series;
    window->showFrame(series.next(std::vector{unguarded(1)}));
    QTest::keyClick(window.get(), Qt::Key_F5);
    EXPECT_EQ(samplesAskedFor, 1);
    action("pause").setChecked(true);
    QTest::keyClick(window.get(), Qt::Key_F5);
    EXPECT_EQ(samplesAskedFor, 1) << "nobody would see it";
}

} // namespace
} // namespace halfopen::test
