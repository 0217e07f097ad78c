// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/child.h"
#include "tests/ui/ended_connections.h"
#include "ui/history/history_model.h"
#include "ui/history/history_page.h"
#include "ui/history/history_view.h"
#include "ui/record/ended_facts.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLineEdit>
#include <QSettings>
#include <QTest>
#include <QTimer>

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace halfopen::test {

/// The History page over a history of the test's own.
struct HistoryTest : testing::Test {
    HistoryPtr history = std::make_shared<History>();
    HistoryPage page{history};
    HistoryModel& model = child<HistoryModel>(page);
    HistoryView& view = child<HistoryView>(page);
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};

    HistoryTest() {
        QSettings().clear();
        page.resize(1200, 600);
        page.show();
    }
    void add(std::vector<EndedConnection> records) {
        history->add(std::move(records));
        page.update();
        QApplication::processEvents();
    }
    QString countText() const { return child<QLabel>(page, "endedCount").text(); }
    std::string cell(int row, int column) { return model.index(row, column).data().toString().toStdString(); }
    std::vector<std::uint64_t> cookies() {
        std::vector<std::uint64_t> all;
        for (int row = 0; row < model.rowCount(); ++row)
            all.push_back(model.at(row)->cookie);
        return all;
    }
    /// The filter takes effect once nobody has typed for a moment.
    void type(const QString& words) {
        child<QLineEdit>(page, "endedFilter").setText(words);
        const auto* typing = page.findChild<QTimer*>(QString(), Qt::FindDirectChildrenOnly);
        ASSERT_NE(typing, nullptr);
        EXPECT_TRUE(QTest::qWaitFor([&] { return !typing->isActive(); }));
    }
};

} // namespace halfopen::test
