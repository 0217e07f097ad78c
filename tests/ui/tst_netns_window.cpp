// SPDX-License-Identifier: GPL-3.0-or-later
// Other network namespaces in the window: the choice, the line that says that there are some, the Tuning page.
#include "tests/frames/frame_maker.h"
#include "tests/ui/fake_services.h"
#include "tests/ui/tuning_page_test.h"
#include "ui/connections/connections_page.h"
#include "ui/look/netns_strings.h"
#include "ui/parts/message_page.h"
#include "ui/parts/netns_selector.h"
#include "ui/parts/notice_bar.h"
#include "ui/table/columns.h"
#include "ui/table/connection_view.h"
#include "ui/table/filter_bar.h"
#include "ui/window/main_window.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCheckBox>
#include <QHeaderView>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <gtest/gtest.h>

namespace halfopen::test {
namespace {

constexpr std::uint32_t kWeb = 1; // NetnsContext::number of the second one

/// A container that is looked at from outside, with so many connections.
std::vector<ScriptedNetns> web(std::uint64_t count) {
    ScriptedNetns netns{
        .tier = NetnsTier::Public,
        .inside = {.kind = NetnsKind::Container, .unit = {}, .program = "nginx", .oldest = 4711, .processes = 2},
        .connections = {}};
    for (std::uint64_t cookie = 1001; cookie <= 1000 + count; ++cookie)
        netns.connections.push_back(unguarded(cookie));
    return {netns};
}

struct NetnsWindow : testing::Test {
    FakeServices fakes;
    FrameSeries series;
    std::unique_ptr<MainWindow> window;

