// SPDX-License-Identifier: GPL-3.0-or-later
// The settings of the network namespaces side by side.
#include "tests/frames/frame_maker.h"
#include "tests/ui/child.h"
#include "ui/tuning/drift_model.h"
#include "ui/tuning/drift_panel.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <gmock/gmock.h>

namespace halfopen::test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

NetnsContext netns(std::uint32_t number, std::string name, std::int32_t keepaliveTime) {
    NetnsContext context;
    context.number = number;
    context.name = std::move(name);
    context.tier = number == 0 ? NetnsTier::Own : NetnsTier::Mine;
    context.inside.kind = number == 0 ? NetnsKind::Machine : NetnsKind::Container;
    context.sysctls.keepaliveTime = keepaliveTime;
    return context;
}

FramePtr frameOf(const std::vector<NetnsContext>& namespaces) {
    auto frame = std::make_shared<Frame>();
    frame->namespaces.clear();
    for (const NetnsContext& one : namespaces)
        frame->namespaces.push_back(std::make_shared<const NetnsContext>(one));
    return frame;
}

struct DriftTest : testing::Test {
    DriftLog log;
    DriftModel model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};
    DriftLog::Time now{std::chrono::hours(5)};

    void show(const std::vector<NetnsContext>& namespaces) {
        const FramePtr frame = frameOf(namespaces);
        log.look(*frame, now += 1min);
        model.show(*frame, log);
    }
    std::string cell(int row, int column, int role = Qt::DisplayRole) const {
        return model.index(row, column).data(role).toString().toStdString();
    }
    std::vector<std::string> titles() const {
        std::vector<std::string> all;
        for (int column = 0; column < model.columnCount(); ++column)
            all.push_back(model.headerData(column, Qt::Horizontal).toString().toStdString());
        return all;
    }
};

TEST_F(DriftTest, eachNamespaceStandsBesideTheHostAndDifferencesAreMarked) {
    NetnsContext outside = netns(3, "stranger", 7200);
    outside.tier = NetnsTier::Public;
    show({netns(0, "", 600), netns(2, "web", 7200), netns(1, "db", 60), outside});
    EXPECT_THAT(titles(), ElementsAre("Setting", HasSubstr("(host)"), "db", "stranger", "web"));
    EXPECT_EQ(cell(0, 0), "tcp_keepalive_time");
    EXPECT_EQ(cell(0, 1), "600 s");
    EXPECT_EQ(cell(0, 2), "≠ 60 s");
    EXPECT_EQ(cell(0, 3), "not known");
    EXPECT_EQ(cell(0, 4), "≠ 7200 s, kernel default");
    EXPECT_EQ(cell(1, 4), "75 s, kernel default");
    EXPECT_THAT(cell(0, 2, Qt::ToolTipRole), HasSubstr("while the host has 600 s"));
    EXPECT_THAT(cell(0, 3, Qt::AccessibleDescriptionRole), HasSubstr("from outside"));
    EXPECT_TRUE(model.index(0, 2).data(Qt::FontRole).value<QFont>().bold());
    EXPECT_EQ(model.counts().drifted, 2);
    EXPECT_EQ(model.counts().unknown, 1);
}

TEST_F(DriftTest, aChangeThatIsSeenTellsSinceWhen) {
    show({netns(0, "", 600), netns(1, "db", 600)});
    EXPECT_EQ(cell(0, 2), "600 s");
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    show({netns(0, "", 600), netns(1, "db", 60)});
    EXPECT_THAT(cell(0, 2), testing::StartsWith("≠ 60 s, since "));
    ASSERT_EQ(changed.count(), 1);
    EXPECT_EQ(changed.front().front().toModelIndex().column(), 2);
}

TEST_F(DriftTest, columnsStayWithTheirNamespaceWhileOthersComeAndGo) {
    show({netns(0, "", 600), netns(1, "db", 60), netns(2, "web", 61)});
    const QPersistentModelIndex web = model.index(0, 3);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    show({netns(0, "", 600), netns(2, "web", 61), netns(3, "cache", 62), netns(4, "zz", 63)});
    EXPECT_THAT(titles(), ElementsAre("Setting", HasSubstr("(host)"), "cache", "web", "zz"));
    EXPECT_EQ(web.column(), 3);
    EXPECT_EQ(web.data().toString().toStdString(), "≠ 61 s");
    show({netns(0, "", 600), netns(2, "a new name", 61), netns(3, "cache", 62), netns(4, "zz", 63)});
    EXPECT_THAT(titles(), ElementsAre("Setting", HasSubstr("(host)"), "a new name", "cache", "zz"));
    EXPECT_EQ(model.netnsAt(2), 2U);
    EXPECT_EQ(model.netnsAt(0), std::nullopt);
    EXPECT_EQ(reset.count(), 0);
}

TEST_F(DriftTest, servicesWithoutANetworkAreLeftOut) {
    NetnsContext shut = netns(1, "cups.service", 7200);
    shut.inside.kind = NetnsKind::Unit;
    show({netns(0, "", 600), shut});
    EXPECT_EQ(model.namespaces(), 1);
}

TEST(DriftPanelTest, isThereWhereThereAreSeveralAndCanBeCopiedAndFollowed) {
    DriftPanel panel;
    panel.show();
    panel.showFrame(frameOf({netns(0, "", 600)}));
    EXPECT_FALSE(panel.isVisible());
    panel.showFrame(frameOf({netns(0, "", 600), netns(7, "db", 7200)}));
    ASSERT_TRUE(panel.isVisible());
    EXPECT_THAT(child<QLabel>(panel, "driftSentence").text().toStdString(), HasSubstr("kernel's defaults"));
    auto& view = child<QTableView>(panel, "drift");
    EXPECT_FALSE(view.accessibleName().isEmpty());
    view.setFocus();
    view.setCurrentIndex(view.model()->index(0, 2));
    ASSERT_EQ(view.actions().size(), 1);
    view.actions().front()->trigger();
    EXPECT_THAT(QApplication::clipboard()->text().toStdString(),
                HasSubstr("tcp_keepalive_time\t600 s\t≠ 7200 s, kernel default"));
    QSignalSpy asked(&panel, &DriftPanel::netnsRequested);
    QTest::keyClick(&view, Qt::Key_Return);
    ASSERT_EQ(asked.count(), 1);
    EXPECT_EQ(asked.front().front().toUInt(), 7U);
}

} // namespace
} // namespace halfopen::test
