// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/query/drift.h"

#include <gtest/gtest.h>

namespace halfopen {
namespace {

using namespace std::chrono_literals;

NetnsContextPtr netns(std::uint32_t number, std::int32_t keepaliveTime, NetnsTier tier = NetnsTier::Mine) {
    NetnsContext context;
    context.number = number;
    context.tier = tier;
    context.sysctls.keepaliveTime = keepaliveTime;
    return std::make_shared<const NetnsContext>(std::move(context));
}

Frame frameOf(std::vector<NetnsContextPtr> namespaces) {
    Frame frame;
    frame.namespaces = std::move(namespaces);
    return frame;
}

const DriftLog::Time kBegun{std::chrono::hours(5)};

TEST(Drift, theHostIsWhereTheFirstProcessLivesElseTheFirstOne) {
    auto machine = std::make_shared<NetnsContext>(*netns(1, 7200));
    Frame frame = frameOf({netns(0, 600), machine});
    EXPECT_EQ(hostIndex(frame), 0);
    machine->inside.kind = NetnsKind::Machine;
    EXPECT_EQ(hostIndex(frame), 1);
    frame.samples.resize(2);
    frame.samples[1].gone = true;
    EXPECT_EQ(hostIndex(frame), 0);
}

TEST(Drift, whatIsNotKnownDoesNotDiffer) {
    const auto host = netns(0, 600);
    EXPECT_TRUE(differs(*netns(1, 7200), *host, Setting::KeepaliveTime));
    EXPECT_FALSE(differs(*netns(1, 7200), *host, Setting::KeepaliveInterval));
    EXPECT_FALSE(differs(*netns(1, 7200, NetnsTier::Public), *host, Setting::KeepaliveTime));
    auto unread = std::make_shared<NetnsContext>(*netns(1, 7200));
    unread->sysctls.unread = 1U << static_cast<unsigned>(Setting::KeepaliveTime);
    EXPECT_FALSE(differs(*unread, *host, Setting::KeepaliveTime));
    EXPECT_EQ(valueIn(*unread, Setting::KeepaliveTime), std::nullopt);
    EXPECT_EQ(valueIn(*host, Setting::RtoMax), std::nullopt) << "this kernel has none";
}

TEST(DriftLog, tellsSinceWhenOnlyWhereItWasSeenToCome) {
    DriftLog log;
    log.look(frameOf({netns(0, 600), netns(1, 7200), netns(2, 600)}), kBegun);
    EXPECT_EQ(log.since(1, Setting::KeepaliveTime), std::nullopt) << "it was so before";
    EXPECT_EQ(log.since(2, Setting::KeepaliveTime), std::nullopt);
    log.look(frameOf({netns(0, 600), netns(1, 7200), netns(2, 60)}), kBegun + 1min);
    EXPECT_EQ(log.since(1, Setting::KeepaliveTime), std::nullopt);
    EXPECT_EQ(log.since(2, Setting::KeepaliveTime), kBegun + 1min);
    log.look(frameOf({netns(0, 600), netns(1, 7200), netns(2, 61)}), kBegun + 2min);
    EXPECT_EQ(log.since(2, Setting::KeepaliveTime), kBegun + 1min) << "another value, but different all the time";
    log.look(frameOf({netns(0, 600), netns(1, 7200), netns(2, 600)}), kBegun + 3min);
    EXPECT_EQ(log.since(2, Setting::KeepaliveTime), std::nullopt);
}

TEST(DriftLog, aChangeOfTheHostMakesTheOthersDiffer) {
    DriftLog log;
    log.look(frameOf({netns(0, 7200), netns(1, 7200)}), kBegun);
    log.look(frameOf({netns(0, 600), netns(1, 7200)}), kBegun + 1min);
    EXPECT_EQ(log.since(1, Setting::KeepaliveTime), kBegun + 1min);
    EXPECT_EQ(log.since(0, Setting::KeepaliveTime), std::nullopt);
}

TEST(DriftLog, aNamespaceThatComesAnewKnowsNothingOfTheOldOne) {
    DriftLog log;
    log.look(frameOf({netns(0, 600), netns(1, 600)}), kBegun);
    log.look(frameOf({netns(0, 600)}), kBegun + 1min);
    log.look(frameOf({netns(0, 600), netns(1, 60)}), kBegun + 2min);
    EXPECT_EQ(log.since(1, Setting::KeepaliveTime), std::nullopt);
    log.look(frameOf({netns(0, 600), netns(1, 60, NetnsTier::Public)}), kBegun + 3min);
    log.look(frameOf({netns(0, 600), netns(1, 60)}), kBegun + 4min);
    EXPECT_EQ(log.since(1, Setting::KeepaliveTime), std::nullopt) << "nobody saw it come";
}

} // namespace
} // namespace halfopen
