// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/frames/frame_maker.h"
#include "tests/ui/child.h"
#include "tests/ui/choose.h"
#include "tests/ui/ended_connections.h"
#include "tests/ui/fake_services.h"
#include "ui/actions/change_panel.h"
#include "ui/connections/connections_page.h"
#include "ui/connections/curves_page.h"
#include "ui/details/advice.h"
#include "ui/details/details_head.h"
#include "ui/details/details_pane.h"
#include "ui/details/facts.h"
#include "ui/details/summary_panel.h"
#include "ui/history/history_page.h"
#include "ui/history/history_view.h"
#include "ui/parts/fact_panel.h"
#include "ui/record/record_view.h"
#include "ui/table/connection_model.h"
#include "ui/table/connection_view.h"
#include "ui/table/filter_bar.h"
#include "ui/timeline/timeline_view.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

#include <gmock/gmock.h>

namespace halfopen::test {
namespace {

using testing::HasSubstr;

/// The details in their window: what they say of what is chosen.
struct DetailsTest : testing::Test {
    FakeServices fakes;
    std::unique_ptr<MainWindow> window;
    FrameSeries series;
    int second = 0;

    DetailsTest() {
        QSettings().clear();
        window = std::make_unique<MainWindow>(fakes.services());
        window->showPage(window->connections());
        window->show();
        QApplication::processEvents();
    }
    void show(FrameMaker maker) {
        window->showFrame(series.next(maker.after(std::chrono::seconds(++second)).script));
        QApplication::processEvents();
    }
    DetailsPane& pane() { return window->connections().details(); }
    ConnectionView& view() { return window->connections().view(); }
    void choose(std::initializer_list<std::uint64_t> cookies) {
        test::choose(view(), cookies);
        settle();
    }
    /// The pane is laid out after the table, and says so.
    void settle() {
        QSignalSpy laidOut(&pane(), &DetailsPane::ticked);
        laidOut.wait(3000);
        QTest::qWait(30);
    }
    /// All that stands in the pane.
    std::string seen() { return words(pane()).toStdString(); }
    QString headline() { return words(child<DetailsHead>(pane())); }
    RecordView& record() { return child<RecordView>(pane()); }
};

TEST_F(DetailsTest, whatHasEndedIsToldByItsRecordInThePast) {
    show({suspect(1), unguarded(2)});
    choose({1});
    EXPECT_THAT(seen(), HasSubstr("fires in"));
    fakes.history->add({exhausted(1)});
    show({unguarded(2)});
    show({unguarded(2)});
    EXPECT_TRUE(QTest::qWaitFor([&] { return record().isVisible(); }));
    settle();
    EXPECT_THAT(seen(), testing::Not(HasSubstr("fires in")));
    EXPECT_THAT(seen(), testing::Not(HasSubstr("if the peer stays silent")));
    EXPECT_THAT(seen(), HasSubstr("The program was told"));
    EXPECT_THAT(child<TimelineView>(record()).accessibleName().toStdString(), HasSubstr("keepalive exhausted"));
    child<QToolButton>(pane(), "advice").click();
    EXPECT_TRUE(window->history().isVisible());
    ASSERT_TRUE(child<HistoryView>(*window).selected());
    EXPECT_EQ(child<HistoryView>(*window).selected()->cookie, 1U);
}

TEST_F(DetailsTest, anEndOfWhichNothingIsKnownYetIsNoForecastEither) {
    show({suspect(1), unguarded(2)});
    choose({1});
    show({unguarded(2)});
    show({unguarded(2)});
    settle();
    EXPECT_TRUE(record().isVisible());
    EXPECT_THAT(seen(), testing::Not(HasSubstr("given up")));
    EXPECT_THAT(seen(), HasSubstr("not known yet"));
}

/// The clocks run on for some milliseconds before what is chosen now is laid out.
TEST_F(DetailsTest, aTickBetweenTwoChoicesIsOfTheNewOne) {
    DetailsPane pane;
    const FramePtr frame = FrameMaker{guarded(1), unguarded(2)}.build();
    pane.show(frame, keyOf(1));
    pane.QWidget::show();
    ASSERT_TRUE(QTest::qWaitFor([&] { return words(pane).contains(QStringLiteral("guarded")); }));
    pane.hide();
    pane.show(frame, {});
    pane.QWidget::show(); // reads the clocks at once
    EXPECT_FALSE(words(pane).contains(QStringLiteral("given up")));
}

TEST_F(DetailsTest, whereNothingCanBeChangedStandsNoNumberOfAnother) {
    auto& panel = child<ChangePanel>(*window);
    show({guarded(1), timeWait(7)});
    choose({1});
    pane().showPage(&panel);
    QApplication::processEvents();
    EXPECT_TRUE(panel.findChild<QSpinBox*>()->isVisible());
    choose({7});
    for (const auto* box : panel.findChildren<QSpinBox*>())
        EXPECT_FALSE(box->isVisible());
    EXPECT_THAT(seen(), HasSubstr("The kernel keeps no options for a socket in TIME-WAIT."));
    EXPECT_FALSE(child<QLabel>(panel, "changeAnswer").isVisible());
}

TEST_F(DetailsTest, severalAreToldTogetherAndVerbsSayHowMany) {
    show({guarded(owned(1)), owned(2), owned(3), unguarded(4)});
    choose({1, 2, 3});
    EXPECT_THAT(headline().toStdString(), HasSubstr("3 connection(s) chosen"));
    EXPECT_THAT(seen(), HasSubstr("p1 1"));
    EXPECT_THAT(seen(), HasSubstr("2 never given up"));
    EXPECT_THAT(child<QAction>(*window, "closeConnection").iconText().toStdString(), HasSubstr("3"));
    choose({2});
    EXPECT_TRUE(QTest::qWaitFor([&] { return headline().contains(QStringLiteral("unguarded")); }));
    EXPECT_EQ(child<QAction>(*window, "closeConnection").iconText(), QStringLiteral("Close..."));
}

TEST_F(DetailsTest, whatIsOfOneConnectionIsNotShownOfSeveral) {
    show({guarded(owned(1)), owned(2)});
    auto& curves = child<CurvesPage>(*window);
    choose({1});
    pane().showPage(&curves);
    EXPECT_TRUE(curves.isVisible());
    choose({1, 2});
    EXPECT_FALSE(curves.isVisible());
    EXPECT_THAT(seen(), HasSubstr("p1 1"));
    choose({1});
    EXPECT_TRUE(QTest::qWaitFor([&] { return curves.isVisible(); })) << "the page of one is shown again";
}

TEST_F(DetailsTest, enterOpensThoseOfTheRowThatHasTheKeys) {
    show({guarded(1), unguarded(2)});
    view().setFocus();
    view().setCurrentIndex(view().connections().index(0, 0));
    view().clearSelection();
    EXPECT_TRUE(QTest::qWaitFor([&] { return headline().contains(QStringLiteral("none is chosen")); }));
    QTest::keyClick(&view(), Qt::Key_Return);
    EXPECT_TRUE(view().selectionModel()->isRowSelected(0));
    auto* keys = QApplication::focusWidget();
    EXPECT_TRUE(keys && pane().isAncestorOf(keys));
}

TEST_F(DetailsTest, thousandsAreSummedUpMeanwhileAndAnewWithEachChoice) {
    FrameMaker maker;
    for (std::uint64_t cookie = 1; cookie <= 5000; ++cookie)
        maker.add(owned(cookie));
    show(maker);
    window->connections().selectAll();
    EXPECT_TRUE(QTest::qWaitFor([&] { return headline().contains(QStringLiteral("5000 connection(s) chosen")); }));
    view().selectionModel()->select(view().connections().index(0, 0),
                                    QItemSelectionModel::Deselect | QItemSelectionModel::Rows);
    EXPECT_TRUE(QTest::qWaitFor([&] { return headline().contains(QStringLiteral("4999 connection(s) chosen")); }));
    choose({2, 3});
    EXPECT_THAT(headline().toStdString(), HasSubstr("2 connection(s) chosen"));
}

TEST_F(DetailsTest, withoutAChoiceItSaysWhatIsWrongAndShowsIt) {
    show({suspect(owned(1)), owned(2), guarded(3), abandoned(owned(4))});
    settle();
    const auto& summary = child<SummaryPanel>(pane(), "machine");
    EXPECT_THAT(words(summary).toStdString(), HasSubstr("1 may have lost"));
    EXPECT_THAT(words(summary).toStdString(), HasSubstr("p1 to 198.51.100.7:443 given up in"));
    EXPECT_THAT(words(summary).toStdString(), HasSubstr(" p2 1 "));
    const auto buttons = summary.findChildren<QToolButton*>();
    EXPECT_EQ(std::ranges::count_if(buttons, [](const QToolButton* one) { return one->isVisible(); }), 3);
    buttons.front()->click();
    EXPECT_EQ(window->connections().filterBar().diagnoses(), 1U << static_cast<unsigned>(Diagnosis::Suspect));
}

TEST(SummaryPanel, hasItsButtonsInSightHoweverNarrowItIs) {
    SummaryPanel panel;
    panel.offerGuard();
    panel.show({QStringLiteral("three"),
                {{Diagnosis::Suspect, QStringLiteral("3 may have lost their peer, and are still there"),
                  QStringLiteral("psql to 203.0.113.10:5432 given up in 57 s; modbus to 192.0.2.40:502 in 15m 20s"),
                  Verb::ShowSuspect, QStringLiteral("Show")},
                 {Diagnosis::Unguarded, QStringLiteral("9 would stay open for ever if the peer were gone"),
                  QStringLiteral("firefox 2, ftp 1"), Verb::ShowUnguarded, QStringLiteral("Show"), false, Verb::Guard,
                  QStringLiteral("Guard New Ones...")}}});
    const auto buttons = panel.findChildren<QToolButton*>();
    const QLabel* text = panel.findChildren<QLabel*>().at(1);
    for (const int letters : {40, 140, 50}) {
        panel.resize(letters * panel.fontMetrics().averageCharWidth(), 400);
        panel.QWidget::show();
        QApplication::processEvents();
        EXPECT_EQ(panel.horizontalScrollBar()->maximum(), 0) << letters;
        const QRect seen = panel.viewport()->rect();
        for (const QToolButton* button : buttons) {
            const QRect place(button->mapTo(panel.viewport(), QPoint()), button->size());
            EXPECT_TRUE(!button->isVisible() || seen.contains(place)) << letters << " letters wide";
        }
        EXPECT_EQ(buttons.front()->y() > text->geometry().bottom(), letters < 90) << letters;
    }
}

TEST_F(DetailsTest, aMissingRightIsSaidWhereTheValueIsMissingWithItsButton) {
    auto theirs = listening(1);
    theirs.connection.uid = 33;
    theirs.owners.clear();
    theirs.options.reset();
    theirs.ownerUnknown = OwnerUnknown::OtherUser;
    show({theirs});
    choose({1});
    pane().setPage(1);
    settle();
    EXPECT_THAT(seen(), HasSubstr("not readable: another user's socket"));
    EXPECT_THAT(seen(), testing::Not(HasSubstr("another timer masks it")));
    QToolButton* read = nullptr;
    for (auto* button : pane().findChildren<QToolButton*>())
        if (button->isVisible() && button->text() == QStringLiteral("Read Exactly..."))
            read = button;
    ASSERT_NE(read, nullptr);
    read->click();
    EXPECT_EQ(fakes.sockets.inspects.size(), 1U);
}

TEST(Advice, thereIsOneForEachDiagnosis) {
    for (const auto& row : {suspect(owned(1)), unguarded(1), stalled(unguarded(1)), abandoned(owned(1)), opening(1, 2),
                            guarded(1), timeWait(1), active(unguarded(1)), listening(1)}) {
        const auto frame = FrameMaker{row}.build();
        const auto advice = adviceFor({frame, frame->rows.data(), false, nullptr}, epoch());
        EXPECT_FALSE(advice.text.isEmpty()) << toString(frame->rows[0].diagnosis);
        EXPECT_EQ(advice.verb == Verb::None, advice.verbText.isEmpty());
    }
}

TEST(Advice, offersWhatHelps) {
    const auto verbOf = [](const Scripted& row) {
        const auto frame = FrameMaker{row}.build();
        return adviceFor({frame, frame->rows.data(), false, nullptr}, epoch());
    };
    EXPECT_EQ(verbOf(suspect(owned(1))).verb, Verb::Close);
    EXPECT_EQ(verbOf(unguarded(1)).verb, Verb::TurnOn);
    EXPECT_EQ(verbOf(abandoned(owned(1))).verb, Verb::ShowProgram);
    EXPECT_EQ(verbOf(opening(1, 2)).command.toStdString(), "traceroute -T -p 443 198.51.100.7");
    EXPECT_THAT(verbOf(stalled(unguarded(1))).command.toStdString(), HasSubstr("ss -tnpoi src 198.51.100.7:443"));
    const auto lost = verbOf(behindDeadNeighbour(retransmitting(unguarded(1), 3, std::chrono::milliseconds(900))));
    EXPECT_THAT(lost.command.toStdString(), HasSubstr("ip neigh"));
}

TEST(Facts, numbersStandInOneRasterInWhicheverScriptTheyAreNamed) {
    FactPanel panel(FactPanel::Shape::Numbers, 0);
    panel.resize(400, 400);
    panel.show({{{},
                 {{QStringLiteral("rto"), QStringLiteral("200 ms"), {}},
                  {QStringLiteral("\u62e5\u585e\u63a7\u5236"), QStringLiteral("\u6beb\u79d2"), {}},
                  {QStringLiteral("rtt"), QStringLiteral("31 \u00b5s"), {}},
                  {QStringLiteral("ato"), QStringLiteral("40 ms"), {}}}}});
    panel.setVisible(true);
    QApplication::processEvents();
    std::vector<int> middles;
    for (const auto* label : panel.findChildren<QLabel*>())
        if (label->textInteractionFlags().testFlag(Qt::TextSelectableByMouse)) // the values
            middles.push_back(label->geometry().center().y());
    ASSERT_EQ(middles.size(), 4U);
    EXPECT_EQ(middles[1] - middles[0], middles[2] - middles[1]);
    EXPECT_EQ(middles[2] - middles[1], middles[3] - middles[2]);
}

TEST(Facts, aScreenReaderHearsEveryValue) {
    FactPanel panel(FactPanel::Shape::Sentences, 0);
    const auto frame = FrameMaker{suspect(1)}.build();
    panel.resize(800, 400);
    panel.setVisible(true);
    panel.show(clockFacts({frame, frame->rows.data(), false, nullptr}, epoch()));
    int values = 0;
    for (const auto* label : panel.findChildren<QLabel*>()) {
        if (label->isHidden() || label->text().isEmpty() || label->textFormat() == Qt::RichText)
            continue;
        const auto heard = label->accessibleName().isEmpty() ? label->text() : label->accessibleName();
        EXPECT_TRUE(heard.contains(label->text())) << label->text().toStdString();
        values += !label->accessibleName().isEmpty();
    }
    EXPECT_GE(values, 5);
}

} // namespace
} // namespace halfopen::test
