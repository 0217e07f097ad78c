// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/forecast/forecast.h"
#include "core/kernel/diag/destroy.h"
#include "core/kernel/diag/netlink_source.h"
#include "core/kernel/sysctl/sysctl_reader.h"
#include "core/kernel/unique_fd.h"
#include "core/model/diagnosis.h"
#include "core/model/keepalive_options.h"
#include "core/model/socket_key.h"
#include "tests/core/kernel/diag/message_builder.h"
#include "tests/core/mptcp_connection.h"
#include "tests/core/own_network.h"
#include "tests/skip.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace halfopen::test {
namespace {

std::vector<Connection> sample(NetlinkSource& source) {
    CollectingSink sink;
    const auto summary = source.sample({}, sink);
    EXPECT_TRUE(summary) << inEnglish(summary.error());
    return sink.connections;
}

std::vector<Connection> without(const std::vector<Connection>& all, State state) {
    std::vector<Connection> others;
    std::ranges::copy_if(all, std::back_inserter(others), [&](const Connection& c) { return c.state != state; });
    return others;
}

/// Two connections of MPTCP on loopback, of two subflows each.
class MptcpDump : public testing::Test {
protected:
    void SetUp() override {
        if (whyNoNetwork())
            SKIP_UNLESS_CI(*whyNoNetwork());
        network.emplace();
        if (!network->can())
            GTEST_SKIP() << "this kernel or this iproute2 has no MPTCP, or net.mptcp.enabled is 0";
        auto opened = NetlinkSource::open();
        ASSERT_TRUE(opened) << inEnglish(opened.error());
        source = std::move(*opened);
        listener.emplace();
        sample(*source); // from now on the listener has a cookie, which it leaves to what it accepts
        for (auto& one : connections) {
            one.emplace(*listener);
            ASSERT_TRUE(one->made);
        }
        for (int i = 0; i < 500 && living().size() < 8; ++i)
            ::poll(nullptr, 0, 10);
        if (living().size() < 8)
            GTEST_SKIP() << "this kernel makes no second subflow on loopback";
    }
    std::vector<Connection> living() const { return without(sample(*source), State::Listen); }
    /// Ends all subflows. @return what is left: each end of both, as soon as the kernel has come to it
    std::vector<Connection> endAll() const {
        auto destroyer = SocketDestroyer::open();
        EXPECT_TRUE(destroyer) << inEnglish(destroyer.error());
        for (const Connection& subflow : living()) {
            EXPECT_EQ(subflow.upperLayer, UpperLayer::Mptcp);
            static_cast<void>(destroyer->destroy(subflow)); // the first takes the other end's with it
        }
        const auto isWhole = [](const Connection& one) { return one.upperLayer == UpperLayer::MptcpWithoutSubflow; };
        std::vector<Connection> left = living();
        for (int i = 0; i < 500 && (left.size() != 4 || !std::ranges::all_of(left, isWhole)); ++i) {
            ::poll(nullptr, 0, 10);
            left = living();
        }
        return left;
    }

    std::optional<MptcpNetwork> network;
    std::optional<MptcpListener> listener;
    std::unique_ptr<NetlinkSource> source;
    std::optional<MptcpConnection> connections[2];
};

TEST_F(MptcpDump, eachSubflowTellsWhichConnectionItIsOf) {
    struct Tokens : CollectingSink {
        void addToken(std::uint64_t cookie, std::uint32_t token) override { of[cookie] = token; }
        std::map<std::uint64_t, std::uint32_t> of;
    } sink;
    ASSERT_TRUE(source->sample({}, sink));
    std::map<std::uint32_t, std::vector<std::uint32_t>> inodes;
    for (const Connection& one : sink.connections)
        if (one.state != State::Listen)
            inodes[sink.of[one.cookie]].push_back(one.inode);
    EXPECT_FALSE(inodes.contains(0)) << "each has told a token";
    EXPECT_EQ(inodes.size(), 4U) << "two connections of two ends";
    for (const auto& [token, those] : inodes)
        EXPECT_THAT(those, testing::ElementsAre(those.front(), those.front())) << "two subflows of one descriptor";
}

/// All that one listener has accepted have its cookie.
TEST_F(MptcpDump, thoseOfOneListenerAreToldApartWithoutASubflow) {
    const auto left = endAll();
    const auto keysOf = [](const std::vector<Connection>& all) {
        std::map<std::uint64_t, std::uint32_t> inodes;
        for (const Connection& one : all)
            inodes.emplace(one.cookie, one.inode);
        return inodes;
    };
    const auto whole = keysOf(left);
    if (whole.empty())
        GTEST_SKIP() << "this kernel has no mptcp_diag, or ends the connection with its subflow";
    EXPECT_EQ(whole.size(), 4U) << "each end of both";
    EXPECT_EQ(std::ranges::count_if(whole, [](const auto& one) { return isStandIn(one.first); }), 2) << "accepted";
    listener->socket.reset();
    EXPECT_EQ(keysOf(living()), whole) << "who has told so is gone";
    auto fresh = NetlinkSource::open();
    ASSERT_TRUE(fresh);
    EXPECT_EQ(keysOf(without(sample(**fresh), State::Listen)), whole) << "two of one cookie are told apart anyway";
}

TEST_F(MptcpDump, aConnectionThatLostItsLastSubflowStaysInSightWithItsEnd) {
    const auto whole = endAll();
    if (whole.empty())
        GTEST_SKIP() << "this kernel has no mptcp_diag, or ends the connection with its subflow";
    EXPECT_EQ(whole.size(), 4U);
    const TcpSysctls sysctls = readTcpSysctls();
    for (const Connection& connection : whole) {
        EXPECT_EQ(connection.upperLayer, UpperLayer::MptcpWithoutSubflow);
        EXPECT_EQ(connection.state, State::Established);
        const Forecast told = forecast(connection, {}, sysctls, {250, {}});
        EXPECT_TRUE(told.conditions.has(Condition::MptcpClosing));
        EXPECT_FALSE(told.conditions.has(Condition::MptcpSubflow));
        EXPECT_EQ(told.cause, GiveUpCause::MptcpClose);
        EXPECT_LE(told.givesUp.earliest.count(), sysctls.mptcpCloseTimeout * 1000U + 100);
        EXPECT_GT(told.givesUp.latest.count(), 0U);
        EXPECT_EQ(diagnose(connection, {}, told), Diagnosis::Closing);
    }
}

} // namespace
} // namespace halfopen::test
