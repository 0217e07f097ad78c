// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/frames/frame_maker.h"
#include "ui/table/connection_model.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QSignalSpy>

#include <gtest/gtest.h>

#include <numeric>
#include <random>

namespace halfopen::test {
namespace {

struct ModelTest : testing::Test {
    ConnectionModel model{nullptr, [this] { return now; }};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};
    MonotonicTime now = epoch();

    QString text(int row, SortKey key) { return model.cell(model.index(row, columnOf(key))).text; }
    void show(std::initializer_list<Scripted> rows) { model.setFrame(FrameMaker(rows).build()); }
    std::vector<std::uint64_t> order() {
        std::vector<std::uint64_t> cookies;
        for (int row = 0; row < model.rowCount(); ++row)
            cookies.push_back(model.lineAt(row).socket.cookie);
        return cookies;
    }
};

using Cookies = std::vector<std::uint64_t>;

TEST_F(ModelTest, showsRowsInTheOrderOfTheFrame) {
    show({unguarded(3), unguarded(1), unguarded(2)});
    EXPECT_EQ(order(), (Cookies{3, 1, 2}));
    EXPECT_EQ(model.rowOf(keyOf(2)), 2);
    EXPECT_EQ(model.rowOf(keyOf(9)), -1);
}

TEST_F(ModelTest, neverResets) {
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    show({unguarded(1)});
    show({unguarded(2), unguarded(1)});
    show({});
    show({unguarded(4)});
    EXPECT_EQ(resets.count(), 0);
}

TEST_F(ModelTest, mergeKeepsSelectionWhenRowsAboveVanish) {
    show({unguarded(1), unguarded(2), unguarded(3), unguarded(4)});
    QItemSelectionModel selection(&model);
    selection.select(model.index(3, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    show({unguarded(4)});
    ASSERT_EQ(selection.selectedRows().size(), 1);
    EXPECT_EQ(model.lineAt(selection.selectedRows().constFirst().row()).socket, keyOf(4));
}

TEST_F(ModelTest, mergeDropsSelectionOfWhatIsGoneAndOfNothingElse) {
    show({unguarded(1), unguarded(2), unguarded(3)});
    QItemSelectionModel selection(&model);
    for (const int row : {0, 2})
        selection.select(model.index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    show({unguarded(3), unguarded(2), unguarded(5)});
    ASSERT_EQ(selection.selectedRows().size(), 1);
    EXPECT_EQ(selection.selectedRows().constFirst().row(), 0);
}

TEST_F(ModelTest, persistentIndexesFollowTheirCookiesThroughRandomChurn) {
    std::mt19937 random(7);
    Cookies alive(60);
    std::iota(alive.begin(), alive.end(), 1U);
    std::uint64_t next = 100;
    std::vector<std::pair<std::uint64_t, QPersistentModelIndex>> watched;
    for (int round = 0; round < 60; ++round) {
        std::shuffle(alive.begin(), alive.end(), random);
        alive.resize(alive.size() - random() % std::min<std::size_t>(9, alive.size()));
        for (auto born = random() % 9; born > 0; --born)
            alive.push_back(next++);
        FrameMaker builder;
        for (const auto cookie : alive)
            builder.add(unguarded(cookie));
        model.setFrame(builder.build());
        for (const auto& [cookie, index] : watched) {
            const int expected = model.rowOf(keyOf(cookie));
            ASSERT_EQ(index.isValid() ? index.row() : -1, expected) << "cookie " << cookie << " in round " << round;
        }
        watched.clear();
        for (int row = 0; row < model.rowCount(); row += 1 + static_cast<int>(random() % 3))
            watched.emplace_back(model.lineAt(row).socket.cookie, model.index(row, row % model.columnCount()));
    }
}

TEST_F(ModelTest, lockedRowsKeepTheirPlacesWhileTheirValuesFollow) {
    show({unguarded(1), unguarded(2)});
    model.setLocked(true);
    auto other = unguarded(1);
    other.connection.receiveQueue = 77;
    show({unguarded(3), unguarded(2), other});
    EXPECT_EQ(order(), (Cookies{1, 2}));
    EXPECT_EQ(text(0, SortKey::ReceiveQueue), QStringLiteral("77"));
    model.setLocked(false);
    EXPECT_EQ(order(), (Cookies{3, 2, 1}));
}

TEST_F(ModelTest, aConnectionThatGoesWhileLockedStaysAndIsMarkedClosed) {
    show({unguarded(1), unguarded(2)});
    model.setLocked(true);
    show({unguarded(2)});
    EXPECT_EQ(order(), (Cookies{1, 2}));
    EXPECT_EQ(model.changeAt(0), Change::Closed);
    EXPECT_EQ(text(0, SortKey::State), QStringLiteral("ESTABLISHED"));
}

TEST_F(ModelTest, countdownsFollowTheClockWithoutAFrame) {
    show({guarded(1)});
    EXPECT_EQ(text(0, SortKey::NextProbe), QStringLiteral("43 s"));
    now += std::chrono::seconds(38);
    EXPECT_EQ(text(0, SortKey::NextProbe), QStringLiteral("4.2 s"));
    now += std::chrono::seconds(5);
    EXPECT_EQ(text(0, SortKey::NextProbe), QStringLiteral("due"));
}

TEST_F(ModelTest, aFrozenClockStopsCountdowns) {
    show({guarded(1)});
    model.freeze(now);
    now += std::chrono::seconds(30);
    EXPECT_EQ(text(0, SortKey::NextProbe), QStringLiteral("43 s"));
}

TEST_F(ModelTest, theCountdownsOfARecordingStandStill) {
    FrameMaker recorded{guarded(1)};
    recorded.live = false;
    model.setFrame(recorded.build());
    now += std::chrono::hours(5);
    EXPECT_EQ(text(0, SortKey::NextProbe), QStringLiteral("~43 s"));
}

TEST_F(ModelTest, everyColumnHasATitleAHintAndATip) {
    show({suspect(1)});
    for (int column = 0; column < model.columnCount(); ++column) {
        EXPECT_FALSE(model.headerData(column, Qt::Horizontal).toString().isEmpty());
        EXPECT_FALSE(model.headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString().isEmpty());
        EXPECT_FALSE(model.index(0, column).data(Qt::ToolTipRole).toString().isEmpty()) << column;
    }
}

} // namespace
} // namespace halfopen::test