    NetnsWindow() {
        QSettings().clear();
        window = std::make_unique<MainWindow>(fakes.services());
        window->showPage(window->connections());
        window->show();
        QApplication::processEvents();
    }
    void show(const FramePtr& frame) {
        window->showFrame(frame);
        QApplication::processEvents();
    }
    /// What the window has asked for last.
    FramePtr next(std::vector<Scripted> own, std::vector<ScriptedNetns> others = {}) {
        return series.next({.connections = std::move(own), .detail = {}, .notes = {}, .others = std::move(others)},
                           fakes.queries.back());
    }
    /// The button of a line or of a message, as a person presses it.
    static void press(QWidget& place) {
        auto* button = place.findChild<QAbstractButton*>();
        ASSERT_TRUE(button && button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
    }
    NetnsSelector& choice() { return window->netns(); }
    QString elsewhere() { return words(child<NoticeBar>(window->connections(), "elsewhere")); }
    bool showsColumn(SortKey key) { return !window->connections().view().isColumnHidden(columnOf(key)); }
};

TEST_F(NetnsWindow, theChoiceIsThereWhereThereIsOne) {
    show(next({unguarded(1)}));
    EXPECT_FALSE(choice().isVisible());
    show(next({unguarded(1)}, web(12)));
    ASSERT_TRUE(choice().isVisible());
    ASSERT_EQ(choice().count(), 3);
    EXPECT_TRUE(choice().itemText(1).contains(QLatin1String("web")));
    EXPECT_TRUE(choice().itemText(1).contains(QLatin1String("12")));
    EXPECT_TRUE(choice().itemText(1).contains(QLatin1String("nginx 4711")));
    EXPECT_TRUE(choice().itemText(2).contains(QLatin1String("13")));
    EXPECT_EQ(fakes.queries.back().netns, 0U);
}

TEST_F(NetnsWindow, whatIsChosenIsAskedForAndGoneOnesAreLeft) {
    show(next({unguarded(1)}, web(12)));
    QTest::keyClick(&choice(), Qt::Key_Down);
    EXPECT_EQ(fakes.queries.back().netns, kWeb);
    show(next({unguarded(1)}));
    EXPECT_EQ(choice().chosen(), 0U);
    EXPECT_EQ(fakes.queries.back().netns, 0U);
    EXPECT_FALSE(choice().isVisible());
}

TEST_F(NetnsWindow, connectionsElsewhereAreSaidAndShown) {
    show(next({unguarded(1)}));
    EXPECT_TRUE(elsewhere().isEmpty());
    show(next({unguarded(1)}, web(12)));
    EXPECT_TRUE(elsewhere().contains(QLatin1String("12"))) << elsewhere().toStdString();
    EXPECT_FALSE(showsColumn(SortKey::Netns));
    press(child<NoticeBar>(window->connections(), "elsewhere"));
    EXPECT_EQ(fakes.queries.back().netns, kEveryNetns);
    EXPECT_TRUE(showsColumn(SortKey::Netns));
    EXPECT_TRUE(showsColumn(SortKey::Unit));
    choice().choose(0);
    EXPECT_FALSE(showsColumn(SortKey::Netns)) << "as it was before";
}

TEST_F(NetnsWindow, anEmptyTableSaysWhereTheyAre) {
    show(next({}, web(5)));
    EXPECT_TRUE(child<QLabel>(window->connections(), "messageSentence").text().contains(QLatin1String("5")));
    press(child<MessagePage>(window->connections()));
    EXPECT_EQ(fakes.queries.back().netns, kEveryNetns);
}

TEST_F(NetnsWindow, aFilterThatNothingMatchesIsClearedAlsoWhereThereAreOthers) {
    window->connections().filterBar().setFilter(QStringLiteral("port:1"));
    ASSERT_EQ(fakes.queries.back().filter, "port:1");
    show(next({unguarded(1)}, web(5)));
    ASSERT_EQ(child<QLabel>(window->connections(), "messageHeadline").text(), QStringLiteral("Nothing matches"));
    EXPECT_TRUE(child<QLabel>(window->connections(), "messageSentence").text().contains(QLatin1String("5")));
    press(child<MessagePage>(window->connections()));
    EXPECT_EQ(fakes.queries.back().filter, "");
    EXPECT_EQ(fakes.queries.back().netns, 0U);
}

/// What is seen from outside is opened by one button, which asks once at a time and says what went wrong.
TEST_F(NetnsWindow, whatIsSeenFromOutsideIsShownInFullByOneWhoMay) {
    std::vector<std::vector<NetnsId>> asked;
    std::function<void(Outcome<void>)> answer;
    auto services = fakes.services();
    services.openNetns = [&](std::vector<NetnsId> procInodes, std::function<void(Outcome<void>)> done) {
        asked.push_back(std::move(procInodes));
        answer = std::move(done);
    };
    window = std::make_unique<MainWindow>(std::move(services));
    window->show();
    auto others = web(12);
    others.front().inside.procInode = 4026532001;
    auto& button = child<QToolButton>(*window, "openNetns");
    show(next({unguarded(1)}, others));
    EXPECT_FALSE(button.isVisible()) << "the own one is in view, and nothing is hidden there";
    choice().choose(kWeb);
    show(next({unguarded(1)}, others));
    ASSERT_TRUE(button.isVisible());
    EXPECT_TRUE(button.toolTip().contains(QLatin1String("web")));
    QTest::mouseClick(&button, Qt::LeftButton);
    QTest::mouseClick(&button, Qt::LeftButton);
    EXPECT_EQ(asked, std::vector({std::vector<NetnsId>{4026532001}}));
    answer(refusal(PrivilegeErrorKind::Dismissed, Sentence::tr("It was called off.")));
    EXPECT_TRUE(button.isEnabled());
    QTest::keyClick(&button, Qt::Key_Space);
    EXPECT_EQ(asked.size(), 2U);
    answer({});
    others.front() = {.netns = 78, .name = "db", .tier = NetnsTier::Asked, .inside = others.front().inside};
    show(next({unguarded(1)}, others));
    choice().choose(kWeb + 1);
    show(next({unguarded(1)}, others));
    EXPECT_EQ(choice().chosen(), kWeb + 1);
    EXPECT_FALSE(button.isVisible()) << "of that one everything is seen";
}

TEST_F(NetnsWindow, whoCannotAskIsNotOfferedIt) {
    auto others = web(12);
    others.front().inside.procInode = 4026532001;
    choice().choose(kWeb);
    show(next({unguarded(1)}, others));
    choice().choose(kWeb);
    show(next({unguarded(1)}, others));
    EXPECT_FALSE(child<QToolButton>(*window, "openNetns").isVisible());
}

TEST_F(NetnsWindow, savingLeavesTheTableAlone) {
    show(next({unguarded(1)}, web(12)));
    choice().choose(kEveryNetns);
    auto& view = window->connections().view();
    view.horizontalHeader()->setSortIndicator(columnOf(SortKey::Netns), Qt::DescendingOrder);
    QSignalSpy resized(view.horizontalHeader(), &QHeaderView::sectionResized);
    QSettings settings;
    window->connections().save(settings);
    EXPECT_EQ(resized.count(), 0) << "no column is hidden to be shown again";
    EXPECT_EQ(view.layout().sortKey(), SortKey::Netns);
    EXPECT_TRUE(showsColumn(SortKey::Unit));
    EXPECT_FALSE(settings.value(QStringLiteral("columns/shown")).toStringList().contains(QStringLiteral("netns")));
    EXPECT_EQ(settings.value(QStringLiteral("columns/sort")).toString(), QStringLiteral("diagnosis"));
}

TEST_F(NetnsWindow, aColumnThatAPersonHidesOrShowsStaysAsItIs) {
    show(next({unguarded(1)}, web(12)));
    choice().choose(kEveryNetns);
    auto& layout = window->connections().view().layout();
    layout.setShown(columnOf(SortKey::Unit), false);
    layout.setShown(columnOf(SortKey::Netns), false);
    layout.setShown(columnOf(SortKey::Netns), true); // by the person now
    QSettings settings;
    window->connections().save(settings);
    EXPECT_FALSE(showsColumn(SortKey::Unit));
    const auto shown = settings.value(QStringLiteral("columns/shown")).toStringList();
    EXPECT_TRUE(shown.contains(QStringLiteral("netns")));
    EXPECT_FALSE(shown.contains(QStringLiteral("unit")));
    choice().choose(0);
    EXPECT_TRUE(showsColumn(SortKey::Netns));
    EXPECT_FALSE(showsColumn(SortKey::Unit));
}

TEST_F(NetnsWindow, nothingOfItIsRemembered) {
    show(next({unguarded(1)}, web(12)));
    choice().choose(kEveryNetns);
    window->close();
    window = std::make_unique<MainWindow>(fakes.services());
    EXPECT_EQ(fakes.queries.back().netns, 0U);
    EXPECT_FALSE(showsColumn(SortKey::Netns));
}

TEST_F(NetnsWindow, rowsThatAreLookedAtLessOftenSayHowOldTheyAre) {
    auto frame = std::make_shared<Frame>(*next({unguarded(1)}, web(1)));
    EXPECT_FALSE(ageOfSample(*frame, 1, frame->taken));
    frame->samples[1].taken = frame->taken - std::chrono::seconds(5);
    EXPECT_EQ(ageOfSample(*frame, 1, frame->taken), std::chrono::seconds(5));
    EXPECT_FALSE(ageOfSample(*frame, 0, frame->taken));
}

constexpr KeepaliveDefaults kTheirs{900, 60, 3};

struct NetnsTuning : TuningTest {
    /// On trial in the own namespace, while another one is in view.
    void tryAndLook() {
        bar.trialBox->setChecked(true);
        applyNew();
        actions.accept();
        ASSERT_TRUE(isOnTrial());
        page.showFrame(in(NetnsTier::Asked, kTheirs));
        ASSERT_EQ(inEffect(page), kTheirs);
        ASSERT_TRUE(isOnTrial());
    }
    void expectTheirs() {
        EXPECT_EQ(inEffect(page), kTheirs);
        EXPECT_EQ(edited(page), kTheirs);
        EXPECT_FALSE(effect().contains(QStringLiteral("have followed")));
    }
    std::string said() { return answerIn(page).toStdString(); }
    FramePtr in(NetnsTier tier, const KeepaliveDefaults& values = kNew) {
        auto frame = std::make_shared<Frame>(*tuningFrame(connections(), values, begun));
        auto web = std::make_shared<NetnsContext>(frame->inView());
        web->number = kWeb;
        web->name = "web";
        web->tier = tier;
        web->inside.kind = NetnsKind::Container;
        web->inside.unit.runtime = "docker";
        frame->namespaces.front() = std::move(web);
        return frame;
    }
};

TEST_F(NetnsTuning, theChosenNamespacesValuesAreShownAndWhatWasEditedIsNot) {
    page.edit({111, 11, 1});
    page.showFrame(in(NetnsTier::Asked));
    EXPECT_EQ(inEffect(page), kNew);
    EXPECT_EQ(edited(page), kNew);
    EXPECT_TRUE(warning().contains(QLatin1String("web")));
    EXPECT_FALSE(bar.persistBox->isEnabled());
    EXPECT_FALSE(bar.trialBox->isEnabled());
    page.edit(kOld);
    EXPECT_TRUE(bar.apply->isEnabled());
}

TEST_F(NetnsTuning, whatIsKeptIsSaidOfTheNamespaceThatItIsOf) {
    tryAndLook();
    bar.keep->click();
    EXPECT_EQ(said(), "In this program's own namespace: 600 / 30 / 5 are in effect. Nothing was written for the next "
                      "boot.");
    EXPECT_EQ(commandIn(page), QString());
    expectTheirs();
    show(kNew);
    EXPECT_EQ(inEffect(page), kNew);
}

TEST_F(NetnsTuning, whatIsTakenBackGoesIntoNoOtherNamespace) {
    tryAndLook();
    ASSERT_TRUE(QTest::qWaitFor([&] { return actions.changes.size() == 2; })) << "the time is over";
    actions.accept();
    EXPECT_EQ(said(), "In this program's own namespace: Taken back: 7200 / 75 / 9 are in effect again.");
    expectTheirs();
}

TEST_F(NetnsTuning, anAnswerNeedsNothingOfWhatIsInView) {
    tryAndLook();
    auto silent = std::make_shared<Frame>(*in(NetnsTier::Asked, kTheirs));
    auto third = std::make_shared<NetnsContext>(silent->inView());
    third->number = kWeb + 1;
    silent->namespaces.front() = std::move(third);
    silent->rows.clear();
    silent->error = Error{ErrorCode::Unreadable, Sentence::tr("It is gone.")};
    page.showFrame(silent);
    bar.keep->click();
    EXPECT_NE(said().find("600 / 30 / 5 are in effect"), std::string::npos) << said();
    EXPECT_FALSE(idleBox(page).isEnabled()) << "nothing is known of its values";
}

TEST_F(NetnsTuning, whatWasAskedForInAnotherOneIsSaidOfItAndNotOfTheOwn) {
    page.showFrame(in(NetnsTier::Asked, kTheirs));
    applyNew();
    show(kOld);
    actions.accept();
    EXPECT_NE(said().find("600 / 30 / 5 are in effect in web until it ends."), std::string::npos) << said();
    EXPECT_TRUE(commandIn(page).contains(QStringLiteral("tcp_keepalive_time"))) << "the lines to keep them";
    EXPECT_EQ(inEffect(page), kOld);
    EXPECT_EQ(edited(page), kOld);
}

TEST_F(NetnsTuning, whatIsSeenFromOutsideCannotBeChanged) {
    page.showFrame(in(NetnsTier::Public));
    page.edit(kOld);
    EXPECT_FALSE(bar.apply->isEnabled());
}

} // namespace
} // namespace halfopen::test
