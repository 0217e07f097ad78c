// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/frames/frame_maker.h"
#include "ui/look/strings.h"
#include "ui/table/connection_model.h"
#include "ui/table/connection_view.h"
#include "ui/table/spoken_row.h"

#include <QAccessible>
#include <QSignalSpy>
#include <QTest>

#include <gmock/gmock.h>

namespace halfopen::test {
namespace {

std::string spoken(const Scripted& row, Change change = Change::None) {
    const auto frame = FrameMaker{row}.build();
    return spokenRow({*frame, frame->rows[0], frame->rows[0].connection.sampled}, change).toStdString();
}

TEST(SpokenRow, isTheRowInASentence) {
    EXPECT_EQ(spoken(owned(1)), "unguarded. p1 101 to 198.51.100.7 port 443. never given up.");
    EXPECT_THAT(spoken(suspect(owned(1))), testing::ContainsRegex("^suspect\\. p1 101 to .*\\. given up in 45 s\\.$"));
    EXPECT_THAT(spoken(listening(1)), testing::HasSubstr(" on 0.0.0.0 port 8000."));
    EXPECT_THAT(spoken(timeWait(1)), testing::HasSubstr("ends in 1m"));
    EXPECT_THAT(spoken(owned(1), Change::New), testing::StartsWith("new. unguarded."));
    EXPECT_EQ(spoken(owned(1), Change::Closed), "closed. unguarded. p1 101 to 198.51.100.7 port 443.");
}

TEST(SpokenRow, standsOnTheFirstColumnAndOtherCellsSayWhatTheyShow) {
    ConnectionView view;
    view.showFrame(FrameMaker{owned(1)}.build());
    auto& model = view.connections();
    const auto text = [&](int column, int role) { return model.index(0, column).data(role).toString().toStdString(); };
    EXPECT_THAT(text(0, Qt::AccessibleTextRole), testing::HasSubstr("never given up"));
    for (int column = 1; column < model.columnCount(); ++column)
        EXPECT_EQ(text(column, Qt::AccessibleTextRole), text(column, Qt::DisplayRole)) << column;
}

TEST(Rows, framesThatLeaveThemInTheirPlacesChangeNoLayout) {
    FrameSeries series;
    ConnectionView view;
    view.showFrame(series.next({owned(1), guarded(2), owned(3)}));
    QSignalSpy layout(&view.connections(), &QAbstractItemModel::layoutChanged);
    QSignalSpy reset(&view.connections(), &QAbstractItemModel::modelReset);
    QSignalSpy data(&view.connections(), &QAbstractItemModel::dataChanged);
    for (int frame = 1; frame <= 20; ++frame) {
        FrameMaker maker{owned(1), guarded(2), owned(3)};
        view.showFrame(series.next(maker.after(std::chrono::seconds(frame)).script));
    }
    EXPECT_EQ(layout.count() + reset.count(), 0);
    EXPECT_EQ(data.count(), 20) << "their values are others";
    FrameMaker longer{owned(1), guarded(2), owned(3), owned(4)};
    view.showFrame(series.next(longer.after(std::chrono::seconds(21)).script));
    EXPECT_EQ(layout.count(), 0) << "one more at the end moves nobody";
    FrameMaker moved{guarded(2), owned(1), owned(3), owned(4)};
    view.showFrame(series.next(moved.after(std::chrono::seconds(22)).script));
    EXPECT_EQ(layout.count(), 1);
    EXPECT_EQ(view.connections().lineAt(0).socket, keyOf(2));
}

TEST(Rows, anAccessibleCellLivesAsLongAsItsRow) {
    QAccessible::setActive(true);
    FrameSeries series;
    ConnectionView view;
    view.show();
    view.showFrame(series.next({owned(1), guarded(2)}));
    auto* table = QAccessible::queryAccessibleInterface(&view);
    ASSERT_NE(table, nullptr);
    auto* cell = table->tableInterface()->cellAt(0, 0);
    ASSERT_NE(cell, nullptr);
    const auto id = QAccessible::uniqueId(cell);
    for (int frame = 1; frame <= 10; ++frame) {
        FrameMaker maker{owned(1), guarded(2)};
        view.showFrame(series.next(maker.after(std::chrono::seconds(frame)).script));
    }
    EXPECT_EQ(QAccessible::accessibleInterface(id), cell);
    EXPECT_TRUE(cell->isValid());
    QAccessible::setActive(false);
}

} // namespace
} // namespace halfopen::test
