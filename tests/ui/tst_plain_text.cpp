// SPDX-License-Identifier: GPL-3.0-or-later
// Names that look like HTML, control characters or a formula: nothing in the window takes them for more than text.
#include "tests/frames/frame_maker.h"
#include "tests/ui/child.h"
#include "tests/ui/fake_services.h"
#include "ui/connections/connections_page.h"
#include "ui/details/details_pane.h"
#include "ui/look/text.h"
#include "ui/parts/table_copy.h"
#include "ui/table/connection_model.h"
#include "ui/table/connection_view.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QMessageBox>
#include <QMimeData>
#include <QSettings>
#include <QTabWidget>
#include <QTest>
#include <QToolTip>

#include <gmock/gmock.h>

namespace halfopen::test {
namespace {

constexpr const char* kName = "<b>evil</b><img src='/x'>\x1b[31m\xe2\x80\xae";
const QString kTag = QStringLiteral("<b>evil");

struct PlainTextTest : testing::Test {
    FakeServices fakes;
    std::unique_ptr<MainWindow> window;

    PlainTextTest() {
        QSettings().clear();
        window = std::make_unique<MainWindow>(fakes.services());
        window->showPage(window->connections());
        window->show();
        Scripted row = suspect(1);
        row.connection.interface = 7;
        FrameMaker builder{row};
        builder.machine.users[1000] = kName;
        builder.machine.interfaces[7] = kName;
        builder.script.notes = {Sentence::received(kName, {})};
        builder.owner(row, {7, 3, kName, std::make_shared<const ProcessUnit>(ProcessUnit{.unit = kName})});
        window->showFrame(builder.build());
        window->connections().view().select(keyOf(1));
        QApplication::processEvents();
    }

    /// How many labels show the name; fails for each that would draw it.
    static int labelsWithTheName() {
        int found = 0;
        for (auto* widget : QApplication::allWidgets()) {
            const auto* label = qobject_cast<QLabel*>(widget);
            if (!label || !label->isVisible())
                continue;
            const auto text = label->text();
            EXPECT_NE(label->textFormat(), Qt::AutoText) << text.toStdString();
            EXPECT_FALSE(label->textFormat() == Qt::RichText && text.contains(kTag)) << text.toStdString();
            EXPECT_FALSE(text.contains(QChar(0x1b)) || text.contains(QChar(0x202e))) << text.toStdString();
            found += text.contains(kTag);
        }
        return found;
    }
};

TEST_F(PlainTextTest, everyLabelOfTheWindowShowsNamesAsTheyAre) {
    auto* pages = window->connections().details().findChild<QTabWidget*>();
    ASSERT_NE(pages, nullptr);
    int found = 0;
    for (int page = 0; page < pages->count(); ++page) {
        pages->setCurrentIndex(page);
        QApplication::processEvents();
        QTest::qWait(20);
        found += labelsWithTheName();
    }
    EXPECT_GT(found, pages->count()) << "the headline on each page, and the page of the owners";
}

TEST_F(PlainTextTest, dialogsShowNamesAsTheyAre) {
    window->sayFailure(QString::fromUtf8(kName));
    child<QAction>(*window, "closeConnection").trigger();
    QApplication::processEvents();
    const auto boxes = window->findChildren<QMessageBox*>();
    ASSERT_EQ(boxes.size(), 2);
    const auto isPlain = [](const QLabel* label) { return label->textFormat() != Qt::AutoText; };
    for (auto* box : boxes) {
        const auto labels = box->findChildren<QLabel*>();
        EXPECT_TRUE(std::ranges::all_of(labels, isPlain));
        EXPECT_TRUE(std::ranges::any_of(labels, [](const QLabel* label) { return label->text().contains(kTag); }));
    }
}

TEST_F(PlainTextTest, tooltipsShowNamesAsTheyAre) {
    auto& model = window->connections().view().connections();
    int shown = 0;
    for (int column = 0; column < model.columnCount(); ++column) {
        const auto tip = model.index(0, column).data(Qt::ToolTipRole).toString();
        EXPECT_FALSE(tip.contains(QChar(0x1b)) || tip.contains(QChar(0x202e))) << tip.toStdString();
        QToolTip::showText(QPoint(50 + column, 50), tip + QStringLiteral("<b>x</b>"), window.get());
        for (auto* widget : QApplication::topLevelWidgets()) {
            if (const auto* label = qobject_cast<QLabel*>(widget); label && widget->inherits("QTipLabel")) {
                ++shown;
                EXPECT_EQ(label->textFormat(), Qt::PlainText);
            }
        }
    }
    QToolTip::hideText();
    EXPECT_GE(shown, model.columnCount());
}

TEST_F(PlainTextTest, cellsAreHarmless) {
    const auto& model = window->connections().view().connections();
    for (int column = 0; column < model.columnCount(); ++column) {
        const auto text = model.index(0, column).data().toString();
        EXPECT_FALSE(text.contains(QChar(0x1b)) || text.contains(QChar(0x202e))) << text.toStdString();
    }
}

TEST(Copied, noFieldIsAFormulaWhereItIsPasted) {
    FrameMaker builder{unguarded(1), unguarded(2)};
    const auto name = [&](std::uint64_t cookie, const char* text) { builder.owner(unguarded(cookie), {7, 3, text}); };
    name(1, "=1+1");
    name(2, "@SUM(A1)");
    ConnectionModel model;
    model.setFrame(builder.build());
    const TablePart part{{0, 1}, {columnOf(SortKey::Process)}};
    EXPECT_THAT(toTsv(model, part).toStdString(), testing::HasSubstr("\n'=1+1 7\n'@SUM(A1) 7\n"));
    EXPECT_THAT(toHtml(model, part).toStdString(), testing::HasSubstr("<td>'=1+1 7</td>"));
}

} // namespace
} // namespace halfopen::test
