// SPDX-License-Identifier: GPL-3.0-or-later
// The details stand below the table, or beside it where there is room for both.
#include "tests/ui/child.h"
#include "tests/ui/fake_services.h"
#include "ui/connections/connections_page.h"
#include "ui/history/history_page.h"
#include "ui/parts/details_splitter.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QLabel>
#include <QSettings>

#include <gtest/gtest.h>

#include <memory>

namespace halfopen::test {
namespace {

struct DetailsSplitterTest : testing::Test {
    DetailsSplitterTest() { QSettings().clear(); }

    void widen(int width) {
        splitter->resize(width, 900);
        splitter->grab(); // which delivers what is pending
    }
    void renew() { splitter = std::make_unique<DetailsSplitter>(new QLabel, new QLabel); }

    std::unique_ptr<DetailsSplitter> splitter = std::make_unique<DetailsSplitter>(new QLabel, new QLabel);
};

TEST_F(DetailsSplitterTest, standsByTheWidth) {
    widen(DetailsSplitter::kWide - 1);
    EXPECT_EQ(splitter->orientation(), Qt::Vertical);
    widen(DetailsSplitter::kWide);
    EXPECT_EQ(splitter->orientation(), Qt::Horizontal);
    EXPECT_NEAR(splitter->sizes()[1], 460, 10);
    widen(1000);
    EXPECT_EQ(splitter->orientation(), Qt::Vertical);
}

TEST_F(DetailsSplitterTest, standsWhereAPersonWantsIt) {
    widen(2000);
    splitter->setSide(DetailsSide::Below);
    EXPECT_EQ(splitter->orientation(), Qt::Vertical);
    widen(900);
    splitter->setSide(DetailsSide::Right);
    EXPECT_EQ(splitter->orientation(), Qt::Horizontal);
}

TEST_F(DetailsSplitterTest, keepsHowEachWasDivided) {
    widen(1000);
    splitter->setSizes({500, 400});
    const auto below = splitter->sizes();
    widen(2000);
    splitter->setSizes({1200, 800});
    const auto beside = splitter->sizes();
    QSettings settings;
    splitter->save(settings, QStringLiteral("split"));
    renew();
    splitter->restore(settings, QStringLiteral("split"));
    widen(1000);
    EXPECT_EQ(splitter->sizes(), below);
    widen(2000);
    EXPECT_EQ(splitter->sizes(), beside);
}

TEST_F(DetailsSplitterTest, isOneChoiceForEachPageAndRemembered) {
    FakeServices fakes;
    const auto orientations = [](MainWindow& window) {
        return std::pair(child<DetailsSplitter>(window.connections()).orientation(),
                         child<DetailsSplitter>(window.history()).orientation());
    };
    {
        MainWindow window(fakes.services());
        child<QAction>(window, "detailsBeside").trigger();
        EXPECT_EQ(orientations(window), std::pair(Qt::Horizontal, Qt::Horizontal));
        window.close();
    }
    MainWindow again(fakes.services());
    EXPECT_EQ(orientations(again), std::pair(Qt::Horizontal, Qt::Horizontal));
}

TEST(DetailsSide, hasAWordForEach) {
    for (const DetailsSide side : kDetailsSides)
        EXPECT_EQ(parseDetailsSide(detailsSideKey(side)), side);
    EXPECT_EQ(parseDetailsSide(QStringLiteral("left")), std::nullopt);
}

} // namespace
} // namespace halfopen::test
