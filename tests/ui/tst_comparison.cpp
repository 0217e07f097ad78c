// SPDX-License-Identifier: GPL-3.0-or-later
// What is shown beside an earlier recording: new, gone, changed, and alike.
#include "tests/frames/frame_maker.h"
#include "tests/ui/choose_file.h"
#include "tests/ui/fake_services.h"
#include "ui/comparison/comparison_window.h"
#include "ui/connections/connections_page.h"
#include "ui/parts/answer_bar.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QSettings>
#include <QTableView>
#include <QToolButton>

#include <gmock/gmock.h>

#include <memory>
#include <utility>
#include <vector>

namespace halfopen::test {
namespace {

using testing::HasSubstr;

FramePtr frameOf(std::vector<Scripted> connections) {
    return FrameSeries().next(std::move(connections));
}

std::string cell(const QAbstractItemModel& model, int row, ComparisonModel::Column column) {
    return model.index(row, column).data().toString().toStdString();
}

/// 1 is alike, 2 gone, 3 new, and 4 has been given up by its peer.
struct ComparisonTest : testing::Test {
    ComparisonTest() {
        QSettings().clear();
        WindowServices services = fakes.services();
        services.readRecording = [this](const QString& file, const Query& query) -> Result<FramePtr> {
            asked = query;
            if (file == QLatin1String("none"))
                return failure(ErrorCode::NotFound,
                               Sentence::tr("{0} could not be opened: {1}.", file.toStdString(), Errno{ENOENT}));
            return before;
        };
        window = std::make_unique<MainWindow>(std::move(services));
        window->show();
    }

    QDialog& compare() {
        window->showFrame(now);
        chooseFile(*window, "compare", QStringLiteral("/tmp/this morning"));
        return child<QDialog>(*window, "comparison");
    }

    FakeServices fakes;
    Query asked;
    FramePtr before = frameOf({guarded(1), unguarded(2), guarded(4)});
    FramePtr now = frameOf({guarded(1), unguarded(3), suspect(4)});
    std::unique_ptr<MainWindow> window;
};

TEST_F(ComparisonTest, tellsWhatIsNewGoneAndChanged) {
    const ComparisonModel model({before, now, compareFrames(*before, *now)});
    ASSERT_EQ(model.rowCount(), 3);
    EXPECT_EQ(model.alike(), 1U);
    EXPECT_EQ(cell(model, 0, ComparisonModel::Kind), "new");
    EXPECT_EQ(cell(model, 0, ComparisonModel::What), "ESTABLISHED, unguarded");
    EXPECT_EQ(cell(model, 1, ComparisonModel::Kind), "gone");
    EXPECT_EQ(cell(model, 2, ComparisonModel::Kind), "changed");
    EXPECT_THAT(cell(model, 2, ComparisonModel::What), HasSubstr("Diagnosis: guarded → suspect"));
    EXPECT_NE(cell(model, 0, ComparisonModel::Local), cell(model, 1, ComparisonModel::Local));
}

TEST_F(ComparisonTest, isAWindowOfItsOwnWithAChipForEachKind) {
    QDialog& dialog = compare();
    EXPECT_EQ(dialog.windowTitle().toStdString(), "From this morning to this machine");
    EXPECT_EQ(child<QLabel>(dialog, "alike").text().toStdString(), "1 connection(s) are as they were.");
    auto& table = child<QTableView>(dialog, "differences");
    EXPECT_EQ(table.model()->rowCount(), 3);
    child<QToolButton>(dialog, "difference_gone").click();
    ASSERT_EQ(table.model()->rowCount(), 1);
    EXPECT_EQ(cell(*table.model(), 0, ComparisonModel::Kind), "gone");
    table.selectAll();
    table.actions().constFirst()->trigger(); // "Copy", also by its key
    EXPECT_THAT(QApplication::clipboard()->text().toStdString(), HasSubstr("gone\t"));
}

TEST_F(ComparisonTest, saysSoWhereNothingHasChanged) {
    now = before;
    EXPECT_EQ(child<QLabel>(compare(), "alike").text().toStdString(),
              "Nothing has changed: 3 connection(s) are as they were.");
}

TEST_F(ComparisonTest, takesTheFilterThatIsInForce) {
    window->showFrame(FrameSeries().next(FrameMaker({guarded(1)}).script, Query{.filter = "state established"}));
    chooseFile(*window, "compare", QStringLiteral("morning"));
    EXPECT_EQ(asked.filter, "state established");
}

TEST_F(ComparisonTest, ofARecordingThatCannotBeReadIsAnAnswer) {
    window->showFrame(now);
    chooseFile(*window, "compare", QStringLiteral("none"));
    EXPECT_EQ(answerIn(child<AnswerBar>(*window, "exportAnswer")).toStdString(),
              "none could not be opened: No such file or directory.");
    EXPECT_EQ(window->findChild<QDialog*>(QStringLiteral("comparison")), nullptr);
}

TEST_F(ComparisonTest, isOfferedOnceThereIsSomethingToCompare) {
    const auto& action = child<QAction>(*window, "compare");
    EXPECT_FALSE(action.isEnabled());
    window->showFrame(now);
    EXPECT_TRUE(action.isEnabled());
}

} // namespace
} // namespace halfopen::test
