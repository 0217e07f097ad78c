// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/frames/frame_maker.h"
#include "tests/ui/child.h"
#include "tests/ui/choose.h"
#include "tests/ui/fake_services.h"
#include "ui/actions/change_panel.h"
#include "ui/connections/connections_page.h"
#include "ui/parts/answer_bar.h"
#include "ui/table/connection_model.h"
#include "ui/table/connection_view.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

#include <gmock/gmock.h>

#include <algorithm>
#include <map>

namespace halfopen::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct ActionsTest : testing::Test {
    FakeServices fakes;
    FakeSockets& sockets = fakes.sockets;
    std::vector<SocketReading> readingsArrived;
    std::map<CloseStep, std::vector<std::uint64_t>> closing;
    std::unique_ptr<MainWindow> window;
    FrameSeries series;

    ActionsTest() {
        QSettings().clear();
        open({.destroys = false, .uid = 1000});
    }
    void open(const Closer& closer) {
        fakes.closer = closer;
        fakes.onOrder = [this](const Order& order) {
            if (const auto* given = std::get_if<ReadingsOrder>(&order))
                readingsArrived.insert(readingsArrived.end(), given->readings.begin(), given->readings.end());
            if (const auto* note = std::get_if<CloseNote>(&order))
                for (const SocketKey& key : note->sockets)
                    closing[note->step].push_back(key.cookie);
        };
        window = std::make_unique<MainWindow>(fakes.services());
        window->showPage(window->connections());
        window->show();
        QApplication::processEvents();
    }
    void show(FrameMaker maker) {
        window->showFrame(series.next(maker.at(MonotonicClock::now()).script));
        QApplication::processEvents();
    }
    QAction& changeVerb() const { return child<QAction>(*window, "changeKeepalive"); }
    QAction& closeVerb() const { return child<QAction>(*window, "closeConnection"); }
    QAction& readVerb() const { return child<QAction>(*window, "readExactly"); }
    std::string forecast() const { return child<QLabel>(*window, "changeForecast").text().toStdString(); }
    ConnectionView& view() { return window->connections().view(); }
    std::string answer() { return answerIn(window->connections()).toStdString(); }
    void choose(std::initializer_list<std::uint64_t> cookies) {
        test::choose(view(), cookies);
        QApplication::processEvents();
    }
    /// Keepalive, which the kernel takes.
    void turnOn(std::initializer_list<std::uint64_t> cookies) {
        choose(cookies);
        changeVerb().trigger();
        child<QCheckBox>(*window, "SO_KEEPALIVE").click();
        child<QPushButton>(*window, "applyChange").click();
        sockets.acceptSet();
        QApplication::processEvents();
    }
    QMessageBox* question() {
        closeVerb().trigger();
        return window->findChild<QMessageBox*>();
    }
    static QAbstractButton* closeButton(QMessageBox& box) {
        for (auto* button : box.buttons()) {
            if (box.buttonRole(button) == QMessageBox::DestructiveRole)
                return button;
        }
        return nullptr;
    }
    void close() {
        auto* box = question();
        ASSERT_NE(box, nullptr);
        closeButton(*box)->click();
        QApplication::processEvents();
        QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
};

Scripted theirs(std::uint64_t cookie) {
    Scripted row = unguarded(cookie);
    row.connection.uid = 33;
    row.ownerUnknown = OwnerUnknown::OtherUser;
    return row;
}

/// This user's own, which the system does not let him look into.
Scripted protectedFromMe(std::uint64_t cookie) {
    Scripted row = owned(cookie);
    row.unread = ReadRefusal::Yama;
    return row;
}

Scripted mine(std::uint64_t cookie) {
    Scripted row = unguarded(cookie);
    row.options = FakeSockets::exactOptions();
    return row;
}

TEST_F(ActionsTest, nothingIsOfferedWithoutAChoice) {
    show({unguarded(1)});
    EXPECT_FALSE(changeVerb().isEnabled());
    EXPECT_FALSE(closeVerb().isEnabled());
    choose({1});
    EXPECT_TRUE(changeVerb().isEnabled());
    EXPECT_TRUE(closeVerb().isEnabled());
}

TEST_F(ActionsTest, closingIsNotOfferedForListeners) {
    show({listening(1), unguarded(2)});
    choose({1});
    EXPECT_FALSE(closeVerb().isEnabled());
    EXPECT_TRUE(changeVerb().isEnabled());
}

TEST_F(ActionsTest, theQuestionNamesProgramPeerAndErrorAndMeansCancel) {
    const auto row = mine(1);
    FrameMaker builder{row};
    builder.owner(row, {8123, 4, "psql"});
    show(std::move(builder));
    choose({1});
    auto* box = question();
    ASSERT_NE(box, nullptr);
    EXPECT_THAT(box->text().toStdString(), HasSubstr("198.51.100.7:443"));
    EXPECT_THAT(box->informativeText().toStdString(), HasSubstr("psql 8123"));
    EXPECT_THAT(box->informativeText().toStdString(), HasSubstr("ECONNRESET"));
    EXPECT_EQ(box->defaultButton(), box->button(QMessageBox::Cancel));
    box->button(QMessageBox::Cancel)->click();
    EXPECT_TRUE(sockets.closes.empty());
}

TEST_F(ActionsTest, theErrorIsTheOneThatTheWayOfClosingBrings) {
    const auto detail = [](const Scripted& row, const Closer& closer) {
        const FramePtr frame = FrameMaker{row}.build();
        return closeQuestion(targetsIn(frame, {keyOf(row.connection.cookie)}), closer).detail.toStdString();
    };
    EXPECT_THAT(detail(unguarded(1), {.destroys = true, .uid = 0}), HasSubstr("ECONNABORTED"));
    EXPECT_THAT(detail(mine(1), {.destroys = false, .uid = 1000}), HasSubstr("ECONNRESET"));
    EXPECT_THAT(detail(unguarded(1), {.destroys = false, .uid = 1000}), HasSubstr("ECONNABORTED"));
    EXPECT_THAT(detail(theirs(1), {.destroys = false, .uid = 1000}), HasSubstr("ECONNABORTED"));
    EXPECT_THAT(detail(orphan(1), {.destroys = true, .uid = 0}), HasSubstr("No program holds it"));
}

TEST_F(ActionsTest, aSubflowIsEndedAloneOrWithTheWhole) {
    auto subflow = mine(1);
    subflow.connection.upperLayer = UpperLayer::Mptcp;
    show({subflow, unguarded(2)});
    choose({1});
    auto* box = question();
    ASSERT_NE(box, nullptr);
    EXPECT_THAT(box->informativeText().toStdString(), HasSubstr("goes on over its other subflows"));
    EXPECT_THAT(box->informativeText().toStdString(), testing::Not(HasSubstr("gets the error")));
    const auto buttons = box->buttons();
    const auto whole = std::ranges::find_if(
        buttons, [](const QAbstractButton* button) { return button->text().contains(QLatin1String("Whole")); });
    ASSERT_NE(whole, buttons.end());
    (*whole)->click();
    ASSERT_EQ(sockets.closes.size(), 1U);
    EXPECT_EQ(sockets.wholes, 1);
    sockets.acceptClose();
    QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    choose({2});
    close();
    EXPECT_EQ(sockets.closes.size(), 2U);
    EXPECT_EQ(sockets.wholes, 1);
}

TEST_F(ActionsTest, aUserTimeoutIsNotOfferedForMptcp) {
    auto subflow = mine(1);
    subflow.connection.upperLayer = UpperLayer::Mptcp;
    show({subflow, mine(2)});
    choose({1});
    changeVerb().trigger();
    EXPECT_FALSE(child<QSpinBox>(*window, "TCP_USER_TIMEOUT").isEnabled());
    choose({2});
    changeVerb().trigger();
    EXPECT_TRUE(child<QSpinBox>(*window, "TCP_USER_TIMEOUT").isEnabled());
}

TEST_F(ActionsTest, whatWasClosedIsSaidByCookie) {
    show({unguarded(1), unguarded(2)});
    choose({2});
    close();
    ASSERT_EQ(sockets.closes.size(), 1U);
    EXPECT_THAT(sockets.closes[0], ElementsAre(2U));
    EXPECT_THAT(closing[CloseStep::Asked], ElementsAre(2U));
    EXPECT_EQ(closing.size(), 1U) << "nothing is known yet";
    sockets.acceptClose();
    EXPECT_THAT(closing[CloseStep::Done], ElementsAre(2U));
    EXPECT_THAT(answer(), HasSubstr("closed: the kernel has none"));
}

TEST_F(ActionsTest, ofManyEachFailureIsToldWithItsReason) {
    show({unguarded(1), unguarded(2), unguarded(3), unguarded(4), unguarded(5), listening(6)});
    choose({1, 2, 3, 4, 5, 6});
    close();
    EXPECT_THAT(sockets.closes.at(0), testing::UnorderedElementsAre(1U, 2U, 3U, 4U, 5U));
    sockets.acceptClose(
        {{2, {PrivilegeErrorKind::NoSuchConnection, Sentence::tr("x"), {}}},
         {4, {PrivilegeErrorKind::NotSupported, Sentence::tr("This kernel cannot end a connection."), {}}}});
    EXPECT_EQ(answer(), "3 of 5 closed; 2 could not be: It had gone already; This kernel cannot end a connection.");
    EXPECT_THAT(closing[CloseStep::Done], testing::UnorderedElementsAre(1U, 3U, 5U));
    EXPECT_THAT(closing[CloseStep::Failed], testing::UnorderedElementsAre(2U, 4U));
}

TEST_F(ActionsTest, aRefusalIsItsSentenceAndADismissalNone) {
    show({theirs(1)});
    choose({1});
    close();
    sockets.refuse(PrivilegeErrorKind::Dismissed);
    EXPECT_EQ(answer(), "");
    close();
    sockets.refuse(PrivilegeErrorKind::NotAuthorized, Sentence::tr("You may not close it."),
                   "sudo halfopenctl close 1");
    EXPECT_EQ(answer(), "Not closed: You may not close it.");
    EXPECT_EQ(commandIn(window->connections()), QStringLiteral("sudo halfopenctl close 1"));
}

TEST_F(ActionsTest, aCloseThatIsRefusedIsWithdrawnFromTheHistory) {
    show({theirs(1), theirs(2)});
    choose({1, 2});
    for (const auto kind : {PrivilegeErrorKind::Dismissed, PrivilegeErrorKind::Busy, PrivilegeErrorKind::NotAuthorized,
                            PrivilegeErrorKind::HelperGone}) {
        closing.clear();
        close();
        sockets.refuse(kind);
        EXPECT_THAT(closing[CloseStep::Asked], testing::UnorderedElementsAre(1U, 2U));
        EXPECT_THAT(closing[CloseStep::Failed], testing::UnorderedElementsAre(1U, 2U));
        EXPECT_FALSE(closing.contains(CloseStep::Done));
    }
}

/// What is greyed in the head is greyed below it, too.
TEST_F(ActionsTest, adviceCanBePressedWhileItsVerbCan) {
    show({unguarded(1)});
    choose({1});
    auto& advice = child<QToolButton>(*window, "advice");
    ASSERT_TRUE(advice.isVisible());
    EXPECT_TRUE(advice.isEnabled());
    changeVerb().setEnabled(false);
    EXPECT_FALSE(advice.isEnabled());
    changeVerb().setEnabled(true);
    EXPECT_TRUE(advice.isEnabled());
}

TEST_F(ActionsTest, closeCountsWhatCanBeClosed) {
    Scripted listener = unguarded(3);
    listener.connection.state = State::Listen;
    show({unguarded(1), unguarded(2), listener});
    choose({1, 2, 3});
    EXPECT_EQ(closeVerb().iconText().toStdString(), "Close 2...");
    EXPECT_EQ(changeVerb().iconText().toStdString(), "Change 3...");
}

/// The helper loads programs that read every socket.
struct ExactActionsTest : ActionsTest {
    std::vector<std::function<void(Outcome<void>)>> opening; ///< asked and not answered yet

