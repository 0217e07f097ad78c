// SPDX-License-Identifier: GPL-3.0-or-later
// The window fits the smallest screen that it promises to.
#include "tests/frames/frame_maker.h"
#include "tests/ui/child.h"
#include "tests/ui/ended_connections.h"
#include "tests/ui/fake_services.h"
#include "ui/connections/connections_page.h"
#include "ui/details/details_pane.h"
#include "ui/history/history_page.h"
#include "ui/parts/chip_row.h"
#include "ui/parts/page.h"
#include "ui/table/connection_view.h"
#include "ui/timeline/timeline_view.h"
#include "ui/window/main_window.h"
#include "ui/window/pages.h"

#include <QAction>
#include <QApplication>
#include <QPushButton>
#include <QSettings>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>
#include <QTranslator>

#include <gtest/gtest.h>

namespace halfopen::test {
namespace {

constexpr int kLeastWidth = 800;
constexpr int kLeastHeight = 600;

/// In each language.
class SmallWindowTest : public testing::TestWithParam<const char*> {
protected:
    SmallWindowTest() {
        QSettings().clear();
        EXPECT_TRUE(m_translator.load(QStringLiteral(":/i18n/halfopen_%1.qm").arg(QLatin1String(GetParam()))));
        QCoreApplication::installTranslator(&m_translator);
    }
    ~SmallWindowTest() override { QCoreApplication::removeTranslator(&m_translator); }

    QTranslator m_translator;
    FakeServices fakes;
};

TEST_P(SmallWindowTest, everyPageFits) {
    auto services = fakes.services();
    services.laboratory = true;
    MainWindow window(services);
    FrameSeries series;
    auto frame = std::make_shared<Frame>(*series.next(FrameMaker({suspect(1), unguarded(2), guarded(3)}).script));
    frame->forecasts = {.graded = 123'456, .kept = 123'000, .broken = 56, .medianErrorMs = 0.2};
    fakes.history->add({exhausted(1)});
    window.showFrame(frame);
    window.history().select(keyOf(1));
    window.resize(kLeastWidth, kLeastHeight);
    window.show();
    for (std::size_t page = 0; page < kPageNames.size(); ++page) {
        window.setPage(static_cast<int>(page));
        QApplication::processEvents();
        EXPECT_LE(window.minimumSizeHint().width(), kLeastWidth) << page;
        EXPECT_LE(window.minimumSizeHint().height(), kLeastHeight) << page;
        std::string wide;
        for (const auto* child : window.findChildren<QWidget*>())
            if (child->isVisible() && child->minimumSizeHint().width() > 500)
                wide += std::string(child->metaObject()->className()) + " " + child->objectName().toStdString() + " " +
                        std::to_string(child->minimumSizeHint().width()) + "\n";
        if (window.minimumSizeHint().width() > kLeastWidth)
            ADD_FAILURE() << wide;
    }
}

/// A low window leaves the table its rows: of the details there is the headline, until a person wants the rest.
struct LowWindowTest : testing::Test {
    LowWindowTest() {
        QSettings().clear();
        open({800, 600});
    }
    void open(QSize size) {
        window = std::make_unique<MainWindow>(fakes.services());
        window->showPage(window->connections());
        window->showFrame(series.next(FrameMaker({suspect(1), unguarded(2), guarded(3)}).script));
        window->resize(size);
        window->show();
        window->select(keyOf(1));
        settle();
    }
    void resize(QSize size) {
        window->resize(size);
        settle();
    }
    /// A subject is laid out some milliseconds after it was chosen.
    void settle() {
        const auto* line = window->connections().details().findChild<TimelineView*>(QStringLiteral("timeline"),
                                                                                    Qt::FindDirectChildrenOnly);
        EXPECT_TRUE(QTest::qWaitFor([&] { return line->isVisible(); }));
        QApplication::processEvents();
    }
    QToolButton& more() { return child<QToolButton>(*window, "moreDetails"); }
    bool areFactsSeen() { return window->connections().details().findChild<QTabWidget*>()->isVisible(); }
    int tableHeight() { return window->connections().view().viewport()->height(); }

    FakeServices fakes;
    FrameSeries series;
    std::unique_ptr<MainWindow> window;
};

TEST_F(LowWindowTest, foldsTheDetailsToTheirHeadline) {
    ASSERT_TRUE(more().isVisible());
    EXPECT_FALSE(areFactsSeen());
    const int folded = tableHeight();
    EXPECT_GE(folded, 8 * window->connections().view().rowHeight(0));
    more().click();
    settle();
    EXPECT_TRUE(areFactsSeen());
    EXPECT_LT(tableHeight(), folded);
    more().click();
    settle();
    EXPECT_FALSE(areFactsSeen());
    EXPECT_EQ(tableHeight(), folded);
    resize({800, 800});
    EXPECT_TRUE(areFactsSeen()) << "there is room again";
    EXPECT_FALSE(more().isVisible());
}

TEST_F(LowWindowTest, unfoldsThemForWhoAsksForThem) {
    child<QAction>(*window, "changeKeepalive").trigger();
    settle();
    EXPECT_TRUE(areFactsSeen());
    EXPECT_TRUE(child<QPushButton>(*window, "applyChange").isVisible());
    window->close();
    open({800, 600});
    EXPECT_TRUE(areFactsSeen()) << "it is remembered";
}

TEST_F(LowWindowTest, keepsHowAPersonHasDividedAHighOne) {
    resize({1000, 800});
    auto& splitter = *window->connections().findChild<DetailsSplitter*>();
    splitter.setSizes({250, splitter.height() - 250});
    const auto sizes = splitter.sizes();
    resize({1000, 560});
    ASSERT_FALSE(areFactsSeen());
    resize({1000, 800});
    EXPECT_NEAR(splitter.sizes()[0], sizes[0], 2);
}

INSTANTIATE_TEST_SUITE_P(Languages, SmallWindowTest, testing::Values("en", "zh_CN"));

TEST(ChipRows, takeASecondLineWhereTheyDoNotFit) {
    ChipRow row(QStringLiteral("all"), {{0, QStringLiteral("one")}, {1, QStringLiteral("two")}});
    row.nameAll(QStringLiteral("everything"), 1'000);
    row.name(0, QStringLiteral("of the first kind"), 600);
    row.name(1, QStringLiteral("of the second kind"), 300, 400);
    const auto& first = child<QToolButton>(row, "all");
    const auto& last = child<QToolButton>(row, "two");
    row.show();
    row.resize(row.sizeHint() + QSize(20, 0));
    QApplication::processEvents();
    EXPECT_EQ(first.y(), last.y());
    row.resize(row.minimumSizeHint().width() + 10, 200);
    QApplication::processEvents();
    EXPECT_GT(last.y(), first.geometry().bottom());
    EXPECT_GT(row.heightForWidth(row.width()), last.height());
    EXPECT_EQ(last.text().toStdString(), "Of the second kind  300/400");
}

} // namespace
} // namespace halfopen::test
