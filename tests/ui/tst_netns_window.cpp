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
#include "ui/window/main_window.h"

#include <QApplication>
#include <QCheckBox>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

namespace halfopen::test {
namespace {

constexpr std::uint32_t kWeb = 3;

/// The same frame with a second namespace, which has `count` connections that are not in view.
FramePtr withAnother(const FramePtr& frame, std::uint32_t count, bool gone = false) {
    auto two = std::make_shared<Frame>(*frame);
    auto web = std::make_shared<NetnsContext>(*frame->namespaces.front());
    web->netns = 77;
    web->number = kWeb;
    web->name = "web";
    web->tier = NetnsTier::Public;
    web->inside = {.kind = NetnsKind::Container, .unit = {}, .program = "nginx", .oldest = 4711, .processes = 2};
    two->samples = {two->sampleOf(0), {.started = two->started, .taken = two->taken, .begin = 0, .end = count}};
    two->samples[1].gone = gone;
    two->namespaces.push_back(std::move(web));
    two->allInView = false;
    two->query.netns = 0;
    return two;
}

struct NetnsWindow : testing::Test {
    FakeServices fakes;
    FrameSeries series;
    std::unique_ptr<MainWindow> window;

    NetnsWindow() {
        QSettings().clear();
        window = std::make_unique<MainWindow>(fakes.services());
        window->show();
        QApplication::processEvents();
    }
    void show(const FramePtr& frame) {
        window->showFrame(frame);
        QApplication::processEvents();
    }
    FramePtr own(FrameMaker maker) { return series.next(maker.script); }
    NetnsSelector& choice() { return window->netns(); }
    QString elsewhere() { return window->connections().elsewhere().text(); }
    bool showsColumn(SortKey key) { return !window->connections().view().isColumnHidden(columnOf(key)); }
};

TEST_F(NetnsWindow, theChoiceIsThereWhereThereIsOne) {
    const FramePtr frame = own({unguarded(1)});
    show(frame);
    EXPECT_FALSE(choice().isVisible());
    show(withAnother(frame, 12));
    ASSERT_TRUE(choice().isVisible());
    ASSERT_EQ(choice().count(), 3);
    EXPECT_TRUE(choice().itemText(1).contains(QLatin1String("web")));
    EXPECT_TRUE(choice().itemText(1).contains(QLatin1String("12")));
    EXPECT_TRUE(choice().itemText(1).contains(QLatin1String("nginx 4711")));
    EXPECT_TRUE(choice().itemText(2).contains(QLatin1String("13")));
    EXPECT_EQ(fakes.queries.back().netns, 0U);
}

TEST_F(NetnsWindow, whatIsChosenIsAskedForAndGoneOnesAreLeft) {
    const FramePtr frame = own({unguarded(1)});
    show(withAnother(frame, 12));
    choice().setCurrentIndex(1);
    Q_EMIT choice().activated(1);
    EXPECT_EQ(fakes.queries.back().netns, kWeb);
    show(withAnother(frame, 0, true));
    EXPECT_EQ(choice().chosen(), 0U);
    EXPECT_EQ(fakes.queries.back().netns, 0U);
    EXPECT_FALSE(choice().isVisible());
}

TEST_F(NetnsWindow, connectionsElsewhereAreSaidAndShown) {
    const FramePtr frame = own({unguarded(1)});
    show(frame);
    EXPECT_TRUE(elsewhere().isEmpty());
    show(withAnother(frame, 12));
    EXPECT_TRUE(elsewhere().contains(QLatin1String("12"))) << elsewhere().toStdString();
    EXPECT_FALSE(showsColumn(SortKey::Netns));
    Q_EMIT window->connections().elsewhere().triggered();
    EXPECT_EQ(fakes.queries.back().netns, kEveryNetns);
    EXPECT_TRUE(showsColumn(SortKey::Netns));
    EXPECT_TRUE(showsColumn(SortKey::Unit));
    choice().choose(0);
    EXPECT_FALSE(showsColumn(SortKey::Netns)) << "as it was before";
}

TEST_F(NetnsWindow, anEmptyTableSaysWhereTheyAre) {
    show(withAnother(own({}), 5));
    EXPECT_TRUE(window->connections().message().sentence().contains(QLatin1String("5")));
    Q_EMIT window->connections().message().triggered();
    EXPECT_EQ(fakes.queries.back().netns, kEveryNetns);
}

TEST_F(NetnsWindow, nothingOfItIsRemembered) {
    show(withAnother(own({unguarded(1)}), 12));
    choice().choose(kEveryNetns);
    window->close();
    window = std::make_unique<MainWindow>(fakes.services());
    EXPECT_EQ(fakes.queries.back().netns, 0U);
    EXPECT_FALSE(showsColumn(SortKey::Netns));
}

TEST_F(NetnsWindow, rowsThatAreLookedAtLessOftenSayHowOldTheyAre) {
    auto frame = std::make_shared<Frame>(*withAnother(own({unguarded(1)}), 1));
    EXPECT_FALSE(ageOfSample(*frame, 1, frame->taken));
    frame->samples[1].taken = frame->taken - std::chrono::seconds(5);
    EXPECT_EQ(ageOfSample(*frame, 1, frame->taken), std::chrono::seconds(5));
    EXPECT_FALSE(ageOfSample(*frame, 0, frame->taken));
}

struct NetnsTuning : TuningTest {
    FramePtr in(NetnsTier tier) {
        auto frame = std::make_shared<Frame>(*tuningFrame(connections(), kNew, begun));
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
    EXPECT_EQ(page.inEffect(), kNew);
    EXPECT_EQ(page.edited(), kNew);
    EXPECT_TRUE(page.warning().contains(QLatin1String("web")));
    EXPECT_FALSE(page.applyBar().persistBox->isEnabled());
    EXPECT_FALSE(page.applyBar().trialBox->isEnabled());
    page.edit(kOld);
    EXPECT_TRUE(page.applyBar().apply->isEnabled());
}

TEST_F(NetnsTuning, whatIsSeenFromOutsideCannotBeChanged) {
    page.showFrame(in(NetnsTier::Public));
    page.edit(kOld);
    EXPECT_FALSE(page.applyBar().apply->isEnabled());
}

} // namespace
} // namespace halfopen::test
