// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/netlink_source.h"
#include "core/kernel/diag/recording.h"
#include "core/monitor/monitor.h"
#include "core/monitor/netns_recording.h"
#include "tests/core/kernel/netns/resident.h"
#include "tests/lab/in_child.h"
#include "tests/skip.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

namespace halfopen {
namespace {

using namespace std::chrono_literals;

class NetnsRecording : public testing::Test {
protected:
    void SetUp() override {
        if (!test::isRoot())
            SKIP_UNLESS_CI("needs root, to make a namespace and to look into it");
        ASSERT_EQ(there.facts().error, 0);
    }
    ~NetnsRecording() override { std::filesystem::remove(file); }

    FramePtr all() { return monitor.sampleSettled({.owners = false}, 5s); }
    /// With the other namespace alone in view, as somebody chooses it.
    FramePtr thereInView() {
        const FramePtr every = all();
        for (const auto& netns : every->namespaces)
            if (netns->netns == there.facts().inode)
                return monitor.sampleSettled({.netns = netns->number, .owners = false}, 5s);
        return every;
    }
    FramePtr played() const {
        auto source = RecordingSource::open(file);
        if (!source)
            return nullptr;
        return Monitor(std::move(*source), {.owners = false}).sampleSettled({}, 1s);
    }

    const test::Resident there{std::nullopt, {{"tcp_keepalive_time", 600}}};
    const std::filesystem::path file =
        std::filesystem::temp_directory_path() / fmt::format("halfopen-view-{}.dump", ::getpid());
    Monitor monitor{std::move(*NetlinkSource::open()), {.calibrate = false, .others = Monitor::Others::AtOnce}};
};

TEST_F(NetnsRecording, isOfTheOneInView) {
    const auto recorded = recordView(file, *thereInView(), RecordedRows::All, "here", "6.18");
    ASSERT_TRUE(recorded) << inEnglish(recorded.error());
    EXPECT_GE(recorded->sockets, 3U) << "both ends and their listener";
    const FramePtr frame = played();
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->namespaces.size(), 1U);
    ASSERT_NE(frame->find(there.facts().client), nullptr);
    EXPECT_EQ(frame->inView().cookie, there.facts().netnsCookie);
    EXPECT_EQ(frame->inView().sysctls.keepaliveTime, 600);
    EXPECT_EQ(frame->inView().host->name, "here");
}

TEST_F(NetnsRecording, isOfAllWhereAllAreInView) {
    const auto recorded = recordView(file, *all(), RecordedRows::All, "here", "6.18");
    ASSERT_TRUE(recorded) << inEnglish(recorded.error());
    const FramePtr frame = played();
    ASSERT_TRUE(frame);
    EXPECT_GE(frame->namespaces.size(), 2U);
    bool found = false;
    for (const Row& row : frame->rows)
        if (row.connection.cookie == there.facts().client) {
            found = true;
            EXPECT_EQ(frame->netnsOf(row).cookie, there.facts().netnsCookie);
        }
    EXPECT_TRUE(found);
}

TEST_F(NetnsRecording, oneThatIsGoneIsAnErrorAloneAndLeftOutAmongOthers) {
    Frame gone = *thereInView();
    auto other = std::make_shared<NetnsContext>(*gone.namespaces[gone.inViewIndex]);
    other->netns = 1; // of no namespace
    gone.namespaces[gone.inViewIndex] = other;
    EXPECT_FALSE(recordView(file, gone, RecordedRows::All, "here", "6.18"));
    EXPECT_FALSE(std::filesystem::exists(file));
    gone.allInView = true;
    const auto recorded = recordView(file, gone, RecordedRows::All, "here", "6.18");
    ASSERT_TRUE(recorded) << inEnglish(recorded.error());
    ASSERT_FALSE(recorded->leftOut.empty());
    EXPECT_NE(inEnglish(recorded->leftOut[0]).find("left out: "), std::string::npos) << inEnglish(recorded->leftOut[0]);
}

} // namespace
} // namespace halfopen
