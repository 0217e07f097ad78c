// SPDX-License-Identifier: GPL-3.0-or-later
// The window fits the smallest screen that it promises to.
#include "tests/frames/frame_maker.h"
#include "tests/ui/child.h"
#include "tests/ui/ended_connections.h"
#include "tests/ui/fake_services.h"
#include "ui/history/history_page.h"
#include "ui/parts/chip_row.h"
#include "ui/parts/page.h"
#include "ui/window/main_window.h"
#include "ui/window/pages.h"

#include <QApplication>
#include <QSettings>
#include <QStackedWidget>
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
