// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/frames/frame_maker.h"
#include "tests/ui/child.h"
#include "ui/look/duration_text.h"
#include "ui/table/connection_model.h"
#include "ui/table/connection_view.h"
#include "ui/table/row_lock.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QMenu>
#include <QMimeData>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <gtest/gtest.h>

namespace halfopen::test {
namespace {

/// Counts the repaints of a viewport and where they were.
class PaintWatch final : public QObject {
public:
    explicit PaintWatch(QWidget* viewport) { viewport->installEventFilter(this); }
    QRegion painted;
    QRegion last;
    int count = 0;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::Paint) {
            ++count;
            last = static_cast<QPaintEvent*>(event)->region();
            painted += last;
        }
        return QObject::eventFilter(watched, event);
    }
};

struct ViewTest : testing::Test {
    ConnectionView view;

    ViewTest() {
        view.resize(1400, 300);
        view.show();
        QApplication::processEvents();
    }
    void show(int first, int count) {
        FrameMaker builder;
        for (int i = 0; i < count; ++i)
            builder.add(unguarded(static_cast<std::uint64_t>(first + i)));
        view.showFrame(builder.build());
        QApplication::processEvents();
    }
    int yOf(std::uint64_t cookie) { return view.rowViewportPosition(view.connections().rowOf(keyOf(cookie))); }
    std::uint64_t top() { return view.connections().lineAt(0).socket.cookie; }
    QPoint middleOf(int row) {
        return view.visualRect(view.connections().index(row, columnOf(SortKey::State))).center();
    }
};

TEST_F(ViewTest, theSelectedRowKeepsItsPlaceWhenRowsComeAndGoAboveIt) {
    show(100, 400);
    view.verticalScrollBar()->setValue(2000);
    view.select(keyOf(210));
    const int before = yOf(210);
    show(60, 440);
    EXPECT_EQ(yOf(210), before);
    show(150, 350);
    EXPECT_EQ(yOf(210), before);
}

TEST_F(ViewTest, suspectRowsAboveWhatIsSeenAreToldAndReached) {
    auto& marker = child<QToolButton>(view, "suspectAbove");
    FrameMaker maker;
    for (std::uint64_t cookie = 1; cookie <= 100; ++cookie)
        maker.add(cookie == 3 || cookie == 5 ? suspect(cookie) : unguarded(cookie));
    view.showFrame(maker.build());
    QApplication::processEvents();
    EXPECT_FALSE(marker.isVisible()) << "all of them are seen";
    view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum());
    EXPECT_TRUE(marker.isVisible());
    EXPECT_TRUE(marker.text().startsWith(QLatin1Char('2'))) << marker.text().toStdString();
    QTest::mouseClick(&marker, Qt::LeftButton);
    EXPECT_GE(yOf(5), 0);
    EXPECT_FALSE(marker.isVisible() && marker.text().startsWith(QLatin1Char('2')));
    show(200, 50);
    EXPECT_FALSE(marker.isVisible()) << "none is left";
}

TEST_F(ViewTest, manyChosenRowsStayChosenWhereverTheyMove) {
    show(100, 400); // 100 .. 499
    view.selectAll();
    view.selectionModel()->setCurrentIndex(view.connections().index(7, 1), QItemSelectionModel::NoUpdate);
    ASSERT_EQ(view.shownSelectedKeys().size(), 400U);
    int extended = 0;
    QObject::connect(&view, &ConnectionView::selectionExtended, &view, [&] { ++extended; });
    FrameMaker builder; // every second of them in reverse, with others in between
    for (std::uint64_t i = 0; i < 200; ++i)
        builder.add(unguarded(498 - 2 * i)).add(unguarded(1000 + i));
    view.showFrame(builder.build());
    QApplication::processEvents();
    const auto chosen = view.shownSelectedKeys();
    ASSERT_EQ(chosen.size(), 200U) << "what is not shown any more is chosen no more, and nothing else is";
    for (std::uint64_t i = 0; i < 200; ++i)
        EXPECT_EQ(chosen[i], keyOf(498 - 2 * i));
    EXPECT_EQ(extended, 0) << "no person has chosen anything";
    EXPECT_TRUE(view.selectionModel()->isRowSelected(view.connections().rowOf(keyOf(300))));
    EXPECT_FALSE(view.selectionModel()->isRowSelected(view.connections().rowOf(keyOf(1000))));
    show(100, 400);
    EXPECT_EQ(view.shownSelectedKeys().size(), 200U);
    view.clearSelection();
    EXPECT_TRUE(view.selectionModel()->selectedRows().isEmpty());
    EXPECT_EQ(extended, 1);
}

