// SPDX-License-Identifier: GPL-3.0-or-later
// Connections that are dead and still held by their programs.
#include "tests/ui/history_page_test.h"
#include "ui/history/history_columns.h"
#include "ui/history/history_view.h"
#include "ui/look/ending_strings.h"
#include "ui/parts/fact_panel.h"

#include <QToolButton>

#include <gmock/gmock.h>

namespace halfopen::test {
namespace {

using testing::HasSubstr;
using testing::Not;
using Code = EndingEvidence::Code;

struct DeadTest : HistoryTest {
    QToolButton& onlyDead = child<QToolButton>(page, "onlyDead");
    EndedConnectionPtr seen; ///< this run saw it end
    EndedConnectionPtr found = std::make_shared<const EndedConnection>(foundDead(7));

    DeadTest() {
        add({exhausted(1), ended(2, Ending::Reset)});
        seen = model.find(keyOf(1));
    }
    std::string details() { return words(child<FactPanel>(page)).toStdString(); }
};

TEST_F(DeadTest, oneThatIsHeldSaysSoAsLongAsItIs) {
    EXPECT_FALSE(onlyDead.isVisible());
    page.showDead({seen}, at(240s).monotonic);
    view.select(keyOf(1));
    EXPECT_EQ(cell(model.rowOfSocket(keyOf(1)), HistoryEnding), "keepalive exhausted; still open");
    EXPECT_EQ(cell(model.rowOfSocket(keyOf(2)), HistoryEnding), "reset");
    EXPECT_THAT(details(), HasSubstr("Still held By its program, which may not know that it is dead; for 3m."));
    page.showDead({seen}, at(300s).monotonic);
    EXPECT_THAT(details(), HasSubstr("for 4m."));
    page.showDead({}, at(301s).monotonic);
    EXPECT_EQ(cell(model.rowOfSocket(keyOf(1)), HistoryEnding), "keepalive exhausted");
    EXPECT_THAT(details(), Not(HasSubstr("Still held")));
}

TEST_F(DeadTest, oneFoundDeadIsARowThatInventsNothing) {
    page.showDead({found}, at(90s).monotonic);
    EXPECT_EQ(countText(), QStringLiteral("3 ended connection(s)"));
    const int row = model.rowOfSocket(keyOf(7));
    ASSERT_GE(row, 0);
    EXPECT_THAT(cell(row, HistoryEnded), HasSubstr("before "));
    EXPECT_EQ(cell(row, HistoryRemote), "not known");
    EXPECT_EQ(cell(row, HistoryLasted), "");
    EXPECT_EQ(cell(row, HistoryEnding), "ended, not known how; still open");
    EXPECT_EQ(cell(row, HistoryLastLife), momentText(found->lastLife->wall).toStdString());
    view.select(keyOf(7));
    EXPECT_THAT(details(), HasSubstr("at most for 1m."));
    EXPECT_THAT(details(), HasSubstr("when Halfopen found it dead"));
    page.showDead({}, at(91s).monotonic);
    EXPECT_EQ(model.rowOfSocket(keyOf(7)), -1);
}

TEST_F(DeadTest, everythingThatCanBeExportedHasWhatIsShown) {
    page.showDead({found}, at(90s).monotonic);
    for (const auto scope : {Page::Scope::Shown, Page::Scope::All}) {
        int lines = 0;
        const auto count = [&lines](std::string_view) { return ++lines > 0; };
        EXPECT_TRUE(page.exportable(scope).write(FrameFormat::Text, count));
        EXPECT_EQ(lines, 3);
    }
}

TEST_F(DeadTest, theyCanBeShownAlone) {
    page.showDead({found, seen}, at(90s).monotonic);
    EXPECT_TRUE(onlyDead.isVisible());
    EXPECT_EQ(onlyDead.text(), QStringLiteral("Still held (2)"));
    onlyDead.click();
    EXPECT_THAT(cookies(), testing::UnorderedElementsAre(1U, 7U));
    page.showDead({seen}, at(91s).monotonic);
    EXPECT_THAT(cookies(), testing::ElementsAre(1U));
    page.showDead({}, at(92s).monotonic); // nothing is left to show alone
    EXPECT_THAT(cookies(), testing::ElementsAre(2U, 1U));
    EXPECT_FALSE(onlyDead.isVisible());
}

} // namespace
} // namespace halfopen::test
