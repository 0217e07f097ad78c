// SPDX-License-Identifier: GPL-3.0-or-later
// The page in the window: ways that lead to it, and the words it has.
#include "tests/frames/frame_maker.h"
#include "tests/ui/child.h"
#include "tests/ui/ended_connections.h"
#include "tests/ui/fake_services.h"
#include "ui/connections/connections_page.h"
#include "ui/details/details_head.h"
#include "ui/history/history_model.h"
#include "ui/history/history_page.h"
#include "ui/history/history_view.h"
#include "ui/look/ending_strings.h"
#include "ui/parts/status_line.h"
#include "ui/table/connection_view.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QSettings>
#include <QTest>
#include <QToolButton>

#include <gmock/gmock.h>

namespace halfopen::test {
namespace {

using testing::HasSubstr;
using testing::Not;
using Code = EndingEvidence::Code;

TEST(EndingStrings, everyPieceOfEvidenceHasWords) {
    for (auto code = Code::StateSeen; code <= Code::AskedFor; code = static_cast<Code>(static_cast<int>(code) + 1))
        EXPECT_FALSE(evidenceSentence({code, 1, 0}).isEmpty());
}

struct HistoryWindowTest : testing::Test {
    FakeServices fakes;
    HistoryPtr history = fakes.history;
    MainWindow window{fakes.services()};

    HistoryWindowTest() {
        QSettings().clear();
        window.showPage(window.connections());
        window.show();
    }
    FrameSeries series;
    int second = 0;

    void show(FrameMaker maker) {
        window.showFrame(series.next(maker.after(std::chrono::seconds(++second)).script));
        QApplication::processEvents();
    }
};

TEST_F(HistoryWindowTest, aClosedRowTellsHowItEndedAndLeadsToItsRecord) {
    show({suspect(1), unguarded(2)});
    window.connections().view().select(keyOf(1));
    EXPECT_FALSE(child<QAction>(window, "showHowItEnded").isEnabled());
    history->add({exhausted(1)});
    for (int missed = 0; missed < 2; ++missed)
        show({unguarded(2)});
    const auto headline = [&] { return words(child<DetailsHead>(window)); };
    EXPECT_TRUE(QTest::qWaitFor([&] { return headline().contains(QStringLiteral("exhausted")); }));
    EXPECT_THAT(headline().toStdString(),
                HasSubstr("closed: keepalive exhausted: 3 probes unanswered, noticed 9 s after the last sign of life"));
    show({unguarded(2)});
    ASSERT_TRUE(child<QAction>(window, "showHowItEnded").isEnabled());
    child<QAction>(window, "showHowItEnded").trigger();
    EXPECT_TRUE(window.history().isVisible());
    ASSERT_TRUE(child<HistoryView>(window).selected());
    EXPECT_EQ(child<HistoryView>(window).selected()->cookie, 1U);
}

TEST_F(HistoryWindowTest, theStatusLineLeadsToThoseThatAreHeld) {
    history->add({ended(2, Ending::Reset)});
    show({unguarded(3)});
    auto& dead = child<QToolButton>(child<StatusLine>(window), "dead");
    EXPECT_FALSE(dead.isVisible());
    auto frame = std::make_shared<Frame>(*FrameMaker({unguarded(3)}).build());
    frame->dead = {std::make_shared<const EndedConnection>(foundDead(7))};
    window.showFrame(frame);
    ASSERT_TRUE(dead.isVisible());
    EXPECT_EQ(dead.text(), QStringLiteral("1 dead, still open"));
    dead.click();
    EXPECT_TRUE(window.history().isVisible());
    ASSERT_EQ(child<HistoryModel>(window).rowCount(), 1);
    EXPECT_EQ(child<HistoryModel>(window).at(0)->cookie, 7U);
}

TEST_F(HistoryWindowTest, copyTakesFromThePageShown) {
    history->add({exhausted(1)});
    show({unguarded(2)});
    window.connections().view().select(keyOf(2));
    child<HistoryView>(window).select(keyOf(1));
    window.showPage(window.history());
    child<QAction>(window, "copy").trigger();
    EXPECT_TRUE(QGuiApplication::clipboard()->text().contains(QStringLiteral("keepalive exhausted")));
    window.showPage(window.connections());
    child<QAction>(window, "copy").trigger();
    EXPECT_TRUE(QGuiApplication::clipboard()->text().contains(QStringLiteral("198.51.100.7:443")));
}

} // namespace
} // namespace halfopen::test