TEST_F(ViewTest, aSelectedRowOutOfSightDoesNotMoveTheView) {
    show(100, 400);
    view.select(keyOf(105));
    view.verticalScrollBar()->setValue(3000);
    show(60, 440);
    EXPECT_EQ(view.verticalScrollBar()->value(), 3000);
}

TEST_F(ViewTest, theSelectionComesBackWithItsRow) {
    show(1, 10);
    view.select(keyOf(4));
    show(5, 10);
    EXPECT_EQ(view.selectedKey(), keyOf(4));
    show(1, 10);
    ASSERT_EQ(view.selectionModel()->selectedRows().size(), 1);
    EXPECT_EQ(view.connections().lineAt(view.currentIndex().row()).socket, keyOf(4));
}

TEST_F(ViewTest, framesDoNotPretendThatAPersonSelected) {
    show(1, 10);
    view.select(keyOf(4));
    QSignalSpy chosen(&view, &ConnectionView::selectedChanged);
    show(5, 10);
    show(1, 10);
    EXPECT_EQ(chosen.count(), 0);
}

TEST_F(ViewTest, gettingTheKeysSelectsNothing) {
    show(1, 10);
    view.setFocus();
    QApplication::processEvents();
    EXPECT_EQ(view.selectedKey(), SocketKey{});
}

TEST_F(ViewTest, rowsHoldStillWhileButtonDown) {
    show(1, 10);
    QTest::mousePress(view.viewport(), Qt::LeftButton, {}, middleOf(2));
    EXPECT_EQ(view.selectedKey(), keyOf(3));
    show(5, 10);
    EXPECT_EQ(top(), 1U);
    QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, middleOf(2));
    EXPECT_EQ(top(), 5U);
}

TEST_F(ViewTest, rowsHoldStillWhileCtrlIsHeld) {
    show(1, 10);
    QTest::keyPress(&view, Qt::Key_Control);
    show(5, 10);
    EXPECT_EQ(top(), 1U);
    QTest::keyRelease(&view, Qt::Key_Control);
    EXPECT_EQ(top(), 5U);
}

TEST_F(ViewTest, rowsHoldStillWhileAMenuIsOpen) {
    show(1, 10);
    QMenu menu;
    menu.addAction(QStringLiteral("something"));
    menu.popup({});
    show(5, 10);
    EXPECT_EQ(top(), 1U);
    menu.close();
    EXPECT_EQ(top(), 5U);
}

TEST_F(ViewTest, copyIsTsvWithHeader) {
    show(1, 5);
    view.select(keyOf(2));
    view.copySelection();
    const auto lines = QGuiApplication::clipboard()->text().split(QLatin1Char('\n'));
    ASSERT_GE(lines.size(), 2);
    EXPECT_TRUE(lines[0].startsWith(QStringLiteral("Diagnosis\tState\tLocal\tRemote\t"))) << lines[0].toStdString();
    EXPECT_TRUE(lines[1].startsWith(QStringLiteral("unguarded\tESTABLISHED\t10.0.0.5:40002\t198.51.100.7:443\t")))
        << lines[1].toStdString();
    EXPECT_EQ(lines[0].count(QLatin1Char('\t')), lines[1].count(QLatin1Char('\t')));
    const auto html = QGuiApplication::clipboard()->mimeData()->html();
    EXPECT_TRUE(html.contains(QStringLiteral("<th>Diagnosis</th>")));
    EXPECT_TRUE(html.contains(QStringLiteral("<td>198.51.100.7:443</td>")));
}

TEST_F(ViewTest, copyTakesTheColumnsAsTheyStand) {
    show(1, 2);
    view.horizontalHeader()->moveSection(3, 0);
    view.layout().setShown(columnOf(SortKey::State), false);
    view.select(keyOf(1));
    EXPECT_TRUE(
        toTsv(view.connections(), view.selectedPart()).startsWith(QStringLiteral("Remote\tDiagnosis\tLocal\t")));
}

TEST_F(ViewTest, sortMovesToVisibleColumn) {
    view.horizontalHeader()->setSortIndicator(columnOf(SortKey::Remote), Qt::DescendingOrder);
    QSignalSpy sorted(&view, &ConnectionView::sortChanged);
    view.layout().setShown(columnOf(SortKey::Remote), false);
    EXPECT_EQ(view.layout().sortKey(), SortKey::Diagnosis);
    EXPECT_EQ(sorted.count(), 1);
}

