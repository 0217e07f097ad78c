// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/connection_actions_test.h"
#include "ui/actions/change_panel.h"

#include <QMenu>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

#include <gmock/gmock.h>

#include <algorithm>

namespace halfopen::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

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

TEST_F(ActionsTest, changeCountsWhatIsThereStill) {
    show({unguarded(1), unguarded(2), unguarded(3)});
    choose({1, 2, 3});
    EXPECT_EQ(changeVerb().iconText().toStdString(), "Change 3...");
    for (int missed = 0; missed < 2; ++missed)
        show({unguarded(1), unguarded(2)}); // the third is struck out for a while
    EXPECT_EQ(changeVerb().iconText().toStdString(), "Change 2...");
    EXPECT_EQ(closeVerb().iconText().toStdString(), "Close 2...");
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

TEST_F(ActionsTest, whatAnEditWouldDoMovesNoButton) {
    show({unguarded(1)});
    choose({1});
    changeVerb().trigger();
    QApplication::processEvents();
    const auto& apply = child<QPushButton>(*window, "applyChange");
    const int before = apply.y();
    const std::string now = forecast();
    child<QCheckBox>(*window, "SO_KEEPALIVE").click();
    QApplication::processEvents();
    EXPECT_NE(forecast(), now);
    EXPECT_EQ(apply.y(), before);
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