    ExactActionsTest() {
        WindowServices services = fakes.services();
        services.openExact = [this](std::function<void(Outcome<void>)> done) { opening.push_back(std::move(done)); };
        window = std::make_unique<MainWindow>(services);
        window->showPage(window->connections());
        window->show();
        show({theirs(1), unguarded(2)});
    }
    void answer(const Outcome<void>& outcome) {
        std::exchange(opening, {}).front()(outcome);
        QApplication::processEvents();
    }
};

TEST_F(ExactActionsTest, everySocketIsReadAfterOneQuestion) {
    readVerb().trigger();
    ASSERT_EQ(opening.size(), 1U);
    EXPECT_FALSE(readVerb().isEnabled()) << "one question at a time";
    answer({});
    EXPECT_TRUE(readVerb().isEnabled());
    EXPECT_TRUE(sockets.inspects.empty());
    EXPECT_THAT(ActionsTest::answer(), HasSubstr("Every socket is read exactly from now on"));
}

TEST_F(ExactActionsTest, whereThereAreNoProgramsSocketsAreReadOneByOne) {
    readVerb().trigger();
    answer(refusal(PrivilegeErrorKind::NotSupported, Sentence::tr("This program was built without BPF.")));
    ASSERT_EQ(sockets.inspects.size(), 1U);
    EXPECT_THAT(sockets.inspects[0].cookies, ElementsAre(1U));
    sockets.acceptInspect();
    EXPECT_THAT(ActionsTest::answer(), HasSubstr("1 more socket(s) read"));
    show({theirs(1), theirs(3)});
    readVerb().trigger();
    EXPECT_TRUE(opening.empty()) << "it is asked for once";
}

TEST_F(ExactActionsTest, whoeverCallsTheQuestionOffIsAskedNoOther) {
    readVerb().trigger();
    answer(refusal(PrivilegeErrorKind::Dismissed, Sentence::tr("The person closed the dialog.")));
    EXPECT_TRUE(sockets.inspects.empty());
    EXPECT_TRUE(readVerb().isEnabled());
    readVerb().trigger();
    EXPECT_EQ(opening.size(), 1U);
}

TEST_F(ActionsTest, readingExactlyIsOneQuestionForAll) {
    Scripted changed = theirs(2); // its options were told when they were set, its owners were not
    changed.options = FakeSockets::exactOptions();
    show({theirs(1), changed, unguarded(3), protectedFromMe(4)});
    readVerb().trigger();
    ASSERT_EQ(sockets.inspects.size(), 1U);
    EXPECT_TRUE(sockets.inspects[0].interactive);
    EXPECT_THAT(sockets.inspects[0].cookies, ElementsAre(1U, 2U, 4U));
    sockets.acceptInspect();
    ASSERT_EQ(readingsArrived.size(), 3U);
    EXPECT_EQ(readingsArrived[0].owners.at(0).name, "theirs");
    EXPECT_THAT(answer(), HasSubstr("3 more socket(s) read"));
}

TEST_F(ActionsTest, newConnectionsAreReadWithoutADialogUntilThePermissionEnds) {
    show({theirs(1)});
    readVerb().trigger();
    sockets.acceptInspect();
    show({theirs(1), theirs(2)});
    ASSERT_EQ(sockets.inspects.size(), 2U);
    EXPECT_FALSE(sockets.inspects[1].interactive);
    EXPECT_THAT(sockets.inspects[1].cookies, ElementsAre(2U));
    window->connections().answer().clear();
    sockets.refuse(PrivilegeErrorKind::InteractionRequired);
    EXPECT_EQ(answer(), "");
    show({theirs(1), theirs(2), theirs(3)});
    EXPECT_EQ(sockets.inspects.size(), 2U);
}

TEST_F(ActionsTest, aDismissedReadingSaysNothing) {
    show({theirs(1)});
    readVerb().trigger();
    sockets.refuse(PrivilegeErrorKind::Dismissed);
    EXPECT_EQ(answer(), "");
    EXPECT_TRUE(readVerb().isEnabled());
    show({theirs(1), theirs(2)});
    EXPECT_EQ(sockets.inspects.size(), 1U);
}

TEST_F(ActionsTest, changeOpensThePanelForAllChosenRows) {
    show({unguarded(1), unguarded(2), unguarded(3)});
    choose({1, 3});
    changeVerb().trigger();
    EXPECT_TRUE(child<ChangePanel>(*window).isVisible());
    EXPECT_THAT(forecast(), HasSubstr("Now 2 of 2 would never be given up."));
    child<QCheckBox>(*window, "SO_KEEPALIVE").click();
    EXPECT_THAT(forecast(), HasSubstr("after Apply 0."));
}

TEST_F(ActionsTest, theTableHasAMenuWithTheVerbs) {
    show({unguarded(1)});
    choose({1});
    Q_EMIT view().customContextMenuRequested({20, 10});
    auto* menu = view().findChild<QMenu*>();
    ASSERT_NE(menu, nullptr);
    EXPECT_TRUE(menu->actions().contains(&changeVerb()));
    EXPECT_TRUE(menu->actions().contains(&closeVerb()));
    menu->close();
}

TEST_F(ActionsTest, aRecordingOffersNothing) {
    FrameMaker recorded{unguarded(1)};
    recorded.live = false;
    window->showFrame(recorded.build());
    QApplication::processEvents();
    choose({1});
    EXPECT_FALSE(changeVerb().isEnabled());
    EXPECT_FALSE(closeVerb().isEnabled());
    EXPECT_FALSE(readVerb().isEnabled());
}

TEST_F(ActionsTest, deleteClosesFromTheTable) {
    show({unguarded(1)});
    choose({1});
    view().setFocus();
    window->activateWindow();
    EXPECT_TRUE(QTest::qWaitForWindowActive(window.get()));
    QTest::keyClick(&view(), Qt::Key_Delete);
    auto* box = window->findChild<QMessageBox*>();
    ASSERT_NE(box, nullptr);
    box->reject();
}

TEST_F(ActionsTest, theLastChangeIsTakenBackWhateverIsChosenNow) {
    auto& undo = child<QAction>(*window, "undoLastChange");
    const auto frame = [&] { show({ofProgram(mine(1), 911, "nginx"), mine(2), mine(3)}); };
    frame();
    EXPECT_FALSE(undo.isEnabled());
    turnOn({2, 3});
    turnOn({1});
    frame();
    EXPECT_EQ(undo.text(), QStringLiteral("&Undo Change of nginx 911"));
    choose({3}); // another one
    undo.trigger();
    EXPECT_THAT(sockets.sets.back().cookies, ElementsAre(1));
    EXPECT_EQ(sockets.sets.back().change.enabled, false);
    sockets.acceptSet(FakeSockets::exactOptions());
    EXPECT_THAT(answer(), HasSubstr("as before"));
    EXPECT_EQ(undo.text(), QStringLiteral("&Undo Change of 2 Connection(s)")) << "the round before";
    undo.trigger();
    EXPECT_THAT(sockets.sets.back().cookies, ElementsAre(2, 3));
    sockets.acceptSet(FakeSockets::exactOptions());
    EXPECT_FALSE(undo.isEnabled());
}

TEST_F(ActionsTest, whatIsTakenBackInThePanelIsNotTakenBackAgain) {
    show({mine(1), mine(2)});
    turnOn({1, 2});
    choose({1});
    child<QPushButton>(*window, "undoChange").click();
    sockets.acceptSet(FakeSockets::exactOptions());
    auto& undo = child<QAction>(*window, "undoLastChange");
    undo.trigger();
    EXPECT_THAT(sockets.sets.back().cookies, ElementsAre(2));
}

TEST_F(ActionsTest, undoGoesOnBehindARoundWhoseConnectionIsGone) {
    auto& undo = child<QAction>(*window, "undoLastChange");
    EXPECT_EQ(undo.text(), QStringLiteral("&Undo Change"));
    show({mine(1), mine(2)});
    turnOn({1});
    turnOn({2});
    undo.trigger();
    sockets.acceptSet({}, {{2, PrivilegeError{PrivilegeErrorKind::NoSuchConnection, Sentence::tr("It is gone."), {}}}});
    EXPECT_TRUE(undo.isEnabled());
    undo.trigger();
    EXPECT_THAT(sockets.sets.back().cookies, ElementsAre(1));
}

TEST_F(ActionsTest, undoIsNotOfferedOnAnotherPage) {
    show({mine(1)});
    turnOn({1});
    EXPECT_TRUE(child<QAction>(*window, "undoLastChange").isEnabled());
    window->setPage(0);
    QApplication::processEvents();
    EXPECT_FALSE(child<QAction>(*window, "undoLastChange").isEnabled());
}

} // namespace
} // namespace halfopen::test