TEST_F(ViewTest, theLastColumnCannotBeHidden) {
    for (int column = 0; column < view.connections().columnCount(); ++column)
        view.layout().setShown(column, false);
    EXPECT_EQ(view.layout().shownCount(), 1);
}

TEST_F(ViewTest, theLayoutIsRemembered) {
    view.horizontalHeader()->moveSection(2, 0);
    view.layout().setShown(columnOf(SortKey::Rtt), true);
    view.layout().setShown(columnOf(SortKey::Process), false);
    view.horizontalHeader()->resizeSection(columnOf(SortKey::Remote), 321);
    view.horizontalHeader()->setSortIndicator(columnOf(SortKey::GivesUp), Qt::DescendingOrder);
    QSettings settings;
    view.save(settings);
    ConnectionView other;
    other.restore(settings);
    EXPECT_EQ(other.layout().firstShown(), columnOf(SortKey::Local));
    EXPECT_FALSE(other.isColumnHidden(columnOf(SortKey::Rtt)));
    EXPECT_TRUE(other.isColumnHidden(columnOf(SortKey::Process)));
    EXPECT_EQ(other.columnWidth(columnOf(SortKey::Remote)), 321);
    EXPECT_EQ(other.layout().sortKey(), SortKey::GivesUp);
    EXPECT_TRUE(other.layout().descending());
}

TEST_F(ViewTest, addressesTakeTheRoomThatIsLeftUntilAPersonSetsAWidth) {
    const int remote = columnOf(SortKey::Remote);
    const int keepalive = columnOf(SortKey::Keepalive);
    view.resize(1400, 400);
    const int narrow = view.columnWidth(remote);
    const int fixed = view.columnWidth(keepalive);
    view.resize(1500, 400);
    EXPECT_GT(view.columnWidth(remote), narrow);
    EXPECT_EQ(view.columnWidth(keepalive), fixed);
    view.resize(1400, 400);
    EXPECT_EQ(view.columnWidth(remote), narrow);
    QSettings settings;
    view.save(settings);
    EXPECT_FALSE(settings.contains(QStringLiteral("columns/width/remote"))) << "nobody has set it";
    view.horizontalHeader()->resizeSection(remote, narrow + 7);
    view.resize(1500, 400);
    EXPECT_EQ(view.columnWidth(remote), narrow + 7);
}

TEST_F(ViewTest, thereAreAsManyColumnsAsThereIsRoomUntilAPersonChoosesThem) {
    const auto shows = [&](SortKey key) { return !view.isColumnHidden(columnOf(key)); };
    view.resize(1400, 400);
    EXPECT_TRUE(shows(SortKey::State) && shows(SortKey::Local) && shows(SortKey::Idle));
    EXPECT_FALSE(shows(SortKey::Service));
    view.resize(800, 400);
    EXPECT_FALSE(shows(SortKey::State) || shows(SortKey::Local) || shows(SortKey::Idle));
    EXPECT_TRUE(shows(SortKey::Remote) && shows(SortKey::NextProbe) && shows(SortKey::GivesUp));
    const auto* header = view.horizontalHeader();
    EXPECT_LE(header->length(), view.viewport()->width()) << "what the program is used for is in sight";
    view.resize(2300, 400);
    EXPECT_TRUE(shows(SortKey::State) && shows(SortKey::Service) && shows(SortKey::Age));
    QSettings settings;
    view.save(settings);
    EXPECT_FALSE(settings.contains(QStringLiteral("columns/shown")));
    view.layout().setShown(columnOf(SortKey::Service), false);
    view.resize(800, 400);
    EXPECT_TRUE(shows(SortKey::State));
    view.resize(2300, 400);
    EXPECT_FALSE(shows(SortKey::Service));
}

TEST_F(ViewTest, theDiagnosisIsNeverCutInANarrowWindow) {
    auto marked = unguarded(1);
    marked.connection.state = State::Listen; // "listening" is as long as "unguarded"
    view.showFrame(FrameMaker({marked, unguarded(2)}).build());
    const int diagnosis = columnOf(SortKey::Diagnosis);
    for (const int width : {800, 1000, 1200, 1400}) {
        view.resize(width, 300);
        QApplication::processEvents();
        const int mark = view.fontMetrics().horizontalAdvance(QStringLiteral(" !"));
        for (int row = 0; row < 2; ++row) {
            const QModelIndex cell = view.connections().index(row, diagnosis);
            EXPECT_GE(view.columnWidth(diagnosis), view.sizeHintForIndex(cell).width() + mark) << width;
        }
    }
}

TEST_F(ViewTest, theRingAroundTheRowEndsWithTheLastColumnShown) {
    show(1, 3);
    view.activateWindow();
    view.setFocus();
    view.select(keyOf(2));
    ASSERT_TRUE(QTest::qWaitFor([&] { return view.hasFocus(); }));
    const QColor ring = view.palette().color(QPalette::Active, QPalette::HighlightedText);
    for (const int width : {1400, 800, 1500}) {
        view.resize(width, 300);
        QApplication::processEvents();
        const QImage image = view.viewport()->grab().toImage();
        const int row = view.connections().rowOf(keyOf(2));
        for (int column = 0; column < view.connections().columnCount(); ++column) {
            const QRect cell = view.visualRect(view.connections().index(row, column));
            if (view.isColumnHidden(column) || cell.right() >= image.width())
                continue;
            const QColor edge = image.pixelColor(QPoint(cell.right(), cell.center().y()));
            EXPECT_EQ(edge == ring, column == view.layout().lastShown()) << width << ", column " << column;
        }
    }
}

TEST_F(ViewTest, theColumnThatSortsStaysInANarrowWindow) {
    view.horizontalHeader()->setSortIndicator(columnOf(SortKey::Idle), Qt::DescendingOrder);
    view.resize(800, 400);
    EXPECT_FALSE(view.isColumnHidden(columnOf(SortKey::Idle)));
    EXPECT_TRUE(view.isColumnHidden(columnOf(SortKey::Local)));
}

TEST_F(ViewTest, aColumnShownAgainHasAWidth) {
    const int column = columnOf(SortKey::Rtt);
    view.layout().setShown(column, true);
    EXPECT_GT(view.columnWidth(column), 24);
}

TEST_F(ViewTest, countdownRepaintsWithoutModelSignals) {
    QTest::qWait(static_cast<int>(untilNextTick(MonotonicClock::now(), false).count()) + 5); // far ones change then
    const auto rect = [&](int row, SortKey key) {
        return view.visualRect(view.connections().index(row, columnOf(key)));
    };
    PaintWatch filling(view.viewport());
    view.showFrame(FrameMaker{guarded(1, std::chrono::seconds(5)), unguarded(2)}.at(MonotonicClock::now()).build());
    const auto isFilled = [&] { return filling.count > 0 && !filling.last.intersects(rect(0, SortKey::Remote)); };
    ASSERT_TRUE(QTest::qWaitFor(isFilled)) << "the first frame has been painted, and then a part of it";
    QSignalSpy data(&view.connections(), &QAbstractItemModel::dataChanged);
    QSignalSpy layout(&view.connections(), &QAbstractItemModel::layoutChanged);
    PaintWatch watch(view.viewport());
    EXPECT_TRUE(QTest::qWaitFor([&] { return watch.count >= 3; })) << "ten times a second";
    EXPECT_EQ(data.count() + layout.count(), 0);
    EXPECT_TRUE(watch.painted.intersects(rect(0, SortKey::NextProbe)));
    EXPECT_FALSE(watch.painted.intersects(rect(0, SortKey::Remote)));
    EXPECT_FALSE(watch.painted.intersects(rect(1, SortKey::NextProbe)));
}

TEST_F(ViewTest, farCountdownsAreRepaintedOnceASecond) {
    view.showFrame(FrameMaker{guarded(1)}.at(MonotonicClock::now()).build());
    PaintWatch watch(view.viewport());
    const auto nextPart = [&] { // a repaint of less than the whole
        const int before = watch.count;
        const auto remote = view.visualRect(view.connections().index(0, columnOf(SortKey::Remote)));
        return QTest::qWaitFor([&] { return watch.count > before && !watch.last.intersects(remote); });
    };
    ASSERT_TRUE(nextPart());
    const auto first = MonotonicClock::now();
    ASSERT_TRUE(nextPart());
    ASSERT_TRUE(nextPart());
    EXPECT_GT(MonotonicClock::now() - first, std::chrono::milliseconds(1500)) << "not ten times a second";
}

} // namespace
} // namespace halfopen::test
